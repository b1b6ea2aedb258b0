package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"repertoire/internal/repertoire"
)

// crowded has more records than some lots hold.
func crowded(t *testing.T) (*story, []repertoire.ID) {
	s := gallery(t)
	var ids []repertoire.ID
	for i := range 5*aLot + 7 {
		p := pair(fmt.Sprintf("p%03d", i), "lille", "dakar")
		p.Title = fmt.Sprintf("Partenariat %d", i)
		s.apply(s.put(p, 0))
		ids = append(ids, p.ID)
	}
	return s, ids
}

func TestLotsReadAheadKeepTheOrderOfTheBase(t *testing.T) {
	s, ids := crowded(t)
	var got []repertoire.ID
	err := EachMade(t.Context(), s.Reader, func(p *repertoire.Partnership) repertoire.ID { return p.ID }, func(id repertoire.ID) error {
		got = append(got, id)
		return nil
	})
	if err != nil || !slices.Equal(got[len(got)-len(ids):], ids) {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestLotsReadAheadEndWithWhatCannotBeRead(t *testing.T) {
	s, ids := crowded(t)
	damaged := ids[2*aLot+5]
	if _, err := s.writer.ExecContext(t.Context(), `UPDATE partnership SET body = '{"id":' WHERE id = ?`, damaged); err != nil {
		t.Fatal(err)
	}
	var last repertoire.ID
	err := s.EachPartnership(t.Context(), func(p repertoire.Partnership) error { last = p.ID; return nil })
	if known := new(repertoire.Error); !errors.As(err, &known) || last != ids[2*aLot+4] {
		t.Fatalf("%v after %s", err, last)
	}
	ctx, stop := context.WithCancel(t.Context())
	n := 0
	err = s.EachPartnership(ctx, func(repertoire.Partnership) error {
		if n++; n == 3 {
			stop()
		}
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) || n != 3 {
		t.Fatalf("%v after %d", err, n)
	}
}

// What the columns tell of a record is what its body says.
func TestColumnsTellWhatBodiesSay(t *testing.T) {
	s := gallery(t)
	p := s.partnership("lille-dakar")
	p.Distinct = []repertoire.ID{"havre-dakar", "evry-dakar"}
	s.apply(s.put(&p, p.Version))
	s.apply(Delete(repertoire.AggPartnership, "evry-dakar", 1))
	authorities, err := s.Authorities(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	find := func(id repertoire.ID) *repertoire.Authority { a := authorities[id]; return &a }
	var sketches []string
	var joined []Joined
	if err := s.EachPartnership(t.Context(), func(p repertoire.Partnership) error {
		x := Sketch{ID: p.ID, Title: p.DisplayTitle(find), Type: p.Type, Distinct: p.Distinct}
		for _, q := range p.Parties {
			x.Parties = append(x.Parties, q.Authority)
		}
		slices.Sort(x.Parties)
		sketches = append(sketches, fmt.Sprint(x))
		for _, f := range p.PartiesOn(repertoire.SideFrench) {
			for _, z := range p.PartiesOn(repertoire.SideForeign) {
				joined = append(joined, Joined{p.ID, f, z})
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := s.EachSketch(t.Context(), func(x Sketch) error {
		slices.Sort(x.Parties)
		got = append(got, fmt.Sprint(x))
		return nil
	}); err != nil || !slices.Equal(got, sketches) {
		t.Fatalf("%v\nwant\n%v\n%v", got, sketches, err)
	}
	var couples []Joined
	if err := s.EachJoined(t.Context(), func(j Joined) error { couples = append(couples, j); return nil }); err != nil ||
		!slices.Equal(couples, joined) {
		t.Fatalf("%v\nwant\n%v\n%v", couples, joined, err)
	}
}
