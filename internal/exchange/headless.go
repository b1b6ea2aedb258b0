package exchange

import (
	"slices"
)

// withoutHeadings reads a table again as one that has none, when what was taken
// for its headings says the same kind of things as the rows below: a country
// over countries, a French town over French towns, two towns over pairs of them.
func (t Table) withoutHeadings(r Resolver) (Table, error) {
	if t.grid == nil || t.HeadingRows != 1 || len(t.Above) > 0 || !t.headingsAreData(r) {
		return t, nil
	}
	again, err := t.grid.shape(ReadOptions{HeadingRow: -1})
	if err != nil {
		return t, err
	}
	again.Name, again.edits = t.Name, t.edits
	return again, nil
}

func (t *Table) headingsAreData(r Resolver) bool {
	exact := knownHeadings()
	if slices.ContainsFunc(t.Headings, func(h string) bool { return exact[foldHeading(h)] != "" && foldHeading(h) != "france" }) {
		return false
	}
	p := proposer{table: t, resolver: r, rows: t.First(60)}
	alike := 0
	for i, h := range t.Headings {
		values := p.values(i)
		h = withoutNumber(h)
		for _, kind := range []struct {
			weight int
			is     func(string) bool
		}{
			{2, func(s string) bool { iso, ok := r.Country(s); return ok && iso != "FR" && len(s) > 2 }},
			{2, func(s string) bool {
				a, z := SplitDash.cut(s)
				return z != "" && len(r.French(FrenchQuery{Name: a})) > 0
			}},
			{1, func(s string) bool { return len(r.French(FrenchQuery{Name: s})) > 0 }},
			{1, looksYear.MatchString},
			{1, func(s string) bool { _, ok := parseType(s); return ok }},
		} {
			if kind.is(h) && (len(values) == 0 || share(values, kind.is) >= 0.6) {
				alike += kind.weight
				break
			}
		}
	}
	return alike >= 2
}
