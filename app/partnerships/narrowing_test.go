package partnerships

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
)

// The right button puts a value aside; its chip takes it back.
func TestExcludingAValue(t *testing.T) {
	l, _, _ := realList(t, 800, 700)
	all := l.pages.total
	l.facets.Facet("country").OnExclude("MG")
	if l.pages.total >= all || l.pages.total == 0 || !l.state.Filtered() {
		t.Fatalf("%d of %d without Madagascar", l.pages.total, all)
	}
	chip, ok := apptest.Find(l.chips.Container, func(c *widgets.Chip) bool { return strings.Contains(c.Text(), "sauf Madagascar") })
	if !ok {
		t.Fatal("no chip says what is put aside")
	}
	test.Tap(chip)
	if l.pages.total != all {
		t.Errorf("%d of %d after taking it back", l.pages.total, all)
	}
}

// A place is asked for; the nearest come first, with how far they are.
func TestSortingByDistance(t *testing.T) {
	l, w, _ := realList(t, 800, 700)
	l.AskDistance()
	ask := popup(t, w)
	place, _ := apptest.Find(ask, func(*widgets.Entry) bool { return true })
	place.SetText("Nullepartville")
	test.Tap(button(t, ask, "Trier"))
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("an unknown place must be told in the dialog")
	}
	place.SetText("Lille")
	place.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.Canvas().Overlays().Top() != nil || l.state.Near == nil {
		t.Fatal("the list is not sorted")
	}
	last := -1.0
	for i := range 5 {
		hit, _ := l.pages.row(i)
		if hit.Distance < last {
			t.Errorf("row %d at %.0f km after %.0f", i, hit.Distance, last)
		}
		last = hit.Distance
	}
	if text := l.cells(0)[0].Text; !strings.HasSuffix(text, "\u00a0km") {
		t.Errorf("first row says %q", text)
	}
	l.SortByDistance(nil)
	if hit, _ := l.pages.row(0); l.state.Near != nil || strings.Contains(l.cells(0)[0].Text, "\u00a0km") {
		t.Errorf("still by distance: %q", hit.Title)
	}
}
