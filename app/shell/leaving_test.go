package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
)

// Quitting names what is not saved, and Enter saves it: nothing is lost by a
// key pressed too soon.
func TestQuittingSavesFirst(t *testing.T) {
	s, door := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	notes, _ := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.Text == "Relancer en janvier." })
	notes.SetText("Relancer en mars.")
	s.guarded(func() {})
	top := s.window.Canvas().Overlays().Top()
	if _, named := apptest.Find(top, func(x *widgets.Text) bool { return strings.Contains(x.Text(), "Lille – Saint-Louis") }); !named {
		t.Error("the question does not name what is unsaved")
	}
	left := false
	for s.window.Canvas().Overlays().Top() != nil {
		s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	s.guarded(func() { left = true })
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := door.Record(apptest.Lille).Notes; got != "Relancer en mars." || !left {
		t.Errorf("Enter saved %q, went on: %v", got, left)
	}
}

// What is refused is said, and holds the window back with what was typed.
func TestQuittingStopsAtWhatIsRefused(t *testing.T) {
	s, _ := opened(t, 10)
	do(t, s, "new")
	typed, ok := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.MultiLine })
	if !ok {
		t.Fatal("no text in the form")
	}
	typed.SetText("Sans collectivité")
	left := false
	s.guarded(func() { left = true })
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if left || s.desk.unsaved() != 1 || s.desk.notice.Tone() != widgets.Failure {
		t.Errorf("left: %v, %d unsaved, said %q", left, s.desk.unsaved(), s.desk.notice.Sentence())
	}
}

// News of a change carries the way back, and goes with the view it is of.
func TestNewsCarriesTheWayBack(t *testing.T) {
	s, door := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	notes, _ := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.Text == "Relancer en janvier." })
	notes.SetText("Relancer en mars.")
	do(t, s, "save")
	back, ok := apptest.Find(s.desk.notice, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, "Annuler") })
	if !ok {
		t.Fatalf("%q carries no way back", s.desk.notice.Sentence())
	}
	test.Tap(back)
	if got := door.Record(apptest.Lille).Notes; got != "Relancer en janvier." {
		t.Errorf("the way back left %q", got)
	}
	// What another desk has written since is not thrown away by it.
	s.desk.openEntry(apptest.Lille)
	notes, _ = apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.Text == "Relancer en janvier." })
	notes.SetText("Relancer en avril.")
	do(t, s, "save")
	back, _ = apptest.Find(s.desk.notice, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, "Annuler") })
	p := door.Record(apptest.Lille)
	p.Notes = "Écrit ailleurs."
	if _, err := door.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	test.Tap(back)
	if got, said := door.Record(apptest.Lille).Notes, s.desk.notice.Sentence(); got != "Écrit ailleurs." ||
		!strings.Contains(said, "est resté comme il est") {
		t.Errorf("the way back left %q and said %q", got, said)
	}
	s.desk.say(widgets.Warning, "Une phrase.")
	do(t, s, "go-editions")
	if said := s.desk.notice.Sentence(); said != "" {
		t.Errorf("%q followed to another view", said)
	}
	s.desk.say(widgets.Success, "Rien n’a changé.")
	if _, ok := apptest.Find(s.desk.notice, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, "Annuler") }); ok {
		t.Error("news of no change offers to take one back")
	}
}

// The text grows to twice its size and shrinks to four fifths, and goes back to
// that of the first day. Keys and wheel are tried in the real window: a canvas
// of tests hears no shortcut.
func TestTheTextGrowsToTwiceItsSize(t *testing.T) {
	s, _ := opened(t, 5)
	for range 20 {
		s.Zoom(0.1)
	}
	if s.prefs.scale() != 2 {
		t.Errorf("the text grows to %.1f", s.prefs.scale())
	}
	for range 20 {
		s.Zoom(-0.1)
	}
	if got := s.prefs.scale(); got < 0.79 || got > 0.81 {
		t.Errorf("the text shrinks to %.1f", got)
	}
	do(t, s, "text-normal")
	if s.prefs.scale() != 1 {
		t.Errorf("the text goes back to %.1f", s.prefs.scale())
	}
}

// A répertoire made meanwhile is among the choices of the entry in view.
func TestTheFormLearnsOfANewRepertoire(t *testing.T) {
	s, door := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	d, err := door.Records().AddDirectory(t.Context(), "maroc", "", []string{"MA"})
	if err != nil {
		t.Fatal(err)
	}
	list, err := door.Records().Directories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	short := ""
	for _, x := range list {
		if x.Slug == d.Slug {
			short = x.Short
		}
	}
	add, ok := apptest.Find(s.desk.records.form, func(c *widgets.PartChip) bool { return c.Text() == "Ajouter à un répertoire" })
	if !ok {
		t.Fatal("no way into another répertoire")
	}
	add.Tapped(nil)
	if _, ok := apptest.Find(s.window.Canvas().Overlays().Top(), func(x *canvas.Text) bool { return x.Text == short }); !ok {
		t.Errorf("%q is not among the choices", short)
	}
}
