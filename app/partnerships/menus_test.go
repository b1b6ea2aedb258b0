package partnerships

import (
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// The right button on a row selects it and offers what can be done with it; on
// one of several it keeps them all.
func TestTheMenuOfRows(t *testing.T) {
	door := apptest.New(t, 10)
	l, w := shownList(t, door, 900)
	l.Learn([]records.DirectorySummary{{Slug: "japon", Short: "Franco-japonais"}})
	l.table.List.Select(0)
	w.Canvas().Focus(l.table.List)
	l.table.List.Menu()
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("the menu key opens nothing")
	}
	l.table.List.Pick(1, true)
	labels := map[string]func(){}
	for _, item := range l.rowItems() {
		labels[item.Label] = item.Action
	}
	for _, want := range []string{"Ajouter à un répertoire", "Confirmer ce jour", "Modifier en lot…", "Comparer les fiches choisies"} {
		if _, ok := labels[want]; !ok {
			t.Errorf("the menu of two rows lacks %q", want)
		}
	}
	var said string
	l.OnSay = func(_ widgets.Tone, s string) { said = s }
	before := map[string]bool{}
	for _, row := range []int{0, 1} {
		hit, _ := l.pages.row(row)
		before[string(hit.ID)] = true
	}
	l.AddTo(records.DirectorySummary{Slug: "japon", Short: "Franco-japonais"})
	r, err := door.Searches().Search(t.Context(), searches.Query{Directory: "japon", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	in := 0
	for _, h := range r.Hits {
		if before[string(h.ID)] {
			in++
		}
	}
	if in != 2 || said == "" {
		t.Errorf("%d of two are in, said %q", in, said)
	}
}

// Columns are chosen, and the choice outlives the list.
func TestColumnsAreChosen(t *testing.T) {
	door := apptest.New(t, 5)
	l, _ := shownList(t, door, 900)
	l.turnColumn("country", true)
	again := NewList(door, l.pace)
	for _, c := range again.table.Columns() {
		if c.Off != (c.Key == "country") {
			t.Errorf("column %s: left out %v", c.Key, c.Off)
		}
	}
	l.sortBy(searches.SortYear)
	if l.State().Sort != searches.SortYear || l.pages.total == 0 {
		t.Errorf("sorted by %q, %d rows", l.State().Sort, l.pages.total)
	}
	l.headMenu(fyne.NewPos(10, 10))
}
