package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// What two partnerships may have in common, and what that is worth: an officer
// who asks "who else does this?" asks for the same subject first.
const (
	likeTheme = 3.0 // a theme both are filed under, by its rarity
	likeAbove = 0.8 // the theme above it
	// likeCountry is more than likeNear and likeLevel together: the same country
	// goes before a neighbour.
	likeCountry  = 1.0
	likeTogether = 0.8 // more for a country that few work with
	likeRegion   = 0.5
	likeFunder   = 0.8
	likeLevel    = 0.3
	likeSize     = 0.8 // French sides within a factor of two in inhabitants
	likeNear     = 0.6 // French sides within so many kilometres
	nearby       = 100
	likeWords    = 3.0 // the rare words of its texts, shared out among them
)

const (
	maxSimilar   = 40  // partnerships given as similar
	rareWords    = 20  // words of a record that are compared
	mostCompared = 800 // words of a record that are weighed for that
)

// fieldSimilar asks for the partnerships like one: semblable:ID, or its title.
const fieldSimilar = "semblable"

// shared is something that a partnership has and others may have too.
type shared struct {
	sort  commonSort
	label string
	has   *roaring.Bitmap
}

// commonSort is what sort of thing is in common, in the order in which they are said.
type commonSort int

const (
	commonTheme commonSort = iota
	commonAbove            // said where no theme itself is
	commonCountry
	commonFunder
	commonWord
)

// maxSaid is how many of each sort are said.
var maxSaid = [...]int{commonTheme: 2, commonAbove: 1, commonCountry: 2, commonFunder: 1, commonWord: 2}

// likeness is what partnerships are worth beside one, and why.
type likeness struct {
	*scores
	title string
	why   map[uint32]string // what both have in common: "Eau potable · Madagascar · même taille"
}

// titled finds the partnership of that ID or, failing that, of that title.
func (e *evaluation) titled(typed string) (uint32, Record, error) {
	if doc, ok := e.table.number[repertoire.ID(strings.ToLower(typed))]; ok {
		rec, err := e.record(doc)
		return doc, rec, err
	}
	var docs []uint32
	if words := phraseOf(typed, e.french); len(words) > 0 {
		if err := e.view.phrase(words, func(doc uint32, _ int) { docs = append(docs, doc) }); err != nil {
			return 0, Record{}, err
		}
	}
	for _, doc := range docs {
		if rec, err := e.record(doc); err != nil || repertoire.Fold(rec.Title) == repertoire.Fold(typed) {
			return doc, rec, err
		}
	}
	return 0, Record{}, nil
}

// similar gives what the partnerships like the one typed are worth.
// Those between the very same authorities are left out: they are duplicates,
// which have a screen of their own.
func (e *evaluation) similar(typed string) (likeness, error) {
	out := likeness{scores: e.scores(), why: map[uint32]string{}}
	doc, rec, err := e.titled(typed)
	if err != nil || rec.ID == "" {
		return out, err
	}
	out.title = rec.Title
	s := e.scores()
	n := int(e.table.live.GetCardinality())
	var common []shared
	share := func(in shared, worth float32) {
		set := in.has
		if set == nil || set.IsEmpty() {
			return
		}
		if in.label != "" {
			common = append(common, in)
		}
		for it := set.ManyIterator(); ; {
			got := it.NextMany(e.buffer())
			if got == 0 {
				return
			}
			s.add(e.buffer()[:got], worth)
		}
	}
	e.shareFacets(&rec, func(set *roaring.Bitmap) float32 {
		return rarity(int(p0(set).GetCardinality()), n) / rarity(1, n)
	}, share)
	words, err := e.shareWords(&rec, n, s)
	if err != nil {
		return out, err
	}
	common = append(common, words...)
	e.shareSize(doc, s)
	type liked struct {
		doc uint32
		w   float32
	}
	var best []liked
	for _, d := range s.hits {
		if d != doc {
			best = append(best, liked{d, s.by[d]})
		}
	}
	slices.SortFunc(best, func(a, b liked) int { return cmp.Or(-cmp.Compare(a.w, b.w), cmp.Compare(a.doc, b.doc)) })
	for _, l := range best {
		// About a third as like as the likest is the least that is still called so.
		if l.w < best[0].w*leastLike || len(out.hits) == maxSimilar {
			break
		}
		if other, err := e.record(l.doc); err != nil {
			return out, err
		} else if sameParties(&rec, &other) {
			continue
		}
		out.raise([]uint32{l.doc}, l.w)
		out.why[l.doc] = strings.Join(e.inCommon(doc, l.doc, common), " · ")
	}
	return out, nil
}

// leastLike is the part of the best likeness under which none is called so.
const leastLike = 0.35

// inCommon says what two partnerships have in common: subjects, country, funder,
// words, then what their French sides are to each other.
func (e *evaluation) inCommon(doc, other uint32, common []shared) []string {
	var out []string
	var said [len(maxSaid)]int
	for _, c := range common {
		if said[c.sort] == maxSaid[c.sort] || c.sort == commonAbove && said[commonTheme] > 0 || !c.has.Contains(other) {
			continue
		}
		said[c.sort]++
		out = append(out, c.label)
	}
	km, located := e.frenchApart(doc, other)
	switch {
	case located && km < 1:
		return append(out, "même collectivité française")
	case e.sameSize(doc, other):
		out = append(out, "même taille")
	}
	if located && km < nearby {
		out = append(out, "à "+repertoire.Thousands(int64(math.Round(km)))+"\u00a0km")
	}
	return out
}

// sameParties tells whether two records are between the same authorities.
func sameParties(a, b *Record) bool {
	if a.Title == b.Title {
		return true
	}
	key := func(list []Name) string {
		var out []string
		for i := range list {
			out = append(out, cmp.Or(list[i].INSEE, list[i].Country+wholeName(wordsOf(list[i].Usual))))
		}
		slices.Sort(out)
		return strings.Join(out, "|")
	}
	return len(a.French) > 0 && len(a.Foreign) > 0 && key(a.French) == key(b.French) && key(a.Foreign) == key(b.Foreign)
}

func (e *evaluation) buffer() []uint32 {
	if e.view.buffer == nil {
		e.view.buffer = make([]uint32, 512)
	}
	return e.view.buffer
}

// shareFacets shares the subjects first, then the country, the funders and what
// the French side is.
func (e *evaluation) shareFacets(rec *Record, rare func(*roaring.Bitmap) float32, share func(in shared, worth float32)) {
	seen := map[string]bool{}
	facet := func(sort commonSort, f Facet, value, label string, worth float32) {
		if value == "" || seen[string(f)+value] {
			return
		}
		seen[string(f)+value] = true
		set := e.table.facets[f].sets[value]
		share(shared{sort, label, set}, worth*rare(set))
	}
	all := slices.Clone(rec.Themes)
	for i := range rec.Projects {
		all = append(all, rec.Projects[i].Themes...)
	}
	for i := range all {
		facet(commonTheme, FacetTheme, all[i].Code, all[i].Label, likeTheme/float32(1+min(i, 4)))
	}
	for i := range all {
		for _, up := range all[i].Above {
			facet(commonAbove, FacetTheme, up.Code, up.Label, likeAbove)
		}
	}
	for i := range rec.Countries {
		// Not by its rarity alone: the same country goes before a neighbour.
		c := &rec.Countries[i]
		if set := e.table.facets[FacetCountry].sets[c.ISO]; set != nil {
			share(shared{commonCountry, c.Name, set}, likeCountry+likeTogether*rare(set))
		}
	}
	for _, f := range rec.Funders {
		facet(commonFunder, FacetFunder, funderKey(f), f, likeFunder)
	}
	for i := range rec.French {
		facet(commonAbove, FacetRegion, rec.French[i].Region, "", likeRegion)
		facet(commonAbove, FacetLevel, rec.French[i].Level.Code, "", likeLevel)
	}
}

// shareWords compares the rarest words of the record's own texts, and gives
// who has each.
func (e *evaluation) shareWords(rec *Record, n int, s *scores) ([]shared, error) {
	type rare struct {
		stem, written string
		w             float32
	}
	counted, written := map[string]int{}, map[string]string{}
	for _, p := range rec.parts() {
		if p.Class != classText && p.Field != "projects" || p.private() {
			continue
		}
		scanWords(p.Text, false, func(w word) {
			if !e.french.empty(w.Text) && len(w.Text) > 3 && !carriers[w.Text] && numberWords[w.Text] == 0 && len(counted) < mostCompared {
				stem := e.french.stem(w.Text)
				counted[stem]++
				if written[stem] == "" {
					written[stem] = strings.ToLower(p.Text[w.Start:w.End])
				}
			}
		})
	}
	var words []rare
	for stem, times := range counted {
		df, err := e.view.count(fieldText, stem)
		if err != nil {
			return nil, err
		}
		if df > 1 && df < max(n/20, 3) {
			words = append(words, rare{stem, written[stem], rarity(df, n) * (1 + float32(math.Log(float64(times))))})
		}
	}
	slices.SortFunc(words, func(a, b rare) int { return cmp.Or(-cmp.Compare(a.w, b.w), strings.Compare(a.stem, b.stem)) })
	words = words[:min(len(words), rareWords)]
	total := float32(0)
	for _, w := range words {
		total += w.w
	}
	var out []shared
	for _, w := range words {
		var found []uint32
		err := e.view.each(fieldText, w.stem, func(docs []uint32) {
			found = append(found, docs...)
			s.add(docs, likeWords*w.w/total)
		})
		if err != nil {
			return nil, err
		}
		out = append(out, shared{commonWord, "« " + w.written + " »", e.table.bitmap(found)})
	}
	return out, nil
}

// shareSize favours, among those that have something in common, French sides
// of the same size and neighbours.
func (e *evaluation) shareSize(doc uint32, s *scores) {
	for _, d := range s.hits {
		if e.sameSize(doc, d) {
			s.by[d] += likeSize
		}
		if km, ok := e.frenchApart(doc, d); ok && km < nearby {
			s.by[d] += likeNear
		}
	}
}

// sameSize tells whether the French sides are within a factor of two.
func (e *evaluation) sameSize(doc, other uint32) bool {
	a, b := e.table.rows[doc].people[0], e.table.rows[other].people[0]
	return a > 0 && b > 0 && a <= 2*b && b <= 2*a
}

// frenchApart is how far the French sides are from each other.
func (e *evaluation) frenchApart(doc, other uint32) (float64, bool) {
	own, r := &e.table.rows[doc], &e.table.rows[other]
	if len(own.places) == 0 || len(r.places) == 0 {
		return 0, false
	}
	a, b := own.places[len(own.places)-1], r.places[len(r.places)-1]
	return kilometres(float64(a.lat), float64(a.lon), float64(b.lat), float64(b.lon)), true
}
