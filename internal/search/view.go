package search

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"repertoire/internal/repertoire"
)

// noNumber marks documents of a segment that are no partnership of the table.
const noNumber = ^uint32(0)

// numbering keeps, for each segment of the index, the number in the table of
// each of its documents. Segments never change, so each is read once.
type numbering struct {
	segments map[uint64][]uint32
}

// view is the index at one moment, by segments. It must be closed.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []viewSegment
	size     int // length of arrays indexed by number
	buffer   []uint32
}

type viewSegment struct {
	segment segment.Segment
	deleted *roaring.Bitmap
	numbers []uint32
	// dicts are opened at first use: a reader of terms serves one goroutine.
	dicts map[string]segment.TermDictionary
}

// viewLocked opens a view; mu is held for reading at least, and the numbering
// is guarded by numberingMu because searches share it.
func (x *Index) viewLocked() (*view, error) {
	snapshot := x.before
	if snapshot != nil {
		snapshot.AddRef()
	} else {
		r, err := x.store.Reader()
		if err != nil {
			return nil, err
		}
		var ok bool
		if snapshot, ok = r.(*scorch.IndexSnapshot); !ok {
			_ = r.Close()
			return nil, fmt.Errorf("lecteur inattendu %T", r)
		}
	}
	v := &view{snapshot: snapshot, size: len(x.table.rows)}
	if err := x.number(v); err != nil {
		_ = snapshot.Close()
		return nil, err
	}
	return v, nil
}

func (v *view) close() { _ = v.snapshot.Close() }

// number gives every segment of v its numbers.
func (x *Index) number(v *view) error {
	x.numberingMu.Lock()
	defer x.numberingMu.Unlock()
	if x.numbers.segments == nil {
		x.numbers.segments = map[uint64][]uint32{}
	}
	live := make(map[uint64]bool, 8)
	for _, s := range v.snapshot.Segments() {
		live[s.Id()] = true
		numbers, ok := x.numbers.segments[s.Id()]
		if !ok {
			var err error
			if numbers, err = numbersOf(s, x.table); err != nil {
				return err
			}
			x.numbers.segments[s.Id()] = numbers
		}
		v.segments = append(v.segments, viewSegment{s.Segment(), s.Deleted(), numbers, map[string]segment.TermDictionary{}})
	}
	for id := range x.numbers.segments {
		if !live[id] {
			delete(x.numbers.segments, id)
		}
	}
	return nil
}

// numbersOf reads the IDs of a segment from its list of terms: the documents
// themselves would bring the whole file into memory.
func numbersOf(s *scorch.SegmentSnapshot, t *table) ([]uint32, error) {
	seg := s.Segment()
	out := make([]uint32, seg.Count())
	for i := range out {
		out[i] = noNumber
	}
	dict, err := seg.Dictionary("_id")
	if err != nil {
		return nil, err
	}
	var list segment.PostingsList
	var it segment.PostingsIterator
	ids := dict.AutomatonIterator(&vellum.AlwaysMatch{}, nil, nil)
	for {
		entry, err := ids.Next()
		if err != nil || entry == nil {
			return out, err
		}
		n, ok := t.number[repertoire.ID(entry.Term)]
		if !ok {
			continue
		}
		if list, err = dict.PostingsList([]byte(entry.Term), nil, list); err != nil {
			return nil, err
		}
		it = list.Iterator(false, false, false, it)
		for {
			p, err := it.Next()
			if err != nil {
				return nil, err
			}
			if p == nil {
				break
			}
			out[p.Number()] = n
		}
	}
}

func (s *viewSegment) dict(field string) (segment.TermDictionary, error) {
	if d, ok := s.dicts[field]; ok {
		return d, nil
	}
	d, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	s.dicts[field] = d
	return d, nil
}

// each calls f with the numbers of the partnerships that have term in field, a
// few hundred at a time; f must not keep the slice.
func (v *view) each(field, term string, f func(docs []uint32)) error {
	key := []byte(term)
	if v.buffer == nil {
		v.buffer = make([]uint32, 512)
	}
	for i := range v.segments {
		s := &v.segments[i]
		d, err := s.dict(field)
		if err != nil {
			return err
		}
		list, err := d.PostingsList(key, s.deleted, nil)
		if err != nil {
			return err
		}
		if list.Count() == 0 {
			continue
		}
		it := list.Iterator(false, false, false, nil)
		if s.walkBitmap(it, v.buffer, f) {
			continue
		}
		for {
			p, err := it.Next()
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			v.buffer[0] = uint32(p.Number())
			s.hand(v.buffer[:1], f)
		}
	}
	return nil
}

// hand gives f the numbers of documents of the segment.
func (s *viewSegment) hand(docs []uint32, f func([]uint32)) {
	kept := docs[:0]
	for _, local := range docs {
		if n := s.numbers[local]; n != noNumber {
			kept = append(kept, n)
		}
	}
	f(kept)
}

// walkBitmap walks the bitmap underneath, several times faster than posting
// by posting; false when there is none.
func (s *viewSegment) walkBitmap(it segment.PostingsIterator, buf []uint32, f func([]uint32)) bool {
	o, ok := it.(segment.OptimizablePostingsIterator)
	if !ok {
		return false
	}
	if one, ok := o.DocNum1Hit(); ok {
		buf[0] = uint32(one)
		s.hand(buf[:1], f)
		return true
	}
	bm := o.ActualBitmap()
	if bm == nil {
		return false
	}
	for many := bm.ManyIterator(); ; {
		got := many.NextMany(buf)
		if got == 0 {
			return true
		}
		s.hand(buf[:got], f)
	}
}

// count gives in how many partnerships term stands in field.
func (v *view) count(field, term string) (int, error) {
	total := 0
	for i := range v.segments {
		d, err := v.segments[i].dict(field)
		if err != nil {
			return 0, err
		}
		list, err := d.PostingsList([]byte(term), v.segments[i].deleted, nil)
		if err != nil {
			return 0, err
		}
		total += int(list.Count())
	}
	return total, nil
}

// termsWithPrefix lists the terms of field that begin with prefix, at most limit.
func (v *view) termsWithPrefix(field, prefix string, limit int) ([]string, error) {
	d, err := v.snapshot.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	var out []string
	for len(out) < limit {
		e, err := d.Next()
		if err != nil {
			return nil, err
		}
		if e == nil {
			break
		}
		out = append(out, e.Term)
	}
	return out, nil
}
