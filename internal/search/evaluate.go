package search

import (
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// scores are what partnerships are worth for one thing looked for.
type scores struct {
	by   []float32 // by number; 0 is not found
	why  []uint8   // number of the alternative that gave the score
	hits []uint32  // those found, in no order
}

// scorePool lends score arrays: zeroing what was touched is all a query costs.
type scorePool struct{ pool sync.Pool }

func (p *scorePool) get(size int) *scores {
	s, _ := p.pool.Get().(*scores)
	if s == nil || len(s.by) < size {
		n := size + size/4 + 64
		s = &scores{by: make([]float32, n), why: make([]uint8, n)}
	}
	return s
}

func (p *scorePool) put(s *scores) {
	for _, d := range s.hits {
		s.by[d], s.why[d] = 0, 0
	}
	s.hits = s.hits[:0]
	p.pool.Put(s)
}

// add adds w to what each of docs is worth.
func (s *scores) add(docs []uint32, w float32) {
	for _, d := range docs {
		if s.by[d] == 0 {
			s.hits = append(s.hits, d)
		}
		s.by[d] += w
	}
}

// raise makes each of docs worth at least w.
func (s *scores) raise(docs []uint32, w float32) {
	for _, d := range docs {
		if s.by[d] == 0 {
			s.hits = append(s.hits, d)
		}
		s.by[d] = max(s.by[d], w)
	}
}

// evaluation answers one plan on one view.
type evaluation struct {
	view   *view
	table  *table
	french *french
	pool   *scorePool
	lent   []*scores
}

func (e *evaluation) scores() *scores {
	s := e.pool.get(e.view.size)
	e.lent = append(e.lent, s)
	return s
}

func (e *evaluation) release() {
	for _, s := range e.lent {
		e.pool.put(s)
	}
	e.lent = nil
}

// maxBeginnings bounds the words looked up for one beginning.
const maxBeginnings = 200

// related raises in out what a neighbour of the word typed is worth, as the
// alternative numbered n: where it stands says enough of it, and most of the
// words of a question are neighbours.
func (e *evaluation) related(a *alternative, n int, out *scores) error {
	stem := e.french.stem(a.words[0])
	for _, in := range relatedFields {
		if in.field == fieldTitles && len(stem) < minNamed {
			continue // the stem of "santé" is a word of many names
		}
		w := min(in.weight, a.most) * a.weight
		err := e.view.each(in.field, stem, func(docs []uint32) {
			for _, d := range docs {
				if w > out.by[d] {
					if out.by[d] == 0 {
						out.hits = append(out.hits, d)
					}
					out.by[d], out.why[d] = w, uint8(n)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// minNamed is the length of the stems under which a neighbour is not looked for
// in names.
const minNamed = 5

// relatedFields are those in which every word of a record stands, as its stem.
var relatedFields = []struct {
	field  string
	weight float32
}{{fieldTitles, weightTitle}, {fieldHeadings, weightHeading}, {fieldText, weightText}}

// word gives what a folded word is worth, wherever it stands.
func (e *evaluation) word(w string, namesOnly, subject bool) (*scores, error) {
	s := e.scores()
	name, title := float32(weightName), float32(weightTitle)
	if subject {
		name, title = weightSubject, weightSubject
	}
	err := e.view.each(fieldNames, w, func(docs []uint32) { s.add(docs, name) })
	if err != nil || namesOnly {
		return s, err
	}
	if !e.french.empty(w) {
		stem := e.french.stem(w)
		if err := e.view.each(fieldTitles, stem, func(docs []uint32) { s.raise(docs, title) }); err != nil {
			return s, err
		}
		if err := e.view.each(fieldHeadings, stem, func(docs []uint32) { s.add(docs, weightHeading) }); err != nil {
			return s, err
		}
		if err := e.view.each(fieldMain, stem, func(docs []uint32) { s.add(docs, weightMain) }); err != nil {
			return s, err
		}
		if err := e.view.each(fieldText, stem, func(docs []uint32) { s.add(docs, weightText) }); err != nil {
			return s, err
		}
		if err := e.view.each(fieldOften, stem, func(docs []uint32) { s.add(docs, weightOften) }); err != nil {
			return s, err
		}
		if err := e.view.each(fieldExact, w, func(docs []uint32) { s.add(docs, weightExact) }); err != nil {
			return s, err
		}
	}
	if code(w) {
		err = e.view.each(fieldCodes, w, func(docs []uint32) { s.add(docs, weightCode) })
	}
	return s, err
}

// code tells whether w may be a code typed without its field: figures, "2A004".
func code(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] >= '0' && w[i] <= '9' {
			return true
		}
	}
	return false
}

// beginning gives what the words that begin with w are worth.
func (e *evaluation) beginning(w string, namesOnly bool) (*scores, error) {
	s := e.scores()
	n := utf8.RuneCountInString(w)
	name := func(docs []uint32) { s.raise(docs, weightName) }
	text := func(docs []uint32) { s.raise(docs, weightText) }
	if n <= maxEdge {
		if err := e.view.each(fieldEdges, w, name); err != nil || namesOnly || n < minStart {
			return s, err
		}
		return s, e.view.each(fieldStarts, w, text)
	}
	for _, step := range []struct {
		field string
		f     func([]uint32)
	}{{fieldNames, name}, {fieldExact, text}, {fieldCodes, name}} {
		if step.field == fieldExact && namesOnly || step.field == fieldCodes && !code(w) {
			continue
		}
		found, err := e.view.termsWithPrefix(step.field, w, maxBeginnings)
		if err != nil {
			return s, err
		}
		for _, t := range found {
			if err := e.view.each(step.field, t, step.f); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// alternative gives what satisfies a: its set, or all its words.
func (e *evaluation) alternative(a *alternative) (*scores, error) {
	if a.set != nil {
		s := e.scores()
		s.add(a.set.ToArray(), a.setWeight)
		return s, nil
	}
	var all *scores
	for i, w := range a.words {
		var one *scores
		var err error
		if a.prefix && i == len(a.words)-1 {
			one, err = e.beginning(w, a.namesOnly)
		} else {
			one, err = e.word(w, a.namesOnly, a.subject)
		}
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = one
			continue
		}
		both := e.scores()
		for _, d := range all.hits {
			if one.by[d] > 0 {
				both.hits = append(both.hits, d)
				both.by[d] = (all.by[d]*float32(i) + one.by[d]) / float32(i+1)
			}
		}
		all = both
	}
	if all == nil {
		all = e.scores()
	}
	return all, nil
}

// words gives what satisfies a clause of words, each partnership with the
// alternative that serves it best.
func (e *evaluation) words(c *clause) (*scores, error) {
	var out *scores
	rare := float32(0)
	for i := range c.alternatives {
		a := &c.alternatives[i]
		if rare > 0 && out != nil && a.most > 0 && a.set == nil && len(a.words) == 1 && !a.prefix && !a.namesOnly &&
			!e.french.empty(a.words[0]) {
			if err := e.related(a, i, out); err != nil {
				return nil, err
			}
			continue
		}
		s, err := e.alternative(a)
		if err != nil {
			return nil, err
		}
		// Rarity is that of what was typed: a rare synonym proves nothing.
		if rare == 0 && len(s.hits) > 0 {
			rare = rarity(len(s.hits), int(e.table.live.GetCardinality()))
		}
		if i == 0 && a.weight == 1 && a.most == 0 {
			out = s // the others are measured against it
			continue
		}
		if out == nil {
			out = e.scores()
		}
		for _, d := range s.hits {
			w := s.by[d]
			if a.most > 0 {
				w = min(w, a.most)
			}
			if w *= a.weight; w > out.by[d] {
				if out.by[d] == 0 {
					out.hits = append(out.hits, d)
				}
				out.by[d], out.why[d] = w, uint8(i)
			}
		}
	}
	if out == nil {
		out = e.scores()
	}
	for _, d := range out.hits {
		out.by[d] *= rare
	}
	return out, nil
}

// set gives the partnerships that satisfy a clause that has no degrees.
func (e *evaluation) set(c *clause, today int32) (*roaring.Bitmap, error) {
	switch c.kind {
	case clauseFacet:
		return e.table.having(c.facet, c.values, today), nil
	case clauseRange:
		return c.bounds.set(e.table), nil
	case clauseCode:
		return e.collect(fieldCodes, c.code)
	case clauseProject:
		return e.project(c.group)
	}
	return roaring.New(), nil
}

// having gives the partnerships that have one of the values of facet f.
func (t *table) having(f Facet, values []string, today int32) *roaring.Bitmap {
	if f != FacetFreshness {
		return t.facets[f].any(values)
	}
	var want [len(freshPrior)]bool
	for i, x := range freshness {
		for _, v := range values {
			want[i] = want[i] || v == x.value
		}
	}
	out := roaring.New()
	for i := range t.rows {
		if t.rows[i].id != "" && want[freshnessOf(t.rows[i].verified, today)] {
			out.Add(uint32(i))
		}
	}
	return out
}

func (e *evaluation) collect(field, term string) (*roaring.Bitmap, error) {
	var found []uint32
	err := e.view.each(field, term, func(docs []uint32) { found = append(found, docs...) })
	return e.table.bitmap(found), err
}

// project gives the partnerships of which one project satisfies all of group.
func (e *evaluation) project(group []clause) (*roaring.Bitmap, error) {
	out := roaring.New()
	for i := 0; i < e.table.projects; i++ {
		var all *roaring.Bitmap
		for j := range group {
			c := &group[j]
			if c.optional {
				continue
			}
			one := roaring.New()
			for _, keys := range projectTerms(i, c, e.french) {
				var both *roaring.Bitmap
				for _, key := range keys {
					set, err := e.collect(fieldProjects, key)
					if err != nil {
						return nil, err
					}
					if both == nil {
						both = set
					} else {
						both.And(set)
					}
				}
				if both != nil {
					one.Or(both)
				}
			}
			switch {
			case c.negated && all == nil:
				all = e.table.live.Clone()
				all.AndNot(one)
			case c.negated:
				all.AndNot(one)
			case all == nil:
				all = one
			default:
				all.And(one)
			}
			if all.IsEmpty() {
				break
			}
		}
		if all != nil {
			out.Or(all)
		}
	}
	return out, nil
}

// projectTerms gives the terms of project i that satisfy c: one list of terms
// together is enough.
func projectTerms(i int, c *clause, f *french) [][]string {
	var out [][]string
	all := func(words []string) {
		var keys []string
		for _, w := range words {
			if w != "" && !f.empty(w) {
				keys = append(keys, projectKey(i, keyWord, f.stem(w)))
			}
		}
		out = append(out, keys)
	}
	switch c.kind {
	case clauseWords:
		for _, a := range c.alternatives {
			all(a.words)
		}
	case clausePhrase:
		all(c.phrase)
	case clauseFacet:
		for _, v := range c.values {
			switch c.facet {
			case FacetTheme:
				out = append(out, []string{projectKey(i, keyTheme, v)})
			case FacetFunder:
				out = append(out, []string{projectKey(i, keyFunder, v)})
			}
		}
	case clauseRange:
		for y := max(c.bounds.from, 1900); y <= min(c.bounds.to, 2100); y++ {
			out = append(out, []string{projectKey(i, keyYear, strconv.Itoa(y))})
		}
	}
	return out
}
