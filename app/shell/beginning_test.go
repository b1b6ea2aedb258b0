package shell

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/internal/workspace"
)

// onDisk makes a window on real folders of work.
func onDisk(t *testing.T) *Shell {
	t.Helper()
	s := New(Options{App: apptest.App(t), Opener: Workspaces{Author: "Essai"}, Pace: task.AtOnce()})
	s.window.Resize(fyne.NewSize(1280, 720))
	s.window.Show()
	t.Cleanup(func() {
		s.closeDesk()
		s.window.SetCloseIntercept(nil)
	})
	return s
}

func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "travail")
	if _, err := workspace.Init(context.Background(), dir, workspace.InitOptions{Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheFolderOfLastTimeOpens(t *testing.T) {
	dir := folder(t)
	s := onDisk(t)
	s.Begin("")
	if s.desk != nil {
		t.Fatal("a folder nobody named has opened")
	}
	s.Open(dir)
	s.CloseWorkspace()
	s.Begin("")
	if s.desk == nil || s.desk.door.Dir() != dir {
		t.Error("the folder of last time did not open")
	}
	s.CloseWorkspace()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s.Begin("")
	if s.desk != nil || s.window.Canvas().Overlays().Top() != nil {
		t.Error("a folder that is gone: the first screen, without a word")
	}
}

// A desktop passes the base, the folder or a table to the program.
func TestWhatADesktopPassesOpens(t *testing.T) {
	dir := folder(t)
	table := filepath.Join(t.TempDir(), "Liste.CSV")
	if err := os.WriteFile(table, []byte("Collectivité;Partenaire;Pays\nLille;Saint-Louis;Sénégal\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := onDisk(t)
	s.Begin(filepath.Join(dir, workspace.BaseFile))
	if s.desk == nil || s.desk.door.Dir() != dir {
		t.Fatal("the base did not open its folder")
	}
	s.CloseWorkspace()
	s.Begin(table)
	if s.desk == nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("a table opens the folder of last time and the import over it")
	}
}

func TestATableWithoutAFolderAsksForOne(t *testing.T) {
	table := filepath.Join(t.TempDir(), "liste.csv")
	if err := os.WriteFile(table, []byte("Collectivité;Partenaire;Pays\nLille;Saint-Louis;Sénégal\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := onDisk(t)
	s.Begin(table)
	if s.desk != nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("the folder it goes to is asked for")
	}
}

func TestABackupBecomesAFolder(t *testing.T) {
	dir := folder(t)
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "copie.db")
	if _, err := w.Safety().Backup(context.Background(), backup, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s := onDisk(t)
	s.restore(backup, dir)
	if s.desk != nil || s.window.Canvas().Overlays().Top() == nil {
		t.Error("a folder that holds a base is left as it is, and told")
	}
	s = onDisk(t)
	other := filepath.Join(t.TempDir(), "retrouvé")
	s.restore(backup, other)
	if s.desk == nil || s.desk.door.Dir() != other {
		t.Error("the backup did not become a folder of work")
	}
}
