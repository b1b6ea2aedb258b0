package search

import (
	"cmp"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
	"unicode/utf8"
)

// maxCorrections is how many words stand in for one that is written nowhere.
const maxCorrections = 3

// correct looks, for each word that finds nothing, for words spelled nearly
// alike, and tells whether it found some. It is asked only when the query as
// typed has no answer.
func (q *query) correct() (bool, error) {
	changed := false
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if c.kind != clauseWords || c.negated || c.optional || len(q.found[i].hits) > 0 || len(c.alternatives) == 0 {
			continue
		}
		typed := c.alternatives[0]
		if len(typed.words) != 1 || q.x.right(typed.words[0]) {
			continue
		}
		near, err := q.eval.near(typed.words[0])
		if err != nil {
			return changed, err
		}
		for _, n := range near {
			a := alternative{why: WhyTypo, label: n.term, words: []string{n.term}, weight: weightTypo / float32(n.edits), namesOnly: typed.namesOnly}
			c.alternatives = append(c.alternatives, a)
		}
		if len(near) == 0 {
			continue
		}
		if q.found[i], err = q.eval.words(c); err != nil {
			return changed, err
		}
		if q.fixed == nil {
			q.fixed = map[int]string{}
		}
		q.fixed[i] = near[0].term
		changed = true
	}
	return changed, nil
}

// right tells whether a word that stands nowhere is rightly spelled.
func (x *Index) right(w string) bool {
	return x.known.word(w, x.french) || x.opt.Synonyms.knows(x.french.stem(w))
}

// neighbour is a word of the index spelled nearly like another.
type neighbour struct {
	term  string
	edits int
	count uint64
}

// near lists the words nearest to w, fewest edits first, then the most used.
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
		if len(found) == 0 {
			continue
		}
		first := []rune(w)[0]
		slices.SortFunc(found, func(a, b neighbour) int {
			// A first letter is seldom mistyped.
			return cmp.Or(cmp.Compare(other(a.term, first), other(b.term, first)), cmp.Compare(e.table.foreign(a.term), e.table.foreign(b.term)),
				-cmp.Compare(a.count, b.count), cmp.Compare(a.term, b.term))
		})
		return found[:min(len(found), maxCorrections)], nil
	}
	return nil, nil
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
