package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// widen looks further when nothing answers: upwards from a word to
// the subject it belongs to, to one side or the other of names that never stand
// together, then for words spelled nearly alike where there is no doubt.
func (q *query) widen(ctx context.Context, base *roaring.Bitmap) (*roaring.Bitmap, error) {
	if up, err := q.upwards(); err != nil || up {
		if err != nil {
			return nil, err
		}
		base = q.matching(-1)
	}
	if !base.IsEmpty() {
		return base, nil
	}
	for q.either() {
		if base = q.matching(-1); !base.IsEmpty() {
			return base, nil
		}
	}
	sure, err := q.corrections()
	if err != nil {
		return base, err
	}
	if len(sure) == 0 {
		return q.mistaken(q.unled(base)), nil
	}
	before := *q
	fixed, err := q.ask(ctx, sure)
	if err != nil {
		return nil, err
	}
	if fixed.IsEmpty() && q.either() {
		fixed = q.matching(-1)
	}
	if fixed.IsEmpty() {
		q.plan, q.found, q.sets = before.plan, before.found, before.sets
		return q.mistaken(q.unled(base)), nil
	}
	q.fixes = sure
	return fixed, nil
}

// mistaken keeps, to be offered, the question with one of its words spelled
// otherwise when no answer has them all: "Saint Brieux", which are both words of
// names, may be Saint-Brieuc.
func (q *query) mistaken(base *roaring.Bitmap) *roaring.Bitmap {
	if !base.IsEmpty() || len(q.offers) > 0 || len(q.required()) < 2 {
		return base
	}
	for _, i := range q.required() {
		c := &q.plan.clauses[i]
		if c.kind != clauseWords || c.said.kind != PartWord && c.said.kind != PartName || len(c.alternatives[0].words) != 1 {
			continue
		}
		w := c.alternatives[0].words[0]
		if fixed(w, c.typed) || utf8.RuneCountInString(w) < 4 {
			continue
		}
		near, err := q.eval.near(w)
		if err != nil {
			return base
		}
		q.eval.rankNear(near, w)
		rest := q.matching(i)
		for _, n := range near[:min(len(near), 8)] {
			if n.edits > 1 || n.term == w {
				continue
			}
			s, err := q.eval.word(n.term, true, false)
			if err == nil && slices.ContainsFunc(s.hits, rest.Contains) {
				q.offer(map[string]string{w: n.term}, nil)
				return base
			}
		}
	}
	return base
}

// upwards adds, to each word, what it belongs to: who looks for boreholes and
// finds none is given water.
func (q *query) upwards() (bool, error) {
	changed := false
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.kind != clauseWords || c.negated || c.optional || c.given || len(c.alternatives) == 0 || c.alternatives[0].why != WhyWord {
			continue
		}
		if len(q.found[i].hits) > 0 && q.matching(i).IsEmpty() {
			continue // another condition is in the way
		}
		if len(q.found[i].hits) == 0 {
			called, err := q.called(c)
			if err != nil {
				return changed, err
			}
			if called != nil {
				q.found[i], changed = called, true
				continue
			}
		}
		up := q.x.opt.Synonyms.above(c.alternatives[0].words, q.x.french)
		if len(up) == 0 {
			continue
		}
		for _, a := range up {
			next := alternative{why: WhyUp, label: a.label, words: a.words, weight: weightUp, most: mostSynonym}
			c.alternatives = append(c.alternatives, next)
			p := planner{table: q.x.table, french: q.x.french, synonyms: &Synonyms{}}
			if codes := p.themesNamed(a.words); len(codes) > 0 {
				f := q.x.table.facets[FacetTheme]
				c.alternatives = append(c.alternatives, alternative{why: WhyUp, label: f.labels[strings.TrimPrefix(codes[0], direct)],
					weight: weightUp, set: f.any(codes), setWeight: weightTheme})
			}
		}
		found, err := q.eval.words(c)
		if err != nil {
			return changed, err
		}
		if len(found.hits) > len(q.found[i].hits) {
			changed = true
			c.said.label += " (ou " + up[0].label + ")"
		}
		q.found[i] = found
	}
	return changed, nil
}

// called looks for a town that stands nowhere under the name typed by its other
// names: Londres where only boroughs of London are written. nil is none.
func (q *query) called(c *clause) (*scores, error) {
	if q.x.opt.Called == nil || len(c.alternatives) == 0 || c.said.kind != PartWord && c.said.kind != PartName || c.span[1] > len(q.text) ||
		c.span[0] >= c.span[1] {
		return nil, nil
	}
	typed := q.text[c.span[0]:c.span[1]]
	first, _ := utf8.DecodeRuneInString(typed)
	if utf8.RuneCountInString(typed) < 4 || unicode.IsDigit(first) {
		return nil, nil
	}
	country, names := q.x.opt.Called(typed)
	if unicode.IsLower(first) && len(names) == 0 {
		country, names = q.x.opt.Called(strings.ToUpper(string(first)) + typed[utf8.RuneLen(first):])
	}
	for _, name := range names {
		words := wordsOf(name)
		if len(words) == 0 || len(words[0]) < 4 {
			continue
		}
		called, err := q.eval.alternative(&alternative{words: words, namesOnly: true})
		if err != nil {
			return nil, err
		}
		// A namesake of another country is another town.
		there := roaring.And(q.x.table.bitmap(called.hits), p0(q.x.table.facets[FacetCountry].sets[country]))
		if there.IsEmpty() {
			continue
		}
		c.said.label += " (" + name + ")"
		c.alternatives = append(c.alternatives, alternative{why: WhyName, label: name, words: words, weight: 0.8, set: there,
			setWeight: weightName})
		return q.eval.words(c)
	}
	return nil, nil
}

// either makes one of names of which no two stand in one partnership, as two
// French towns: each has its own answers.
func (q *query) either() bool {
	var names []int
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.kind != clauseWords || c.negated || c.optional || c.given || len(q.found[i].hits) == 0 {
			continue
		}
		switch c.said.kind {
		case PartWord, PartName, PartCountry, PartRegion, PartDepartement, PartArea:
			names = append(names, i)
		}
	}
	and := false
	for _, i := range q.required() {
		and = and || q.plan.clauses[i].together
	}
	pair := len(q.required()) < 3 && !and // a pair of towns asked for is that pair or nothing
	for _, i := range names {
		for _, j := range names {
			c, other := &q.plan.clauses[i], &q.plan.clauses[j]
			if i >= j || other.given || c.given || pair && !c.said.kind.wide() || !alike(c, other) || !q.apart(i, j) {
				continue
			}
			s := q.eval.scores()
			for _, set := range []*scores{q.found[i], q.found[j]} {
				for _, d := range set.hits {
					s.raise([]uint32{d}, set.by[d])
				}
			}
			n := len(c.alternatives)
			for _, d := range q.found[j].hits {
				if s.why[d] == 0 && q.found[i].by[d] == 0 {
					s.why[d] = uint8(min(n+int(q.found[j].why[d]), 255))
				}
			}
			for _, d := range q.found[i].hits {
				s.why[d] = q.found[i].why[d]
			}
			c.widen(other)
			q.found[i] = s
			other.given = true
			other.said.kind = ""
			other.optional = true
			return true
		}
	}
	return false
}

// wide tells whether the part is a place that holds many: nobody is in two of
// them, "Italie Espagne" is either.
func (k PartKind) wide() bool {
	return k == PartCountry || k == PartRegion || k == PartDepartement || k == PartArea
}

// required lists the conditions that must hold.
func (q *query) required() []int {
	var out []int
	for i := range q.plan.clauses {
		if c := &q.plan.clauses[i]; !c.optional && !c.given && !c.negated {
			out = append(out, i)
		}
	}
	return out
}

// alike tells whether two conditions are of one sort: two names, two regions.
func alike(a, b *clause) bool {
	name := func(c *clause) bool {
		return c.said.kind == PartName || c.said.kind == PartWord && len(c.alternatives) > 0 && c.alternatives[0].why == WhyWord
	}
	return a.said.kind == b.said.kind || name(a) && name(b)
}

// apart tells whether no partnership has both.
func (q *query) apart(i, j int) bool {
	for _, d := range q.found[i].hits {
		if q.found[j].by[d] > 0 {
			return false
		}
	}
	// A word that stands in texts is no name: only names are given one or the other.
	return q.mostlyNames(i) && q.mostlyNames(j)
}

// mostlyNames tells whether the condition found names rather than texts.
func (q *query) mostlyNames(i int) bool {
	c := &q.plan.clauses[i]
	if c.said.kind != PartWord {
		return true
	}
	if whole := q.bearing(wholeName(c.alternatives[0].words)); whole == nil || whole.IsEmpty() {
		return false // "port" is a part of names and nobody's name
	}
	best := float32(0)
	s, err := q.eval.word(c.alternatives[0].words[0], true, false)
	if err != nil {
		return false
	}
	for _, d := range s.hits {
		best = max(best, s.by[d])
	}
	return best >= weightName
}

// corrections gives the words to read in the place of those that stand
// nowhere, where there is no doubt; where there is one, other questions are
// kept to be offered.
func (q *query) corrections() (map[string]string, error) {
	sure := map[string]string{}
	doubt := map[string]string{}
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.kind != clauseWords || c.negated || c.optional || c.given || len(q.found[i].hits) > 0 || len(c.alternatives) == 0 ||
			c.alternatives[0].why != WhyWord {
			continue
		}
		typed := c.alternatives[0]
		for _, w := range typed.words {
			if q.x.right(w) || fixed(w, c.typed) {
				continue
			}
			if len(typed.words) > 1 {
				if s, err := q.eval.word(w, false, false); err != nil || len(s.hits) > 0 {
					continue
				}
			}
			near, err := q.eval.near(w)
			if err != nil {
				return nil, err
			}
			near = append(append(near, q.nearPlaces(w)...), nearCarriers(w)...)
			q.eval.rankNear(near, w)
			if len(near) == 0 && utf8.RuneCountInString(w) >= 6 {
				if near, err = q.eval.nearBeginnings(w); err != nil {
					return nil, err
				}
			}
			if len(near) == 0 {
				continue
			}
			switch known := q.town(w); {
			case confident(w, near) && !known:
				sure[w] = near[0].term
			case near[0].edits <= 1 || !known && utf8.RuneCountInString(w) >= 7:
				doubt[w] = near[0].term
			}
		}
	}
	if len(doubt) > 0 {
		q.offer(doubt, sure)
		return nil, nil
	}
	return sure, nil
}

// fixed tells whether a word is written as no word is mistyped: with figures,
// or in capitals as acronyms are.
func fixed(w, typed string) bool {
	if code(w) {
		return true
	}
	letters := 0
	for _, r := range typed {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1 && letters <= 10
}

// confident tells whether the first of near is what was meant by w: one error
// in a word long enough, or two in a long one, and nothing else as near.
func confident(w string, near []neighbour) bool {
	best := near[0]
	n := utf8.RuneCountInString(w)
	first, _ := utf8.DecodeRuneInString(w)
	same := other(best.term, first) == 0
	if len(near) > 1 && near[1].edits == best.edits && near[1].term != best.term && other(near[1].term, first) == other(best.term, first) {
		// Two words as near: only the use tells, when it tells plainly.
		if best.count < 4*near[1].count && !strings.HasPrefix(near[1].term, best.term) && n < 7 {
			return false
		}
	}
	switch best.edits {
	case 1:
		return same && n >= 4 || n >= 6
	case 2:
		return same && n >= 7
	}
	return false
}

// offer keeps the question with doubtful words mended, to be asked by who
// meant it.
func (q *query) offer(doubt, sure map[string]string) {
	all := map[string]string{}
	for _, m := range []map[string]string{sure, doubt} {
		for w, by := range m {
			all[w] = by
		}
	}
	text := q.rewritten(all, nil)
	if text == q.text {
		return
	}
	q.offers = append(q.offers, Suggestion{Label: "Vouliez-vous dire « " + text + " » ?", Text: text})
}

// right tells whether a word that stands nowhere is rightly spelled.
func (x *Index) right(w string) bool {
	return x.known.word(w, x.french) || x.opt.Synonyms.knows(x.french.stem(w))
}

// town tells whether what was typed for the folded word w is the name of a town
// that many know.
func (q *query) town(w string) bool {
	if q.x.opt.Town == nil {
		return false
	}
	for i := range q.items {
		for _, t := range wordsIn(&q.items[i]) {
			if t.text == w {
				return q.x.opt.Town(t.raw)
			}
		}
	}
	return false
}

// unled gives up the nouns that lead to the rest, "informations sur Toulouse",
// and stand nowhere: nobody is looking for the word.
func (q *query) unled(base *roaring.Bitmap) *roaring.Bitmap {
	if len(q.offers) > 0 {
		return base
	}
	gave := false
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.leads && !c.negated && !c.given && len(q.found[i].hits) == 0 && !q.only(i) && !q.x.right(c.alternatives[0].words[0]) {
			c.given, gave = true, true
		}
	}
	if !gave {
		return base
	}
	return q.matching(-1)
}

// neighbour is a word spelled nearly like another.
type neighbour struct {
	term  string
	edits int
	count uint64
}

// near lists the words of the index nearest to w, fewest edits first.
func (e *evaluation) near(w string) ([]neighbour, error) {
	allowed := editsAllowed(w)
	for n := 1; n <= allowed; n++ {
		var found []neighbour
		for _, field := range []string{fieldNames, fieldExact} {
			d, err := e.view.snapshot.FieldDictFuzzy(field, w, n, "")
			if err != nil {
				return nil, err
			}
			found, err = gather(d, w, found)
			if err != nil {
				return nil, err
			}
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// rankNear puts the likeliest first: a first letter is seldom mistyped, and
// who mistypes a country is offered its French name.
func (e *evaluation) rankNear(found []neighbour, w string) {
	first, _ := utf8.DecodeRuneInString(w)
	slices.SortFunc(found, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(other(a.term, first), other(b.term, first)),
			cmp.Compare(e.table.foreign(a.term), e.table.foreign(b.term)),
			-cmp.Compare(a.count, b.count), cmp.Compare(a.term, b.term))
	})
}

// nearCarriers lists the words that carry questions spelled nearly like w.
func nearCarriers(w string) []neighbour {
	if utf8.RuneCountInString(w) < 7 {
		return nil
	}
	var out []neighbour
	for _, list := range []map[string]bool{carriers, generic} {
		for name := range list {
			if d := edits(name, w); d == 1 {
				out = append(out, neighbour{name, d, 1})
			}
		}
	}
	for name := range kinds {
		if d := edits(name, w); d == 1 {
			out = append(out, neighbour{name, d, 1})
		}
	}
	return out
}

// nearPlaces lists the names of places spelled nearly like w, in use or not.
func (q *query) nearPlaces(w string) []neighbour {
	allowed := editsAllowed(w)
	if utf8.RuneCountInString(w) < 5 {
		return nil
	}
	var out []neighbour
	for name := range staticPlaces().by {
		if strings.Contains(name, " ") || name == w {
			continue
		}
		if d := edits(name, w); d <= allowed {
			out = append(out, neighbour{name, d, 1})
		}
	}
	for _, c := range q.x.opt.Countries {
		for _, name := range append([]string{c.Name}, c.Adjectives...) {
			words := wordsOf(name)
			if len(words) == 1 && words[0] != w {
				if d := edits(words[0], w); d <= allowed {
					out = append(out, neighbour{words[0], d, 1})
				}
			}
		}
	}
	return out
}

// nearBeginnings lists the words of the index that begin nearly as w does: a
// word may be both mistyped and unfinished.
func (e *evaluation) nearBeginnings(w string) ([]neighbour, error) {
	allowed := 1
	if utf8.RuneCountInString(w) >= 9 {
		allowed = 2
	}
	first, size := utf8.DecodeRuneInString(w)
	var found []neighbour
	for _, field := range []string{fieldNames, fieldExact} {
		d, err := e.view.snapshot.FieldDictPrefix(field, []byte(w[:size]))
		if err != nil {
			return nil, err
		}
		for {
			entry, err := d.Next()
			if err != nil {
				_ = d.Close()
				return nil, err
			}
			if entry == nil {
				break
			}
			if n := beginningEdits(entry.Term, w, allowed); n <= allowed && other(entry.Term, first) == 0 {
				found = append(found, neighbour{entry.Term, n, entry.Count})
			}
		}
		if err := d.Close(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), -cmp.Compare(a.count, b.count), cmp.Compare(a.term, b.term))
	})
	return found[:min(len(found), 5)], nil
}

// beginningEdits is the number of edits between w and the beginning of term
// nearest to it; more than allowed when there is none.
func beginningEdits(term, w string, allowed int) int {
	best := allowed + 1
	t := []rune(term)
	n := utf8.RuneCountInString(w)
	for cut := n - allowed; cut <= n+allowed; cut++ {
		if cut > 0 && cut <= len(t) {
			best = min(best, edits(string(t[:cut]), w))
		}
	}
	return best
}

func gather(d index.FieldDict, w string, found []neighbour) ([]neighbour, error) {
	defer d.Close()
	for {
		e, err := d.Next()
		if err != nil || e == nil {
			return found, err
		}
		if e.Term == w {
			continue
		}
		at := slices.IndexFunc(found, func(n neighbour) bool { return n.term == e.Term })
		if at < 0 {
			found = append(found, neighbour{e.Term, edits(e.Term, w), e.Count})
		} else {
			found[at].count = max(found[at].count, e.Count)
		}
	}
}

func other(term string, first rune) int {
	if r, _ := utf8.DecodeRuneInString(term); r == first && term != "" {
		return 0
	}
	return 1
}
