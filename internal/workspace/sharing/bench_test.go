//go:build unix

package sharing

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"repertoire/internal/benching"
	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
)

// BenchmarkTakingIn is one save of another desk, taken in alone.
func BenchmarkTakingIn(b *testing.B) {
	m := office(b, fmt.Sprint("bench", b.N), 2)
	from, to := m.desks[0], m.desks[1]
	to.exchange()
	for range b.N {
		b.StopTimer()
		p := from.first()
		p.Notes = m.token()
		from.save(p)
		from.exchange()
		b.StartTimer()
		desk := &Desk{Store: to.store, Base: to.base}
		if out, err := desk.Sync(b.Context()); err != nil || out.Received != 1 {
			b.Fatal(out, err)
		}
	}
}

// BenchmarkTakingInTogether is a hundred saves of other desks, taken in together; it
// tells what one of them costs.
func BenchmarkTakingInTogether(b *testing.B) {
	const rows = 100
	server := sharetest.Start(b)
	name := fmt.Sprint("together", b.N)
	server.Database(name)
	url := server.URL("admin", name)
	ctx := b.Context()
	dir := filepath.Join(b.TempDir(), "desk")
	fillLarge(b, dir, url, 1000)
	open := func(dir string) *Desk {
		s, err := store.Open(ctx, dir, store.Options{Person: "essai"})
		if err != nil {
			b.Fatal(err)
		}
		common, err := share.Open(ctx, url, sharetest.Password)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { common.Close(); _ = s.Close() })
		return &Desk{Store: s, Base: common}
	}
	from, other := open(dir), filepath.Join(b.TempDir(), "other")
	s, err := store.Create(ctx, other, store.Options{Person: "essai"})
	if err != nil {
		b.Fatal(err)
	}
	h, err := from.Base.Head(ctx)
	if err == nil {
		err = s.BeginSharing(ctx, store.Link{URL: url, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: "poste"}, false)
	}
	_ = s.Close()
	if err != nil {
		b.Fatal(err)
	}
	to := open(other)
	if _, err := to.Sync(ctx); err != nil {
		b.Fatal(err)
	}
	var spent time.Duration
	for n := range b.N {
		b.StopTimer()
		for i := range rows {
			p, err := from.Store.Partnership(ctx, repertoire.ID(fmt.Sprintf("p%06d", (n*rows+i*7)%1000)))
			if err != nil {
				b.Fatal(err)
			}
			p.Notes = fmt.Sprint("relu ", n, " ", i)
			c := repertoire.Change{ID: repertoire.NewID(), Author: "poste", At: time.Now(), Cause: repertoire.CauseEdit, Label: "essai"}
			put(&c, &p, p.Version)
			if _, err := from.Store.Apply(ctx, c); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := from.Sync(ctx); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		before := benching.Spent()
		if out, err := to.Sync(ctx); err != nil || out.Received != rows {
			b.Fatal(out, err)
		}
		spent += benching.Spent() - before
	}
	b.ReportMetric(float64(spent.Microseconds())/float64(b.N*rows), "µs-cpu/row")
}
