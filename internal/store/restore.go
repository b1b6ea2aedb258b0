package store

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// restored marks a whole, checked base that is about to take its place.
const restored = ".restored"

// Restore puts a backup in the place of the workspace's base, which must not
// be open. The backup is checked first and brought to this program's schema;
// the present base, sound or not, is kept in the folder that is returned, with
// its journal. Invoices issued since the backup come along: their numbers are
// never given again. A crash at any moment leaves the old base or the new one.
func Restore(ctx context.Context, dir, file string, options Options, progress func(done, total int, label string)) (aside string, err error) {
	if err := VerifyBackup(ctx, file); err != nil {
		return "", err
	}
	s := &Store{dir: dir, options: options}
	if !folder.Inspect(dir).Writable {
		return "", &repertoire.Error{Kind: repertoire.Refused, File: dir, Message: "Vous ne pouvez pas écrire dans ce dossier : rien n’a été restauré."}
	}
	s.options.Share = false
	if err := s.hold(); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.lock.Release()) }()
	if err := s.finishRestore(); err != nil {
		return "", err
	}
	if err := s.stage(ctx, file, progress); err != nil {
		return "", explain(err)
	}
	return s.swap()
}

// stage makes the new base beside the present one.
func (s *Store) stage(ctx context.Context, file string, progress func(done, total int, label string)) error {
	tmp := s.base() + ".tmp"
	defer os.Remove(tmp)
	from, err := openReaders(file, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	if err != nil {
		return err
	}
	defer from.Close()
	if err := copyBase(ctx, from, tmp, progress); err != nil {
		return err
	}
	if err := s.prepareStaged(ctx, tmp); err != nil {
		return err
	}
	if err := soundCopy(ctx, tmp, 0); err != nil {
		return err
	}
	if err := os.Rename(tmp, s.base()+restored); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

func (s *Store) prepareStaged(ctx context.Context, file string) (err error) {
	db, err := openWriter(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, version, err := identity(ctx, db)
	if err != nil {
		return err
	}
	if err := migrate(ctx, db, version); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := newLineage(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if err := s.issuedIn(ctx).carry(ctx, db, s.options); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	return err
}

// swap moves the present base away, then gives the new one its name. The base
// leaves before its journal: a journal must never meet a base it is not of.
func (s *Store) swap() (string, error) {
	aside := ""
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if absent(s.base() + suffix) {
			continue
		}
		if aside == "" {
			aside = filepath.Join(s.dir, backupsFolder, "remplacee-"+s.options.now().UTC().Format(fileStamp))
			if err := os.MkdirAll(aside, 0o755); err != nil {
				return "", swapFailed(s.dir, err)
			}
		}
		if err := os.Rename(s.base()+suffix, filepath.Join(aside, File+suffix)); err != nil {
			return "", swapFailed(s.dir, err)
		}
	}
	if err := os.Rename(s.base()+restored, s.base()); err != nil {
		return "", swapFailed(s.dir, err)
	}
	if err := syncFolder(s.dir); err != nil {
		return "", swapFailed(s.dir, err)
	}
	return aside, nil
}

func swapFailed(dir string, err error) error {
	return &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
		Message: "La sauvegarde n’a pas pu prendre la place de la base ; les deux sont dans le dossier. Ouvrez-le de nouveau pour finir la restauration."}
}

// finishRestore ends a restoration that a crash cut short: begun when the base
// has left, given up when it has not.
func (s *Store) finishRestore() error {
	if absent(s.base() + restored) {
		return nil
	}
	if !absent(s.base()) {
		if err := os.Remove(s.base() + restored); err != nil {
			return swapFailed(s.dir, err)
		}
		return nil
	}
	if _, err := s.swap(); err != nil {
		return err
	}
	s.warnings = append(s.warnings, "La restauration d’une sauvegarde avait été interrompue : elle est finie.")
	return nil
}

// backupBeforeMigration keeps the base as it was before a new schema.
func (s *Store) backupBeforeMigration(ctx context.Context) error {
	if err := s.read(s.base(), url.Values{"mode": {"ro"}}); err != nil {
		return err
	}
	_, err := s.Backup(ctx, "", ReasonMigration, nil)
	if e := s.readers.Close(); err == nil {
		err = e
	}
	s.readers = nil
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
			Message: "Ce dossier vient d’une version plus ancienne et n’a pas pu être sauvegardé avant sa mise à jour : il n’a pas été touché. Libérez de la place sur le disque, puis ouvrez-le de nouveau."}
	}
	return nil
}
