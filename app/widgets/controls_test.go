package widgets_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
)

// Whatever has the focus in a question, Esc leaves it.
func TestEscClosesAQuestionFromEveryControl(t *testing.T) {
	apptest.App(t)
	controls := map[string]func() fyne.CanvasObject{
		"entry":     func() fyne.CanvasObject { return widgets.NewEntry() },
		"text area": func() fyne.CanvasObject { return widgets.NewTextArea(2) },
		"selector":  func() fyne.CanvasObject { return widgets.NewSelect([]string{"a", "b"}, nil) },
		"list":      func() fyne.CanvasObject { return widgets.NewSelectEntry([]string{"a", "b"}) },
		"tick":      func() fyne.CanvasObject { return widgets.NewCheck("a", nil) },
		"button":    func() fyne.CanvasObject { return widgets.NewButton("a", "", nil) },
		"icon":      func() fyne.CanvasObject { return widgets.NewIconButton("add", "", nil) },
		"radio":     func() fyne.CanvasObject { return widgets.NewRadio([]string{"a", "b"}, nil) },
		"rows": func() fyne.CanvasObject {
			return widgets.NewRows(20, func() int { return 1 }, func() fyne.CanvasObject { return widgets.NewText("") },
				func(int, fyne.CanvasObject) {})
		},
	}
	for name, control := range controls {
		window := test.NewTempWindow(t, widgets.NewText(""))
		m := widgets.NewModal("Question", control(), window)
		m.SetButtons(widgets.NewButton("Non", "", m.Close))
		m.Show(300, 200)
		window.Canvas().FocusNext()
		on := window.Canvas().Focused()
		if on == nil {
			t.Fatalf("%s takes no focus", name)
		}
		on.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if window.Canvas().Overlays().Top() != nil {
			t.Errorf("Esc does nothing from the %s", name)
		}
	}
}

// Enter does what the main button does, from wherever it means nothing else;
// on another button it presses that one, and it never presses a dangerous one.
func TestEnterAnswersAQuestion(t *testing.T) {
	apptest.App(t)
	enter := &fyne.KeyEvent{Name: fyne.KeyReturn}
	window := test.NewTempWindow(t, widgets.NewText(""))
	did := ""
	entry, tick := widgets.NewEntry(), widgets.NewCheck("a", nil)
	m := widgets.NewModal("Question", widgets.Column(0, entry, tick), window)
	no := widgets.NewButton("Non", "", func() { did += "no " })
	yes := widgets.NewMainButton("Oui", "", func() { did += "yes " })
	m.SetButtons(no, yes)
	m.Show(300, 200)
	for _, w := range []fyne.Focusable{entry, tick, no, yes} {
		m.Focus(w)
		window.Canvas().Focused().TypedKey(enter)
	}
	window.Canvas().Unfocus()
	window.Canvas().OnTypedKey()(enter)
	if did != "yes yes no yes yes " {
		t.Errorf("did %q", did)
	}
	did = ""
	yes.Disable()
	m.Focus(entry)
	entry.TypedKey(enter)
	m.SetButtons(widgets.NewDangerButton("Effacer", func() { did += "erased " }), no)
	entry.TypedKey(enter)
	if did != "" {
		t.Errorf("did %q", did)
	}
}

// What a question proposes is replaced by typing.
func TestAProposedTextIsSelected(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, widgets.NewText(""))
	entry := widgets.NewEntry()
	entry.SetText("novembre 2026")
	m := widgets.NewModal("Figer", entry, window)
	m.Show(300, 100)
	m.Propose(entry)
	if got := entry.SelectedText(); got != "novembre 2026" {
		t.Errorf("selected %q", got)
	}
}

func TestRadioByKeyboard(t *testing.T) {
	apptest.App(t)
	heard := ""
	r := widgets.NewRadio([]string{"papier", "numérique", "deux"}, func(s string) { heard += s + " " })
	window := test.NewTempWindow(t, r)
	r.SetSelected("papier")
	r.SetSelected("papier")
	window.Canvas().FocusNext()
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft} {
		window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
	if heard != "papier numérique deux papier deux " || r.Selected != "deux" {
		t.Errorf("heard %q, %q is chosen", heard, r.Selected)
	}
}

// A picker whose answers are late takes none that were for another text.
func TestPickerEnterWaitsForItsAnswers(t *testing.T) {
	apptest.App(t)
	var held []func()
	pace := task.Pace{Run: func(work func()) { held = append(held, work) }}
	p := widgets.NewPicker("", "rien", pace, func(_ context.Context, text string) ([]widgets.Suggestion, error) {
		return []widgets.Suggestion{{Label: text, Value: text}}, nil
	})
	var chosen any
	p.OnPicked = func(s widgets.Suggestion) { chosen = s.Value }
	test.NewTempWindow(t, p).Resize(fyne.NewSize(400, 300))
	test.Type(p.Entry(), "Ly")
	for _, work := range held {
		work()
	}
	held = nil
	test.Type(p.Entry(), "on")
	p.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen != nil {
		t.Fatalf("Enter took %v", chosen)
	}
	for _, work := range held {
		work()
	}
	if chosen != "Lyon" {
		t.Errorf("Enter took %v", chosen)
	}
}
