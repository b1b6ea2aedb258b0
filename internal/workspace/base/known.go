package base

import (
	"context"
	"slices"
	"strings"
	"sync"

	"repertoire/internal/repertoire"
)

// Where tells an authority from its homonyms.
func (base *Base) Where(a *repertoire.Authority) string {
	if a.French() {
		return a.Departement
	}
	if c, ok := base.Reference.Country(a.Country); ok {
		return Join(", ", a.Region, c.Name)
	}
	return a.Country
}

// PairKey is the same for two entries that join the same authorities in the
// same way.
func PairKey(p *repertoire.Partnership) string {
	ids := []string{string(p.Type)}
	for _, q := range p.Parties {
		ids = append(ids, string(q.Authority))
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// NeedDirectory refuses a slug that names nothing, with those that exist.
func (base *Base) NeedDirectory(ctx context.Context, slug string) (repertoire.Directory, error) {
	d, err := base.Store.Directory(ctx, slug)
	if err == nil || repertoire.KindOf(err) != repertoire.NotFound {
		return d, err
	}
	list, err := base.Store.Directories(ctx)
	if err != nil {
		return d, err
	}
	slugs := make([]string, len(list))
	for i, x := range list {
		slugs[i] = x.Slug
	}
	if len(slugs) == 0 {
		return d, repertoire.Missing("Le répertoire « %s » n’existe pas : ce dossier de travail n’en a aucun.", slug)
	}
	return d, repertoire.Missing("Le répertoire « %s » n’existe pas. Ceux de ce dossier : %s.", slug, strings.Join(slugs, ", "))
}

// Title gives what a partnership is called.
func (base *Base) Title(ctx context.Context, p repertoire.Partnership) (string, error) {
	authorities, err := base.PartiesOf(ctx, p)
	if err != nil {
		return "", err
	}
	return p.DisplayTitle(Finder(authorities)), nil
}

// PartiesOf reads the authorities of a partnership.
func (base *Base) PartiesOf(ctx context.Context, p repertoire.Partnership) (map[repertoire.ID]repertoire.Authority, error) {
	ids := make([]repertoire.ID, 0, len(p.Parties))
	for _, q := range p.Parties {
		ids = append(ids, q.Authority)
	}
	return base.Store.Authorities(ctx, ids)
}

// Finder looks authorities up in a map.
func Finder(m map[repertoire.ID]repertoire.Authority) func(repertoire.ID) *repertoire.Authority {
	return func(id repertoire.ID) *repertoire.Authority {
		if a, ok := m[id]; ok {
			return &a
		}
		return nil
	}
}

// Known gives the rules what they ask the base and the reference data for.
func (base *Base) Known(ctx context.Context, authorities map[repertoire.ID]repertoire.Authority) repertoire.Known {
	var there sync.Map // slugs of the répertoires asked for, which thousands of records ask for again
	return repertoire.Known{
		Theme:     func(code string) bool { _, ok := base.Reference.Theme(code); return ok },
		Authority: Finder(authorities),
		INSEE: func(level repertoire.Level, code string) bool {
			_, ok := base.Reference.ByINSEE(level, code)
			return ok
		},
		Country: func(iso string) bool { _, ok := base.Reference.Country(iso); return ok },
		Directory: func(slug string) bool {
			if _, ok := there.Load(slug); ok {
				return true
			}
			_, err := base.Store.Directory(ctx, slug)
			if err == nil {
				there.Store(slug, true)
			}
			return err == nil
		},
	}
}
