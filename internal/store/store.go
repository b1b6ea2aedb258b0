package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// File is the name of the base inside a workspace.
const File = "repertoire.db"

// The other folders of a workspace that the store writes in.
const (
	mediaFolder   = "media"
	backupsFolder = "backups"
)

// The folders that are written beside the store, which looks after what a kill
// leaves in them.
const (
	EditionsFolder = "editions"  // frozen editions
	OrdersFolder   = "commandes" // copies made for buyers, a folder an order
	RecipesFolder  = "recettes"  // of imports, a small JSON file each, sent to a colleague as it is
)

// WordsFile is the file of RecipesFolder that holds what foreign words were said
// to mean, whatever the file they stood in.
const WordsFile = ".mots.json"

// Options steers Create, Open and Restore.
type Options struct {
	// Person is named in the lock, for those who find the workspace held.
	Person string
	// ReadOnly opens without ever writing to the folder. A folder that cannot
	// be written to is opened so in any case; see Store.ReadOnly.
	ReadOnly bool
	// Share joins a workspace that another program on this machine holds, as a
	// script does while the window is open: SQLite keeps the two apart.
	Share bool
	// Command says that a command has the workspace for a moment: another one
	// waits for it instead of being refused.
	Command bool
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
	dir      string
	options  Options
	lock     *folder.Lock // nil when sharing or reading only
	warnings []string
	writer   *sql.DB // nil when reading only
	readers  *sql.DB
	copied   string // temporary folder that a reading copy is in, "" none

	left *folder.Owner // who had the workspace and did not close it
	torn bool          // the journal was damaged, and that was said

	registering    sync.Mutex
	registerBehind bool // the register of documents lacks what the base has
	registerSeen   registerEnd
}

// Create makes a workspace in dir, which may exist but must hold no base, and
// opens it.
func Create(ctx context.Context, dir string, options Options) (*Store, error) {
	if _, err := os.Stat(filepath.Join(dir, File)); err == nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Il y a déjà un dossier de travail à cet endroit : rien n’a été modifié. Ouvrez-le, ou choisissez un autre emplacement."}
	}
	for _, d := range []string{dir, filepath.Join(dir, mediaFolder), filepath.Join(dir, EditionsFolder),
		filepath.Join(dir, backupsFolder)} {
		if err := os.MkdirAll(d, privateFolder); err != nil {
			return nil, &repertoire.Error{Kind: repertoire.Refused, File: d, Err: err,
				Message: "Le dossier de travail ne peut pas être créé à cet endroit : choisissez un emplacement où vous pouvez écrire."}
		}
	}
	s := &Store{dir: dir, options: options}
	return s.finish(s.create(ctx))
}

func (s *Store) create(ctx context.Context) error {
	if err := s.hold(ctx); err != nil {
		return err
	}
	return s.write(ctx, 0)
}

// Open opens the workspace in dir, bringing an older base to this program's
// schema after a verified backup. It fails with *folder.Held when somebody
// else has it open, with *DamagedBase when the base is not sound.
func Open(ctx context.Context, dir string, options Options) (*Store, error) {
	s := &Store{dir: dir, options: options}
	return s.finish(s.open(ctx))
}

// finish closes a store that could not be opened.
func (s *Store) finish(err error) (*Store, error) {
	if err != nil {
		_ = s.Close() // what matters is why it could not be opened
		return nil, explain(err)
	}
	return s, nil
}

// Dir gives the folder of the workspace.
func (s *Store) Dir() string { return s.dir }

// ReadOnly tells whether the store never writes.
func (s *Store) ReadOnly() bool { return s.writer == nil }

// Warnings are French sentences to show after opening: a synchronised or a
// network folder, a program that had not closed, a journal cut short.
func (s *Store) Warnings() []string { return s.warnings }

// Close lets the base go. The last one to close leaves it in a single file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Release())
		s.lock = nil
	}
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return explain(errors.Join(errs...))
}

func (s *Store) refuseWriting() error {
	return &repertoire.Error{Kind: repertoire.Refused, File: s.dir,
		Message: "Le dossier de travail est ouvert en lecture seule : rien n’a été enregistré. Fermez-le et ouvrez-le pour écrire."}
}

// exists tells whether a file is there and holds something.
func exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Size() > 0
}

// absent tells a missing file from one that cannot be looked at.
func absent(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}
