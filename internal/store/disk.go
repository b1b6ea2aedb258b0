package store

import (
	"errors"
	"os"
	"path/filepath"

	"repertoire/internal/whole"
)

// Files and folders of a workspace hold personal data: nobody else reads them.
const (
	private       = 0o600
	privateFolder = 0o700
)

// writeWhole writes a small file so that it is there whole or not at all.
func writeWhole(file string, data []byte) error { return whole.Write(file, data, private) }

// inside tells whether file lies in the folder of a workspace.
func inside(dir, file string) bool {
	a, err := filepath.Abs(dir)
	b, err2 := filepath.Abs(file)
	if err != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(a, b)
	return err == nil && filepath.IsLocal(rel)
}

// move gives a finished file its name, also on another disk: there it is copied
// under a hidden name first.
func move(from, to string) error {
	if os.Rename(from, to) == nil {
		return nil
	}
	tmp := filepath.Join(filepath.Dir(to), ".tmp-"+filepath.Base(to))
	err := removeIfThere(tmp)
	if err == nil {
		err = copyFile(from, tmp)
	}
	if err == nil {
		err = os.Rename(tmp, to)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(tmp))
	}
	return os.Remove(from)
}

// leavings are what a program that was killed leaves behind; nobody else has
// the workspace when they are looked for.
var leavings = []string{"*.db.tmp", "*.db.essai.tmp", "*.db*.tmp-wal", "*.db*.tmp-shm", "*.db*.tmp-journal", ".lecture-*", ".tmp-*",
	backupsFolder + "/*.db.tmp*", backupsFolder + "/.tmp-*", backupsFolder + "/*.tmp", mediaFolder + "/.tmp-*",
	backupsFolder + "/" + poolFolder + "/.tmp-*", EditionsFolder + "/.tmp-*", RecipesFolder + "/.tmp-*", OrdersFolder + "/.tmp-*",
	OrdersFolder + "/*/.tmp-*"}

// sweepLeavings removes them.
func sweepLeavings(dir string) {
	for _, pattern := range leavings {
		found, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern))) // the patterns are sound
		for _, x := range found {
			_ = os.RemoveAll(x) // it is tried again the next time
		}
	}
}
