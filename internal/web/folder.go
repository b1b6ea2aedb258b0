package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/repertoire"
)

// Write makes the folder, whole or not at all: it is built beside the old one,
// then takes its place. A folder that holds something else than an earlier
// edition of ours is left alone; files that somebody added to one of ours (a
// server's settings) are carried over.
func Write(ctx context.Context, in Input, folder string, progress Progress) (r Report, err error) {
	if folder, err = filepath.Abs(folder); err != nil {
		return r, unwritable(folder, err)
	}
	old, err := standing(folder)
	if err != nil {
		return r, err
	}
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return r, unwritable(folder, err)
	}
	fresh, err := os.MkdirTemp(parent, "."+filepath.Base(folder)+"-")
	if err != nil {
		return r, unwritable(folder, err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(fresh) // what is left of it bears a name of its own
		}
	}()
	r, err = build(ctx, in, func(path string, data []byte) error { return writeFile(fresh, path, data) }, progress)
	if err != nil {
		return r, err
	}
	if old != nil {
		if err := carryOver(folder, fresh, old); err != nil {
			return r, err
		}
	}
	if err := os.Chmod(fresh, 0o755); err != nil { // a server reads it under another name
		return r, unwritable(folder, err)
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	return r, exchange(fresh, folder)
}

// standing reads what stands in the place: nil for nothing or an empty folder,
// a manifest for an edition of ours; anything else is refused.
func standing(folder string) (*Manifest, error) {
	list, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: folder, Err: err,
			Message: "« " + folder +
				" » n’est pas un dossier : rien n’a été écrit. Donnez le nom d’un dossier à créer, ou d’un site fait par le programme."}
	case len(list) == 0:
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(folder, manifestFile))
	var m Manifest
	if err != nil || json.Unmarshal(text, &m) != nil || m.Format == 0 || m.Files == nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: folder, Err: err,
			Message: "Le dossier « " + folder +
				" » contient autre chose qu’un site fait par le programme : il n’a pas été touché. Donnez le nom d’un dossier nouveau ou vide."}
	}
	return &m, nil
}

// carryOver copies the files of a folder that are not the program's.
func carryOver(folder, fresh string, old *Manifest) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if _, ours := old.Files[name]; ours || name == manifestFile || !d.Type().IsRegular() {
			return nil
		}
		to := filepath.Join(fresh, rel)
		if _, err := os.Lstat(to); err == nil {
			return nil // the edition has a page of that name now
		}
		return copyFile(path, to)
	})
}

func copyFile(from, to string) (err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return unwritable(to, err)
	}
	src, err := os.Open(from)
	if err != nil {
		return unwritable(from, err)
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return unwritable(to, err)
	}
	_, err = io.Copy(dst, src)
	if shut := dst.Close(); err == nil {
		err = shut
	}
	if err != nil {
		return unwritable(to, err)
	}
	return nil
}

func writeFile(folder, path string, data []byte) error {
	file := filepath.Join(folder, filepath.FromSlash(path))
	if !strings.HasPrefix(file, folder+string(filepath.Separator)) {
		return repertoire.Fault(nil, "Une page du site sortirait du dossier (%s) : rien n’a été écrit.", path)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return unwritable(file, err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return unwritable(file, err)
	}
	return nil
}

// exchange puts the new folder in the place of the old one. Until the new one
// stands there the old one is only set aside, and comes back if it cannot.
func exchange(fresh, folder string) error {
	aside := ""
	if _, err := os.Lstat(folder); err == nil {
		aside = fresh + ".ancien"
		if err := os.Rename(folder, aside); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, File: folder, Err: err,
				Message: "Le dossier « " + folder +
					" » ne peut pas être remplacé : il est ouvert ailleurs ou protégé, et n’a pas changé. Fermez les pages et les fenêtres qui le montrent, puis recommencez."}
		}
	}
	if err := os.Rename(fresh, folder); err != nil {
		if aside != "" {
			_ = os.Rename(aside, folder) // it stood there a moment ago
		}
		return unwritable(folder, err)
	}
	if aside != "" {
		_ = os.RemoveAll(aside) // the new one is in place: what is left is only in the way
	}
	return nil
}

func unwritable(file string, err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
		Message: "Le site ne peut pas être écrit (« " + file + " ») : vérifiez la place et vos droits. Ce qui s’y trouvait n’a pas changé."}
}
