package search

import "github.com/RoaringBitmap/roaring/v2"

// facets counts the values among hits. A facet that is filtered on counts what
// its other values would bring, so that a second box can be ticked.
func (q *query) facets(base, hits *roaring.Bitmap) map[Facet][]FacetCount {
	out := make(map[Facet][]FacetCount, len(facetOrder))
	live := q.x.table.live.GetCardinality()
	// When most answer, what does not is quicker to count.
	var rest *roaring.Bitmap
	if hits.GetCardinality() > live/2 {
		rest = roaring.AndNot(q.x.table.live, hits)
	}
	for _, f := range facetOrder {
		within, rest := hits, rest
		if q.filter[f] != nil {
			within, rest = q.filtered(base, f), nil
		}
		all := within.GetCardinality() == live
		switch f {
		case FacetFreshness:
			out[f] = q.x.table.freshCounts(within, q.today)
		case FacetTheme, FacetDecade:
			out[f] = q.x.table.facets[f].counts(within, rest, all, true, 0)
		case FacetFunder:
			out[f] = q.x.table.facets[f].counts(within, rest, all, false, maxFacetValues)
		default:
			out[f] = q.x.table.facets[f].counts(within, rest, all, false, 0)
		}
	}
	return out
}

func (t *table) freshCounts(hits *roaring.Bitmap, today int32) []FacetCount {
	var n [len(freshPrior)]int
	class := func(doc uint32) uint8 { return t.fresh[doc] }
	if t.worthDay != today {
		class = func(doc uint32) uint8 { return uint8(freshnessOf(t.rows[doc].verified, today)) }
	}
	var docs [512]uint32
	for it := hits.ManyIterator(); ; {
		got := it.NextMany(docs[:])
		if got == 0 {
			break
		}
		for _, doc := range docs[:got] {
			n[class(doc)]++
		}
	}
	var out []FacetCount
	for i, x := range freshness {
		if n[i] > 0 {
			out = append(out, FacetCount{x.value, x.label, n[i]})
		}
	}
	return out
}
