package workspace

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
	"repertoire/internal/store"
)

// Version is the program's version, set by the build.
var Version = "0.1.0"

// Workspace is one open folder of work. It is safe for concurrent use.
type Workspace struct {
	dir       string
	author    string
	now       func() time.Time
	store     *store.Store
	tables    *reference.Tables
	spellings *spellings
	texts     *fileTexts
	index     *catalogue

	// writing keeps the index in the journal's order: one Change at a time
	// goes to the store, then to the index.
	writing sync.Mutex
	// delivering keeps two deliveries of orders apart: both write files.
	delivering sync.Mutex

	listeners listeners
	previews  previews
	backups   *schedule // nil when nobody asked for it
}

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

// Open opens the workspace in dir. The index is brought up to date beside: the
// base can be used at once, and searches wait for it.
func Open(ctx context.Context, dir string, opt OpenOptions) (*Workspace, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "« " + dir + " » est un fichier : un dossier de travail est un dossier. Donnez celui qui contient repertoire.db."}
	}
	s, err := store.Open(ctx, dir, store.Options{Person: opt.Author, ReadOnly: opt.ReadOnly, Share: opt.Share, Command: opt.Command, Now: opt.Now})
	if err != nil {
		return nil, err
	}
	return wire(ctx, s, dir, opt)
}

func wire(ctx context.Context, s *store.Store, dir string, opt OpenOptions) (*Workspace, error) {
	w := &Workspace{dir: dir, author: opt.Author, now: opt.Now, store: s, tables: reference.Open()}
	w.spellings = &spellings{tables: w.tables}
	if w.author == "" {
		w.author = "Répertoire"
	}
	index, err := w.openCatalogue(ctx)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	w.index = index
	w.useRelatedWords()
	if opt.Backups && !s.ReadOnly() {
		w.backups = startBackups(w)
		// The window is opened to be typed in: the table of names that tells a
		// typing error from a town is made before the first error.
		go w.tables.FrenchNamed("a")
	}
	return w, nil
}

// Close ends the work; what was saved stays.
func (w *Workspace) Close() error {
	if w.backups != nil {
		w.backups.finish()
	}
	w.index.close()
	return w.store.Close()
}

// Dir gives the folder.
func (w *Workspace) Dir() string { return w.dir }

// Author gives the name that changes are signed with.
func (w *Workspace) Author() string { return w.author }

// ReadOnly tells whether nothing can be saved.
func (w *Workspace) ReadOnly() bool { return w.store.ReadOnly() }

// Notices are French sentences to show after opening: a synchronised folder, a
// stale lock.
func (w *Workspace) Notices() []string { return w.store.Warnings() }

// InitOptions says what a new workspace holds.
type InitOptions struct {
	Sample   bool
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

// Init creates a workspace in dir, which must not exist or be empty. When it
// fails, nothing of it remains.
func Init(ctx context.Context, dir string, opt InitOptions) (InitReport, error) {
	report := InitReport{Workspace: dir}
	existed, err := emptyFolder(dir)
	if err != nil {
		return report, err
	}
	if err := create(ctx, dir, opt, &report); err != nil {
		discard(dir, existed)
		return report, err
	}
	return report, nil
}

func create(ctx context.Context, dir string, opt InitOptions, report *InitReport) (err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	s, err := store.Create(ctx, dir, store.Options{Person: opt.Author, Now: opt.Now})
	if err != nil {
		return err
	}
	w, err := wire(ctx, s, dir, OpenOptions{Author: opt.Author, Now: opt.Now})
	if err != nil {
		return err
	}
	defer func() {
		if e := w.Close(); err == nil {
			err = e
		}
	}()
	if !opt.Sample {
		return nil
	}
	set, err := sample.Load()
	if err != nil {
		return err
	}
	change, err := w.sampleChange(set)
	if err != nil {
		return err
	}
	if _, err := w.apply(ctx, change); err != nil {
		return err
	}
	report.Directories, report.Partnerships = len(set.Directories), len(set.Partnerships)
	return w.index.wait(ctx)
}

// sampleChange makes the one change that brings the samples in.
func (w *Workspace) sampleChange(set sample.Set) (repertoire.Change, error) {
	c := w.change(repertoire.CauseSample, "Répertoires d’exemple")
	for _, t := range w.tables.Themes() {
		if err := put(&c, &t, 0); err != nil {
			return c, err
		}
	}
	for _, a := range set.Authorities {
		if err := put(&c, &a, 0); err != nil {
			return c, err
		}
	}
	for _, d := range set.Directories {
		if err := put(&c, &d, 0); err != nil {
			return c, err
		}
	}
	for _, p := range set.Presentations {
		if err := put(&c, &p, 0); err != nil {
			return c, err
		}
	}
	for _, p := range set.Partnerships {
		p.Created, p.Updated = c.At, c.At
		if err := put(&c, &p, 0); err != nil {
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
			return true, repertoire.Refuse("« %s » contient déjà un dossier de travail ; il n’a pas été touché. Ouvrez-le, ou choisissez un autre dossier ; si sa création a été interrompue, supprimez-le d’abord.", dir)
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
