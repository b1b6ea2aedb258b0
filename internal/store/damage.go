package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
)

// DamagedBase is the refusal of a base that is not sound. Nothing was written
// to it.
type DamagedBase struct {
	Dir     string
	Found   string   // what SQLite says, for the log
	Aside   string   // folder with an untouched copy of the base and its journal, "" when none could be made
	Backups []Backup // newest first; offer them for Restore
}

// Error says what happened and what can be done.
func (d *DamagedBase) Error() string {
	text := "La base de ce dossier est abîmée : elle n’a pas été modifiée"
	if d.Aside != "" {
		text += " et une copie en est gardée dans « " + d.Aside + " »"
	}
	if len(d.Backups) == 0 {
		return text + ". Il n’y a pas de sauvegarde dans le dossier : cherchez-en une ailleurs et restaurez-la."
	}
	return text + ". Restaurez une sauvegarde ; la dernière date du " + frenchTime(d.Backups[0].At) + "."
}

// Unwrap makes it a repertoire.Error of kind Damaged.
func (d *DamagedBase) Unwrap() error {
	return &repertoire.Error{Kind: repertoire.Damaged, File: filepath.Join(d.Dir, File), Message: d.Error(), Err: errors.New(d.Found)}
}

// damage keeps the base aside with its journal before anything can change them.
func (s *Store) damage(found string) error {
	d := &DamagedBase{Dir: s.dir, Found: found}
	if aside, err := s.keepAside("abime", s.base(), s.base()+"-wal"); err == nil {
		d.Aside = aside
	}
	d.Backups, _ = Backups(s.dir) // none to offer when they cannot be listed
	return d
}

// damageUnwritable is damage in a folder where nothing can be kept.
func (s *Store) damageUnwritable(found string) error {
	d := &DamagedBase{Dir: s.dir, Found: found}
	d.Backups, _ = Backups(s.dir)
	return d
}

// keepAside copies files to a folder named after the base's last writing, so
// that opening the same damaged base again makes no second copy.
func (s *Store) keepAside(why string, files ...string) (string, error) {
	var last time.Time
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	aside := filepath.Join(s.dir, backupsFolder, fmt.Sprintf("%s-%s", why, last.UTC().Format(fileStamp)))
	if !absent(aside) {
		return aside, nil
	}
	if err := os.MkdirAll(aside+".tmp", privateFolder); err != nil {
		return "", err
	}
	for _, f := range files {
		if absent(f) {
			continue
		}
		to := filepath.Join(aside+".tmp", filepath.Base(f))
		if err := os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		if err := copyFile(f, to); err != nil {
			return "", err
		}
	}
	return aside, os.Rename(aside+".tmp", aside)
}

// keepTornJournal looks at the journal that a crash left. SQLite goes back to
// the last commit before the first bad frame, without a word on those behind
// it: when there are some, the journal is kept aside and the officer told.
func (s *Store) keepTornJournal() error {
	lost, err := commitsLost(s.base() + "-wal")
	if err != nil || lost == 0 {
		return err
	}
	aside, err := s.keepAside("journal", s.base(), s.base()+"-wal")
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
			Message: "Le journal de la base est abîmé et il n’y a pas la place d’en garder une copie : rien n’a été modifié. Libérez de la place, puis ouvrez de nouveau."}
	}
	s.torn = true
	s.warnings = append(s.warnings, "La fin du journal de la base était abîmée : "+count(lost, "enregistrement")+
		" ont pu être perdus. La base est revenue au dernier état sain ; l’original est gardé dans « "+aside+" ».")
	return nil
}
