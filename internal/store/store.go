package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
)

// File is the name of the base inside a workspace.
const File = "repertoire.db"

// Options steers Create and Open.
type Options struct {
	// ReadOnly opens without ever writing to the folder.
	ReadOnly bool
	// Now is the clock of locks and of dated backups; nil is time.Now.
	Now func() time.Time
}

func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

// Store is an open base. It is safe for use by several goroutines; close it.
type Store struct {
	Reader
	dir     string
	options Options
	writer  *sql.DB // nil when reading only
	readers *sql.DB
}

// Create makes a workspace in dir, which may exist but must hold no base, and
// opens it.
func Create(ctx context.Context, dir string, options Options) (*Store, error) {
	file := filepath.Join(dir, File)
	if _, err := os.Stat(file); err == nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Il y a déjà un dossier de travail à cet endroit : rien n’a été modifié. Ouvrez-le, ou choisissez un autre emplacement."}
	}
	for _, d := range []string{dir, filepath.Join(dir, "media"), filepath.Join(dir, "editions"), filepath.Join(dir, "backups")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return nil, &repertoire.Error{Kind: repertoire.Refused, File: d, Err: err,
				Message: "Le dossier de travail ne peut pas être créé à cet endroit : choisissez un emplacement où vous pouvez écrire."}
		}
	}
	return open(ctx, dir, options, true)
}

// Open opens the workspace in dir, bringing an older base to this program's
// schema after a verified backup.
func Open(ctx context.Context, dir string, options Options) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, File)); errors.Is(err, fs.ErrNotExist) {
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: dir, Err: err,
			Message: "« " + dir + " » n’est pas un dossier de travail : il n’y a pas de base repertoire.db. Choisissez le dossier qui la contient, ou créez-en un."}
	}
	return open(ctx, dir, options, false)
}

func open(ctx context.Context, dir string, options Options, fresh bool) (_ *Store, err error) {
	s := &Store{dir: dir, options: options}
	defer func() {
		if err != nil {
			s.Close()
			err = explain(err)
		}
	}()
	file := filepath.Join(dir, File)
	if s.writer, err = openWriter(file); err != nil {
		return nil, err
	}
	app, version, err := identity(ctx, s.writer)
	if err != nil {
		return nil, err
	}
	if err := compatible(dir, app, version, fresh); err != nil {
		return nil, err
	}
	if err := migrate(ctx, s.writer, version); err != nil {
		return nil, err
	}
	if s.readers, err = openReaders(file, nil); err != nil {
		return nil, err
	}
	s.Reader = Reader{q: s.readers}
	return s, nil
}

// compatible refuses bases of other programs and of newer ones of ours.
func compatible(dir string, app, version int, fresh bool) error {
	switch {
	case fresh && app == 0 && version == 0:
		return nil
	case app != applicationID:
		return &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Le fichier repertoire.db de ce dossier n’est pas une base de Répertoire : il n’a pas été touché. Choisissez un autre dossier."}
	case version > SchemaVersion():
		return &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Ce dossier a été écrit par une version plus récente de Répertoire : il n’a pas été touché. Mettez le programme à jour pour l’ouvrir."}
	}
	return nil
}

// Dir gives the folder of the workspace.
func (s *Store) Dir() string { return s.dir }

// ReadOnly tells whether the store never writes.
func (s *Store) ReadOnly() bool { return s.writer == nil }

// Close lets the base go. The last one to close leaves it in a single file.
func (s *Store) Close() error {
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	return explain(errors.Join(errs...))
}

func (s *Store) refuseWriting() error {
	return &repertoire.Error{Kind: repertoire.Refused, File: s.dir,
		Message: "Le dossier de travail est ouvert en lecture seule : rien n’a été enregistré. Fermez-le et ouvrez-le pour écrire."}
}
