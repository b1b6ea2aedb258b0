package files

import (
	"os"
	"path/filepath"
	"repertoire/app/widgets"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
)

// The folder of last time is remembered by kind, and given up when it is gone.
func TestTheFolderIsRemembered(t *testing.T) {
	apptest.App(t)
	dir := filepath.Join(t.TempDir(), "tableaux")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	Remember("import", filepath.Join(dir, "a.csv"))
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if got := Propose("import", "liban", ".csv", now); got != filepath.Join(dir, "liban 23-11-2026.csv") {
		t.Errorf("proposed %q", got)
	}
	if Folder("export") == dir {
		t.Error("one kind's folder is another's")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if Folder("import") == dir {
		t.Error("a folder that is gone is proposed")
	}
}

func TestAFileIsNotReplacedWithoutAQuestion(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	file := filepath.Join(t.TempDir(), "a.csv")
	did := 0
	Overwrite(window, file, func() { did++ })
	if did != 1 {
		t.Fatal("a new file is asked about")
	}
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	Overwrite(window, file, func() { did++ })
	if did != 1 {
		t.Fatal("replaced without a question")
	}
	b, ok := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Remplacer" })
	if !ok {
		t.Fatal("no question")
	}
	if test.Tap(b); did != 2 {
		t.Error("not replaced")
	}
}
