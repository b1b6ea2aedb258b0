package shell

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// fake opens the same workspace in memory every time.
type fake struct {
	door    *apptest.Workspace
	created []string
	fail    error
}

func (f *fake) Read(ctx context.Context, dir string) (Door, error) { return f.Open(ctx, dir) }

func (f *fake) Open(context.Context, string) (Door, error) {
	if f.fail != nil {
		return nil, f.fail
	}
	return f.door, nil
}

func (f *fake) Create(_ context.Context, dir string, sample bool, progress workspace.Progress) error {
	progress(1, 2, "Écriture")
	if sample {
		dir += "+exemple"
	}
	f.created = append(f.created, dir)
	return f.fail
}

func newShell(t *testing.T, n int) (*Shell, *fake) {
	t.Helper()
	f := &fake{door: apptest.New(t, n)}
	s := New(Options{App: apptest.App(t), Opener: f, Pace: task.AtOnce()})
	s.window.Resize(fyne.NewSize(1280, 720))
	s.window.Show()
	t.Cleanup(func() { s.window.SetCloseIntercept(nil) })
	return s, f
}

func opened(t *testing.T, n int) (*Shell, *apptest.Workspace) {
	s, f := newShell(t, n)
	s.Open("/dossier")
	if s.desk == nil {
		t.Fatal("the workspace did not open")
	}
	return s, f.door
}

// do runs a command by its ID, as menu, palette and shortcut do.
func do(t *testing.T, s *Shell, id string) {
	t.Helper()
	for _, c := range s.commands {
		if c.ID == id {
			if !c.enabled() {
				t.Fatalf("%s cannot be done now", id)
			}
			c.Do()
			return
		}
	}
	t.Fatalf("no command %q", id)
}

func TestFirstRunOffersSixWays(t *testing.T) {
	s, f := newShell(t, 5)
	choices := 0
	apptest.Walk(s.window.Content(), func(o fyne.CanvasObject) bool {
		if _, ok := o.(*widgets.Choice); ok {
			choices++
		}
		return true
	})
	if choices != 6 {
		t.Errorf("%d ways to begin", choices)
	}
	s.Create("/nouveau", true)
	if len(f.created) != 1 || f.created[0] != "/nouveau+exemple" || s.desk == nil {
		t.Errorf("created %v", f.created)
	}
	if got := s.prefs.recent(); len(got) == 0 || got[0] != f.door.Dir() {
		t.Errorf("recent workspaces: %v", got)
	}
}

func TestAWorkspaceThatDoesNotOpenIsSaid(t *testing.T) {
	s, f := newShell(t, 5)
	f.fail = repertoire.Damage("repertoire.db", nil, "Le dossier est abîmé ; rien n’a été modifié.")
	s.Open("/abime")
	if s.desk != nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("the failure must be said, and the first screen stay")
	}
}

// The main job: find, read, change, save, take back, produce the book.
func TestTheMainJob(t *testing.T) {
	s, door := opened(t, 40)
	s.desk.records.sidebar.Choose("senegal")
	do(t, s, "find")
	for _, r := range "saint-louis" {
		s.window.Canvas().Focused().TypedRune(r)
	}
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p, ok := s.desk.records.form.Current()
	if !ok {
		t.Fatal("the arrow opened nothing")
	}
	s.desk.openEntry(apptest.Lille)
	history, ok := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return strings.HasPrefix(e.Text, "Le jumelage date") })
	if !ok {
		t.Fatalf("the form of %s has no history", p.ID)
	}
	s.window.Canvas().Focus(history)
	history.CursorRow, history.CursorColumn = 0, 0
	for _, r := range "Été 1978. " {
		s.window.Canvas().Focused().TypedRune(r)
	}
	do(t, s, "save")
	if got := door.Record(apptest.Lille).History; !strings.HasPrefix(got, "Été 1978. Le jumelage") {
		t.Fatalf("saved %q", got)
	}
	do(t, s, "rows") // Esc: back to the list
	do(t, s, "undo")
	if got := door.Record(apptest.Lille).History; !strings.HasPrefix(got, "Le jumelage") {
		t.Errorf("undo left %q", got)
	}
	if !strings.HasPrefix(s.desk.notice.Sentence(), "Annulé") {
		t.Errorf("said %q", s.desk.notice.Sentence())
	}
	do(t, s, "redo")
	if got := door.Record(apptest.Lille).History; !strings.HasPrefix(got, "Été") {
		t.Errorf("redo left %q", got)
	}
	do(t, s, "produce")
	button, ok := apptest.Find(s.window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Produire" })
	if !ok {
		t.Fatal("no button produces the PDF")
	}
	test.Tap(button)
	if books, _ := filepath.Glob(filepath.Join(door.Dir(), "editions", "senegal*.pdf")); len(books) != 1 {
		t.Errorf("built %v", books)
	}
}

// Ctrl+Z in an entry takes keys back, and nothing that was saved.
func TestUndoInAnEntryIsTheEntrys(t *testing.T) {
	s, door := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	notes, _ := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.Text == "Relancer en janvier." })
	s.window.Canvas().Focus(notes)
	s.window.Canvas().Focused().TypedRune('x')
	do(t, s, "undo")
	if notes.Text != "Relancer en janvier." {
		t.Errorf("the entry holds %q", notes.Text)
	}
	if door.Record(apptest.Lille).Version != 1 {
		t.Error("an undo in an entry reached the workspace")
	}
}

func TestDeleteAndUndo(t *testing.T) {
	s, door := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	do(t, s, "delete")
	yes, ok := apptest.Find(s.window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Mettre à la corbeille" })
	if !ok {
		t.Fatal("nobody asks before")
	}
	test.Tap(yes)
	if door.Count() != 9 {
		t.Fatal("the record is still there")
	}
	do(t, s, "undo")
	if door.Count() != 10 {
		t.Error("undo did not bring it back")
	}
}

// Undoing a creation leaves no form of a record that is no more.
func TestUndoOfACreation(t *testing.T) {
	s, door := opened(t, 10)
	p := door.Record(apptest.Lille)
	p.ID, p.Version, p.Title = "", 0, "Jumelage d’essai"
	saved, err := door.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	s.desk.openEntry(saved.ID)
	do(t, s, "rows")
	s.desk.openEntry(saved.ID)
	do(t, s, "undo")
	if _, ok := s.desk.records.form.Current(); ok || door.Count() != 10 {
		t.Error("the form still shows a record that is gone")
	}
	if got := s.desk.notice.Sentence(); got != "Annulé\u00a0: Création de Jumelage d’essai." {
		t.Errorf("said %q", got)
	}
}

// Every command is in a menu, has a drawing of the family, and no two share a
// shortcut; none uses Ctrl+Alt, which is AltGr on Windows.
func TestCommandsAreInOrder(t *testing.T) {
	s, _ := opened(t, 5)
	keys, ids := map[string]string{}, map[string]bool{}
	for _, c := range s.commands {
		if ids[c.ID] {
			t.Errorf("two commands are called %s", c.ID)
		}
		ids[c.ID] = true
		if k := c.Keys(); k != "" {
			if keys[k] != "" {
				t.Errorf("%s and %s share %s", c.ID, keys[k], k)
			}
			keys[k] = c.ID
		}
		if !strings.HasPrefix(theme.Icon(c.Icon).Name(), "repertoire-") {
			t.Errorf("%s has no drawing %q", c.ID, c.Icon)
		}
	}
	if !ids["directory-senegal"] {
		t.Error("the répertoires are not among the commands")
	}
	items := 0
	for _, m := range s.window.MainMenu().Items {
		for _, item := range m.Items {
			if !item.IsSeparator {
				items++
			}
		}
	}
	if items < len(s.commands) {
		t.Errorf("%d menu items for %d commands", items, len(s.commands))
	}
}

func TestLeavingWithUnsavedTextAsks(t *testing.T) {
	s, _ := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	notes, _ := apptest.Find(s.desk.records.form, func(e *widgets.Entry) bool { return e.Text == "Relancer en janvier." })
	test.Type(notes, "!")
	s.Quit()
	if s.desk == nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("quitting threw unsaved text away without a word")
	}
}

func TestPanesAndLookAreRemembered(t *testing.T) {
	s, _ := opened(t, 10)
	do(t, s, "sidebar")
	if s.desk.records.sidebar.Visible() {
		t.Error("the left column did not go")
	}
	do(t, s, "sidebar")
	do(t, s, "look-dark")
	do(t, s, "text-larger")
	if s.prefs.mode() != theme.Dark || s.prefs.scale() < 1.05 {
		t.Errorf("look %s, text %.2f", s.prefs.mode(), s.prefs.scale())
	}
	do(t, s, "shortcuts")
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("Esc did not close the sheet")
	}
	do(t, s, "close")
	if s.desk != nil {
		t.Error("the workspace is still open")
	}
}

// Somebody else's change is seen without asking.
func TestChangesAreHeard(t *testing.T) {
	s, door := opened(t, 10)
	before := s.desk.tray.Status()
	p := door.Record(apptest.Lille)
	p.ID, p.Version = "", 0
	if _, err := door.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if s.desk.tray.Status() == before {
		t.Errorf("still %q", before)
	}
}
