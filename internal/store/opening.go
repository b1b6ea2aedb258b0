package store

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// open is the whole way in: nothing is written before the file is known to be
// ours, of a version we know, and sound.
func (s *Store) open(ctx context.Context) error {
	place := folder.Inspect(s.dir)
	if w := place.Warning(); w != "" {
		s.warnings = append(s.warnings, w)
	}
	if s.options.ReadOnly || !place.Writable {
		if !s.options.ReadOnly {
			s.warnings = append(s.warnings,
				"Vous ne pouvez pas écrire dans ce dossier : il est ouvert en lecture seule. Copiez-le ailleurs pour y travailler.")
		}
		return s.openReading(ctx)
	}
	if absent(s.base()) && absent(s.base()+restored) {
		return s.notAWorkspace()
	}
	if err := s.hold(ctx); err != nil {
		return err
	}
	if s.lock != nil {
		sweepLeavings(s.dir)
	}
	if err := s.finishRestore(); err != nil {
		return err
	}
	version, err := s.probe(ctx, s.lock != nil && (s.left != nil || exists(s.base()+"-wal")))
	if err != nil {
		return err
	}
	if version > 0 && version < SchemaVersion() {
		if err := s.backupBeforeMigration(ctx); err != nil {
			return err
		}
	}
	return s.write(ctx, version)
}

func (s *Store) base() string { return filepath.Join(s.dir, File) }

func (s *Store) notAWorkspace() error {
	message := "« " + s.dir +
		" » n’est pas un dossier de travail : il n’y a pas de base repertoire.db. Choisissez le dossier qui la contient, ou créez-en un."
	if kept, _ := Backups(s.dir); len(kept) > 0 {
		message = "La base repertoire.db manque dans « " + s.dir + " » : rien n’a été modifié. Restaurez la sauvegarde du " +
			frenchTime(kept[0].At) + "."
	}
	return &repertoire.Error{Kind: repertoire.NotFound, File: s.dir, Message: message}
}

// hold takes the lock, or joins the one who has it when that was asked for.
func (s *Store) hold(ctx context.Context) error {
	lock, left, err := s.acquire(ctx)
	var held *folder.Held
	if errors.As(err, &held) && held.SameMachine && s.options.Share {
		return nil
	}
	if err != nil {
		return err
	}
	s.lock = lock
	s.left = left
	return nil
}

// patience is how long a command waits for another one to end.
const patience = 10 * time.Second

// acquire takes the lock; when another command of this machine has it, which is
// never for long, it waits a little.
func (s *Store) acquire(ctx context.Context) (*folder.Lock, *folder.Owner, error) {
	owner := folder.Here(s.options.Person, s.options.now())
	owner.Command = s.options.Command
	try := time.NewTicker(50 * time.Millisecond)
	defer try.Stop()
	enough := time.After(patience)
	for {
		lock, left, err := folder.Acquire(s.dir, owner, s.options.now)
		var held *folder.Held
		if !errors.As(err, &held) || !held.SameMachine || !held.Owner.Command || !s.options.Command {
			return lock, left, err
		}
		select {
		case <-try.C:
		case <-enough:
			return nil, nil, err
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
}

// probe reads what the base is through a connection that cannot write, and
// looks it over when the last program did not close it.
func (s *Store) probe(ctx context.Context, unclean bool) (version int, err error) {
	db, err := openReaders(s.base(), url.Values{"mode": {"ro"}})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	app, version, err := identity(ctx, db)
	if damaged(err) {
		return 0, s.damage(err.Error())
	}
	if err != nil {
		return 0, err
	}
	if app == 0 && version == 0 && emptySchema(ctx, db) {
		return 0, nil // a creation that was cut short
	}
	if err := compatible(s.dir, app, version); err != nil {
		return 0, err
	}
	if found := foreignObjects(ctx, db); found != "" {
		return 0, s.foreign(found)
	}
	if !unclean {
		return version, nil
	}
	if err := s.keepTornJournal(); err != nil {
		return 0, err
	}
	found, err := quickCheck(ctx, db)
	if damaged(err) {
		found, err = err.Error(), nil
	}
	if err == nil && found != "" {
		err = s.damage(found)
	}
	return version, err
}

func emptySchema(ctx context.Context, db queryer) bool {
	var n int
	return db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n) == nil && n == 0
}

// compatible refuses bases of other programs and of newer ones of ours.
func compatible(dir string, app, version int) error {
	switch {
	case app != applicationID:
		return &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Le fichier repertoire.db de ce dossier n’est pas une base de Répertoire : il n’a pas été touché. Choisissez un autre dossier."}
	case version > SchemaVersion():
		return &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "Ce dossier a été écrit par une version plus récente de Répertoire : il n’a pas été touché. Mettez le programme à jour pour l’ouvrir."}
	}
	return nil
}

// foreign is the refusal of a base that holds what this program did not put
// there: a trigger or a view would change what is saved without a word.
func (s *Store) foreign(found string) error {
	return &repertoire.Error{Kind: repertoire.Damaged, File: s.base(), Err: errors.New(found),
		Message: "La structure de la base n’est pas celle de Répertoire : " + found +
			". Elle n’a pas été ouverte, car elle pourrait modifier vos fiches en silence. « salvage » en recopie les lignes dans une base propre ; ou restaurez une sauvegarde."}
}

// write opens for writing and brings the schema up to date.
func (s *Store) write(ctx context.Context, version int) (err error) {
	if err := createPrivate(s.base()); err != nil {
		return err
	}
	if s.writer, err = openWriter(s.base()); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer, version); err != nil {
		return err
	}
	// A large import must not leave its journal on the disk for the whole day.
	if _, err := s.writer.ExecContext(ctx, `PRAGMA journal_size_limit = 16777216`); err != nil {
		return err
	}
	if err := s.read(s.base(), nil); err != nil {
		return err
	}
	if err := s.reconcile(ctx); err != nil {
		return err
	}
	return s.sayWhatIsThere(ctx)
}

func (s *Store) read(file string, options url.Values) (err error) {
	if s.readers, err = openReaders(file, options); err != nil {
		return err
	}
	s.Reader = Reader{q: s.readers}
	return nil
}
