package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// crowd is a change of n new partnerships between 5,000 French and 2,000
// foreign authorities, some 2 kB each, as imports bring them.
func (s *story) crowd(n int, seed uint64) repertoire.Change {
	r := rand.New(rand.NewPCG(seed, 7))
	c := s.next(repertoire.CauseImport, "Import")
	c.Ops = make([]repertoire.Op, 0, n)
	text := "Appui à la maîtrise d’ouvrage communale en matière d’eau potable et d’assainissement, formation des agents, échanges de jeunes. "
	for i := range n {
		p := pair(fmt.Sprintf("%d-%06d", seed, i), fmt.Sprintf("f%d", r.IntN(5000)), fmt.Sprintf("g%d", r.IntN(2000)))
		p.FirstYear, p.Themes = 1960+r.IntN(65), []string{fmt.Sprintf("%d.%d", 1+r.IntN(9), 1+r.IntN(9)), fmt.Sprint(1 + r.IntN(9))}
		p.Status = repertoire.Statuses[r.IntN(len(repertoire.Statuses))].Value
		for range 5 {
			p.Description += text
		}
		p.Objectives, p.History = text+text, text+text+text
		p.Projects = []repertoire.Project{{ID: repertoire.ID(fmt.Sprint("pr", i)), Title: "Adduction d’eau", Results: text,
			Budget: repertoire.Euros(int64(r.IntN(100000)))}}
		p.Contacts = []repertoire.Contact{{ID: "k", Side: repertoire.SideFrench, Name: "A. Diop", Email: "a.diop@exemple.fr"}}
		c.Ops = append(c.Ops, s.put(p, 0))
	}
	return c
}

func (s *story) places() {
	ops := []repertoire.Op{s.put(&repertoire.Directory{ID: "d", Slug: "senegal"}, 0)}
	for i := range 5000 {
		ops = append(ops, s.put(french(fmt.Sprint("f", i), fmt.Sprintf("Commune %d", i*7919%5000), 0), 0))
	}
	for i := range 2000 {
		ops = append(ops, s.put(foreign(fmt.Sprint("g", i), fmt.Sprintf("Ville %d", i*7919%2000), []string{"SN", "MG", "LB", "JP"}[i%4]),
			0))
	}
	s.apply(ops...)
}

func (s *story) must(c repertoire.Change) Applied {
	a, err := s.Apply(context.Background(), c)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

// BenchmarkImport25000 applies a change of 25,000 new partnerships; to reach:
// a few seconds of the 10 s that the whole import may take.
func BenchmarkImport25000(b *testing.B) {
	for i := range b.N {
		b.StopTimer()
		s := newStory(b)
		s.places()
		c := s.crowd(25000, uint64(i+1))
		b.StartTimer()
		s.must(c)
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}

// BenchmarkAt100000 measures the daily work on a base of 100,000 partnerships.
func BenchmarkAt100000(b *testing.B) {
	s := newStory(b)
	s.places()
	var last Applied
	for i := range 4 {
		last = s.must(s.crowd(25000, uint64(i+1)))
	}
	ctx := context.Background()
	r := rand.New(rand.NewPCG(3, 3))

	// To reach with the index's share: p95 50 ms.
	b.Run("save", func(b *testing.B) {
		times := make([]time.Duration, 0, b.N)
		for i := range b.N {
			p := s.partnership(repertoire.ID(fmt.Sprintf("%d-%06d", 1+r.IntN(4), r.IntN(25000))))
			p.Notes = fmt.Sprint("relu ", i)
			c := s.next(repertoire.CauseEdit, "Modification")
			c.Ops = []repertoire.Op{s.put(&p, p.Version)}
			start := time.Now()
			s.must(c)
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
	})
	query := func(name string, q BrowseQuery) {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, _, err := s.Browse(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	// To reach: a page of a list in the time of a frame, 16 ms; 100 ms with filters.
	query("browse all", BrowseQuery{Limit: 50})
	query("browse deep", BrowseQuery{Limit: 50, Offset: 90000})
	query("browse by year", BrowseQuery{Sort: SortYear, Descending: true, Limit: 50})
	query("browse directory", BrowseQuery{Directory: "senegal", Limit: 50})
	query("browse filtered", BrowseQuery{Directory: "senegal", Themes: []string{"3"}, Statuses: []string{"actif"}, Limit: 50})
	b.Run("facets by SQL", func(b *testing.B) {
		for range b.N {
			if _, err := s.Facets(ctx, BrowseQuery{Directory: "senegal"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("directories", func(b *testing.B) {
		for range b.N {
			if _, err := s.Directories(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	// Index building reads all: a small part of its 60 s.
	b.Run("each partnership", func(b *testing.B) {
		for range b.N {
			if err := s.EachPartnership(ctx, func(repertoire.Partnership) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("backup", func(b *testing.B) {
		for range b.N {
			if _, err := s.Backup(ctx, b.TempDir()+"/x.db", ReasonManual, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	// Taking back an import of 25,000 rows; to reach: as long as it took to make.
	b.Run("undo plan of 25000", func(b *testing.B) {
		for range b.N {
			if _, err := s.PlanUndo(ctx, last.Change.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	// Of the 300 ms in which a ready workspace opens.
	b.Run("open", func(b *testing.B) {
		for range b.N {
			s.reopen()
		}
	})
}
