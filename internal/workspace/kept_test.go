package workspace

import (
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
)

// The lists of what is to be verified and of likely doubles are read anew after
// whatever may change them, and only then.
func TestListsOfUpkeepFollowTheBase(t *testing.T) {
	w := sampled(t)
	queue := func() []review.ReviewEntry {
		t.Helper()
		list, err := w.Review().ReviewEntries(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := queue()
	if again := queue(); &again[0] != &first[0] {
		t.Error("nothing was written, and the list was made again")
	}
	if other, err := w.Review().ReviewEntries(t.Context(), "japon"); err != nil || len(other) == 0 || len(other) >= len(first) {
		t.Fatalf("%d of %d, %v", len(other), len(first), err)
	}
	var p repertoire.Partnership
	for _, e := range first {
		var err error
		if p, err = w.Records().Partnership(t.Context(), e.ID); err != nil {
			t.Fatal(err)
		}
		if len(p.Themes) > 0 && e.Reasons[0].Kind == review.ReviewStale {
			break
		}
	}
	p.Themes = nil
	saved, err := w.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	says := func(kind review.ReviewKind) bool {
		for _, e := range queue() {
			if e.ID == p.ID {
				for _, r := range e.Reasons {
					if r.Kind == kind {
						return true
					}
				}
			}
		}
		return false
	}
	if !says(review.ReviewTheme) {
		t.Errorf("saved without themes (%+v), and not told", saved)
	}
	takeBack(t, w)
	if says(review.ReviewTheme) {
		t.Error("taken back, and still told")
	}
	if err := w.Review().ConfirmAll(t.Context(), []repertoire.ID{p.ID}); err != nil {
		t.Fatal(err)
	}
	if says(review.ReviewStale) {
		t.Error("confirmed, and still stale")
	}
	now := w.floor.Now
	w.floor.Now = func() time.Time { return now().AddDate(3, 0, 0) }
	if !says(review.ReviewStale) {
		t.Error("three years later it is not stale")
	}
}

func TestLikelyDoublesFollowTheBase(t *testing.T) {
	w := sampled(t)
	pairs := func() int {
		t.Helper()
		list, err := w.Review().Duplicates(t.Context(), quiet)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	before := pairs()
	hits := find(t, w, searches.Query{Limit: 1}).Hits
	p, err := w.Records().Partnership(t.Context(), hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Version = "", 0
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if n := pairs(); n <= before {
		t.Errorf("%d pairs with a twin, %d before", n, before)
	}
	takeBack(t, w)
	if n := pairs(); n != before {
		t.Errorf("%d pairs once it is taken back, %d before", n, before)
	}
}

// takeBack undoes the latest change.
func takeBack(t *testing.T, w *Workspace) {
	t.Helper()
	last, err := w.History().LastChange(t.Context())
	if err == nil {
		_, err = w.History().Undo(t.Context(), last.ID, history.UndoAsk)
	}
	if err != nil {
		t.Fatal(err)
	}
}
