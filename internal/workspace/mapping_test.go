package workspace

import (
	"strings"
	"testing"

	"repertoire/internal/workspace/searches"
)

func TestResultsAreLaidOutInSpace(t *testing.T) {
	w := sampled(t)
	all, err := w.Atlas().Points(t.Context(), searches.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Partnerships) != 141 || len(all.Places) < 100 || len(all.Links) < 100 || all.HiddenLinks != 0 {
		t.Errorf("%d partnerships, %d places, %d links, %d hidden", len(all.Partnerships), len(all.Places), len(all.Links), all.HiddenLinks)
	}
	seen := map[int32]bool{}
	for i, p := range all.Places {
		if len(p.Names) == 0 || len(p.Partnerships) == 0 || i > 0 && len(p.Partnerships) > len(all.Places[i-1].Partnerships) {
			t.Fatalf("place %d: %+v", i, p)
		}
		for _, n := range p.Partnerships {
			seen[n] = true
		}
	}
	for _, n := range all.Unplaced {
		seen[n] = true
	}
	if len(seen) != len(all.Partnerships) {
		t.Errorf("%d of %d partnerships are on the map or said not to be", len(seen), len(all.Partnerships))
	}
	// What links count is what is placed on both sides.
	links := 0
	for _, l := range all.Links {
		if !all.Places[l.From].French || all.Places[l.To].French {
			t.Fatalf("link %+v", l)
		}
		links += l.Count
	}
	if links < len(all.Partnerships)-len(all.Unplaced) {
		t.Errorf("%d links for %d placed partnerships", links, len(all.Partnerships)-len(all.Unplaced))
	}
	one, err := w.Atlas().Points(t.Context(), searches.Query{Text: "pays:AM", Directory: "armenie"})
	if err != nil || len(one.Countries) != 1 || one.Countries[0] != "AM" || !strings.Contains(one.Notice, "Arménie") {
		t.Errorf("%v %q %v", one.Countries, one.Notice, err)
	}
	rows, err := w.Searches().RowsOf(t.Context(), one.Partnerships)
	if err != nil || len(rows) != len(one.Partnerships) {
		t.Errorf("%d rows: %v", len(rows), err)
	}
	none, err := w.Atlas().Points(t.Context(), searches.Query{Text: "introuvablexyz"})
	if err != nil || len(none.Places)+len(none.Links)+len(none.Partnerships) != 0 {
		t.Errorf("%+v %v", none, err)
	}
}

// Points: at 100,000 at most 2 s, beside the window.
func BenchmarkPoints(b *testing.B) {
	for size := range strings.SplitSeq(*benchSizes, ",") {
		w := benchWorkspace(b, size)
		b.Run(size, func(b *testing.B) {
			for b.Loop() {
				m, err := w.Atlas().Points(b.Context(), searches.Query{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(m.Places)), "places")
				b.ReportMetric(float64(len(m.Links)+m.HiddenLinks), "links")
			}
		})
	}
}
