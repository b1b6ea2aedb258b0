package editions

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

func shown(t *testing.T, door Builder, pace task.Pace) (*Produce, fyne.Window) {
	t.Helper()
	apptest.App(t)
	w := test.NewTempWindow(t, widgets.NewText("fond"))
	w.Resize(fyne.NewSize(1000, 700))
	p := NewProduce(door, pace, w)
	p.Show("japon")
	return p, w
}

func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	b, ok := apptest.Find(w.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == label })
	if !ok {
		t.Fatalf("no button %q", label)
	}
	test.Tap(b)
}

func says(w fyne.Window, part string) bool {
	_, ok := apptest.Find(w.Canvas().Overlays().Top(), func(x *widgets.Text) bool { return strings.Contains(x.Text(), part) })
	return ok
}

// words gathers what the dialog on top says.
func words(w fyne.Window) (out []string) {
	apptest.Find(w.Canvas().Overlays().Top(), func(x *widgets.Text) bool {
		out = append(out, x.Text())
		return false
	})
	return out
}

func TestProduceABook(t *testing.T) {
	door := apptest.New(t, 10)
	p, w := shown(t, door, task.AtOnce())
	var opened string
	p.Open = func(path string) error { opened = path; return nil }
	p.variant.SetSelected("Numérique")
	test.Type(p.label, "septembre 2026")
	press(t, w, "Produire")
	book := filepath.Join(door.Dir(), "editions", "japon-numerique.pdf")
	if text, err := exec.Command("pdftotext", book, "-").CombinedOutput(); err != nil || !bytes.Contains(text, []byte("septembre 2026")) {
		t.Errorf("the book does not say which edition it is (%v): %.200s", err, text)
	}
	if !says(w, "12 pages") || !says(w, "avertissement") {
		t.Errorf("the result does not say what came out: %q", words(w))
	}
	press(t, w, "Ouvrir le dossier")
	if opened != filepath.Dir(book) {
		t.Errorf("opened %q", opened)
	}
}

func TestWarningsLeadToTheirEntry(t *testing.T) {
	door := apptest.New(t, 10)
	p, w := shown(t, door, task.AtOnce())
	gone := repertoire.ID("")
	p.OnEntry = func(id repertoire.ID) { gone = id }
	press(t, w, "Produire")
	if !says(w, "avertissements") {
		t.Errorf("the warning is not counted: %q", words(w))
	}
	table, ok := apptest.Find(w.Canvas().Overlays().Top(), func(*widgets.Table) bool { return true })
	if !ok {
		t.Fatal("no list of warnings")
	}
	table.List.Select(0)
	table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if gone != "p-000002" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("went to %q", gone)
	}
}

func TestMissingFileNameIsRefused(t *testing.T) {
	door := apptest.New(t, 5)
	p, w := shown(t, door, task.AtOnce())
	p.file.SetText("  ")
	press(t, w, "Produire")
	if books, _ := filepath.Glob(filepath.Join(door.Dir(), "editions", "*.pdf")); len(books) != 0 || p.notice.Sentence() == "" {
		t.Error("a book without a file name was built, or nothing was said")
	}
}

func TestStopIsHeard(t *testing.T) {
	var pending []func()
	pace := task.Pace{Run: func(work func()) { pending = append(pending, work) }}
	p, w := shown(t, apptest.New(t, 5), pace)
	pending[0]() // the list of répertoires
	press(t, w, "Produire")
	press(t, w, "Arrêter")
	pending[1]() // the build, already told to stop
	if p.building || !says(w, "Pas de PDF") {
		t.Error("a stopped build must say that there is no PDF")
	}
}

func TestAFailureIsASentence(t *testing.T) {
	door := apptest.New(t, 5)
	p, w := shown(t, door, task.AtOnce())
	inTheWay := filepath.Join(t.TempDir(), "un fichier")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.file.SetText(filepath.Join(inTheWay, "japon.pdf"))
	press(t, w, "Produire")
	if !says(w, "Pas de PDF") {
		t.Error("the failure is not said")
	}
}

// TestProduceASite makes the folder of pages, and opens its first one.
func TestProduceASite(t *testing.T) {
	door := apptest.New(t, 10)
	p, w := shown(t, door, task.AtOnce())
	var opened string
	p.Open = func(path string) error { opened = path; return nil }
	p.variant.SetSelected("Site à consulter")
	test.Type(p.recipient, "Ville de Lille")
	test.Type(p.address, "https://www.exemple.org/japon/")
	press(t, w, "Produire")
	folder := filepath.Join(door.Dir(), "editions", "japon-site")
	page, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Ville de Lille", "https://www.exemple.org/japon/"} {
		if !bytes.Contains(page, []byte(part)) {
			t.Errorf("the first page does not say %q", part)
		}
	}
	press(t, w, "Ouvrir le site")
	if opened != filepath.Join(folder, "index.html") {
		t.Errorf("opened %q", opened)
	}
	press(t, w, "Ouvrir le dossier")
	if opened != folder {
		t.Errorf("opened %q", opened)
	}
}
