package pdf

import (
	"bytes"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"repertoire/internal/repertoire"
)

// A disk that fills up while a file is written leaves the old one and no
// crumbs. A limit on the size of files stands for the disk: it needs no rights.
func TestSaveOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "livre.pdf")
	old := []byte("l’édition d’avant")
	if err := Save(path, old); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skipf("no limit can be read here: %v", err)
	}
	small := limit
	small.Cur = 64 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Skipf("no limit can be set here: %v", err)
	}
	err := Save(path, bytes.Repeat([]byte("%"), 1<<20))
	if e := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); e != nil {
		t.Fatal(e)
	}
	var e *repertoire.Error
	if !errors.As(err, &e) || e.Kind != repertoire.Refused {
		t.Errorf("a full disk gives %v", err)
	}
	if got, _ := os.ReadFile(path); !bytes.Equal(got, old) {
		t.Error("the old file is gone")
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("%d files are left", len(list))
	}
}
