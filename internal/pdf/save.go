package pdf

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
)

// Save writes data to path. An existing file is replaced only once the whole
// new one is safely on disk: a full disk or a power cut leaves the old one.
// (renameio does the same but has no Windows.)
func Save(path string, data []byte) error {
	return SaveFrom(path, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// SaveFrom is Save for what is written piece by piece. An error of write that
// has its own sentence keeps it.
func SaveFrom(path string, write func(io.Writer) error) error {
	err := replace(path, write)
	var told *repertoire.Error
	switch {
	case errors.As(err, &told), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case err != nil:
		return &repertoire.Error{
			Kind: repertoire.Refused, File: path, Err: err,
			Message: "Le fichier « " + path + " » n'a pas pu être écrit ; s'il existait, il est resté tel qu'il était. Vérifiez que le dossier existe, que vous pouvez y écrire et que le disque n'est pas plein.",
		}
	}
	return nil
}

func replace(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = f.Chmod(0o644); err != nil {
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
	// The new name itself must survive a power cut. Windows has no such call
	// on folders and does without.
	if dir, openErr := os.Open(filepath.Dir(path)); openErr == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}
