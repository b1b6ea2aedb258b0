package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Files and folders of a workspace hold personal data: nobody else reads them.
const (
	private       = 0o600
	privateFolder = 0o700
)

// writeWhole writes a small file so that it is there whole or not at all.
func writeWhole(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".tmp-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(private)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// syncFolder makes the names given in a folder last through a power cut.
// Windows has no such call and needs none.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
