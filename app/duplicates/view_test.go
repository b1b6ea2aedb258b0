package duplicates

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

func TestAPairIsMergedOrSetApart(t *testing.T) {
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
	r, err := w.Searches().Search(t.Context(), searches.Query{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Hits {
		p, err := w.Records().Partnership(t.Context(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.ID, p.Version, p.Notes = "", 0, "une note"
		if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	jobs := 0
	v.OnJob = func(string, context.CancelFunc) (func(int, int, string), func()) {
		jobs++
		return func(int, int, string) {}, func() { jobs-- }
	}
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	before := len(v.pairs)
	if before < 2 || jobs != 0 {
		t.Fatalf("%d pairs, %d jobs left", before, jobs)
	}
	v.FocusFirst()
	if v.open == nil || len(v.fields) == 0 {
		t.Fatal("the pair is not shown")
	}
	// Both values stand side by side; a click, or space, keeps one of them.
	note, ok := apptest.Find(v, func(c *widgets.ValueCard) bool { return c.Text() == "une note" && !c.On() })
	if !ok {
		note, _ = apptest.Find(v, func(c *widgets.ValueCard) bool { return !c.On() })
	}
	name := note.Text()
	note.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !note.On() {
		t.Errorf("%q is not kept", name)
	}
	v.Merge()
	if v.open != nil {
		t.Error("the pair that is one record is still in view")
	}
	if len(v.pairs) != before-1 {
		t.Errorf("%d pairs after the merge: %s", len(v.pairs), v.notice.Sentence())
	}
	v.FocusFirst()
	v.SetApart()
	if len(v.pairs) != before-2 {
		t.Errorf("%d pairs after they were set apart: %s", len(v.pairs), v.notice.Sentence())
	}
	last, err := w.History().LastChange(t.Context())
	if err != nil || last == nil {
		t.Fatal(err)
	}
}
