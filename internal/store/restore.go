package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
	"repertoire/internal/whole"
)

// restored marks a whole, checked base that is about to take its place.
const restored = ".restored"

// Restore puts a backup in the place of the workspace's base, which must not
// be open. The backup is checked first and brought to this program's schema;
// the present base, sound or not, is kept in a folder that the plan names, with
// its journal. What was sold since comes along, and of a damaged base every
// record that can still be read. A crash at any moment leaves the old base or
// the new one.
func Restore(ctx context.Context, dir, file string, options Options, progress func(done, total int, label string)) (RestorePlan, error) {
	return restore(ctx, dir, file, options, progress, true)
}

// PlanRestore says what Restore would do, and does nothing.
func PlanRestore(ctx context.Context, dir, file string, options Options, progress func(done, total int, label string)) (RestorePlan,
	error) {
	return restore(ctx, dir, file, options, progress, false)
}

func restore(ctx context.Context, dir, file string, options Options, progress func(done, total int, label string),
	really bool) (plan RestorePlan, err error) {
	if err := VerifyBackup(ctx, file); err != nil {
		return plan, err
	}
	s := &Store{dir: dir, options: options}
	if !folder.Inspect(dir).Writable {
		return plan, &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Vous ne pouvez pas écrire dans ce dossier : rien n’a été restauré."}
	}
	if s.options.Share = s.options.Share && !really; !s.options.Share || !exists(s.base()) {
		s.options.Share = false
	}
	if err := s.hold(ctx); err != nil {
		return plan, err
	}
	if s.lock != nil {
		defer func() { err = errors.Join(err, s.lock.Release()) }()
		if err := s.finishRestore(); err != nil {
			return plan, err
		}
	}
	if plan, err = s.stage(ctx, file, progress, really); err != nil || !really {
		return plan, explain(err)
	}
	plan.Aside, err = s.swap()
	return plan, err
}

// stage makes the new base beside the present one; for good, it is given the
// name that the next step looks for.
func (s *Store) stage(ctx context.Context, file string, progress func(done, total int, label string), really bool) (RestorePlan, error) {
	plan := RestorePlan{File: file, Back: []BackItem{}}
	_, err := recordedSum(file)
	plan.Vouched = err == nil // VerifyBackup has compared it
	tmp := s.base() + ".tmp"
	if !really {
		tmp = s.base() + ".essai.tmp"
	}
	defer os.Remove(tmp)
	from, err := openReaders(file, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	if err != nil {
		return plan, err
	}
	defer from.Close()
	if err := copyBase(ctx, from, tmp, progress); err != nil {
		return plan, err
	}
	if err := s.prepareStaged(ctx, tmp, &plan); err != nil {
		return plan, err
	}
	if err := soundCopy(ctx, tmp, 0); err != nil {
		return plan, err
	}
	if err := s.takePool(ctx, tmp, file, &plan, really); err != nil || !really {
		return plan, err
	}
	if err := os.Rename(tmp, s.base()+restored); err != nil {
		return plan, err
	}
	return plan, whole.SyncFolder(s.dir)
}

func (s *Store) prepareStaged(ctx context.Context, file string, plan *RestorePlan) (err error) {
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
	if err := plan.read(ctx, db); err != nil {
		return err
	}
	p, err := s.readPresent(ctx)
	if err != nil {
		return err
	}
	plan.Present = p.state()
	// Documents first: a number that is known to be given lets no other in.
	if err := s.carry(ctx, db, p, plan); err != nil {
		return err
	}
	if err := carryMails(ctx, db, p, plan); err != nil {
		return err
	}
	again, err := erasuresMissing(ctx, db, s.dir)
	if err != nil {
		return err
	}
	plan.Erasures = len(again)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := newLineage(ctx, tx); err != nil {
		return err
	}
	// Numbers of changes go on from the present base's: backups are ordered by them.
	if _, err := tx.ExecContext(ctx, `UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'change'`, s.highestSeq(p)); err != nil {
		return err
	}
	if plan.Unknown, err = s.settleNumbers(ctx, tx, p); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if p.found {
		if err := s.takenBack(ctx, db, plan); err != nil {
			return err
		}
	}
	_, err = db.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	return err
}

// highestSeq is the number of the last change known of this folder.
func (s *Store) highestSeq(p *present) int64 {
	highest := p.lastSeq
	all, _ := Backups(s.dir) // none when they cannot be listed
	for _, b := range all {
		highest = max(highest, b.Seq)
	}
	return highest
}

// read says which state the backup holds.
func (plan *RestorePlan) read(ctx context.Context, db *sql.DB) error {
	var at string
	err := db.QueryRowContext(ctx, `SELECT seq, at FROM change ORDER BY seq DESC LIMIT 1`).Scan(&plan.Seq, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	plan.At = parseStamp(at)
	return err
}

// state names what the present base is.
func (p *present) state() string {
	switch {
	case !p.found:
		return "none"
	case p.sound:
		return "sound"
	}
	return "damaged"
}

// swap moves the present base away, then gives the new one its name. The base
// leaves before its journal: a journal must never meet a base it is not of.
func (s *Store) swap() (string, error) {
	if err := removeIfThere(filepath.Join(s.dir, lastFile)); err != nil { // it speaks of the base that leaves
		return "", swapFailed(s.dir, err)
	}
	aside := ""
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if absent(s.base() + suffix) {
			continue
		}
		if aside == "" {
			var err error
			if aside, err = s.asideFolder(); err != nil {
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
	if err := whole.SyncFolder(s.dir); err != nil {
		return "", swapFailed(s.dir, err)
	}
	return aside, nil
}

// asideFolder makes a folder of its own for a base that is put aside: two
// restorations within one second, or on a clock set back, keep both.
func (s *Store) asideFolder() (string, error) {
	if err := os.MkdirAll(filepath.Join(s.dir, backupsFolder), privateFolder); err != nil {
		return "", err
	}
	name := filepath.Join(s.dir, backupsFolder, "remplacee-"+s.options.now().UTC().Format(fileStamp))
	for n := 1; ; n++ {
		aside := name
		if n > 1 {
			aside = fmt.Sprintf("%s-%d", name, n)
		}
		if err := os.Mkdir(aside, privateFolder); !errors.Is(err, fs.ErrExist) {
			return aside, err
		}
	}
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
