package workspace

import (
	"context"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// AddPicture keeps a copy of a picture for a book, by the rules of AddMedia but
// without PDF, and gives the name records know it by.
func (w *Workspace) AddPicture(ctx context.Context, file string) (media string, err error) {
	m, err := w.keep(ctx, file, false)
	return m.SHA, err
}

// Picture gives the bytes of a picture that AddPicture kept.
func (w *Workspace) Picture(media string) ([]byte, error) { return w.store.Media().Media(media) }

// DesignNames and FormatNames are what BuildOptions takes.
func DesignNames() []string { return layout.Designs() }

// FormatNames lists the page formats by name, the usual one first.
func FormatNames() []string {
	var names []string
	for _, f := range layout.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Designs lists the names of the designs a book can take, the usual one first.
func (w *Workspace) Designs() []string { return layout.Designs() }

// Formats lists the page formats with the words a person reads, the usual one
// first.
func (w *Workspace) Formats() []repertoire.Choice[string] {
	var out []repertoire.Choice[string]
	for _, f := range layout.Formats() {
		out = append(out, repertoire.Choice[string]{Value: f.Name, Label: f.Title})
	}
	return out
}
