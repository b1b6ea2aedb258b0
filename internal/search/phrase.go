package search

import (
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phrase calls f with every partnership in which words follow one another, and
// with how often; "" stands for a word that may be any.
func (v *view) phrase(words []string, f func(doc uint32, times int)) error {
	for i := range v.segments {
		if err := v.segments[i].phrase(words, f); err != nil {
			return err
		}
	}
	return nil
}

// follower is one word of a phrase in one segment.
type follower struct {
	offset  int // place in the phrase
	it      segment.PostingsIterator
	current segment.Posting
	count   uint64
}

func (s *viewSegment) phrase(words []string, f func(uint32, int)) error {
	d, err := s.dict(fieldExact)
	if err != nil {
		return err
	}
	var all []*follower
	for i, w := range words {
		if w == "" {
			continue
		}
		list, err := d.PostingsList([]byte(w), s.deleted, nil)
		if err != nil {
			return err
		}
		if list.Count() == 0 {
			return nil
		}
		all = append(all, &follower{offset: i, it: list.Iterator(true, false, true, nil), count: list.Count()})
	}
	if len(all) == 0 {
		return nil
	}
	// The rarest word leads, the others are asked to catch up.
	slices.SortFunc(all, func(a, b *follower) int { return int(int64(a.count) - int64(b.count)) })
	lead := all[0]
	for {
		p, err := lead.it.Next()
		if err != nil || p == nil {
			return err
		}
		lead.current = p
		together := true
		for _, o := range all[1:] {
			if o.current == nil || o.current.Number() < p.Number() {
				if o.current, err = o.it.Advance(p.Number()); err != nil {
					return err
				}
			}
			if o.current == nil {
				return nil
			}
			if o.current.Number() != p.Number() {
				together = false
				break
			}
		}
		if !together {
			continue
		}
		if n := following(all); n > 0 {
			if doc := s.numbers[p.Number()]; doc != noNumber {
				f(doc, n)
			}
		}
	}
}

// following counts the places where all words stand at their offsets.
func following(all []*follower) int {
	places := make([][]int, len(all))
	for i, o := range all {
		for _, l := range o.current.Locations() {
			places[i] = append(places[i], int(l.Pos())-o.offset)
		}
		slices.Sort(places[i])
	}
	n := 0
next:
	for _, start := range places[0] {
		for _, other := range places[1:] {
			if _, ok := slices.BinarySearch(other, start); !ok {
				continue next
			}
		}
		n++
	}
	return n
}
