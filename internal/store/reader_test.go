package store

import (
	"errors"
	"fmt"
	"testing"

	"repertoire/internal/repertoire"
)

func TestAViewSeesOneStateOnly(t *testing.T) {
	s := newStory(t)
	s.lille()
	err := s.View(t.Context(), func(r Reader) error {
		before, err := r.Partnership(t.Context(), "p1")
		if err != nil {
			return err
		}
		s.edit(func(p *repertoire.Partnership) { p.Notes = "entre-temps" })
		s.apply(s.put(pair("p2", "lille", "stlouis"), 0))
		after, err := r.Partnership(t.Context(), "p1")
		if err != nil {
			return err
		}
		seq, err := r.LastSeq(t.Context())
		if _, total, _ := r.Browse(t.Context(), BrowseQuery{}); after.Notes != before.Notes || seq != 1 || total != 1 {
			t.Errorf("the view moved: %q, seq %d, %d rows", after.Notes, seq, total)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := s.partnership("p1"); p.Notes != "entre-temps" {
		t.Fatalf("got %+v", p)
	}
}

func TestEachPartnershipIsReadOnceInTheOrderOfTheBase(t *testing.T) {
	s := gallery(t)
	s.apply(Delete(repertoire.AggPartnership, "evry-dakar", 1))
	var got []string
	stop := errors.New("stop")
	if err := s.EachPartnership(t.Context(), func(p repertoire.Partnership) error {
		got = append(got, fmt.Sprint(p.ID, p.Version))
		return nil
	}); err != nil || fmt.Sprint(got) != "[lille-dakar1 havre-dakar1 lille-beyrouth1 evry-beyrouth1]" {
		t.Fatalf("%v, %v", got, err)
	}
	n := 0
	if err := s.EachPartnership(t.Context(), func(repertoire.Partnership) error { n++; return stop }); !errors.Is(err, stop) || n != 1 {
		t.Fatalf("%v after %d", err, n)
	}
}

func TestTheQueueOfEntriesToVerify(t *testing.T) {
	s := gallery(t)
	for id, day := range map[repertoire.ID]repertoire.Date{"lille-dakar": "2026-01-10", "havre-dakar": "2023-05-01", "evry-dakar": "2024"} {
		p := s.partnership(id)
		p.Verified, p.Objectives = day, "Eau"
		p.Projects, p.Contacts = []repertoire.Project{{ID: "x", Title: "Forage"}},
			[]repertoire.Contact{{ID: "k", Side: repertoire.SideFrench, Name: "N"}}
		s.apply(s.put(&p, p.Version))
	}
	rows, total, err := s.ReviewQueue(t.Context(), "senegal", "2026-03-02", 0, 10)
	if err != nil || total != 2 || rows[0].ID != "havre-dakar" || rows[0].Due != "2024-05-01" || rows[0].Missing != 0 ||
		rows[1].ID != "evry-dakar" {
		t.Fatalf("%+v of %d, %v", rows, total, err)
	}
	if rows, total, err = s.ReviewQueue(t.Context(), "", "", 1, 1); err != nil || total != 5 || len(rows) != 1 ||
		rows[0].ID != "evry-beyrouth" {
		t.Fatalf("%+v of %d, %v", rows, total, err)
	}
	fresh, total, err := s.UpToDate(t.Context(), "senegal", "2026-03-02")
	if err != nil || fresh != 1 || total != 3 {
		t.Fatalf("%d of %d, %v", fresh, total, err)
	}
}

func TestPresentationsAndTheJournalAreRead(t *testing.T) {
	s := gallery(t)
	if _, err := s.Presentation(t.Context(), "SN"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("got %v", err)
	}
	s.apply(s.put(&repertoire.Presentation{ID: repertoire.PresentationID("SN"), Country: "SN", Introduction: "Quatorze régions."}, 0))
	p, err := s.Presentation(t.Context(), "SN")
	if err != nil || p.Version != 1 || p.Introduction == "" {
		t.Fatalf("%+v, %v", p, err)
	}
	changes, err := s.ChangesSince(t.Context(), 2, 3)
	if err != nil || len(changes) != 3 || changes[0].Seq != 3 || len(changes[0].Ops) != 1 || changes[0].Ops[0].After == nil {
		t.Fatalf("%+v, %v", changes, err)
	}
	c, err := s.Change(t.Context(), changes[0].ID)
	if err != nil || c.Label != "Essai" || !c.At.Equal(changes[0].At) {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := s.Change(t.Context(), "rien"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Fatalf("got %v", err)
	}
	ids, err := s.PartnershipsOf(t.Context(), []repertoire.ID{"dakar", "beyrouth"})
	if err != nil || len(ids) != 5 {
		t.Fatalf("%v, %v", ids, err)
	}
}

// TestCheckFindsWhatIsWrong: a check that finds nothing in a spoilt base is none.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	for name, spoil := range map[string]string{
		"a column":          `UPDATE partnership SET status = 'termine' WHERE id = 'lille-dakar'`,
		"a title":           `UPDATE partnership SET title = 'X' WHERE id = 'lille-dakar'`,
		"a sort key":        `UPDATE partnership SET sort_title = x'00' WHERE id = 'lille-dakar'`,
		"a link missing":    `DELETE FROM partnership_theme WHERE code = '3.1.1'`,
		"a link too many":   `INSERT INTO partnership_theme(code, partnership, rank) SELECT '9', num, 5 FROM partnership WHERE id = 'lille-dakar'`,
		"a body":            `UPDATE partnership SET body = '{' WHERE id = 'lille-dakar'`,
		"a due date":        `UPDATE partnership SET review_due = '2030-01-01' WHERE id = 'lille-dakar'`,
		"a journal gap":     `DELETE FROM change_op WHERE record = 'lille-dakar'`,
		"a journal behind":  `UPDATE authority SET version = 9 WHERE id = 'lille'`,
		"a record unwanted": `UPDATE directory SET body = '{"id":"d2","slug":"x","title":"","short":"","countries":[]}' WHERE id = 'd2'`,
	} {
		t.Run(name, func(t *testing.T) {
			s := gallery(t)
			s.sound(t)
			if _, err := s.writer.Exec(spoil); err != nil {
				t.Fatal(err)
			}
			problems, err := s.Check(t.Context(), nil)
			if err != nil || len(problems) == 0 {
				t.Fatalf("found %v, %v", problems, err)
			}
		})
	}
}
