package whole

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func TestAFailureLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "livre.pdf")
	if err := Write(file, []byte("ancien"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Windows keeps the folder's rights and has none of these.
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := Write(file, []byte("nouveau"), 0o644); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(dir, "dossier")
	if err := os.MkdirAll(filepath.Join(taken, "plein"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(taken, []byte("x"), 0o600); err == nil {
		t.Error("a folder was replaced")
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "nouveau" {
		t.Errorf("%q %v", data, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".tmp-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestInUse(t *testing.T) {
	if InUse(nil) || InUse(errors.New("autre")) || InUse(&os.PathError{Err: syscall.ENOSPC}) {
		t.Error("another cause is taken for a file in use")
	}
	if err := error(&os.LinkError{Op: "rename", Err: held}); !InUse(err) {
		t.Error("a file in use is not known for one")
	}
}
