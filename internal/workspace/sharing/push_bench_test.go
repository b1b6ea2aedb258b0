//go:build unix

package sharing

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
)

// BenchmarkPush: one desk alone saves and pushes, beside the least that the
// same words can cost the server: one row inserted and committed.
func BenchmarkPush(b *testing.B) {
	server := sharetest.Start(b)
	server.Database("push")
	url := server.URL("admin", "push")
	dir := filepath.Join(b.TempDir(), "desk")
	fillLarge(b, dir, url, 1000)
	ctx := b.Context()
	base, err := share.Open(ctx, url, sharetest.Password)
	if err != nil {
		b.Fatal(err)
	}
	defer base.Close()
	s, err := store.Open(ctx, dir, store.Options{Person: "essai"})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	desk := &Desk{Store: s, Base: base}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		b.Fatal(err)
	}
	config.Password = sharetest.Password
	plain, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		b.Fatal(err)
	}
	defer plain.Close(ctx)
	if _, err := plain.Exec(ctx, "CREATE TABLE bare (n bigserial PRIMARY KEY, body jsonb NOT NULL)"); err != nil {
		b.Fatal(err)
	}
	var ours, bare []time.Duration
	for i := 0; b.Loop(); i++ {
		p, err := s.Partnership(ctx, repertoire.ID(fmt.Sprintf("p%06d", i%1000)))
		if err != nil {
			b.Fatal(err)
		}
		p.Notes = fmt.Sprint("relu ", i)
		c := repertoire.Change{ID: repertoire.NewID(), Author: "poste", At: time.Now(), Cause: repertoire.CauseEdit, Label: "essai"}
		put(&c, &p, p.Version)
		if _, err := s.Apply(ctx, c); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if out, err := desk.Sync(ctx); err != nil || out.Sent != 1 {
			b.Fatal(out, err)
		}
		ours = append(ours, time.Since(began))
		body, err := json.Marshal(c)
		if err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		if _, err := plain.Exec(ctx, "INSERT INTO bare (body) VALUES ($1)", body); err != nil {
			b.Fatal(err)
		}
		bare = append(bare, time.Since(began))
	}
	ms := func(all []time.Duration, percent int) float64 {
		slices.Sort(all)
		return float64(all[(len(all)-1)*percent/100].Microseconds()) / 1000
	}
	b.ReportMetric(ms(ours, 50), "p50-ms")
	b.ReportMetric(ms(ours, 95), "p95-ms")
	b.ReportMetric(ms(ours, 50)/ms(bare, 50), "times-bare-insert")
}
