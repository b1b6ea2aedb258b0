package search

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// Facet names one list of values that results are counted and filtered by.
// The words are those typed before the colon and printed in JSON.
type Facet string

// The facets.
const (
	FacetDirectory   Facet = "directory"
	FacetTheme       Facet = "theme" // with the themes above, so that a count is that of the branch
	FacetCountry     Facet = "country"
	FacetRegion      Facet = "region" // French side
	FacetDepartement Facet = "departement"
	FacetLevel       Facet = "level"
	FacetStatus      Facet = "status"
	FacetType        Facet = "type"
	FacetFormality   Facet = "formality"
	FacetFunder      Facet = "funder"
	FacetSDG         Facet = "sdg"
	FacetDecade      Facet = "decade"    // "1990"
	FacetFreshness   Facet = "freshness" // see the Fresh values
	FacetContact     Facet = "contact"   // "oui", "non"
	FacetFictitious  Facet = "fictitious"

	// facetCode files partnerships by the code of the French département; it is
	// asked for by names and numbers, and not counted.
	facetCode Facet = "departement-code"
)

// facetOrder lists the facets as the window shows them. Freshness is not
// stored: it is counted from the day of verification at the time of asking.
var facetOrder = []Facet{FacetDirectory, FacetTheme, FacetCountry, FacetRegion, FacetDepartement, FacetLevel, FacetStatus, FacetType,
	FacetFormality, FacetFunder, FacetSDG, FacetDecade, FacetFreshness, FacetContact, FacetFictitious}

// FacetCount is one value of a facet with the number of hits that have it.
type FacetCount struct {
	Value string
	Label string
	Count int
}

// facet holds the partnerships of each value of one facet.
type facet struct {
	sets   map[string]*roaring.Bitmap
	labels map[string]string
	// listed is what counts walks, largest first; nil when sets have changed.
	// Searches make it under the read lock, hence atomic.
	listed atomic.Pointer[[]facetValue]
}

// facetValue is one value of a facet, ready to be counted.
type facetValue struct {
	value, label string
	set          *roaring.Bitmap
	size         int
}

func newFacet() *facet {
	return &facet{sets: map[string]*roaring.Bitmap{}, labels: map[string]string{}}
}

func (f *facet) add(doc uint32, value, label string) {
	if value == "" {
		return
	}
	set := f.sets[value]
	if set == nil {
		set = roaring.New()
		f.sets[value] = set
	}
	set.Add(doc)
	f.listed.Store(nil)
	if f.labels[value] == "" && label != "" {
		f.labels[value] = label
	}
}

func (f *facet) remove(doc uint32) {
	f.listed.Store(nil)
	for value, set := range f.sets {
		if set.CheckedRemove(doc) && set.IsEmpty() {
			delete(f.sets, value)
			delete(f.labels, value)
		}
	}
}

// any gives the partnerships that have one of values.
func (f *facet) any(values []string) *roaring.Bitmap {
	out := roaring.New()
	for _, v := range values {
		if set := f.sets[v]; set != nil {
			out.Or(set)
		}
	}
	return out
}

// values lists the values in use, largest first.
func (f *facet) values() []facetValue {
	if have := f.listed.Load(); have != nil {
		return *have
	}
	out := make([]facetValue, 0, len(f.sets))
	for value, set := range f.sets {
		if strings.HasPrefix(value, direct) {
			continue
		}
		out = append(out, facetValue{value, cmp.Or(f.labels[value], value), set, int(set.GetCardinality())})
	}
	slices.SortFunc(out, func(a, b facetValue) int {
		return cmp.Or(-cmp.Compare(a.size, b.size), strings.Compare(a.value, b.value))
	})
	f.listed.Store(&out)
	return out
}

// counts gives the values met in hits, the most frequent first or in the order
// of values, at most limit of them; all is true when hits is everything. With a
// limit the small values are not even looked at once enough large ones stand.
// rest is all that is not among hits, when that is little, else nil.
func (f *facet) counts(hits, rest *roaring.Bitmap, all bool, byValue bool, limit int) []FacetCount {
	var out []FacetCount
	var top leastOf
	for _, v := range f.values() {
		if limit > 0 && len(top) == limit && v.size < top[0] {
			break
		}
		n := v.size
		switch {
		case all:
		case rest != nil:
			n -= int(v.set.AndCardinality(rest))
		default:
			n = int(v.set.AndCardinality(hits))
		}
		if n == 0 {
			continue
		}
		out = append(out, FacetCount{v.value, v.label, n})
		if limit > 0 {
			top.offer(n, limit)
		}
	}
	slices.SortFunc(out, func(a, b FacetCount) int {
		if !byValue && a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Value, b.Value)
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

// leastOf keeps the largest numbers it is offered, the least of them first.
type leastOf []int

func (l *leastOf) offer(n, keep int) {
	if len(*l) == keep {
		if n <= (*l)[0] {
			return
		}
		*l = (*l)[1:]
	}
	at, _ := slices.BinarySearch(*l, n)
	*l = slices.Insert(*l, at, n)
}

// Freshness values of FacetFreshness.
const (
	FreshYear  = "moins-1-an"
	FreshTwo   = "1-a-2-ans"
	FreshOld   = "plus-2-ans"
	FreshNever = "jamais"
)

var freshness = []struct{ value, label string }{
	{FreshYear, "Vérifié depuis moins d’un an"}, {FreshTwo, "Il y a un à deux ans"},
	{FreshOld, "Il y a plus de deux ans"}, {FreshNever, "Jamais vérifié"},
}

// freshnessOf classes a day of verification (days since 1970, 0 never) as seen on today.
func freshnessOf(verified, today int32) int {
	switch {
	case verified == 0:
		return 3
	case today-verified <= 365:
		return 0
	case today-verified <= 730:
		return 1
	}
	return 2
}

// dayOf gives the days since 1970 of a date known to the day, month or year
// (its first day), 0 when unknown.
func dayOf(d repertoire.Date) int32 {
	if d == "" || !d.Valid() {
		return 0
	}
	full := string(d.Plain())
	switch len(full) {
	case 4:
		full += "-01-01"
	case 7:
		full += "-01"
	}
	t, err := parseDay(full)
	if err != nil {
		return 0
	}
	return int32(t.Unix() / 86400)
}
