package partnerships

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// Where the columns have no room the rows say on a second line what they would;
// a column in which nothing stands is left out.
func TestRowsOfTwoLinesInsteadOfColumns(t *testing.T) {
	door := apptest.New(t, 20)
	l, w := shownList(t, door, 1100)
	if l.table.List.Height != widgets.LowRow {
		t.Error("a wide list has rows of two lines")
	}
	w.Resize(fyne.NewSize(340, 600))
	if l.table.List.Height != widgets.TallRow {
		t.Fatal("a narrow list has rows of one line")
	}
	hit, _ := l.pages.row(0)
	if aside := l.cells(0)[0].Aside.Text; !strings.Contains(aside, door.CountryName(hit.Country)) {
		t.Errorf("the second line is %q", aside)
	}
	l.ask("Lille")
	if below := l.cells(0)[0].Below; below.Text != "" && !strings.Contains(below.Lead, "Sénégal") {
		t.Errorf("what matched has lost its country: %+v", below)
	}
	w.Resize(fyne.NewSize(1100, 600))
	l.ask("")
	for i, c := range l.table.Columns() {
		empty := true
		for row := range l.pages.total {
			if cells := l.cells(row); i < len(cells) {
				empty = empty && cells[i].Text == ""
			}
		}
		if empty != c.Blank && c.Width > 0 {
			t.Errorf("column %q: empty %v, left out %v", c.Title, empty, c.Blank)
		}
	}
}

// Every column sorts the rows, both ways.
func TestEveryColumnSorts(t *testing.T) {
	l, _ := shownList(t, apptest.New(t, 30), 1100)
	for k, c := range columns() {
		if !c.Sortable {
			t.Errorf("%q does not sort", c.Title)
			continue
		}
		column := func() []string {
			var out []string
			for i := range l.pages.total {
				out = append(out, l.cells(i)[k].Text)
			}
			return out
		}
		l.table.OnSort(c.Key, false)
		up := column()
		l.table.OnSort(c.Key, true)
		down := column()
		if distinct := slices.Compact(slices.Sorted(slices.Values(up))); len(distinct) > 1 && slices.Equal(up, down) {
			t.Errorf("%q: the same rows both ways", c.Title)
		}
		if c.Key == string(searches.SortStatus) || c.Key == string(searches.SortType) {
			if runs := len(slices.Compact(slices.Clone(up))); runs != len(slices.Compact(slices.Sorted(slices.Values(up)))) {
				t.Errorf("%q: values that are the same do not stand together: %v", c.Title, up)
			}
		}
	}
}

// The répertoires of an entry are chips: one is taken away by its cross or by
// Delete, and the step is taken back.
func TestRepertoiresAreChips(t *testing.T) {
	f, _ := shownForm(t, apptest.New(t, 10))
	f.Load(apptest.Lille)
	before := len(f.draft.now.Directories)
	chip, ok := apptest.Find(f, func(c *widgets.PartChip) bool { return c.Text() == f.directoryName(f.draft.now.Directories[0]) })
	if !ok {
		t.Fatal("no chip")
	}
	chip.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if got := len(f.draft.now.Directories); got != before-1 {
		t.Errorf("%d répertoires, %d before", got, before)
	}
	if f.Undo(); len(f.draft.now.Directories) != before {
		t.Error("the step is not taken back")
	}
}

// A text is written over the whole window and comes back as one step, however
// the large editor is closed.
func TestATextIsWrittenLarge(t *testing.T) {
	f, w := shownForm(t, apptest.New(t, 10))
	f.Load(apptest.Lille)
	f.WriteLarge()
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a large editor of no text")
	}
	objectives := entryOf(t, f, "objectives")
	before := objectives.Text
	f.Reveal("objectives")
	f.WriteLarge()
	large, ok := w.Canvas().Focused().(*widgets.Entry)
	if !ok || large.Text != before || large.Size().Height < 300 {
		t.Fatalf("the cursor is in %T", w.Canvas().Focused())
	}
	test.Type(large, "Deux mots. ")
	large.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.draft.now.Objectives == before || !strings.Contains(f.draft.now.Objectives, "Deux mots.") {
		t.Errorf("%q", f.draft.now.Objectives)
	}
	if f.Undo(); f.draft.now.Objectives != before {
		t.Errorf("after one step back: %q", f.draft.now.Objectives)
	}
}

// An authority that comes late does not take the cursor from where one types
// meanwhile, nor what is typed there.
func TestALateAnswerLeavesTheCursorWhereItIs(t *testing.T) {
	door := apptest.New(t, 10)
	f, w := shownForm(t, door)
	f.Load(apptest.Lille)
	late, err := door.Records().SuggestAuthorities(t.Context(), "Nantes", "FR", 1)
	if err != nil || len(late) == 0 {
		t.Fatal(late, err)
	}
	f.FocusThemes()
	test.Type(w.Canvas().Focused(), "ea")
	f.adopt(late[0], repertoire.SideFrench)
	entry, ok := w.Canvas().Focused().(*widgets.Entry)
	if !ok || entry != f.themes.Entry() || entry.Text != "ea" {
		t.Fatalf("the cursor is in %T, %q", w.Canvas().Focused(), entry.Text)
	}
	if test.Type(entry, "u"); entry.Text != "eau" {
		t.Errorf("typed on: %q", entry.Text)
	}
	// In a text it stays too; in the box of a side it goes to the next.
	f.Reveal("description")
	written := w.Canvas().Focused().(*widgets.Entry)
	other, err := door.Records().SuggestAuthorities(t.Context(), "Rennes", "FR", 1)
	if err != nil || len(other) == 0 {
		t.Fatal(other, err)
	}
	f.adopt(other[0], repertoire.SideFrench)
	if now := entryOf(t, f, "description"); w.Canvas().Focused() != now || now == written {
		t.Errorf("the cursor left the text for %T", w.Canvas().Focused())
	}
	f.focusPicker(f.pickers[repertoire.SideFrench])
	third, err := door.Records().SuggestAuthorities(t.Context(), "Brest", "FR", 1)
	if err != nil || len(third) == 0 {
		t.Fatal(third, err)
	}
	f.adopt(third[0], repertoire.SideFrench)
	if w.Canvas().Focused() != f.pickers[repertoire.SideFrench].Entry() {
		t.Errorf("after an authority the cursor is in %T", w.Canvas().Focused())
	}
}
