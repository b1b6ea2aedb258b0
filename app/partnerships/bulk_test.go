package partnerships

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// realList shows the list over a workspace on the disk.
func realList(t testing.TB, width, height float32) (*List, fyne.Window, *workspace.Workspace) {
	t.Helper()
	apptest.App(t)
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	door, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	l := NewList(door, task.AtOnce())
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	l.Restore(State{Title: "Tous les partenariats"})
	return l, w, door
}

// popup gives what stands over the window.
func popup(t testing.TB, w fyne.Window) fyne.CanvasObject {
	t.Helper()
	top := w.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no dialog is shown")
	}
	return top
}

func button(t testing.TB, in fyne.CanvasObject, label string) *widgets.Button {
	t.Helper()
	b, ok := apptest.Find(in, func(b *widgets.Button) bool { return b.Text == label })
	if !ok {
		t.Fatalf("no button %q", label)
	}
	return b
}

// Ctrl+A, a field, a value, a look at what changes: then one change, one undo.
func TestBulkEditInTheWindow(t *testing.T) {
	l, w, door := realList(t, 700, 700)
	test.Type(l.search, "pays:MG")
	n := l.pages.total
	if n < 3 {
		t.Fatalf("%d rows", n)
	}
	l.table.List.TypedShortcut(&fyne.ShortcutSelectAll{})
	if !l.bar.Visible() || !strings.Contains(l.bar.count.Text(), "choisis") {
		t.Fatalf("the bar says %q", l.bar.count.Text())
	}
	var said string
	l.OnSay = func(_ widgets.Tone, s string) { said = s }
	l.EditPicked()
	ask := popup(t, w)
	menus := func() []*widgets.Select {
		var out []*widgets.Select
		apptest.Walk(ask, func(o fyne.CanvasObject) bool {
			if s, ok := o.(*widgets.Select); ok {
				out = append(out, s)
			}
			return true
		})
		return out
	}
	apply := button(t, ask, "Modifier")
	menus()[0].SetSelected("Statut")
	if !apply.Disabled() {
		t.Error("without a value there is nothing to write")
	}
	menus()[1].SetSelected("Suspendu")
	if apply.Disabled() {
		t.Fatal("a preview must let one go on")
	}
	if r := find(t, door, "pays:MG statut:suspendu"); r == n {
		t.Fatal("a preview wrote")
	}
	test.Tap(apply)
	if !strings.Contains(said, "Ctrl+Z") || w.Canvas().Overlays().Top() != nil {
		t.Errorf("after the edit: %q", said)
	}
	if r := find(t, door, "pays:MG statut:suspendu"); r != n {
		t.Errorf("%d of %d changed", r, n)
	}
	last, err := door.History().LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := door.History().Undo(t.Context(), last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if r := find(t, door, "pays:MG statut:suspendu"); r == n {
		t.Error("undo left the edit")
	}
}

func find(t testing.TB, door *workspace.Workspace, text string) int {
	t.Helper()
	r, err := door.Searches().Search(t.Context(), searches.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

// Two rows side by side, from the selection's own bar.
func TestCompareInTheWindow(t *testing.T) {
	l, w, _ := realList(t, 1000, 700)
	l.table.List.TypedShortcut(&fyne.ShortcutSelectAll{})
	if !l.bar.compare.(fyne.Disableable).Disabled() {
		t.Error("a whole list cannot be compared")
	}
	l.table.List.Select(0)
	if l.bar.Visible() {
		t.Error("one row is no set")
	}
	l.table.List.Pick(1, true)
	test.Tap(l.bar.compare.(fyne.Tappable))
	ask := popup(t, w)
	first, _ := l.pages.row(0)
	second, _ := l.pages.row(1)
	for _, title := range []string{first.Title, second.Title} {
		if _, ok := apptest.Find(ask, func(x *widgets.Text) bool { return x.Text() == title }); !ok {
			t.Errorf("%q is not shown", title)
		}
	}
	opened := ""
	l.OnOpen = func(id repertoire.ID) { opened = string(id) }
	eye, _ := apptest.Find(ask, func(*widgets.IconButton) bool { return true })
	test.Tap(eye)
	if opened != string(first.ID) || w.Canvas().Overlays().Top() != nil {
		t.Errorf("opened %q", opened)
	}
}

func TestAddressesAndExport(t *testing.T) {
	l, w, door := realList(t, 800, 700)
	said := ""
	l.OnSay = func(_ widgets.Tone, s string) { said = s }
	l.ShowAddresses()
	test.Tap(button(t, popup(t, w), "Copier les adresses"))
	if !strings.Contains(fyne.CurrentApp().Clipboard().Content(), "@") {
		t.Error("nothing was copied")
	}
	if !strings.Contains(said, "destinataires cachés") {
		t.Errorf("said %q", said)
	}
	l.ExportList()
	ask := popup(t, w)
	name, _ := apptest.Find(ask, func(*widgets.Entry) bool { return true })
	name.SetText("liste.pdf")
	test.Tap(button(t, ask, "Exporter"))
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("a list is no PDF")
	}
	name.SetText("liste.csv")
	test.Tap(button(t, ask, "Exporter"))
	if _, err := os.Stat(filepath.Join(door.Dir(), "liste.csv")); err != nil {
		t.Error(err)
	}
}
