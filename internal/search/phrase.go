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
	word    string
	offset  int // place in the phrase
	it      segment.PostingsIterator
	current segment.Posting
	count   uint64
	more    []further
}

// further are the places of a word that had no room before.
type further struct {
	it      segment.PostingsIterator
	current segment.Posting
	ended   bool
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
		all = append(all, &follower{word: w, offset: i, it: list.Iterator(true, false, false, nil), count: list.Count()})
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
		n, err := s.following(all)
		if err != nil {
			return err
		}
		if n > 0 {
			if doc := s.numbers[p.Number()]; doc != noNumber {
				f(doc, n)
			}
		}
	}
}

// following counts the places where all words stand at their offsets.
func (s *viewSegment) following(all []*follower) (int, error) {
	places := make([][]int, len(all))
	for i, o := range all {
		where, err := s.places(o)
		if err != nil {
			return 0, err
		}
		for j := range where {
			where[j] -= o.offset
		}
		places[i] = where
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
	return n, nil
}

// places gives where the word of o stands in the document it is at, in order.
func (s *viewSegment) places(o *follower) ([]int, error) {
	packed, doc := o.current.Frequency(), o.current.Number()
	out := unpackPlaces(packed, nil)
	for part := 0; hasMore(packed); part++ {
		if part == len(o.more) {
			d, err := s.dict(fieldPlaces)
			if err != nil {
				return nil, err
			}
			list, err := d.PostingsList([]byte(morePlaces(o.word, part+1)), s.deleted, nil)
			if err != nil {
				return nil, err
			}
			o.more = append(o.more, further{it: list.Iterator(true, false, false, nil)})
		}
		f := &o.more[part]
		if f.current == nil && !f.ended || f.current != nil && f.current.Number() < doc {
			var err error
			if f.current, err = f.it.Advance(doc); err != nil {
				return nil, err
			}
			f.ended = f.current == nil
		}
		if f.current == nil || f.current.Number() != doc {
			break
		}
		packed = f.current.Frequency()
		out = unpackPlaces(packed, out)
	}
	return out, nil
}
