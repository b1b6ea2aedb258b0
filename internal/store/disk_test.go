package store

import (
	"os"
	"path/filepath"
	"testing"
)

// What a writer that was killed left half written goes when the workspace is
// opened next, in the folders beside the store as well; what is whole stays.
func TestLeavingsOfTheOtherFoldersAreSwept(t *testing.T) {
	dir := t.TempDir()
	left := []string{EditionsFolder + "/.tmp-1", RecipesFolder + "/.tmp-2", OrdersFolder + "/.tmp-3", OrdersFolder + "/envoi/.tmp-4"}
	whole := []string{EditionsFolder + "/a.pdf", RecipesFolder + "/" + WordsFile, OrdersFolder + "/envoi/livre.pdf"}
	for _, name := range append(left, whole...) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		done(t, os.MkdirAll(filepath.Dir(file), 0o700))
		done(t, os.WriteFile(file, []byte("x"), 0o600))
	}
	sweepLeavings(dir)
	for _, name := range left {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	for _, name := range whole {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}
