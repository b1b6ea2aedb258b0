package lists

import (
	"context"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// A search is kept by its name and Enter, counted, chosen again, deleted.
func TestASearchIsKeptAndChosen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "w")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Awa"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	apptest.App(t)
	window := test.NewTempWindow(t, widget.NewLabel(""))
	window.Resize(fyne.NewSize(600, 500))
	s := New(w, task.AtOnce(), window)
	window.SetContent(s)
	var chosen searches.SavedList
	said := ""
	s.OnChosen = func(l searches.SavedList) { chosen = l }
	s.OnSay = func(_ widgets.Tone, words string) { said = words }
	s.Current = func() repertoire.SavedList { return repertoire.SavedList{Text: "eau", Directory: "senegal"} }
	s.Reload()
	smart := len(s.Items())
	s.AskKeep()
	name, ok := apptest.Find(window.Canvas().Overlays().Top(), func(e *widgets.Entry) bool { return e.Text == "eau" })
	if !ok {
		t.Fatal("the words of the search are not proposed as its name")
	}
	name.SetText("")
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if window.Canvas().Overlays().Top() == nil {
		t.Fatal("a list without a name was kept")
	}
	name.SetText("L’eau au Sénégal")
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.Items()) != smart+1 || s.Items()[0].Label() != "L’eau au Sénégal" || said == "" {
		t.Fatalf("%d lines after %d; said %q", len(s.Items()), smart, said)
	}
	test.Tap(s.Items()[0])
	r, err := w.Searches().Search(t.Context(), chosen.Query())
	if err != nil || chosen.Text != "eau" || repertoire.Thousands(int64(r.Total)) != s.Items()[0].Count() {
		t.Errorf("chosen %+v finds %d, the line says %s", chosen, r.Total, s.Items()[0].Count())
	}
	s.do("", func(ctx context.Context) error { return w.Searches().DeleteList(ctx, chosen.ID) })
	if len(s.Items()) != smart {
		t.Error("the list is still there")
	}
}
