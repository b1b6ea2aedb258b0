package trash

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

func shown(t *testing.T, deleted int) (*View, fyne.Window, *workspace.Workspace) {
	t.Helper()
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
	r, err := w.Searches().Search(t.Context(), searches.Query{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Hits[:deleted] {
		if err := w.Records().DeletePartnership(t.Context(), h.ID); err != nil {
			t.Fatal(err)
		}
	}
	window := test.NewTempWindow(t, widgets.NewText(""))
	window.SetPadded(false)
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	return v, window, w
}

func TestEmptyTrashTeaches(t *testing.T) {
	v, _, _ := shown(t, 0)
	if !v.restore.Hidden || len(v.items) != 0 {
		t.Error("an empty trash offers nothing to restore")
	}
}

func TestEnterRestoresAndSeveralAreOneChange(t *testing.T) {
	v, _, w := shown(t, 3)
	v.FocusFirst()
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(v.items) != 2 || !strings.Contains(v.notice.Sentence(), "restaurée") {
		t.Fatalf("%d left, %q", len(v.items), v.notice.Sentence())
	}
	last, err := w.History().LastChange(t.Context())
	if err != nil || !strings.HasPrefix(last.Label, "Restauration") {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestPurgeNamesWhatIsLostAndAsks(t *testing.T) {
	v, window, _ := shown(t, 2)
	v.FocusFirst()
	title := v.items[0].Title
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	top := window.Canvas().Overlays().Top()
	if _, ok := apptest.Find(top, func(x *widget.RichText) bool { return strings.Contains(x.String(), title) }); !ok {
		t.Errorf("the question does not name %q", title)
	}
	b, ok := apptest.Find(top, func(b *widgets.Button) bool { return b.Text == "Effacer définitivement" })
	if !ok || len(v.items) != 2 {
		t.Fatal("nothing is erased before somebody agrees")
	}
	test.Tap(b)
	if len(v.items) != 1 || !strings.Contains(v.notice.Sentence(), "versions du journal") {
		t.Errorf("%d left, %q", len(v.items), v.notice.Sentence())
	}
}
