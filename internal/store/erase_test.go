package store

import (
	"os"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// secret is what must be nowhere after an erasure.
const secret = "Fatoumata Secretissime"

func (s *story) withContact(id string) {
	s.Helper()
	p := pair(id, "lille", "stlouis")
	p.Contacts = []repertoire.Contact{{ID: "k1", Side: repertoire.SideFrench, Name: secret, Email: "f@exemple.fr"},
		{ID: "k2", Side: repertoire.SideFrench, Name: "Autre"}}
	s.apply(s.put(p, 0))
	q := s.partnership(p.ID)
	q.Notes = "relu"
	s.apply(s.put(&q, q.Version))
}

// mentions counts the files of the workspace, backups aside, that hold the secret.
func (s *story) mentions() (n int) {
	s.Helper()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(s.base() + suffix)
		if err == nil && strings.Contains(string(data), secret) {
			n++
		}
	}
	return n
}

func request(id string) Erasure {
	return Erasure{ID: repertoire.ID(id), Author: "Awa", At: day0, Reason: "demande du 2 mars 2026"}
}

func TestPurgeErasesARecordAndItsHistory(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.withContact("p2")
	if _, err := s.Purge(t.Context(), repertoire.AggPartnership, "p2", request("e0")); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("a living record was purged: %v", err)
	}
	edit := s.apply(Delete(repertoire.AggPartnership, "p2", 2))
	report, err := s.Purge(t.Context(), repertoire.AggPartnership, "p2", request("e1"))
	if err != nil || report.Versions != 3 || len(report.Records) != 1 || len(report.Backups) == 0 ||
		report.Backups[0].Reason != ReasonPurge {
		t.Fatalf("%+v, %v", report, err)
	}
	if n := s.mentions(); n != 0 {
		t.Fatalf("the name is still in %d files", n)
	}
	s.sound(t)
	trash, err := s.Trash(t.Context())
	if err != nil || len(trash) != 0 {
		t.Fatalf("trash %v, %v", trash, err)
	}
	done, err := s.Erasures(t.Context())
	if err != nil || len(done) != 1 || done[0].What != "fiche" || done[0].Record != "p2" || done[0].Versions != 3 || done[0].Reason == "" {
		t.Fatalf("%+v, %v", done, err)
	}
	plan, err := s.PlanUndo(t.Context(), edit.Change.ID)
	if err != nil || conflicts(plan) != "p2:*!" {
		t.Fatalf("undo of the deletion: %v, %v", conflicts(plan), err)
	}
	if _, err := s.PlanUndo(t.Context(), "e1"); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("undo of the purge: %v", err)
	}
	if _, err := s.PlanRestore(t.Context(), repertoire.AggPartnership, "p2", "Awa", day0); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("restored: %v", err)
	}
}

func TestAPersonIsErasedEverywhere(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.withContact("p2")
	s.withContact("p3")
	s.apply(Delete(repertoire.AggPartnership, "p3", 2))
	is := func(c repertoire.Contact) bool { return c.Email == "f@exemple.fr" }
	report, err := s.ErasePerson(t.Context(), is, request("e1"))
	if err != nil || len(report.Records) != 2 || report.Versions != 7 {
		t.Fatalf("%+v, %v", report, err)
	}
	if n := s.mentions(); n != 0 {
		t.Fatalf("the name is still in %d files", n)
	}
	if p := s.partnership("p2"); len(p.Contacts) != 1 || p.Contacts[0].Name != "Autre" || p.Notes != "relu" || p.Version != 3 {
		t.Fatalf("%+v", p)
	}
	s.sound(t)
	h, err := s.History(t.Context(), repertoire.AggPartnership, "p2")
	if err != nil || len(h) != 3 || h[0].Cause != repertoire.CauseErase {
		t.Fatalf("%+v, %v", h, err)
	}
	if changes, _ := repertoire.Compare(h[0].Op.Before, h[0].Op.After); len(changes) != 0 {
		t.Fatalf("the journal shows what was erased: %v", changes)
	}
	if _, err := s.ErasePerson(t.Context(), is, request("e2")); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("erased twice: %v", err)
	}
	ids, last, err := s.Touched(t.Context(), report.Seq-1)
	if err != nil || last != report.Seq || len(ids) != 2 {
		t.Fatalf("to index: %v %d %v", ids, last, err)
	}
	// An old change can still be undone, without bringing the person back.
	s.undo(h[1].ID, Skip)
	if p := s.partnership("p2"); p.Notes != "" || len(p.Contacts) != 1 {
		t.Fatalf("%+v", p)
	}
}

func TestTrashAndRestore(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.apply(Delete(repertoire.AggPartnership, "p1", 1))
	s.apply(Delete(repertoire.AggAuthority, "stlouis", 1), Delete(repertoire.AggDirectory, "dir-senegal", 1))
	trash, err := s.Trash(t.Context())
	if err != nil || len(trash) != 3 {
		t.Fatalf("%+v, %v", trash, err)
	}
	if x := trash[2]; x.ID != "p1" || x.Title != "Lille – Saint-Louis" || x.DeletedBy != "Awa" || x.DeletedAt.IsZero() {
		t.Fatalf("%+v", x)
	}
	c, err := s.PlanRestore(t.Context(), repertoire.AggPartnership, "p1", "Awa", s.at)
	if err != nil || c.Cause != repertoire.CauseRestore || c.Label != "Restauration : Lille – Saint-Louis" || len(c.Ops) != 3 {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := s.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	s.partnership("p1")
	s.sound(t)
}
