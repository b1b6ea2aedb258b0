package base

import (
	"context"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// Themes lists the theme tree in the order of its codes.
func (base *Base) Themes() []repertoire.Theme { return base.Reference.Themes() }

// ThemeLabel gives the label of a theme's code, or the code itself.
func (base *Base) ThemeLabel(code string) string {
	code, _ = search.ThemeCode(code)
	if t, ok := base.Reference.Theme(code); ok {
		return t.Label
	}
	return code
}

// CountryName gives the French name of an ISO code, or the code itself.
func (base *Base) CountryName(iso string) string {
	if c, ok := base.Reference.Country(iso); ok {
		return c.Name
	}
	return iso
}

// Resolver answers an import's questions from the base first, then from the
// reference data.
func (base *Base) Resolver(ctx context.Context) (*exchange.Known, error) {
	var b exchange.Base
	all, err := base.Store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		b.Authorities = append(b.Authorities, a)
	}
	list, err := base.Store.Directories(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		b.Directories = append(b.Directories, d.Directory)
	}
	b.Themes = base.Reference.Themes()
	return exchange.NewKnown(base.Reference, b), nil
}
