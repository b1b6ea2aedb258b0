package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// day0 is when the tests' stories begin.
var day0 = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// done ends the test when a step that only prepares it fails.
func done(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// story is a base with a clock that advances one minute a change.
type story struct {
	testing.TB
	*Store
	at time.Time
	n  int
}

func newStory(t testing.TB) *story {
	t.Helper()
	s, err := Create(t.Context(), t.TempDir(), Options{Now: func() time.Time { return day0 }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &story{TB: t, Store: s, at: day0}
}

// next gives an empty change with its own ID and time.
func (s *story) next(cause repertoire.Cause, label string) repertoire.Change {
	s.n++
	s.at = s.at.Add(time.Minute)
	return repertoire.Change{ID: repertoire.ID(fmt.Sprintf("change-%04d", s.n)), Author: "Awa", At: s.at, Cause: cause, Label: label}
}

// apply writes ops as one edit and must succeed.
func (s *story) apply(ops ...repertoire.Op) Applied {
	s.Helper()
	a, err := s.try(ops...)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

func (s *story) try(ops ...repertoire.Op) (Applied, error) {
	c := s.next(repertoire.CauseEdit, "Essai")
	c.Ops = ops
	return s.Apply(context.Background(), c)
}

// put makes an op or ends the test.
func (s *story) put(record any, version int64) repertoire.Op {
	s.Helper()
	op, err := Put(record, version)
	if err != nil {
		s.Fatal(err)
	}
	return op
}

func (s *story) partnership(id repertoire.ID) repertoire.Partnership {
	s.Helper()
	p, err := s.Partnership(context.Background(), id)
	if err != nil {
		s.Fatal(err)
	}
	return p
}

func french(id, name string, article int) *repertoire.Authority {
	return &repertoire.Authority{ID: repertoire.ID(id), Name: name, Article: article, Country: "FR", Level: repertoire.LevelCommune,
		Region: "Hauts-de-France", Departement: "Nord"}
}

func foreign(id, name, country string) *repertoire.Authority {
	return &repertoire.Authority{ID: repertoire.ID(id), Name: name, Article: -1, Country: country, Level: repertoire.LevelCommune}
}

// pair is a valid partnership of two authorities in the directory senegal.
func pair(id, a, b string) *repertoire.Partnership {
	return &repertoire.Partnership{ID: repertoire.ID(id), Directories: []string{"senegal"}, Status: repertoire.StatusActive,
		Type: repertoire.TypeCooperation, Themes: []string{"3.1"}, FirstYear: 1978,
		Parties: []repertoire.Party{{Authority: repertoire.ID(a), Side: repertoire.SideFrench, Lead: true},
			{Authority: repertoire.ID(b), Side: repertoire.SideForeign, Lead: true}}}
}

// lille fills the base with Lille – Saint-Louis in the directory senegal.
func (s *story) lille() {
	s.Helper()
	s.apply(
		s.put(&repertoire.Directory{ID: "dir-senegal", Slug: "senegal", Title: "Partenariats franco-sénégalais", Short: "Franco-sénégalais",
			Countries: []string{"SN"}}, 0),
		s.put(french("lille", "Lille", 0), 0), s.put(foreign("stlouis", "Saint-Louis", "SN"), 0),
		s.put(pair("p1", "lille", "stlouis"), 0))
}
