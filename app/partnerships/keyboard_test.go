package partnerships

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// focusables lists what the keyboard must reach: what shows and is enabled.
func focusables(o fyne.CanvasObject) (out []fyne.Focusable) {
	if !o.Visible() {
		return nil
	}
	var below []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		below = x.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(x).Objects()
	}
	if w, ok := o.(fyne.Focusable); ok {
		if d, disables := o.(fyne.Disableable); !disables || !d.Disabled() {
			out = append(out, w)
		}
		if _, row := o.(*widgets.Rows); !row {
			below = nil
		}
	}
	for _, child := range below {
		out = append(out, focusables(child)...)
	}
	return out
}

func TestTabGoesThroughTheWholeForm(t *testing.T) {
	f, window, _, _ := worked(t)
	window.Resize(fyne.NewSize(900, 4000))
	all := focusables(f)
	if len(all) < 30 {
		t.Fatalf("only %d things take the keyboard", len(all))
	}
	driver := fyne.CurrentApp().Driver()
	canvas := window.Canvas()
	canvas.Unfocus()
	seen := map[fyne.Focusable]bool{}
	last, left := float32(-1), float32(0)
	for range all {
		canvas.FocusNext()
		now := canvas.Focused()
		if now == nil || seen[now] {
			t.Fatalf("after %d of %d the keyboard is at %T again", len(seen), len(all), now)
		}
		seen[now] = true
		o := now.(fyne.CanvasObject)
		// The head's buttons stand beside its title, higher than their row.
		y := driver.AbsolutePositionForObject(o).Y
		if y+o.Size().Height < last {
			t.Errorf("Tab goes back up to %T at %.0f after %.0f", now, y, last)
		}
		if x := driver.AbsolutePositionForObject(o).X; y == last && x < left {
			t.Errorf("Tab goes back left to %T at %.0f,%.0f", now, x, y)
		}
		last, left = y, driver.AbsolutePositionForObject(o).X
		if e, ok := now.(*widgets.Entry); ok && e.AcceptsTab() {
			t.Errorf("an entry keeps the Tab key: %q", e.Text)
		}
	}
	for _, w := range all {
		if !seen[w] {
			t.Errorf("Tab passes %T by", w)
		}
	}
}

// An entry is made from nothing to saved without the mouse.
func TestAnEntryIsMadeByKeysAlone(t *testing.T) {
	f, window, w, _ := worked(t)
	window.Resize(fyne.NewSize(900, 4000))
	canvas := window.Canvas()
	typed := func(s string) {
		for _, r := range s {
			canvas.Focused().TypedRune(r)
		}
	}
	key := func(k fyne.KeyName) { canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	// tab goes on until the wanted thing has the keyboard.
	tab := func(want fyne.Focusable) {
		t.Helper()
		for range 200 {
			if canvas.Focused() == want {
				return
			}
			canvas.FocusNext()
		}
		t.Fatalf("Tab never comes to %T", want)
	}
	f.New("")
	typed("évreux")
	key(fyne.KeyReturn)
	typed("川越")
	key(fyne.KeyReturn)
	if f.title() != "Évreux – Kawagoe" || len(f.draft.now.Directories) != 1 {
		t.Fatalf("%q in %q", f.title(), f.draft.now.Directories)
	}
	tab(entryOf(t, f, "start"))
	typed("3/5/2012")
	tab(f.themes.Entry())
	typed("eau")
	key(fyne.KeyReturn)
	tab(entryOf(t, f, "objectives"))
	typed("Élèves à l’école.")
	canvas.FocusNext()
	if entryOf(t, f, "objectives").Text != "Élèves à l’école." {
		t.Errorf("Tab was typed: %q", entryOf(t, f, "objectives").Text)
	}
	add, ok := apptest.Find(f, func(b *widgets.Button) bool { return b.Text == "Ajouter un projet" })
	if !ok {
		t.Fatal("nothing adds a project")
	}
	tab(add)
	key(fyne.KeySpace)
	if canvas.Focused() != entryOf(t, f, "projects.0.title") {
		t.Fatalf("the keyboard is at %T, not in the new project", canvas.Focused())
	}
	typed("Puits")
	tab(entryOf(t, f, "projects.0.budget"))
	typed("12500,50 EUR")
	var saved repertoire.Partnership
	f.OnSaved = func(p repertoire.Partnership) { saved = p }
	f.Save()
	if saved.ID == "" {
		t.Fatalf("not saved: %q", f.notice.Sentence())
	}
	p := record(t, w, saved.ID)
	if len(p.Parties) != 2 || p.Start != "2012-05-03" || len(p.Themes) != 1 || len(p.Projects) != 1 || p.Projects[0].Budget.French() == "" {
		t.Errorf("saved %+v", p)
	}
}
