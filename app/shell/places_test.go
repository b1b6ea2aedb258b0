package shell

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	guide "repertoire/assets/help"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// real opens the window on a workspace on the disk.
func real(t *testing.T, sample bool) *Shell {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "essai")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: sample, Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := New(Options{App: apptest.App(t), Opener: Workspaces{Author: "Essai"}, Pace: task.AtOnce()})
	s.window.Resize(fyne.NewSize(1280, 720))
	s.window.Show()
	t.Cleanup(func() {
		s.CloseWorkspace()
		s.window.SetCloseIntercept(nil)
	})
	s.Open(dir)
	if s.desk == nil {
		t.Fatal("the workspace did not open")
	}
	return s
}

// Each place of the rail comes into view, with the sample and with nothing,
// says its name on the window, and lets one go back.
func TestEveryPlaceOpens(t *testing.T) {
	for _, sample := range []bool{true, false} {
		s := real(t, sample)
		if len(s.Places()) < 8 {
			t.Fatalf("only %v are offered", s.Places())
		}
		for _, p := range s.desk.places {
			if p.hidden || p.id == partnershipsPlace {
				continue
			}
			do(t, s, "go-"+p.id)
			if !strings.HasPrefix(s.window.Title(), p.title) {
				t.Errorf("in %s the window is called %q", p.id, s.window.Title())
			}
			if said := s.desk.notice.Sentence(); said != "" {
				t.Errorf("%s says %q on arriving", p.id, said)
			}
			if item := s.desk.railItems[seatOf(p)]; p.id != helpPlace && !item.On() {
				t.Errorf("the rail does not show %s as the place", p.id)
			}
			if p.seat != "" && (!s.desk.tabs.Visible() || s.desk.tabs.On() != p.name) {
				t.Errorf("in %s the tabs show %q", p.id, s.desk.tabs.On())
			}
			top := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.desk.middle).Y
			if foot := s.desk.tabs.Size().Height; s.desk.tabs.Visible() && top < foot {
				t.Errorf("in %s the tabs, %.0f high, stand over the view, which begins at %.0f", p.id, foot, top)
			}
			do(t, s, "rows")
			if s.desk.at != partnershipsPlace {
				t.Errorf("Esc does not lead back from %s", p.id)
			}
		}
	}
}

// The rail holds at most seven places; those that share a line are reached by
// its tabs, and one comes back to where one was.
func TestAtMostSevenPlacesInTheRail(t *testing.T) {
	s := real(t, true)
	if n := len(s.desk.railItems); n > 7 {
		t.Fatalf("%d places in the rail", n)
	}
	do(t, s, "go-trash")
	if got := strings.Join(s.desk.tabs.Labels(), ", "); got != "Journal, Sécurité, Personnes, Partage, Corbeille" {
		t.Errorf("the folder's tabs are %s", got)
	}
	do(t, s, "go-editions")
	if s.desk.tabs.Visible() {
		t.Error("a place alone on its line has tabs")
	}
	s.desk.railItems[folderSeat].Tapped(nil)
	if s.desk.at != "trash" {
		t.Errorf("the folder opens at %s, not where one was", s.desk.at)
	}
	journal, ok := apptest.Find(s.desk.tabs, func(o interface {
		fyne.CanvasObject
		fyne.Focusable
		Label() string
	}) bool {
		return o.Label() == "Journal"
	})
	if !ok {
		t.Fatal("no tab leads to the journal")
	}
	s.window.Canvas().Focus(journal)
	journal.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	journal.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.desk.at != "journal" {
		t.Errorf("Enter on the tab leads to %s", s.desk.at)
	}
	if at, ok := s.window.Canvas().Focused().(interface{ Label() string }); ok && at.Label() == "Sécurité" {
		t.Error("the keyboard stays on the tabs: work begins in the view")
	}
}

// Help opens at the chapter of the place one comes from, and each place has
// one.
func TestHelpKnowsWhereOneIs(t *testing.T) {
	chapters := map[string]bool{}
	for _, file := range guide.Chapters() {
		_, id, _ := strings.Cut(strings.TrimSuffix(file, ".md"), "-")
		chapters[id] = true
	}
	s := real(t, true)
	for _, p := range s.desk.places {
		if !chapters[chapterOf(p.id)] {
			t.Errorf("%s: there is no chapter %q", p.id, chapterOf(p.id))
		}
	}
}

// A blank workspace is no dead end: a répertoire is made in the window, and
// the first partnership goes into it.
func TestABlankWorkspaceTakesARepertoire(t *testing.T) {
	s := real(t, false)
	do(t, s, "new-directory")
	if s.desk.at != editorPlace || !strings.HasPrefix(s.window.Title(), "Modifier un répertoire") {
		t.Fatalf("at %s, called %q", s.desk.at, s.window.Title())
	}
	if s.Perform("save") {
		list, err := s.desk.door.Records().Directories(t.Context())
		if err != nil || len(list) != 0 {
			t.Errorf("an empty répertoire was saved: %v, %v", list, err)
		}
	}
}

// A restored backup brings the window back where it was.
// A folder that holds nothing shows three first steps, and each is one.
func TestTheThreeFirstSteps(t *testing.T) {
	s := real(t, false)
	step := func(number string) {
		t.Helper()
		do(t, s, "rows")
		c, ok := apptest.Find(s.desk.records.list, func(c *widgets.Choice) bool { return strings.HasPrefix(c.Title(), number) })
		if !ok {
			t.Fatalf("no step %s", number)
		}
		c.Tapped(nil)
	}
	if step("1."); s.desk.at != editorPlace {
		t.Errorf("the first step leads to %s", s.desk.at)
	}
	if step("2."); s.window.Canvas().Overlays().Top() == nil {
		t.Error("the second step asks for no table")
	}
	for s.window.Canvas().Overlays().Top() != nil {
		s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	if step("3."); s.desk.at != partnershipsPlace || s.desk.records.form.Title() != "Nouveau partenariat" {
		t.Errorf("the third step shows %q", s.desk.records.form.Title())
	}
}

func TestRestoreReopens(t *testing.T) {
	s := real(t, true)
	w := s.desk.door.(*workspace.Workspace)
	file := filepath.Join(t.TempDir(), "avant.db")
	if _, err := w.Safety().Backup(t.Context(), file, func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	r, err := w.Searches().Search(t.Context(), searches.Query{Text: "Lille Saint-Louis", Limit: 1})
	if err != nil || len(r.Hits) == 0 {
		t.Fatal(err)
	}
	if err := w.Records().DeletePartnership(t.Context(), r.Hits[0].ID); err != nil {
		t.Fatal(err)
	}
	s.desk.restore(file)
	if s.desk == nil {
		t.Fatal("the workspace stayed closed")
	}
	if _, err := s.desk.door.Records().Partnership(t.Context(), r.Hits[0].ID); err != nil {
		t.Errorf("the entry is not back: %v", err)
	}
	if !strings.Contains(s.desk.notice.Sentence(), "restaurée") {
		t.Errorf("said %q", s.desk.notice.Sentence())
	}
}

// A table dropped anywhere opens the import; anything else says what can be.
func TestDroppedFiles(t *testing.T) {
	s := real(t, true)
	s.desk.dropped(fyne.NewPos(10, 10), []fyne.URI{storage.NewFileURI("/nulle/part.xyz")})
	if !strings.Contains(s.desk.notice.Sentence(), "Déposez") {
		t.Errorf("said %q", s.desk.notice.Sentence())
	}
	s.desk.dropped(fyne.NewPos(10, 10), []fyne.URI{storage.NewFileURI("/nulle/part.csv")})
	if s.window.Canvas().Overlays().Top() == nil {
		t.Error("no import opened")
	}
}

// From another place, an entry opens in the desk with its cursor in the field.
func TestAnEntryOpensInItsField(t *testing.T) {
	s := real(t, true)
	r, err := s.desk.door.Searches().Search(t.Context(), searches.Query{Text: "Lille Saint-Louis", Limit: 1})
	if err != nil || len(r.Hits) == 0 {
		t.Fatal(err)
	}
	do(t, s, "go-journal")
	s.desk.openField(r.Hits[0].ID, "objectives")
	if p, ok := s.desk.records.form.Current(); !ok || p.ID != r.Hits[0].ID || s.desk.at != partnershipsPlace {
		t.Fatalf("at %s with %v", s.desk.at, p.ID)
	}
	if s.window.Canvas().Focused() == nil {
		t.Error("the cursor is nowhere")
	}
	s.desk.openField(repertoire.ID("nulle"), "objectives")
}

// Work under way is shown, the newest first, and stopped by its own button.
func TestJobsInTheTray(t *testing.T) {
	s, _ := opened(t, 5)
	stopped := ""
	_, first := s.desk.job("Le premier", func() { stopped = "premier" })
	progress, second := s.desk.job("Le second", func() { stopped = "second" })
	progress(1, 2, "À moitié")
	if !s.desk.tray.Busy() {
		t.Fatal("the tray says nothing")
	}
	s.desk.jobs.stopAll()
	if stopped != "second" {
		t.Errorf("stopped %q last", stopped)
	}
	second()
	if !s.desk.tray.Busy() {
		t.Error("the first work is still under way")
	}
	first()
	if s.desk.tray.Busy() {
		t.Error("nothing is under way")
	}
}
