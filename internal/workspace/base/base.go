package base

import (
	"context"
	"os"
	"sync"
	"time"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Base is one open folder of work. It is safe for concurrent use.
type Base struct {
	dir    string
	author string

	Now       func() time.Time
	Store     *store.Store
	Reference *reference.Tables
	Index     *Catalogue

	// Writing keeps the index in the journal's order: one Change at a time
	// goes to the store, then to the index.
	Writing sync.Mutex

	// Issue, when set, is where a change goes that gives an invoice or a credit
	// note its number while several desks share the base: the number is the
	// server's. taken is false when the workspace is its own.
	Issue func(ctx context.Context, c repertoire.Change) (applied store.Applied, taken bool, err error)

	spellings *spellings
	Texts     *FileTexts
	listeners listeners
}

// Open opens the folder dir. The index is brought up to date beside: the base
// can be used at once, and searches wait for it.
func Open(ctx context.Context, dir string, opt OpenOptions) (*Base, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "« " + dir + " » est un fichier : un dossier de travail est un dossier. Donnez celui qui contient repertoire.db."}
	}
	s, err := store.Open(ctx, dir, store.Options{Person: opt.Author, ReadOnly: opt.ReadOnly, Share: opt.Share, Command: opt.Command,
		Now: opt.Now})
	if err != nil {
		return nil, err
	}
	return stand(ctx, s, dir, opt)
}

// stand puts the index beside an open store.
func stand(ctx context.Context, s *store.Store, dir string, opt OpenOptions) (*Base, error) {
	base := &Base{dir: dir, author: opt.Author, Now: opt.Now, Store: s, Reference: reference.Open()}
	if base.author == "" {
		base.author = "Répertoire"
	}
	base.spellings = &spellings{tables: base.Reference}
	index, err := base.openCatalogue(ctx)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	base.Index = index
	return base, nil
}

// Close ends the work; what was saved stays.
func (base *Base) Close() error {
	base.Index.close()
	return base.Store.Close()
}

// Dir gives the folder.
func (base *Base) Dir() string { return base.dir }

// Author gives the name that changes are signed with.
func (base *Base) Author() string { return base.author }

// ReadOnly tells whether nothing can be saved.
func (base *Base) ReadOnly() bool { return base.Store.ReadOnly() }

// Notices are French sentences to show after opening: a synchronised folder, a
// stale lock.
func (base *Base) Notices() []string { return base.Store.Warnings() }
