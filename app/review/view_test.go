package review

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/review"
)

func TestEntriesOpenInTheirFieldAndAreConfirmedByAKey(t *testing.T) {
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
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	all := len(v.shown)
	v.Narrow(review.ReviewStale)
	stale := len(v.shown)
	if all == 0 || stale == 0 {
		t.Fatalf("%d entries, %d stale", all, stale)
	}
	var opened repertoire.ID
	field := ""
	v.OnEntryField = func(id repertoire.ID, f string) { opened, field = id, f }
	v.FocusFirst()
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != v.shown[0].ID || field != "verified" {
		t.Errorf("opened %s in %q", opened, field)
	}
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyV})
	if len(v.shown) != stale-1 {
		t.Errorf("%d stale after a confirmation, %d before", len(v.shown), stale)
	}
	v.directory.SetSelectedIndex(1)
	if len(v.entries) == 0 || len(v.entries) >= all {
		t.Errorf("%d entries of one répertoire, %d of all", len(v.entries), all)
	}
}
