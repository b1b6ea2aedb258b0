package widgets_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
)

func newRows(t testing.TB, n int) (*widgets.Rows, *[]int, *int) {
	made, opened := new(int), &[]int{}
	apptest.App(t)
	r := widgets.NewRows(30, func() int { return n }, func() fyne.CanvasObject { *made++; return widgets.NewText("") },
		func(i int, o fyne.CanvasObject) { o.(*widgets.Text).SetText(fmt.Sprint("ligne ", i)) })
	r.OnCurrent = func(i int) { *opened = append(*opened, i) }
	w := test.NewTempWindow(t, r)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	return r, opened, made
}

// A hundred thousand rows cost no more objects than fit in view.
func TestRowsMakeOnlyWhatShows(t *testing.T) {
	r, _, made := newRows(t, 100_000)
	for _, i := range []int{500, 99_999, 0, 50_000} {
		r.Reveal(i)
		first, last := r.Range()
		if i < first || i > last {
			t.Errorf("row %d is not in view (%d–%d)", i, first, last)
		}
	}
	if *made > 24 {
		t.Errorf("%d rows made for a view of 10", *made)
	}
}

func TestRowsFollowTheKeys(t *testing.T) {
	r, opened, _ := newRows(t, 50)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyHome} {
		r.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if want := []int{0, 1, 0, 49, 40, 0}; !slices.Equal(*opened, want) {
		t.Errorf("keys went through %v, want %v", *opened, want)
	}
	activated := -1
	r.OnActivated = func(i int) { activated = i }
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if activated != 0 {
		t.Errorf("Enter opened %d", activated)
	}
}

func TestSelection(t *testing.T) {
	s := widgets.NewSelection().Only(3).Extended(6)
	if !slices.Equal(s.Rows(), []int{3, 4, 5, 6}) {
		t.Errorf("extended: %v", s.Rows())
	}
	if s = s.Extended(2); !slices.Equal(s.Rows(), []int{2, 3}) {
		t.Errorf("extended the other way: %v", s.Rows())
	}
	if s = s.Toggled(9).Toggled(2); !slices.Equal(s.Rows(), []int{3, 9}) {
		t.Errorf("toggled: %v", s.Rows())
	}
	if s.Only(-1).Current != -1 || len(s.Only(-1).Rows()) != 0 {
		t.Error("-1 must pick nothing")
	}
}

func TestTextEndsWithDotsWhereItDoesNotFit(t *testing.T) {
	apptest.App(t)
	const long = "Saint-Étienne-de-Saint-Geoirs – Antananarivo"
	cut := widgets.Fit(long, 13, fyne.TextStyle{}, 120)
	if w := fyne.MeasureText(cut, 13, fyne.TextStyle{}).Width; w > 120.5 || len(cut) >= len(long) {
		t.Errorf("%q is %.1f wide", cut, w)
	}
	if widgets.Fit("Lille", 13, fyne.TextStyle{}, 120) != "Lille" {
		t.Error("a text that fits must stay whole")
	}
}

func TestColumnsLeaveInTheirOrder(t *testing.T) {
	apptest.App(t)
	sorted := ""
	table := widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: "Partenariat", Sortable: true}, {Key: "country", Title: "Pays", Width: 100, Rank: 2},
		{Key: "status", Title: "Statut", Width: 100, Rank: 1},
	}, func() int { return 3 }, func(int) []widgets.Cell { return []widgets.Cell{{Text: "a"}, {Text: "b"}, {Text: "c"}} })
	table.OnSort = func(key string, descending bool) { sorted = fmt.Sprint(key, descending) }
	w := test.NewTempWindow(t, table)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 200))
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 10))
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 10))
	if sorted != "titletrue" {
		t.Errorf("two clicks on the head sorted %q", sorted)
	}
	test.Drag(w.Canvas(), fyne.NewPos(301, 10), -40, 0)
	w.Resize(fyne.NewSize(300, 200)) // the narrow window must not fail
	w.Resize(fyne.NewSize(120, 200))
}

// BenchmarkRowsScroll: a jump in 100,000 rows; a tenth of a frame (2 ms) is
// the figure to stay under.
func BenchmarkRowsScroll(b *testing.B) {
	r, _, _ := newRows(b, 100_000)
	for i := 0; b.Loop(); i++ {
		r.Reveal(i * 7919 % 100_000)
	}
}
