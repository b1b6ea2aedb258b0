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
	likeTheme   = 3.0 // a theme both are filed under, by its rarity
	likeAbove   = 0.8 // the theme above it
	likeCountry = 1.5
	likeRegion  = 0.5
	likeFunder  = 0.8
	likeLevel   = 0.3
	likeSize    = 0.8 // French sides within a factor of two in inhabitants
	likeNear    = 0.6 // French sides within a hundred kilometres
	likeWords   = 3.0 // the rare words of its texts, shared out among them
)

const (
	maxSimilar   = 40  // partnerships given as similar
	rareWords    = 20  // words of a record that are compared
	mostCompared = 800 // words of a record that are weighed for that
)

// fieldSimilar asks for the partnerships like one: semblable:ID.
const fieldSimilar = "semblable"

// similar gives what the partnerships like id are worth, and its title.
// Those between the very same authorities are left out: they are duplicates,
// which have a screen of their own.
func (e *evaluation) similar(id repertoire.ID) (*scores, string, error) {
	out := e.scores()
	doc, ok := e.table.number[id]
	if !ok {
		return out, "", nil
	}
	rec, err := e.record(doc)
	if err != nil {
		return out, "", err
	}
	s := e.scores()
	n := int(e.table.live.GetCardinality())
	share := func(set *roaring.Bitmap, worth float32) {
		if set == nil || set.IsEmpty() {
			return
		}
		w := worth * rarity(int(set.GetCardinality()), n) / rarity(1, n)
		for it := set.ManyIterator(); ; {
			got := it.NextMany(e.buffer())
			if got == 0 {
				return
			}
			s.add(e.buffer()[:got], w)
		}
	}
	e.shareFacets(&rec, share)
	if err := e.shareWords(&rec, n, s); err != nil {
		return out, rec.Title, err
	}
	e.shareSize(doc, s)
	type liked struct {
		doc uint32
		w   float32
	}
	var best []liked
	for _, d := range s.hits {
		if d != doc && !bytesEqualPartners(e.table, d, doc) {
			best = append(best, liked{d, s.by[d]})
		}
	}
	slices.SortFunc(best, func(a, b liked) int { return cmp.Or(-cmp.Compare(a.w, b.w), cmp.Compare(a.doc, b.doc)) })
	for _, l := range best[:min(len(best), maxSimilar)] {
		// Half as like as the likest is the least that is still called so.
		if l.w < best[0].w*0.35 {
			break
		}
		out.raise([]uint32{l.doc}, l.w)
	}
	return out, rec.Title, nil
}

// bytesEqualPartners tells whether two partnerships bear the same title: those
// of the same authorities.
func bytesEqualPartners(t *table, a, b uint32) bool {
	return string(t.rows[a].title) == string(t.rows[b].title)
}

func (e *evaluation) buffer() []uint32 {
	if e.view.buffer == nil {
		e.view.buffer = make([]uint32, 512)
	}
	return e.view.buffer
}

func (e *evaluation) shareFacets(rec *Record, share func(*roaring.Bitmap, float32)) {
	seen := map[string]bool{}
	theme := func(code string, worth float32) {
		if code != "" && !seen[code] {
			seen[code] = true
			share(e.table.facets[FacetTheme].sets[code], worth)
		}
	}
	all := slices.Clone(rec.Themes)
	for i := range rec.Projects {
		all = append(all, rec.Projects[i].Themes...)
	}
	for i := range all {
		theme(all[i].Code, likeTheme/float32(1+min(i, 4)))
	}
	for i := range all {
		for _, up := range all[i].Above {
			theme(up.Code, likeAbove)
		}
	}
	for i := range rec.Countries {
		share(e.table.facets[FacetCountry].sets[rec.Countries[i].ISO], likeCountry)
	}
	for _, f := range rec.Funders {
		share(e.table.facets[FacetFunder].sets[funderKey(f)], likeFunder)
	}
	for i := range rec.French {
		share(e.table.facets[FacetRegion].sets[rec.French[i].Region], likeRegion)
		share(e.table.facets[FacetLevel].sets[rec.French[i].Level.Code], likeLevel)
	}
}

// shareWords compares the rarest words of the record's own texts.
func (e *evaluation) shareWords(rec *Record, n int, s *scores) error {
	type rare struct {
		stem string
		w    float32
	}
	counted := map[string]int{}
	for _, p := range rec.parts() {
		if p.Class != classText && p.Field != "projects" || p.private() {
			continue
		}
		scanWords(p.Text, false, func(w word) {
			if !e.french.empty(w.Text) && len(w.Text) > 3 && !carriers[w.Text] && len(counted) < mostCompared {
				counted[e.french.stem(w.Text)]++
			}
		})
	}
	var words []rare
	for stem, times := range counted {
		df, err := e.view.count(fieldText, stem)
		if err != nil {
			return err
		}
		if df > 1 && df < max(n/20, 3) {
			words = append(words, rare{stem, rarity(df, n) * (1 + float32(math.Log(float64(times))))})
		}
	}
	slices.SortFunc(words, func(a, b rare) int { return cmp.Or(-cmp.Compare(a.w, b.w), strings.Compare(a.stem, b.stem)) })
	words = words[:min(len(words), rareWords)]
	total := float32(0)
	for _, w := range words {
		total += w.w
	}
	for _, w := range words {
		if err := e.view.each(fieldText, w.stem, func(docs []uint32) { s.add(docs, likeWords*w.w/total) }); err != nil {
			return err
		}
	}
	return nil
}

// shareSize favours, among those that have something in common, French sides
// of the same size and neighbours.
func (e *evaluation) shareSize(doc uint32, s *scores) {
	own := &e.table.rows[doc]
	for _, d := range s.hits {
		r := &e.table.rows[d]
		if a, b := own.people[0], r.people[0]; a > 0 && b > 0 && a <= 2*b && b <= 2*a {
			s.by[d] += likeSize
		}
		if len(own.places) > 0 && len(r.places) > 0 {
			a, b := own.places[len(own.places)-1], r.places[len(r.places)-1]
			if kilometres(float64(a.lat), float64(a.lon), float64(b.lat), float64(b.lon)) < 100 {
				s.by[d] += likeNear
			}
		}
	}
}
