package base

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
	"repertoire/internal/store"
)

// OpenOptions says who opens.
type OpenOptions struct {
	Author   string // written in the journal
	ReadOnly bool
	Share    bool // join a window that has the workspace open on this machine
	// Backups makes the scheduled backups while the workspace is open and when
	// it closes, as a window does; a command leaves them to its caller.
	Backups bool
	// Command says that a command has the workspace for a moment: another one
	// waits for it instead of being refused.
	Command bool
	Now     func() time.Time // nil for the clock
}

// InitOptions says what a new workspace holds.
type InitOptions struct {
	Sample   bool // the seven sample répertoires
	Showcase bool // the invented one, with pictures, in which a book shows all it can
	Author   string
	Progress Progress
	Now      func() time.Time
}

// InitReport says what was created.
type InitReport struct {
	Workspace    string `json:"workspace"`
	Directories  int    `json:"directories"`
	Partnerships int    `json:"partnerships"`
}

// wished is what a new workspace holds, its pictures kept in s.
func (opt InitOptions) wished(s *store.Store) (set sample.Set, err error) {
	if opt.Sample {
		if set, err = sample.Load(); err != nil {
			return set, err
		}
	}
	if !opt.Showcase {
		return set, nil
	}
	show, err := sample.Showcase()
	if err != nil {
		return set, err
	}
	if err := show.Illustrate(func(jpeg []byte) (string, error) { return s.Media().Put(bytes.NewReader(jpeg)) }); err != nil {
		return set, err
	}
	if opt.Sample {
		show.Presentations = nil // they are the samples'
	}
	set.Directories = append(set.Directories, show.Directories...)
	set.Presentations = append(set.Presentations, show.Presentations...)
	set.Authorities = append(set.Authorities, show.Authorities...)
	set.Partnerships = append(set.Partnerships, show.Partnerships...)
	return set, nil
}

// sampleChange makes the one change that brings the samples in.
func (base *Base) sampleChange(set sample.Set) (repertoire.Change, error) {
	c := base.Change(repertoire.CauseSample, "Répertoires d’exemple")
	for _, t := range base.Reference.Themes() {
		if err := Put(&c, &t, 0); err != nil {
			return c, err
		}
	}
	for _, a := range set.Authorities {
		if err := Put(&c, &a, 0); err != nil {
			return c, err
		}
	}
	for _, d := range set.Directories {
		if err := Put(&c, &d, 0); err != nil {
			return c, err
		}
	}
	for _, p := range set.Presentations {
		if err := Put(&c, &p, 0); err != nil {
			return c, err
		}
	}
	for _, p := range set.Partnerships {
		p.Created, p.Updated = c.At, c.At
		if err := Put(&c, &p, 0); err != nil {
			return c, err
		}
	}
	return c, nil
}

// emptyFolder refuses a folder that holds something; existed tells whether it
// is there already.
func emptyFolder(dir string) (existed bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case os.IsNotExist(err):
		return false, nil
	case err != nil:
		return false, &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
			Message: "« " + dir + " » n’est pas un dossier où l’on peut travailler ; rien n’a été créé."}
	}
	for _, e := range entries {
		if e.Name() == store.File {
			return true,
				repertoire.Refuse(
					"« %s » contient déjà un dossier de travail ; il n’a pas été touché. Ouvrez-le, ou choisissez un autre dossier ; si sa création a été interrompue, supprimez-le d’abord.", dir)
		}
	}
	if len(entries) > 0 {
		return true, repertoire.Refuse("« %s » contient déjà des fichiers ; rien n’a été créé. Choisissez un dossier vide ou nouveau.", dir)
	}
	return true, nil
}

// discard removes what a failed Init left in a folder that was empty or new.
func discard(dir string, existed bool) {
	if !existed {
		_ = os.RemoveAll(dir)
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		_ = os.RemoveAll(filepath.Join(dir, e.Name()))
	}
}

// Rebuild makes a new workspace in dir from the readable files of Archive.
func Rebuild(ctx context.Context, from, dir string, opt InitOptions) (InitReport, error) {
	report := InitReport{Workspace: dir}
	existed, err := emptyFolder(dir)
	if err != nil {
		return report, err
	}
	s, err := store.ImportJSON(ctx, from, dir, store.Options{Person: opt.Author, Now: opt.Now}, opt.Progress)
	if err != nil {
		discard(dir, existed)
		return report, Stopped(err)
	}
	list, err := s.Directories(ctx)
	if err == nil {
		report.Directories = len(list)
		_, report.Partnerships, err = s.Browse(ctx, store.BrowseQuery{Limit: 1})
	}
	if e := s.Close(); err == nil {
		err = e
	}
	return report, err
}
