package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/whole"
)

// The index lives in a folder of its own for each time it was built; the file
// "current" names the one in use. Swapping is one rename, which works where an
// open folder cannot be renamed.
const (
	currentFile = "current"
	genPrefix   = "gen-"
)

func readCurrent(dir string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return "", err
	}
	gen := strings.TrimSpace(string(raw))
	if !strings.HasPrefix(gen, genPrefix) || strings.ContainsAny(gen, `/\`) {
		return "", fmt.Errorf("nom de génération inattendu %q", gen)
	}
	return gen, nil
}

func writeCurrent(dir, gen string) error {
	return whole.Write(filepath.Join(dir, currentFile), []byte(gen+"\n"), 0o600)
}

// removeOthers deletes the generations that are no longer in use. What cannot
// be deleted now (Windows keeps mapped files) is deleted another day.
func (x *Index) removeOthers() {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), genPrefix) && e.Name() != x.gen {
			_ = os.RemoveAll(filepath.Join(x.dir, e.Name()))
		}
	}
}
