package layout_test

import (
	"context"
	"strconv"
	"testing"

	"repertoire/internal/benching"
	"repertoire/internal/layout"
)

// BenchmarkBook200 sets a book of about 200 pages from nothing, caches empty.
// Figure to reach: 1.5 s for the whole edition, of which layout takes less
// than half on two processors.
func BenchmarkBook200(b *testing.B) {
	doc := directory(170)
	for b.Loop() {
		s := newSetter(b, "institutionnel", "170x240")
		p, err := s.Lay(context.Background(), doc, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(p.Pages)), "pages")
		b.ReportMetric(float64(p.Words), "words")
	}
}

// BenchmarkBook sets books of about 20, 200 and 2,000 pages: to reach, no more
// than 20 % above linear.
func BenchmarkBook(b *testing.B) {
	for _, size := range []struct{ pages, entries int }{{20, 14}, {200, 170}, {2000, 1760}} {
		b.Run(strconv.Itoa(size.pages), func(b *testing.B) {
			doc := directory(size.entries)
			clock := benching.Start(b)
			defer clock.Report()
			for b.Loop() {
				p, err := newSetter(b, "institutionnel", "170x240").Lay(context.Background(), doc, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(p.Pages)), "pages")
			}
		})
	}
}

// BenchmarkEditedEntry sets the same book again with one entry changed.
// Figure to reach: 50 ms.
func BenchmarkEditedEntry(b *testing.B) {
	doc := directory(170)
	s := newSetter(b, "institutionnel", "170x240")
	lay(b, s, doc)
	i := 0
	for b.Loop() {
		i++
		g := doc.Sections[3].Blocks[80].(layout.Group)
		blocks := append([]layout.Block(nil), g.Blocks...)
		blocks[4] = layout.Para("Objectifs récrits pour la " + string(rune('a'+i%26)) +
			" : l’eau, l’assainissement et la formation des agents des deux villes.")
		g.Blocks = blocks
		doc.Sections[3].Blocks[80] = g
		if _, err := s.Lay(context.Background(), doc, nil); err != nil {
			b.Fatal(err)
		}
	}
}
