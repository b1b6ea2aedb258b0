package base

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// searchOptions tell the index what is rightly spelled although no partnership
// has it: countries, places, themes and the words of closed lists.
func (base *Base) searchOptions() search.Options {
	opt := search.Options{Now: base.Now, Named: func(word string) bool { return len(base.Reference.FrenchNamed(word)) > 0 }}
	opt.Town = base.wellKnown
	opt.Called = base.otherwiseCalled
	opt.Locate = func(name string) ([2]float64, bool) {
		a, err := base.Located(context.Background(), name)
		if err != nil || a == nil {
			return [2]float64{}, false
		}
		return [2]float64{*a.Latitude, *a.Longitude}, true
	}
	opt.Areas = map[string][]string{}
	look := Lookup{W: base}
	for _, c := range base.Reference.Countries() {
		opt.Areas[c.ISO2] = []string{c.Region, c.Continent}
		if ref, ok := look.Country(c.ISO2); ok && c.ISO2 != "FR" {
			opt.Countries = append(opt.Countries, ref)
		}
	}
	for _, t := range base.Reference.Themes() {
		opt.Words = append(opt.Words, t.Label)
	}
	for _, labels := range [][]string{repertoire.Statuses.Labels(), repertoire.Types.Labels(), repertoire.Formalities.Labels(),
		repertoire.Levels.Labels(), repertoire.FundingKinds.Labels(), repertoire.Months[:]} {
		opt.Words = append(opt.Words, labels...)
	}
	return opt
}
