package workspace

import (
	"encoding/json"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"

	"pgregory.net/rapid"
)

// twinOf saves a copy of a partnership, as a second import would.
func twinOf(t testing.TB, w *Workspace, p repertoire.Partnership) repertoire.Partnership {
	t.Helper()
	p.ID, p.Version = "", 0
	q, err := w.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestTwinsAreFoundMergedAndSetApart(t *testing.T) {
	w := sampled(t)
	p, err := w.Records().Partnership(t.Context(), find(t, w, searches.Query{Countries: []string{"MG"}, Limit: 1}).Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	before, err := w.Review().Duplicates(t.Context(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	q := twinOf(t, w, p)
	list, err := w.Review().Duplicates(t.Context(), quiet)
	if err != nil || len(list) != len(before)+1 || list[0].A != min(p.ID, q.ID) || list[0].B != max(p.ID, q.ID) {
		t.Fatalf("%d pairs, %d before, %v", len(list), len(before), err)
	}
	if err := w.Review().NotDuplicates(t.Context(), repertoire.AggPartnership, p.ID, q.ID); err != nil {
		t.Fatal(err)
	}
	if list, _ = w.Review().Duplicates(t.Context(), quiet); len(list) != len(before) {
		t.Errorf("%d pairs after they were set apart", len(list))
	}
}

// Merging authorities carries partnerships along; the undo brings all back.
func TestMergedAuthoritiesAreFollowed(t *testing.T) {
	w := sampled(t)
	p, err := w.Records().Partnership(t.Context(), find(t, w, searches.Query{Countries: []string{"MG"}, Limit: 1}).Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	was := p.PartiesOn(repertoire.SideForeign)[0]
	a, err := w.Records().Authority(t.Context(), was)
	if err != nil {
		t.Fatal(err)
	}
	a.ID, a.Version, a.Name = "", 0, a.Name+" (doublon)"
	a, err = w.Records().SaveAuthority(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	done, err := w.Review().Merge(t.Context(), review.Merging{Aggregate: repertoire.AggAuthority, Keep: a.ID, Drop: was})
	if err != nil {
		t.Fatal(err)
	}
	q, err := w.Records().Partnership(t.Context(), p.ID)
	if err != nil || q.PartiesOn(repertoire.SideForeign)[0] != a.ID {
		t.Fatalf("%v, %v", q.Parties, err)
	}
	if u, err := w.History().Undo(t.Context(), done.ID, history.UndoAsk); err != nil || u.Change == "" {
		t.Fatalf("%+v, %v", u, err)
	}
	if q, _ = w.Records().Partnership(t.Context(), p.ID); q.PartiesOn(repertoire.SideForeign)[0] != was {
		t.Error("the undo left the partnership with the other authority")
	}
}

// Whatever is chosen field by field, a merge taken back leaves both records as
// they were.
func TestMergeAndUndoGiveBackTheStart(t *testing.T) {
	w := sampled(t)
	hits := find(t, w, searches.Query{Limit: 200}).Hits
	content := func(t *rapid.T, id repertoire.ID) string {
		p, err := w.Records().Partnership(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		p.Version, p.Updated = 0, p.Created
		raw, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(hits).Draw(t, "kept").ID
		b := rapid.SampledFrom(hits).Draw(t, "other").ID
		if a == b {
			return
		}
		was := [2]string{content(t, a), content(t, b)}
		fields, err := w.Review().CompareRecords(t.Context(), repertoire.AggPartnership, a, b)
		if err != nil {
			t.Fatal(err)
		}
		m := review.Merging{Aggregate: repertoire.AggPartnership, Keep: a, Drop: b, Take: map[string]review.Take{}}
		for _, f := range fields {
			m.Take[f.Name] = rapid.SampledFrom([]review.Take{review.TakeKept, review.TakeOther, review.TakeBoth}).Draw(t, f.Name)
		}
		done, err := w.Review().Merge(t.Context(), m)
		if repertoire.KindOf(err) == repertoire.Refused && err != nil {
			return // a choice that makes no sound record is refused
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Records().Partnership(t.Context(), b); repertoire.KindOf(err) != repertoire.NotFound {
			t.Fatalf("the other is still there: %v", err)
		}
		if u, err := w.History().Undo(t.Context(), done.ID, history.UndoAsk); err != nil || u.Change == "" {
			t.Fatalf("undo: %+v, %v", u, err)
		}
		if now := [2]string{content(t, a), content(t, b)}; now != was {
			t.Fatalf("kept\n%s\n%s\nother\n%s\n%s", was[0], now[0], was[1], now[1])
		}
	})
}
