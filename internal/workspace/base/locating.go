package base

import (
	"context"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// Located finds the authority or place that a person names: an authority of
// the base, else a French authority, else a place abroad, else an authority of
// the base whose name begins so; of namesakes the most populous, unless
// "Saint-Denis (La Réunion)" says which. nil is nowhere known.
func (base *Base) Located(ctx context.Context, text string) (*repertoire.Authority, error) {
	name, where := text, ""
	if head, tail, ok := strings.Cut(text, "("); ok && strings.TrimSpace(head) != "" {
		name, where = head, reference.Key(strings.TrimSuffix(strings.TrimSpace(tail), ")"))
	}
	known, err := base.Store.FindAuthorities(ctx, strings.TrimSpace(name), "", 200)
	if err != nil {
		return nil, err
	}
	var best *repertoire.Authority
	offer := func(a repertoire.Authority) {
		if !a.Located() || best != nil && a.Population <= best.Population ||
			where != "" && !within(where, a.Departement, a.Region, base.CountryName(a.Country), a.Country,
				repertoire.Levels.Label(a.Level)) {
			return
		}
		best = &a
	}
	key := reference.Key(name)
	for i := range known {
		if a := &known[i]; within(key, append([]string{a.Name, a.NativeName}, a.OtherNames...)...) {
			offer(*a)
		}
	}
	if best == nil {
		for _, a := range base.Reference.FrenchNamed(name) {
			offer(a)
		}
	}
	if best == nil {
		for _, p := range base.Reference.PlacesAnywhere(name) {
			offer(p.Authority())
		}
	}
	for i := range known { // "静岡" begins "静岡市"
		if best == nil {
			offer(known[i])
		}
	}
	return best, nil
}

// within tells whether one of names is spelled key.
func within(key string, names ...string) bool {
	for _, n := range names {
		if n != "" && reference.Key(n) == key {
			return true
		}
	}
	return false
}

// wellKnown tells whether a town that many know bears this very name.
func (base *Base) wellKnown(name string) bool {
	for _, p := range base.Reference.PlacesAnywhere(name) {
		if !p.IsDivision && p.Population >= 50_000 && reference.Key(p.Name) == reference.Key(name) {
			return true
		}
	}
	return false
}

// otherwiseCalled gives the country and the other names of the largest town that
// bears that very name, when many know it.
func (base *Base) otherwiseCalled(name string) (country string, names []string) {
	most := 100_000
	for _, p := range base.Reference.PlacesAnywhere(name) {
		if !p.IsDivision && p.Population >= most && reference.Key(p.Name) == reference.Key(name) {
			most, country, names = p.Population, p.Country, p.Others
		}
	}
	return country, names
}
