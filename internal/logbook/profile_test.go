package logbook

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAProfileIsWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "profil")
	stop, err := Profile(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cpu.pprof", "heap.pprof"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Profile(filepath.Join(dir, "cpu.pprof")); err == nil {
		t.Error("a file was taken for a folder")
	}
}
