package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

func TestSavedIsReadBack(t *testing.T) {
	s := newStory(t)
	s.lille()
	p := s.partnership("p1")
	if p.Version != 1 || !p.Created.Equal(s.at) || !p.Updated.Equal(s.at) {
		t.Fatalf("version %d, created %v, updated %v", p.Version, p.Created, p.Updated)
	}
	p.Objectives = "Eau potable"
	applied := s.apply(s.put(&p, p.Version))
	if applied.Seq != 2 || len(applied.Change.Ops) != 1 || applied.Change.Ops[0].Version != 1 {
		t.Fatalf("applied %+v", applied)
	}
	q := s.partnership("p1")
	if q.Version != 2 || q.Objectives != "Eau potable" || !q.Created.Equal(p.Created) || !q.Updated.Equal(s.at) {
		t.Fatalf("read back %+v", q)
	}
	a, err := s.Authority(t.Context(), "lille")
	if err != nil || a.Name != "Lille" || a.Version != 1 {
		t.Fatalf("authority %+v, %v", a, err)
	}
	dirs, err := s.Directories(t.Context())
	if err != nil || len(dirs) != 1 || dirs[0].Partnerships != 1 || dirs[0].Slug != "senegal" || dirs[0].Version != 1 {
		t.Fatalf("directories %+v, %v", dirs, err)
	}
}

func TestNothingChangedWritesNothing(t *testing.T) {
	s := newStory(t)
	s.lille()
	p := s.partnership("p1")
	applied := s.apply(s.put(&p, p.Version))
	if applied.Seq != 0 || len(applied.Change.Ops) != 0 {
		t.Fatalf("applied %+v", applied)
	}
	if last, err := s.LastSeq(t.Context()); err != nil || last != 1 {
		t.Fatalf("last %d, %v", last, err)
	}
}

func TestStaleSaveIsAConflictAndCanBeMerged(t *testing.T) {
	s := newStory(t)
	s.lille()
	mine, theirs := s.partnership("p1"), s.partnership("p1")
	theirs.Objectives, theirs.Notes = "Le leur", "note"
	s.apply(s.put(&theirs, theirs.Version))
	mine.Objectives, mine.FirstYear = "Le mien", 1979
	_, err := s.try(s.put(&mine, mine.Version))
	var c *Conflict
	if !errors.As(err, &c) || repertoire.KindOf(err) != repertoire.Conflicting {
		t.Fatalf("got %v", err)
	}
	if c.Base != 1 || c.Current != 2 || c.Author != "Awa" || !c.Clashes() {
		t.Fatalf("conflict %+v", c)
	}
	var got []string
	for _, f := range c.Fields {
		got = append(got, f.Name+" "+string(f.Before)+" "+string(f.Mine)+" "+string(f.Theirs)+map[bool]string{true: " clash"}[f.Clash])
	}
	want := "first_year 1978 1979 1978|notes   \"note\"|objectives  \"Le mien\" \"Le leur\" clash"
	if strings.Join(got, "|") != want {
		t.Fatalf("fields\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	merged, err := c.Merge(func(f ConflictField) bool { return f.Name == "objectives" })
	if err != nil {
		t.Fatal(err)
	}
	s.apply(repertoire.Op{Aggregate: c.Aggregate, ID: c.ID, Version: c.Current, After: merged})
	p := s.partnership("p1")
	if p.Objectives != "Le mien" || p.Notes != "note" || p.FirstYear != 1979 || p.Version != 3 {
		t.Fatalf("merged %+v", p)
	}
}

func TestConflictWritesNothingOfTheChange(t *testing.T) {
	s := newStory(t)
	s.lille()
	p := s.partnership("p1")
	p.Notes = "x"
	if _, err := s.try(s.put(foreign("dakar", "Dakar", "SN"), 0), s.put(&p, 7)); repertoire.KindOf(err) != repertoire.Conflicting {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Authority(t.Context(), "dakar"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("half of a refused change was written: %v", err)
	}
}

func TestAnyVersionTakesWhatIsThere(t *testing.T) {
	s := newStory(t)
	s.lille()
	for _, name := range []string{"Lille-Lomme", "Lille"} {
		s.apply(s.put(french("lille", name, 0), AnyVersion))
	}
	a, err := s.Authority(t.Context(), "lille")
	if err != nil || a.Version != 3 {
		t.Fatalf("%+v %v", a, err)
	}
}

func TestRenamedAuthorityRetitlesItsPartnerships(t *testing.T) {
	s := newStory(t)
	s.lille()
	applied := s.apply(s.put(foreign("stlouis", "Ndar", "SN"), 1))
	if len(applied.Retitled) != 1 || applied.Retitled[0] != "p1" {
		t.Fatalf("retitled %v", applied.Retitled)
	}
	rows, _, err := s.Browse(t.Context(), BrowseQuery{})
	if err != nil || rows[0].Title != "Lille – Ndar" || rows[0].Partner != "Ndar" {
		t.Fatalf("%+v %v", rows, err)
	}
	ids, last, err := s.Touched(t.Context(), 1)
	if err != nil || last != 2 || len(ids) != 1 || ids[0] != "p1" {
		t.Fatalf("touched %v %d %v", ids, last, err)
	}
}

func TestRepeatedChangeIsAppliedOnce(t *testing.T) {
	s := newStory(t)
	c := s.next(repertoire.CauseEdit, "Une fois")
	c.Ops = []repertoire.Op{s.put(french("lille", "Lille", 0), 0)}
	first, err := s.Apply(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Apply(t.Context(), c)
	if err != nil || !again.Repeated || again.Seq != first.Seq {
		t.Fatalf("%+v %v", again, err)
	}
}

func TestRefusals(t *testing.T) {
	s := newStory(t)
	s.lille()
	unknown := json.RawMessage(`{"id":"x","version":0,"name":"X","colour":"red"}`)
	for _, c := range []struct {
		name string
		kind repertoire.Kind
		ops  []repertoire.Op
	}{
		{"party unknown", repertoire.Refused, []repertoire.Op{s.put(pair("p2", "lille", "nowhere"), 0)}},
		{"directory unknown", repertoire.Refused, []repertoire.Op{s.put(filed("japon"), 0)}},
		{"authority in use", repertoire.Refused, []repertoire.Op{Delete(repertoire.AggAuthority, "lille", 1)}},
		{"directory in use", repertoire.Refused, []repertoire.Op{Delete(repertoire.AggDirectory, "dir-senegal", 1)}},
		{"directory renamed in use", repertoire.Refused, []repertoire.Op{s.put(&repertoire.Directory{ID: "dir-senegal", Slug: "sn"}, 1)}},
		{"slug taken", repertoire.Refused, []repertoire.Op{s.put(&repertoire.Directory{ID: "other", Slug: "senegal"}, 0)}},
		{"save of what is not there", repertoire.NotFound, []repertoire.Op{s.put(pair("p2", "lille", "stlouis"), 3)}},
		{"creation of what is there", repertoire.Conflicting, []repertoire.Op{s.put(french("lille", "Autre", 0), 0)}},
		{"the same record twice", repertoire.Internal, []repertoire.Op{s.put(french("a", "A", 0), 0), s.put(french("a", "B", 0), 0)}},
		{"a field we would lose", repertoire.Internal, []repertoire.Op{{Aggregate: repertoire.AggAuthority, ID: "x", After: unknown}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.try(c.ops...)
			if err == nil || repertoire.KindOf(err) != c.kind {
				t.Fatalf("got %v (%s), want %s", err, repertoire.KindOf(err), c.kind)
			}
			if last, _ := s.LastSeq(t.Context()); last != 1 {
				t.Fatalf("the journal went on to %d", last)
			}
		})
	}
}

// filed is a partnership in another directory.
func filed(slug string) *repertoire.Partnership {
	p := pair("p2", "lille", "stlouis")
	p.Directories = []string{slug}
	return p
}

func TestCancelledChangeWritesNothing(t *testing.T) {
	s := newStory(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := s.next(repertoire.CauseEdit, "x")
	c.Ops = []repertoire.Op{s.put(french("lille", "Lille", 0), 0)}
	if _, err := s.Apply(ctx, c); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestDeletedGoesAndComesBackUnderTheSameID(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.apply(Delete(repertoire.AggPartnership, "p1", 1))
	if _, err := s.Partnership(t.Context(), "p1"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("got %v", err)
	}
	dirs, err := s.Directories(t.Context())
	if err != nil || dirs[0].Partnerships != 0 {
		t.Fatalf("%+v %v", dirs, err)
	}
	s.apply(s.put(pair("p1", "lille", "stlouis"), 0))
	if p := s.partnership("p1"); p.Version != 3 {
		t.Fatalf("version %d", p.Version)
	}
}
