package shell

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/help"
	"repertoire/app/widgets"
)

// heading is what the bar of the tour says above its advice.
func (t *tour) heading() string {
	x, _ := apptest.Find(t, func(x *widgets.Text) bool { return x.Bold })
	return x.Text()
}

// The tour goes on by what is really done, and only by that: a search, an entry
// opened, saved, taken back, a book.
func TestTheTourFollowsRealWork(t *testing.T) {
	s, door := opened(t, 40)
	do(t, s, "tour")
	at := func(step string) {
		t.Helper()
		if got := s.desk.tour.heading(); !strings.Contains(got, step) {
			t.Fatalf("the tour is at %q, not %q", got, step)
		}
	}
	at("1 sur 5")
	s.desk.tour.did(hasSaved)
	at("1 sur 5")
	do(t, s, "find")
	test.Type(s.window.Canvas().Focused(), "lille")
	at("2 sur 5")
	s.desk.records.list.OnOpen(apptest.Lille)
	at("3 sur 5")
	s.desk.records.form.Confirm()
	do(t, s, "save")
	at("4 sur 5")
	do(t, s, "undo-change")
	at("5 sur 5")
	do(t, s, "produce")
	s.desk.produce.OnProduced()
	at("Le tour est fait")
	if door.Dir() == "" || !s.desk.tour.Visible() {
		t.Error("the end is not said")
	}
}

func TestTheTourCanBeLeft(t *testing.T) {
	s, _ := opened(t, 5)
	do(t, s, "tour")
	for range 5 {
		b, ok := apptest.Find(s.desk.tour, func(b *widgets.Button) bool { return b.Text == "Passer" })
		if !ok {
			t.Fatal("a step cannot be skipped")
		}
		test.Tap(b)
	}
	if got := s.desk.tour.heading(); got != "Le tour est fait" {
		t.Errorf("after five steps: %q", got)
	}
	s.desk.tour.end()
	if s.desk.tour.Visible() {
		t.Error("it stays")
	}
}

// The sample begins the tour, an empty folder does not.
func TestTheSampleBeginsTheTour(t *testing.T) {
	for sample, want := range map[bool]bool{true: true, false: false} {
		s, _ := newShell(t, 5)
		s.Create("/nouveau", sample)
		if s.desk.tour.Visible() != want {
			t.Errorf("sample %v: tour %v", sample, !want)
		}
	}
}

// The menu opens the folders of the last days, but not the one that is open.
func TestTheMenuHasTheRecentFolders(t *testing.T) {
	s, f := newShell(t, 5)
	gone := filepath.Join(t.TempDir(), "parti")
	s.prefs.addRecent(gone)
	s.prefs.addRecent(f.door.Dir())
	s.arm()
	s.Open(f.door.Dir())
	var titles []string
	for _, c := range s.commands {
		if strings.HasPrefix(c.ID, "recent-") {
			titles = append(titles, c.Title)
		}
	}
	if len(titles) != 1 || !strings.Contains(titles[0], "parti") {
		t.Fatalf("the menu has %q", titles)
	}
	do(t, s, "recent-1")
	if s.desk == nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("a folder that is gone must be said, and the open one stay")
	}
	for _, c := range s.commands {
		if strings.HasPrefix(c.ID, "recent-") {
			t.Errorf("%q is still in the menu", c.Title)
		}
	}
}

// A refusal, in a bar or in a question, leads to what the guide says of it,
// without losing what stands under it.
func TestARefusalLeadsToTheGuide(t *testing.T) {
	s, _ := opened(t, 5)
	const sentence = "« livre.pdf » est ouvert dans un autre programme (Acrobat, Excel) : il n’a pas été remplacé. Fermez-le, ou choisissez un autre nom."
	s.desk.say(widgets.Failure, sentence)
	if _, ok := apptest.Find(s.desk.notice, func(b *widgets.IconButton) bool { return b.Icon() == "help" }); !ok {
		t.Error("a bar that refuses has no way to the guide")
	}
	widgets.Refuse("Cela n’a pas été possible", sentence, "Fermer", s.window)
	under := s.window.Canvas().Overlays().Top()
	if _, ok := apptest.Find(under, func(b *widgets.IconButton) bool { return b.Icon() == "help" }); !ok {
		t.Error("a question that refuses has no way to the guide")
	}
	s.showGuide(sentence) // a canvas of tests hears no shortcut
	v, ok := apptest.Find(s.window.Canvas().Overlays().Top(), func(*help.View) bool { return true })
	if !ok {
		t.Fatal("the guide does not come")
	}
	if _, ok := apptest.Find(v, func(x *widgets.Text) bool { return strings.Contains(x.Text(), "ouvert dans un autre programme") }); !ok {
		t.Error("it is not open at the files that are open elsewhere")
	}
	s.guide.Close()
	if s.window.Canvas().Overlays().Top() != under {
		t.Error("the question under the guide is gone")
	}
}
