package widgets_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
)

func TestPickerProposesAndChooses(t *testing.T) {
	apptest.App(t)
	towns := []string{"Lille", "Lillers", "Limoges"}
	p := widgets.NewPicker("", "rien", task.AtOnce(), func(_ context.Context, text string) ([]widgets.Suggestion, error) {
		var out []widgets.Suggestion
		for _, town := range towns {
			if strings.HasPrefix(strings.ToLower(town), strings.ToLower(text)) {
				out = append(out, widgets.Suggestion{Label: town, Value: town})
			}
		}
		return out, nil
	})
	var chosen any
	unknown := ""
	p.OnPicked = func(s widgets.Suggestion) { chosen = s.Value }
	p.OnUnknown = func(text string) { unknown = text }
	test.NewTempWindow(t, p).Resize(fyne.NewSize(400, 300))

	test.Type(p.Entry(), "lil")
	if len(p.Answers()) != 2 {
		t.Fatalf("%d answers", len(p.Answers()))
	}
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen != "Lillers" || p.Entry().Text != "" {
		t.Errorf("chose %v, entry holds %q", chosen, p.Entry().Text)
	}
	test.Type(p.Entry(), "Évry")
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if unknown != "Évry" {
		t.Errorf("Enter on an unknown name said %q", unknown)
	}
}

func TestFacetTicksSeveral(t *testing.T) {
	apptest.App(t)
	f := widgets.NewFacet("Pays", 2, func(int) string { return "plus" }, "moins")
	var heard []string
	f.OnChanged = func(values []string) { heard = values }
	f.SetLines([]widgets.FacetLine{{Value: "MG", Label: "Madagascar"}, {Value: "SN", Label: "Sénégal"}, {Value: "JP", Label: "Japon"},
		{Value: "LB", Label: "Liban"}})
	f.Toggle("MG")
	f.Toggle("LB")
	if !slices.Equal(heard, []string{"MG", "LB"}) {
		t.Errorf("ticked %v", heard)
	}
	f.Toggle("MG")
	if !slices.Equal(f.Picked(), []string{"LB"}) {
		t.Errorf("left %v", f.Picked())
	}
}

// An entry of several lines lets Tab pass: a form is filled by keyboard.
func TestTabLeavesATextArea(t *testing.T) {
	apptest.App(t)
	first, second := widgets.NewTextArea(2), widgets.NewEntry()
	w := test.NewTempWindow(t, widgets.Column(4, first, second))
	w.Canvas().Focus(first)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != second {
		t.Error("Tab stayed in the text area")
	}
	if first.AcceptsTab() {
		t.Error("the text area swallows Tab")
	}
}

func TestTextAreaGrows(t *testing.T) {
	apptest.App(t)
	e := widgets.NewTextArea(2)
	w := test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(300, 400))
	before := e.MinSize().Height
	test.Type(e, strings.Repeat("L’eau et l’assainissement. ", 12))
	if e.MinSize().Height <= before {
		t.Error("the text area did not grow with its text")
	}
}

func TestNoticeAndTray(t *testing.T) {
	apptest.App(t)
	n := widgets.NewNotice()
	if n.Sentence() != "" {
		t.Error("a new notice says something")
	}
	done := false
	n.Say(widgets.Warning, "Attention.", widgets.NoticeAction{Label: "Faire", Do: func() { done = true }})
	button, ok := apptest.Find(n, func(b interface {
		fyne.CanvasObject
		fyne.Tappable
	}) bool {
		return true
	})
	if !ok {
		t.Fatal("the notice has no button")
	}
	button.Tapped(nil)
	if !done || n.Sentence() != "" {
		t.Error("the button must act and dismiss the notice")
	}

	tray := widgets.NewTray("Arrêter")
	stopped := false
	tray.Begin("Import", func() { stopped = true })
	tray.Progress(1, 4, "Ligne 1")
	if !tray.Busy() {
		t.Error("work under way must show")
	}
	tray.End()
	if tray.Busy() || stopped {
		t.Error("ended work must go, and was not stopped")
	}
}

// The wheel over an entry turns the form.
func TestWheelTurnsTheForm(t *testing.T) {
	apptest.App(t)
	column, wheel := widgets.Column(4), widgets.NewWheel()
	for range 40 {
		column.Add(widgets.NewEntry())
	}
	scroll := container.NewVScroll(container.NewStack(column, wheel))
	wheel.Serve(scroll)
	w := test.NewTempWindow(t, scroll)
	w.Resize(fyne.NewSize(300, 200))
	test.Scroll(w.Canvas(), fyne.NewPos(100, 60), 0, -80)
	if scroll.Offset.Y < 40 {
		t.Errorf("the wheel over an entry moved the form by %.0f", scroll.Offset.Y)
	}
}

func TestModalClosesOnEscapeUnlessHeld(t *testing.T) {
	apptest.App(t)
	w := test.NewTempWindow(t, widgets.NewText("fond"))
	m := widgets.NewModal("Titre", widgets.NewText("contenu"), w)
	closed := 0
	m.OnClosed = func() { closed++ }
	heard := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	escape := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	m.Show(300, 200)
	m.Hold(true)
	escape()
	if closed != 0 {
		t.Error("a held modal must stay")
	}
	m.Hold(false)
	escape()
	escape()
	if closed != 1 || heard != 1 {
		t.Errorf("closed %d times, the window then heard %d keys", closed, heard)
	}
}

// An answer that may not be the one meant is pointed at by a first Enter, and
// taken by a second.
func TestADoubtfulAnswerIsNotTakenUnawares(t *testing.T) {
	apptest.App(t)
	answers := []widgets.Suggestion{{Label: "Nogent", Doubtful: true}, {Label: "Nogent-sur-Marne", Doubtful: true}}
	p := widgets.NewPicker("", "", task.Pace{Run: func(f func()) { f() }},
		func(context.Context, string) ([]widgets.Suggestion, error) { return answers, nil })
	var picked []widgets.Suggestion
	p.OnPicked = func(s widgets.Suggestion) { picked = append(picked, s) }
	enter := func() { p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	p.Entry().SetText("Nogent")
	if enter(); len(picked) != 0 {
		t.Fatalf("taken: %v", picked)
	}
	if enter(); len(picked) != 1 {
		t.Fatalf("not taken: %v", picked)
	}
	answers = []widgets.Suggestion{{Label: "Lille"}}
	p.Entry().SetText("Lille")
	if enter(); len(picked) != 2 {
		t.Fatalf("a sure one asks twice: %v", picked)
	}
}
