package workspace

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// Themes lists the theme tree in the order of its codes.
func (w *Workspace) Themes() []repertoire.Theme { return w.tables.Themes() }

// ThemeLabel gives the label of a theme's code, or the code itself.
func (w *Workspace) ThemeLabel(code string) string {
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

// base answers an import's questions from the base first, then from the
// reference data.
type base struct {
	tables      *reference.Tables
	authorities map[repertoire.ID]repertoire.Authority
	insee       map[string][]repertoire.Authority
	siren       map[string][]repertoire.Authority
	french      map[string][]repertoire.Authority // by reference.Key of any name
	foreign     map[string][]repertoire.Authority // by country and key
	in          map[string][]repertoire.Authority // by country
	// official lists the reference authorities by key: made when first asked for.
	official    func() map[string][]repertoire.Authority
	directories map[string]string // folded slug, title, short name -> slug
}

var _ exchange.Resolver = (*base)(nil)

// resolver reads the authorities and directories of the base once.
func (w *Workspace) resolver(ctx context.Context) (*base, error) {
	all, err := w.store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	list, err := w.store.Directories(ctx)
	if err != nil {
		return nil, err
	}
	b := &base{tables: w.tables, authorities: all, insee: map[string][]repertoire.Authority{}, siren: map[string][]repertoire.Authority{},
		french: map[string][]repertoire.Authority{}, foreign: map[string][]repertoire.Authority{}, in: map[string][]repertoire.Authority{},
		directories: map[string]string{}}
	b.official = sync.OnceValue(func() map[string][]repertoire.Authority {
		named := map[string][]repertoire.Authority{}
		for _, a := range w.tables.FrenchAuthorities() {
			key := reference.Key(a.Name)
			named[key] = append(named[key], a)
		}
		return named
	})
	for _, id := range slices.Sorted(maps.Keys(all)) {
		b.take(all[id])
	}
	for _, d := range list {
		for _, name := range []string{d.Slug, d.Title, d.Short} {
			b.directories[repertoire.Fold(name)] = d.Slug
		}
	}
	return b, nil
}

func (b *base) take(a repertoire.Authority) {
	if a.INSEE != "" {
		b.insee[a.INSEE] = append(b.insee[a.INSEE], a)
	}
	if a.SIREN != "" {
		b.siren[a.SIREN] = append(b.siren[a.SIREN], a)
	}
	seen := map[string]bool{}
	for _, name := range append([]string{a.Name, a.NativeName}, a.OtherNames...) {
		key := reference.Key(name)
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		if a.French() {
			b.french[key] = append(b.french[key], a)
		} else {
			b.foreign[a.Country+" "+key] = append(b.foreign[a.Country+" "+key], a)
		}
	}
	if !a.French() {
		b.in[a.Country] = append(b.in[a.Country], a)
	}
}

// Authority gives an authority of the base.
func (b *base) Authority(id repertoire.ID) *repertoire.Authority {
	if a, ok := b.authorities[id]; ok {
		return &a
	}
	return nil
}

// French lists the French authorities that answer: by INSEE code, else by
// SIREN, else by name.
func (b *base) French(q exchange.FrenchQuery) []repertoire.Authority {
	var found []repertoire.Authority
	switch {
	case q.INSEE != "":
		found = append(found, b.insee[q.INSEE]...)
		levels := []repertoire.Level{q.Level}
		if q.Level == "" {
			levels = []repertoire.Level{repertoire.LevelCommune, repertoire.LevelDepartement, repertoire.LevelRegion}
		}
		for _, l := range levels {
			if a, ok := b.tables.ByINSEE(l, q.INSEE); ok {
				found = append(found, a)
			}
		}
	case q.SIREN != "":
		found = append(found, b.siren[q.SIREN]...)
		if a, ok := b.tables.BySIREN(q.SIREN); ok {
			found = append(found, a)
		}
	default:
		found = append(found, b.french[reference.Key(q.Name)]...)
		found = append(found, b.official()[reference.Key(q.Name)]...)
	}
	var out []repertoire.Authority
	seen := map[repertoire.ID]bool{}
	for _, a := range found {
		if !seen[a.ID] && (q.Level == "" || a.Level == q.Level) {
			seen[a.ID] = true
			out = append(out, a)
		}
	}
	return out
}

// Foreign lists the authorities of a country that bear the name.
func (b *base) Foreign(country, name string) []repertoire.Authority {
	key := reference.Key(name)
	out := append([]repertoire.Authority(nil), b.foreign[country+" "+key]...)
	for _, p := range b.tables.SuggestPlace(country, name, 20) {
		if reference.Key(p.Name) != key && reference.Key(p.Native) != key && !hasKey(p.Others, key) {
			continue
		}
		a := p.Authority()
		if b.Authority(a.ID) == nil {
			out = append(out, a)
		}
	}
	return out
}

func hasKey(names []string, key string) bool {
	for _, n := range names {
		if reference.Key(n) == key {
			return true
		}
	}
	return false
}

// ForeignIn lists the authorities of a country that are in the base.
func (b *base) ForeignIn(country string) []repertoire.Authority { return b.in[country] }

// Country reads a country's name or ISO code.
func (b *base) Country(text string) (string, bool) {
	c, ok := b.tables.FindCountry(text)
	return c.ISO2, ok
}

// CountryName gives the French name of an ISO code.
func (b *base) CountryName(iso string) string { return b.tables.CountryName(iso) }

// Theme reads a theme's code or label.
func (b *base) Theme(text string) (string, bool) {
	t, ok := b.tables.FindTheme(text)
	return t.Code, ok
}

// ThemeLabel gives the label of a code.
func (b *base) ThemeLabel(code string) string {
	t, _ := b.tables.Theme(code)
	return t.Label
}

// Directory reads a répertoire's slug, title or short name.
func (b *base) Directory(text string) (string, bool) {
	slug, ok := b.directories[repertoire.Fold(strings.TrimSpace(text))]
	return slug, ok
}
