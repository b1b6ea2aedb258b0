package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// Rows are dragged onto a list of the folder's own: its line says so before, the
// notice takes it back, and a list that fills itself takes nothing.
func TestRowsAreDroppedOnAList(t *testing.T) {
	s, door := opened(t, 10)
	s.window.Resize(fyne.NewSize(1600, 900))
	r := s.desk.records
	if _, err := door.Searches().SaveList(t.Context(), repertoire.SavedList{Name: "À revoir", Text: "introuvablexyz"}); err != nil {
		t.Fatal(err)
	}
	r.lists.Reload()
	line := func(i int) fyne.Position {
		item := r.lists.Items()[i]
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(item).AddXY(item.Size().Width/2, item.Size().Height/2)
	}
	do(t, s, "rows")
	if at := line(0); at.X <= 0 || at.Y <= 0 {
		t.Fatalf("the list has no place: %v", at)
	}
	r.list.OnDrag(line(0))
	if got := s.desk.tray.Status(); got != "Ajouter à la liste «\u00a0À revoir\u00a0»" {
		t.Errorf("while dragged: %q", got)
	}
	r.list.OnDrop(line(0))
	list := r.lists.Own()[0]
	if list.Count != 1 || !list.ByHand() {
		t.Fatalf("the list holds %d, by hand %v; said %q", list.Count, list.ByHand(), s.desk.notice.Sentence())
	}
	// Shown, it is what is in it; a row is taken out by its menu.
	r.lists.OnChosen(list)
	if got := r.list.State(); got.List != list.ID || got.Text != "" {
		t.Errorf("shown as %+v", got)
	}
	found, err := door.Searches().Search(t.Context(), searches.Query{List: list.ID})
	if err != nil || found.Total != 1 {
		t.Fatalf("%d found, %v", found.Total, err)
	}
	r.list.OnDrop(line(0))
	if got := s.desk.notice.Sentence(); got == "" || r.lists.Own()[0].Count != 1 {
		t.Errorf("twice in: %q", got)
	}
	smart := len(r.lists.Own())
	r.list.OnDrop(line(smart))
	if got := s.desk.notice.Sentence(); got == "" || r.lists.Own()[0].Count != 1 {
		t.Errorf("on a list that fills itself: %q", got)
	}
	do(t, s, "undo-change")
	if n := r.lists.Own()[0].Count; n != 0 {
		t.Errorf("taken back, the list holds %d", n)
	}
	if got := r.list.State(); got.List != "" {
		t.Errorf("a list that nobody filled any more is shown as %+v", got)
	}
}
