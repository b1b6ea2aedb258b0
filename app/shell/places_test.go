package shell

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"repertoire/app/apptest"
	"repertoire/app/task"
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
			if !s.desk.railItems[p.id].On() {
				t.Errorf("the rail does not show %s as the place", p.id)
			}
			do(t, s, "rows")
			if s.desk.at != partnershipsPlace {
				t.Errorf("Esc does not lead back from %s", p.id)
			}
		}
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
