package store

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// merge puts b away in favour of a, as a merge of authorities does.
func (s *story) merge(keep, drop *repertoire.Authority) {
	s.Helper()
	c := s.next(repertoire.CauseMerge, "Fusion")
	keep.OtherNames = append(keep.OtherNames, drop.Name)
	c.Ops = []repertoire.Op{s.put(keep, AnyVersion), Delete(repertoire.AggAuthority, drop.ID, AnyVersion)}
	if _, err := s.Apply(s.Context(), c); err != nil {
		s.Fatal(err)
	}
}

// A partnership that lay in the trash when its authority was merged into another
// comes back with the other, by a restoration as by an undo, through two merges.
func TestWhatComesBackFollowsTheMerges(t *testing.T) {
	for name, back := range map[string]func(s *story, gone Applied){
		"restored": func(s *story, _ Applied) {
			c, err := s.PlanRestore(s.Context(), repertoire.AggPartnership, "p2", "Awa", s.at)
			done(s, err)
			_, err = s.Apply(s.Context(), c)
			done(s, err)
		},
		"undone": func(s *story, gone Applied) { s.undo(gone.Change.ID, Skip) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory(t)
			s.lille()
			bakel, podor, dagana := foreign("bakel", "Bakel", "SN"), foreign("podor", "Podor", "SN"), foreign("dagana", "Dagana", "SN")
			p := pair("p2", "lille", "bakel")
			p.Contacts = []repertoire.Contact{{ID: "c", Name: "Unetelle", Side: repertoire.SideForeign, Authority: "bakel"}}
			s.apply(s.put(bakel, 0), s.put(podor, 0), s.put(dagana, 0), s.put(p, 0))
			gone := s.apply(Delete(repertoire.AggPartnership, "p2", 1))
			s.merge(podor, bakel)
			s.merge(dagana, podor)
			back(s, gone)
			got := s.partnership("p2")
			if got.Parties[1].Authority != "dagana" || got.Contacts[0].Authority != "dagana" {
				t.Errorf("it came back with %s and %s", got.Parties[1].Authority, got.Contacts[0].Authority)
			}
			for _, id := range []repertoire.ID{"bakel", "podor"} {
				if _, err := s.Authority(t.Context(), id); repertoire.KindOf(err) != repertoire.NotFound {
					t.Errorf("%s lives again: %v", id, err)
				}
			}
			s.sound(t)
		})
	}
}

// An authority that was merely deleted comes back with what needs it, and one
// merged into the partner itself does too: nobody is their own partner.
func TestWhatComesBackBringsADeletedAuthority(t *testing.T) {
	s := newStory(t)
	s.lille()
	bakel := foreign("bakel", "Bakel", "SN")
	s.apply(s.put(bakel, 0), s.put(pair("p2", "lille", "bakel"), 0))
	gone := s.apply(Delete(repertoire.AggPartnership, "p2", 1))
	s.merge(french("lille", "Lille", 0), bakel)
	s.undo(gone.Change.ID, Skip)
	if got := s.partnership("p2"); got.Parties[1].Authority != "bakel" {
		t.Errorf("it came back with %s", got.Parties[1].Authority)
	}
	if _, err := s.Authority(t.Context(), "bakel"); err != nil {
		t.Error(err)
	}
}

// A path in the place of a file's name is refused when it is written, and told
// by check where a base made by hand has one.
func TestAPathIsNoFileOfTheFolder(t *testing.T) {
	s := newStory(t)
	s.lille()
	p := s.partnership("p1")
	p.Pictures = []repertoire.Picture{{Media: "../../etc/passwd"}}
	if _, err := s.try(s.put(&p, p.Version)); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("written: %v", err)
	}
	for _, query := range []string{
		`UPDATE partnership SET body = json_set(body, '$.pictures', json('[{"media":"../../etc/passwd"}]')) WHERE id = 'p1'`,
		`UPDATE change_op SET after = (SELECT body FROM partnership WHERE id = 'p1') WHERE record = 'p1'`,
	} {
		if _, err := s.writer.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	problems, err := s.Check(t.Context(), nil)
	done(t, err)
	if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Record == "p1" && strings.Contains(p.Message, "empreinte") }) {
		t.Errorf("check found %+v", problems)
	}
}
