package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPaletteFindsCommandsAndPartnerships(t *testing.T) {
	s, _ := opened(t, 20)
	p := s.showPalette("", false)
	test.Type(p.entry, "prod")
	if len(p.answers) == 0 || p.answers[0].Label != "Produire le PDF…" {
		t.Errorf("« prod » proposes %v", p.answers)
	}
	p.entry.SetText("shizuoka")
	if len(p.answers) == 0 || !strings.Contains(p.answers[0].Label, "Shizuoka") {
		t.Errorf("« shizuoka » proposes %v", p.answers)
	}
}

// What was typed quickest is what is done: the search of partnerships is held
// back while a person types and presses Enter.
func TestPaletteNeverDoesWhatWasAskedBefore(t *testing.T) {
	s, _ := opened(t, 20)
	var held []func()
	s.pace.Run = func(work func()) { held = append(held, work) }
	did := ""
	for i, c := range s.commands {
		s.commands[i].Do = func() { did = c.ID }
	}
	p := s.showPalette("", false)
	test.Type(p.entry, "texte plus grand")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if did != "text-larger" {
		t.Errorf("Enter after « texte plus grand » did %q", did)
	}
	for _, work := range held { // answers that come late
		work()
	}
	if did != "text-larger" {
		t.Errorf("a late answer did %q", did)
	}
}

// A name no command has: Enter waits for the partnerships of that name, and
// for no others.
func TestPaletteEnterWaitsForTheTextShown(t *testing.T) {
	s, _ := opened(t, 20)
	run := s.pace.Run
	var held []func()
	s.pace.Run = func(work func()) { held = append(held, work) }
	before := s.desk.records.form.Title()
	p := s.showPalette("", false)
	test.Type(p.entry, "shizuoka")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.desk.records.form.Title() != before || s.window.Canvas().Overlays().Top() == nil {
		t.Fatal("Enter opened an entry before any was found")
	}
	s.pace.Run = run
	for _, work := range held {
		work()
	}
	if got := s.desk.records.form.Title(); !strings.Contains(got, "Shizuoka") {
		t.Errorf("Enter opened %q", got)
	}
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("the palette stayed")
	}
}

// More typing after Enter is another question.
func TestPaletteForgetsEnterWhenTypingGoesOn(t *testing.T) {
	s, _ := opened(t, 20)
	var held []func()
	s.pace.Run = func(work func()) { held = append(held, work) }
	before := s.desk.records.form.Title()
	p := s.showPalette("", false)
	test.Type(p.entry, "shizuo")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Type(p.entry, "ka")
	for _, work := range held {
		work()
	}
	if s.desk.records.form.Title() != before {
		t.Error("an answer opened that nobody waits for any more")
	}
}

// The arrows' choice stays when partnerships come under the commands.
func TestPaletteKeepsTheMark(t *testing.T) {
	s, _ := opened(t, 20)
	var held []func()
	s.pace.Run = func(work func()) { held = append(held, work) }
	p := s.showPalette("", false)
	test.Type(p.entry, "a")
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	before := len(p.answers)
	for _, work := range held {
		work()
	}
	if len(p.answers) <= before {
		t.Fatal("« a » finds no partnership")
	}
	if at := p.rows.Selection().Current; at != 1 {
		t.Errorf("the mark went to %d", at)
	}
}
