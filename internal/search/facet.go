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
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// facet holds the partnerships of each value of one facet, and the values of
// each partnership: filters ask for the former, counting walks the latter.
type facet struct {
	sets   map[string]*roaring.Bitmap
	labels map[string]string
	// ids number the values from 1; first is the number of a value of each
	// partnership, 0 for none, and further the numbers of its others.
	ids       map[string]uint32
	names     []string
	free      []uint32
	first     []uint32
	further   [][]uint32
	uncounted [][]uint32 // numbers of values that are asked for and not counted
	// listed is what counts walks, largest first; nil when sets have changed.
	// Searches make it under the read lock, hence atomic.
	listed atomic.Pointer[[]facetValue]
}

// facetValue is one value of a facet, ready to be counted.
type facetValue struct {
	value, label string
	id           uint32
	size         int
}

func newFacet() *facet {
	return &facet{sets: map[string]*roaring.Bitmap{}, labels: map[string]string{}, ids: map[string]uint32{}, names: []string{""}}
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
	if set.CheckedAdd(doc) {
		f.note(doc, f.id(value))
	}
	f.listed.Store(nil)
	if f.labels[value] == "" && label != "" {
		f.labels[value] = label
	}
}

// id gives the number of value, a new one when it has none.
func (f *facet) id(value string) uint32 {
	id := f.ids[value]
	if id != 0 {
		return id
	}
	if n := len(f.free); n > 0 {
		id, f.free = f.free[n-1], f.free[:n-1]
		f.names[id] = value
	} else {
		id = uint32(len(f.names))
		f.names = append(f.names, value)
	}
	f.ids[value] = id
	return id
}

// note adds a value to those of doc.
func (f *facet) note(doc, id uint32) {
	if n := int(doc) + 1; n > len(f.first) {
		f.first = append(f.first, make([]uint32, n-len(f.first))...)
	}
	list := &f.further
	switch {
	case strings.HasPrefix(f.names[id], direct):
		list = &f.uncounted
	case f.first[doc] == 0:
		f.first[doc] = id
		return
	}
	if n := int(doc) + 1; n > len(*list) {
		*list = append(*list, make([][]uint32, n-len(*list))...)
	}
	(*list)[doc] = append((*list)[doc], id)
}

func (f *facet) remove(doc uint32) {
	var ids []uint32
	if int(doc) < len(f.first) && f.first[doc] != 0 {
		ids = append(ids, f.first[doc])
		f.first[doc] = 0
	}
	for _, list := range [][][]uint32{f.further, f.uncounted} {
		if int(doc) < len(list) {
			ids = append(ids, list[doc]...)
			list[doc] = nil
		}
	}
	if len(ids) == 0 {
		return
	}
	f.listed.Store(nil)
	for _, id := range ids {
		value := f.names[id]
		if set := f.sets[value]; set.CheckedRemove(doc) && set.IsEmpty() {
			delete(f.sets, value)
			delete(f.labels, value)
			delete(f.ids, value)
			f.names[id] = ""
			f.free = append(f.free, id)
		}
	}
}

// load takes a value with all its partnerships, as read from a file.
func (f *facet) load(value string, set *roaring.Bitmap) {
	f.sets[value] = set
	id := f.id(value)
	for it := set.Iterator(); it.HasNext(); {
		f.note(it.Next(), id)
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
		out = append(out, facetValue{value, cmp.Or(f.labels[value], value), f.ids[value], int(set.GetCardinality())})
	}
	slices.SortFunc(out, func(a, b facetValue) int {
		return cmp.Or(-cmp.Compare(a.size, b.size), strings.Compare(a.value, b.value))
	})
	f.listed.Store(&out)
	return out
}

// tally counts how many of docs have each value, by the value's number.
func (f *facet) tally(docs *roaring.Bitmap) []int32 {
	out := make([]int32, len(f.names))
	var buffer [512]uint32
	for it := docs.ManyIterator(); ; {
		got := it.NextMany(buffer[:])
		if got == 0 {
			return out
		}
		for _, doc := range buffer[:got] {
			if int(doc) >= len(f.first) {
				continue
			}
			out[f.first[doc]]++
			if int(doc) < len(f.further) {
				for _, id := range f.further[doc] {
					out[id]++
				}
			}
		}
	}
}

// counts gives the values met in hits, the most frequent first or in the order
// of values, at most limit of them; all is true when hits is everything.
// rest is all that is not among hits, when that is little, else nil.
func (f *facet) counts(hits, rest *roaring.Bitmap, all bool, byValue bool, limit int) []FacetCount {
	var tally []int32
	switch {
	case all:
	case rest != nil:
		tally = f.tally(rest)
	default:
		tally = f.tally(hits)
	}
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
			n -= int(tally[v.id])
		default:
			n = int(tally[v.id])
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
