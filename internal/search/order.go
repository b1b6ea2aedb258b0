package search

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// ranked is a partnership with its score.
type ranked struct {
	doc   uint32
	score float32
}

// names raises what bears the whole name that stands in the query: for
// "Saint-Louis" the town of that name goes before Saint-Louis-du-Sud.
func (q *query) names() error {
	seq := q.plan.sequence
	const longest = 7
	for i := range seq {
		for n := min(longest, len(seq)-i); n > 0; n-- {
			key := wholeName(seq[i : i+n])
			if key == "" || n == 1 && q.x.french.empty(seq[i]) {
				continue
			}
			count, err := q.eval.view.count(fieldCodes, "nom:"+key)
			if err != nil {
				return err
			}
			if count == 0 {
				continue
			}
			s := q.eval.scores()
			rare := rarity(count, int(q.x.table.live.GetCardinality()))
			if err := q.eval.view.each(fieldCodes, "nom:"+key, func(docs []uint32) { s.add(docs, weightWhole*rare) }); err != nil {
				return err
			}
			q.bonus, q.whole = append(q.bonus, s), append(q.whole, strings.Join(seq[i:i+n], " "))
			break
		}
	}
	return nil
}

// score is what doc is worth for the words of the query; 0 without words.
func (q *query) score(terms []scored, doc uint32) float32 {
	var s float32
	for i := range terms {
		s += terms[i].by[doc] * terms[i].share
	}
	return s * q.worth(doc)
}

// worth is what the partnership itself is worth today.
func (q *query) worth(doc uint32) float32 {
	if t := q.x.table; t.worthDay == q.today {
		return t.worth[doc]
	}
	return q.x.table.rows[doc].worth(q.today)
}

// ranked gives the page of hits asked for, in its order.
func (q *query) ranked(hits *roaring.Bitmap) []ranked {
	limit := q.req.Limit
	if limit == 0 {
		limit = 50
	}
	total := int(hits.GetCardinality())
	if limit < 0 {
		limit = total
	}
	offset := max(q.req.Offset, 0)
	if offset >= total || limit == 0 {
		return nil
	}
	keep := min(offset+limit, total)
	top := newTopList(keep, q.before())
	scored := q.hasWords()
	order, _ := q.order()
	byScore := order == SortRelevance
	terms := q.scoring()
	var docs [512]uint32
	for it := hits.ManyIterator(); ; {
		got := it.NextMany(docs[:])
		if got == 0 {
			break
		}
		for _, doc := range docs[:got] {
			r := ranked{doc: doc}
			if scored {
				r.score = q.score(terms, doc)
			}
			// Nearly all are worse than the worst kept: that is seen from the
			// score and the head of the title, without a call.
			if byScore && len(top.heap) == keep {
				if w := top.heap[0]; r.score < w.score || r.score == w.score && q.x.table.heads[doc] > q.x.table.heads[w.doc] {
					continue
				}
			}
			top.offer(r)
		}
	}
	return top.sorted()[offset:]
}

// scored is one condition that gives a score, with its share of it.
type scored struct {
	by    []float32
	share float32
}

// scoring lists what a score is the sum of.
func (q *query) scoring() []scored {
	var out []scored
	for i := range q.plan.clauses {
		c := &q.plan.clauses[i]
		if q.found[i] == nil || c.negated || c.given {
			continue
		}
		share := float32(1)
		if c.optional {
			share = weightOptional
		}
		out = append(out, scored{q.found[i].by, share})
	}
	for _, b := range q.bonus {
		out = append(out, scored{b.by, 1})
	}
	return out
}

// order is the order of the answers: that of the request, else the one that the
// question asks for, else the most useful first.
func (q *query) order() (order Sort, descending bool) {
	switch {
	case q.plan.order != nil && (q.req.Sort == "" || q.req.Sort == SortRelevance):
		return q.plan.order.sort, q.plan.order.descending
	case q.req.Sort != "" && (q.req.Sort != SortRelevance || q.hasWords()):
		return q.req.Sort, q.req.Descending
	case q.hasWords():
		return SortRelevance, q.req.Descending
	}
	return SortTitle, q.req.Descending
}

func (q *query) hasWords() bool {
	for i := range q.plan.clauses {
		if q.found[i] != nil && !q.plan.clauses[i].negated {
			return true
		}
	}
	return false
}

// before gives the order asked for; ties go by title, then by ID, so that
// pages never overlap.
func (q *query) before() func(a, b ranked) int {
	t := q.x.table
	rows := t.rows
	tie := func(a, b ranked) int {
		if n := t.byTitle(a.doc, b.doc); n != 0 {
			return n
		}
		return cmp.Compare(rows[a.doc].id, rows[b.doc].id)
	}
	order, descending := q.order()
	// Unknown values go last in both directions.
	by := func(value func(*row) (float64, bool)) func(a, b ranked) int {
		return func(a, b ranked) int {
			x, okx := value(&rows[a.doc])
			y, oky := value(&rows[b.doc])
			switch {
			case okx && !oky:
				return -1
			case oky && !okx:
				return 1
			case descending:
				x, y = y, x
			}
			return cmp.Compare(x, y)
		}
	}
	main := func(a, b ranked) int { return 0 }
	switch order {
	case SortRelevance:
		main = func(a, b ranked) int { return cmp.Compare(b.score, a.score) }
	case SortTitle, SortPartner:
		main = func(a, b ranked) int {
			if descending {
				a, b = b, a
			}
			if order == SortTitle {
				return t.byTitle(a.doc, b.doc)
			}
			return bytes.Compare(rows[a.doc].partner, rows[b.doc].partner)
		}
	case SortYear:
		main = by(func(r *row) (float64, bool) { return float64(r.year), r.year != 0 })
	case SortVerified:
		main = by(func(r *row) (float64, bool) { return float64(r.verified), r.verified != 0 })
	case SortUpdated:
		main = by(func(r *row) (float64, bool) { return float64(r.updated), r.updated != 0 })
	case SortAmount:
		main = by(func(r *row) (float64, bool) { return float64(r.amount), r.amount != 0 })
	case SortApart:
		main = by(func(r *row) (float64, bool) { return float64(r.apart), r.apart != 0 })
	case SortDistance:
		if q.req.Near != nil {
			near := *q.req.Near
			main = by(func(r *row) (float64, bool) {
				return r.distance(near)
			})
		}
	}
	return func(a, b ranked) int {
		if n := main(a, b); n != 0 {
			return n
		}
		return tie(a, b)
	}
}

// topList keeps the best of what it is offered, in a heap whose head is the
// worst kept.
type topList struct {
	keep   int
	before func(a, b ranked) int
	heap   []ranked
}

func newTopList(keep int, before func(a, b ranked) int) *topList {
	return &topList{keep: keep, before: before, heap: make([]ranked, 0, keep)}
}

func (t *topList) offer(r ranked) {
	if len(t.heap) < t.keep {
		t.heap = append(t.heap, r)
		for i := len(t.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if t.before(t.heap[i], t.heap[up]) <= 0 {
				break
			}
			t.heap[i], t.heap[up] = t.heap[up], t.heap[i]
			i = up
		}
		return
	}
	if t.before(r, t.heap[0]) >= 0 {
		return
	}
	t.heap[0] = r
	for i := 0; ; {
		worst := i
		for _, down := range [2]int{2*i + 1, 2*i + 2} {
			if down < len(t.heap) && t.before(t.heap[down], t.heap[worst]) > 0 {
				worst = down
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

func (t *topList) sorted() []ranked {
	slices.SortFunc(t.heap, t.before)
	return t.heap
}
