package records

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// SuggestAbroad completes the name of a partner: authorities of the base
// first, then places of the reference in the likely countries (ISO codes),
// then those of every other country.
func (room *Room) SuggestAbroad(ctx context.Context, text string, likely []string, limit int) ([]AuthoritySuggestion, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	// Names of France are left out afterwards: enough must remain.
	found, err := room.base.Store.FindAuthorities(ctx, text, "", 8*limit)
	if err != nil {
		return nil, err
	}
	var out []AuthoritySuggestion
	// A place of the reference that the base holds under another identifier is
	// told by its name and region: proposing it would make a second of it.
	seen := map[string]bool{}
	add := func(a repertoire.Authority, known bool) {
		key := strings.Join([]string{a.Country, string(a.Level), repertoire.Fold(a.Name), repertoire.Fold(a.Region)}, "|")
		if len(out) < limit && (known || !seen[key] && !seen[string(a.ID)]) && !a.French() {
			seen[key], seen[string(a.ID)] = true, true
			out = append(out, AuthoritySuggestion{Authority: a, Where: room.base.Where(&a), Known: known})
		}
	}
	for _, a := range found {
		add(a, true)
	}
	abroad := slices.DeleteFunc(slices.Clone(likely), func(c string) bool { return c == "FR" })
	meant, err := room.meant(ctx, text, abroad...)
	if err != nil {
		return nil, err
	}
	doubtBeginnings(out, meant, text)
	for _, c := range meant {
		n := len(out)
		if add(c.Authority, c.Known); len(out) > n {
			out[n].tell(c, text)
		}
	}
	var near []reference.Place
	for _, country := range likely {
		if country != "FR" {
			near = append(near, room.base.Reference.SuggestPlace(country, text, limit)...)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, base.Stopped(err)
	}
	far := room.base.Reference.SuggestAnywhere(text, append([]string{"FR"}, likely...), limit)
	typed := repertoire.Fold(strings.TrimSpace(text))
	for _, places := range [][]reference.Place{near, far} {
		slices.SortStableFunc(places, func(a, b reference.Place) int {
			return cmp.Or(cmp.Compare(rank(a, typed), rank(b, typed)), cmp.Compare(b.Population, a.Population))
		})
		for _, p := range places {
			add(p.Authority(), false)
		}
	}
	return out, nil
}

// rank puts the name typed before those it begins, and these before names
// that only hold it.
func rank(p reference.Place, typed string) int {
	name := repertoire.Fold(p.Name)
	switch {
	case name == typed:
		return 0
	case strings.HasPrefix(name, typed):
		return 1
	}
	return 2
}
