package journal

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

func TestAChangeIsReadAndTakenBackFieldByField(t *testing.T) {
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	r, err := w.Searches().Search(t.Context(), searches.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	id := r.Hits[0].ID
	write := func(context, notes string) {
		p, err := w.Records().Partnership(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		p.Context, p.Notes = context, notes
		if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	write("premier", "note une")
	write("second", "note une")
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	v.FocusFirst()
	if v.open == nil || len(v.open.Touched) != 1 || v.open.Touched[0].Fields[0].After != "second" {
		t.Fatalf("%+v", v.open)
	}
	var opened repertoire.ID
	v.OnEntry = func(id repertoire.ID) { opened = id }
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != id {
		t.Errorf("opened %q", opened)
	}
	// The first of the two: one field was changed since, and is left as it is.
	v.table.List.Select(1)
	test.Tap(v.undo)
	yes, ok := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Annuler la modification" })
	if !ok {
		t.Fatal("the conflict is not shown")
	}
	test.Tap(yes)
	p, err := w.Records().Partnership(t.Context(), id)
	if err != nil || p.Context != "second" || p.Notes != "" {
		t.Errorf("%q %q %v", p.Context, p.Notes, err)
	}
	test.Type(v.search, "annulation")
	if v.page.Total != 1 || !strings.HasPrefix(v.page.Items[0].Label, "Annulation") {
		t.Errorf("%+v", v.page)
	}
}
