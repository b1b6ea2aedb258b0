package workspace

import (
	"context"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// Themes lists the theme tree in the order of its codes.
func (w *Workspace) Themes() []repertoire.Theme { return w.tables.Themes() }

// ThemeLabel gives the label of a theme's code, or the code itself.
func (w *Workspace) ThemeLabel(code string) string {
	code, _ = search.ThemeCode(code)
	if t, ok := w.tables.Theme(code); ok {
		return t.Label
	}
	return code
}

// CountryName gives the French name of an ISO code, or the code itself.
func (w *Workspace) CountryName(iso string) string {
	if c, ok := w.tables.Country(iso); ok {
		return c.Name
	}
	return iso
}

// resolver answers an import's questions from the base first, then from the
// reference data.
func (w *Workspace) resolver(ctx context.Context) (*exchange.Known, error) {
	var b exchange.Base
	all, err := w.store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		b.Authorities = append(b.Authorities, a)
	}
	list, err := w.store.Directories(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		b.Directories = append(b.Directories, d.Directory)
	}
	b.Themes = w.tables.Themes()
	return exchange.NewKnown(w.tables, b), nil
}
