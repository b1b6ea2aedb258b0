package store

import (
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// openReading opens without writing to the folder. SQLite reads a base in WAL
// mode only with a shared-memory file beside it, which it would have to make:
//   - somebody has the workspace open: that file is there, read beside them;
//   - nobody has, and the base is in a single file: it can be read as it stands;
//   - else (a journal left by a crash, an older schema): read a copy.
func (s *Store) openReading(ctx context.Context) error {
	if absent(s.base()) {
		return s.notAWorkspace()
	}
	_, held := folder.Holder(s.dir)
	switch {
	case held && exists(s.base()+"-shm"):
		if s.readable(ctx, url.Values{"mode": {"ro"}}) {
			return nil
		}
	case !exists(s.base() + "-wal"):
		if s.readable(ctx, url.Values{"mode": {"ro"}, "immutable": {"1"}}) {
			return nil
		}
	}
	return s.openCopy(ctx)
}

// readable opens the readers on the base itself and tells whether that serves.
func (s *Store) readable(ctx context.Context, options url.Values) bool {
	if s.read(s.base(), options) != nil {
		return false
	}
	app, version, err := identity(ctx, s.readers)
	if err == nil && app == applicationID && version == SchemaVersion() && foreignObjects(ctx, s.readers) == "" {
		return true
	}
	_ = s.readers.Close()
	s.readers = nil
	return false
}

// openCopy copies the base and its journal to a temporary folder, and recovers
// and migrates it there.
func (s *Store) openCopy(ctx context.Context) error {
	tmp, err := os.MkdirTemp("", "repertoire-lecture-")
	if err != nil {
		return repertoire.Fault(err, "La place manque pour lire ce dossier : libérez de la place sur votre disque.")
	}
	s.copied = tmp
	file := filepath.Join(tmp, File)
	for _, suffix := range []string{"", "-wal"} {
		if suffix != "" && absent(s.base()+suffix) {
			continue
		}
		if err := copyFile(s.base()+suffix, file+suffix); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
				Message: "Le dossier de travail ne peut pas être lu : vérifiez vos droits et la place libre."}
		}
	}
	db, err := openWriter(file)
	if err != nil {
		return err
	}
	defer db.Close()
	app, version, err := identity(ctx, db)
	if err == nil {
		err = compatible(s.dir, app, version)
	}
	if found := foreignObjects(ctx, db); err == nil && found != "" {
		err = s.foreign(found)
	}
	if err == nil {
		var found string
		if found, err = quickCheck(ctx, db); err == nil && found != "" {
			err = s.damageUnwritable(found)
		}
	}
	if damaged(err) {
		err = s.damageUnwritable(err.Error())
	}
	if err != nil {
		return err
	}
	if err := migrate(ctx, db, version); err != nil {
		return err
	}
	return s.read(file, nil)
}

// copyFile copies from to a new file, on the disk when it returns.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}
