// Package whole writes files whole or not at all: the name stands for the old
// bytes or for the new ones, whatever stops in between, on Windows as well.
package whole

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Write gives path these bytes. They are on the disk before path names them;
// until then what path held stays. The temporary file lies beside path, its
// name begins by ".tmp-".
func Write(path string, data []byte, perm fs.FileMode) error {
	return WriteFrom(path, perm, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// WriteFrom is Write for what is written piece by piece; an error of write
// leaves path as it was.
func WriteFrom(path string, perm fs.FileMode, write func(to io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err = write(w); err != nil {
		return err
	}
	if err = w.Flush(); err != nil {
		return err
	}
	if err = f.Chmod(perm); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	// The new name itself must survive a power cut; a folder that can be written
	// in but not listed, or a file system without such a call, does without.
	_ = SyncFolder(filepath.Dir(path))
	return nil
}

// SyncFolder makes the names given in a folder last through a power cut.
// Windows has no such call and needs none.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// InUse tells whether err says that another program holds the file: Windows
// lets nobody replace what a reader of PDF or a spreadsheet shows.
func InUse(err error) bool { return inUse(err) }
