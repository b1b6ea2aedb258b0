package workspace

import (
	"repertoire/assets"
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/store"
)

// fonts gives the typesetter the program's own faces.
type fonts struct{}

func (fonts) Font(name string) ([]byte, error) { return assets.Font(name) }

// setter makes a typesetter for a design.
func (w *Workspace) setter(design layout.Design) (*layout.Setter, error) {
	return layout.New(fonts{}, design)
}

// bookReference gives books the reference data.
func (w *Workspace) bookReference() book.Reference { return book.FromTables(w.tables) }

// browseDirectory lists all partnerships of a répertoire.
func browseDirectory(slug string) store.BrowseQuery { return store.BrowseQuery{Directory: slug} }
