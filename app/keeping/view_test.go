package keeping

import (
	"errors"
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
	"repertoire/internal/workspace/searches"
)

func opened(t *testing.T) (*workspace.Workspace, fyne.Window) {
	t.Helper()
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	window := test.NewTempWindow(t, widgets.NewText(""))
	window.Resize(fyne.NewSize(1040, 620))
	return w, window
}

func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	b, ok := apptest.Find(w.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == label })
	if !ok {
		t.Fatalf("no button %q", label)
	}
	test.Tap(b)
}

func TestBackupsAreMadeReadAndHandedOver(t *testing.T) {
	w, window := opened(t)
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	v.Reload()
	v.Backup()
	if len(v.items) == 0 || !strings.Contains(v.notice.Sentence(), "relue") {
		t.Fatalf("%d backups, %q", len(v.items), v.notice.Sentence())
	}
	v.FocusFirst()
	v.Verify()
	if !strings.Contains(v.notice.Sentence(), "saine") {
		t.Errorf("%q", v.notice.Sentence())
	}
	restored := ""
	v.OnRestore = func(file string) { restored = file }
	v.AskRestore()
	press(t, window, "Restaurer")
	if restored != v.items[0].File {
		t.Errorf("restored %q", restored)
	}
	v.Check()
	if !strings.Contains(v.notice.Sentence(), "sains") {
		t.Errorf("%q", v.notice.Sentence())
	}
}

func TestAPersonIsShownThenErased(t *testing.T) {
	w, window := opened(t)
	r, err := w.Searches().Search(t.Context(), searches.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Records().Partnership(t.Context(), r.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Hermeline Zwyckx"})
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	v := NewPeople(w, task.AtOnce(), window)
	window.SetContent(v)
	v.FindPerson("hermeline zwyckx")
	press(t, window, "Effacer cette personne")
	if !strings.Contains(v.notice.Sentence(), "effacée") {
		t.Errorf("%q", v.notice.Sentence())
	}
	if left, err := w.Rights().FindPerson(t.Context(), "Hermeline Zwyckx"); err != nil || left.Erasable() != 0 {
		t.Errorf("%+v, %v", left, err)
	}
}

func TestADamagedBaseIsRescued(t *testing.T) {
	w, window := opened(t)
	if _, err := w.Safety().Backup(t.Context(), "", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "repertoire.db")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(raw); i += 7 {
		raw[i] ^= 0x5a
	}
	if err := os.WriteFile(file, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = workspace.Open(t.Context(), dir, workspace.OpenOptions{})
	if err == nil {
		t.Skip("the base opens all the same")
	}
	if Rescue(errors.New("something else"), dir, window, task.AtOnce(), Ways{}) {
		t.Error("only damage is rescued")
	}
	reopened := ""
	if !Rescue(err, dir, window, task.AtOnce(), Ways{Reopen: func(d string) { reopened = d }}) {
		t.Fatalf("not seen as damage: %v", err)
	}
	press(t, window, "Restaurer la dernière sauvegarde saine")
	if reopened != "" {
		t.Fatal("restored before it was shown what is taken back")
	}
	press(t, window, "Restaurer")
	if reopened != dir {
		t.Fatal("the folder is not opened again")
	}
	again, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// What is offered of a folder that somebody else has is to read it.
func TestABusyFolderIsOfferedToBeRead(t *testing.T) {
	w, window := opened(t)
	_, err := workspace.Open(t.Context(), w.Dir(), workspace.OpenOptions{Author: "Max"})
	if err == nil {
		t.Fatal("opened twice")
	}
	read := ""
	if !Rescue(err, w.Dir(), window, task.AtOnce(), Ways{Read: func(d string) { read = d }}) {
		t.Fatalf("nothing is offered: %v", err)
	}
	press(t, window, "Ouvrir en lecture seule")
	if read != w.Dir() {
		t.Errorf("read %q", read)
	}
}

// A damaged base is salvaged without a backup, once that was explained.
func TestADamagedBaseIsSalvaged(t *testing.T) {
	w, window := opened(t)
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	err := &repertoire.Error{Kind: repertoire.Damaged, File: filepath.Join(dir, "repertoire.db"), Message: "La base est abîmée."}
	reopened := ""
	if !Rescue(err, dir, window, task.AtOnce(), Ways{Reopen: func(d string) { reopened = d }}) {
		t.Fatal("nothing is offered")
	}
	press(t, window, "Récupérer ce qui se lit")
	press(t, window, "Récupérer")
	if reopened != dir {
		t.Fatal("the folder is not opened again")
	}
	aside, err2 := filepath.Glob(filepath.Join(dir, "backups", "remplacee-*", "repertoire.db"))
	if err2 != nil || len(aside) != 1 {
		t.Errorf("kept aside: %v, %v", aside, err2)
	}
}

// Who is over their time is shown; the documents are written.
func TestTimesAndDocuments(t *testing.T) {
	w, window := opened(t)
	v := NewPeople(w, task.AtOnce(), window)
	window.SetContent(v)
	v.Retention()
	press(t, window, "Changer les durées")
	press(t, window, "Ne rien effacer")
	path := filepath.Join(t.TempDir(), "registre.pdf")
	v.WriteRegister(path)
	if raw, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(raw), "%PDF-") {
		t.Errorf("no register: %v; %q", err, v.notice.Sentence())
	}
	v.WriteAccess("Personne Inconnue", path)
	if !strings.Contains(v.notice.Sentence(), "aucun document") {
		t.Errorf("%q", v.notice.Sentence())
	}
}
