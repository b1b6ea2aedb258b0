package web

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// What two partnerships may have in common, and what that is worth, as the
// program's own search has it: the same subject first.
const (
	likeTheme   = 3.0
	likeAbove   = 0.8
	likeCountry = 1.5
	likeRegion  = 0.5
	likeFunder  = 0.8
	likeLevel   = 0.3
	likeSize    = 0.8
)

const (
	mostSimilar  = 4
	leastSimilar = 0.4 // of the likest: less is not called similar
)

// findSimilar gives each entry those that do the like, by what they share,
// weighted by its rarity. Entries of the very same authorities are not similar:
// they are the same partnership told twice.
func (s *site) findSimilar() {
	sharers := map[string][]*entry{}
	worth := map[string]float64{}
	for _, e := range s.entries {
		for key, w := range s.features(e) {
			sharers[key] = append(sharers[key], e)
			worth[key] = w
		}
	}
	n := float64(len(s.entries))
	scores := make([]float64, len(s.entries))
	for _, e := range s.entries {
		var touched []*entry
		for _, key := range sortedKeys(s.features(e)) {
			list := sharers[key]
			if len(list) < 2 || len(list) > 800 && worth[key] < likeTheme {
				continue
			}
			w := worth[key] * math.Log(1+n/float64(len(list))) / math.Log(1+n)
			for _, o := range list {
				if scores[o.n] == 0 {
					touched = append(touched, o)
				}
				scores[o.n] += w
			}
		}
		for _, o := range touched {
			if a, b := population(e), population(o); a > 0 && b > 0 && a <= 2*b && b <= 2*a {
				scores[o.n] += likeSize
			}
		}
		slices.SortFunc(touched, func(a, b *entry) int { return cmp.Or(-cmp.Compare(scores[a.n], scores[b.n]), cmp.Compare(a.n, b.n)) })
		best := 0.0
		for _, o := range touched {
			if o == e || o.Title == e.Title || s.onlyPlace(e, o) {
				continue
			}
			best = max(best, scores[o.n])
			if len(e.similar) == mostSimilar || scores[o.n] < best*leastSimilar {
				break
			}
			e.similar = append(e.similar, o)
		}
		for _, o := range touched {
			scores[o.n] = 0
		}
	}
}

// onlyPlace tells whether two entries have no subject in common though both have
// one: to be in the same country is not to do the same.
func (s *site) onlyPlace(a, b *entry) bool {
	if len(a.Tops) == 0 || len(b.Tops) == 0 {
		return false
	}
	for _, t := range a.Tops {
		if slices.Contains(b.Tops, t) {
			return false
		}
	}
	return true
}

func population(e *entry) int {
	if len(e.French) == 0 {
		return 0
	}
	return e.French[0].Population
}

// features are what others may share with an entry, and its worth.
func (s *site) features(e *entry) map[string]float64 {
	out := map[string]float64{}
	raise := func(key string, w float64) { out[key] = max(out[key], w) }
	for _, c := range e.Codes {
		raise("t"+c, likeTheme)
		for up := repertoire.ThemeParent(c); up != ""; up = repertoire.ThemeParent(up) {
			raise("t"+up, likeAbove)
		}
	}
	for _, c := range e.Countries {
		raise("c"+c, likeCountry)
	}
	for _, r := range e.Regions {
		raise("r"+r, likeRegion)
	}
	for _, a := range e.French {
		raise("l"+string(a.Level), likeLevel)
	}
	for _, x := range e.Partnership.Projects {
		for _, f := range x.Funding {
			name := strings.TrimSpace(f.Funder)
			if f.Kind != "" && f.Kind != "autre" && f.Kind != "propre" {
				name = f.Kind
			}
			if name != "" && f.Kind != "propre" {
				raise("f"+repertoire.Fold(name), likeFunder)
			}
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
