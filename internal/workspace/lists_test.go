package workspace

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
)

// Lists are kept, counted, ordered, undone and deleted; the smart ones are
// always there.
func TestSavedLists(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "w")
	if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true}); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), dir, base.OpenOptions{Author: "Awa"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	ctx := t.Context()
	smart, err := w.Searches().SavedLists(ctx)
	if err != nil || len(smart) < 5 {
		t.Fatalf("%d lists, %v", len(smart), err)
	}
	for _, l := range smart {
		q := l.Query()
		q.Limit = 200
		r, err := w.Searches().Search(ctx, q)
		if err != nil || r.Total != l.Count {
			t.Errorf("%s counts %d, finds %d (%v)", l.Name, l.Count, r.Total, err)
		}
		if l.Name == "Fictives" && l.Count != 6 {
			t.Errorf("%d fictitious entries", l.Count)
		}
		if err := w.Searches().DeleteList(ctx, l.ID); err == nil {
			t.Errorf("%s was deleted", l.Name)
		}
	}
	water, err := w.Searches().SaveList(ctx, repertoire.SavedList{Name: " L’eau  au Sénégal ", Text: "eau", Directory: "senegal"})
	if err != nil || water.Name != "L’eau au Sénégal" {
		t.Fatalf("%+v, %v", water, err)
	}
	_, err = w.Searches().SaveList(ctx, repertoire.SavedList{Name: "l’EAU au sénégal", Text: "puits"})
	refusedWith(t, err, "déjà")
	_, err = w.Searches().SaveList(ctx, repertoire.SavedList{Name: "Tout"})
	refusedWith(t, err, "trouverait tout")
	second, err := w.Searches().SaveList(ctx, repertoire.SavedList{Name: "Jumelages", Types: []string{"jumelage"}})
	if err != nil {
		t.Fatal(err)
	}
	order := func() (names []string) {
		all, err := w.Searches().SavedLists(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range all {
			if !l.Smart {
				names = append(names, l.Name)
			}
		}
		return names
	}
	if err := w.Searches().MoveList(ctx, second.ID, -1); err != nil {
		t.Fatal(err)
	}
	if got := order(); len(got) != 2 || got[0] != "Jumelages" {
		t.Errorf("order %v", got)
	}
	last, err := w.History().LastChange(ctx)
	if err != nil || last == nil {
		t.Fatal(err)
	}
	if _, err := w.History().Undo(ctx, last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if got := order(); got[0] != "L’eau au Sénégal" {
		t.Errorf("after the undo %v", got)
	}
	if err := w.Searches().DeleteList(ctx, water.ID); err != nil {
		t.Fatal(err)
	}
	if got := order(); len(got) != 1 {
		t.Errorf("after the deletion %v", got)
	}
	if last, err = w.History().LastChange(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := w.History().Undo(ctx, last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if got := order(); len(got) != 2 {
		t.Errorf("the deletion taken back left %v", got)
	}
}

func refusedWith(t *testing.T, err error, says string) {
	t.Helper()
	var e *repertoire.Error
	if !errors.As(err, &e) || e.Kind != repertoire.Refused && e.Kind != repertoire.NotFound || !strings.Contains(e.Message, says) {
		t.Errorf("got %v, want a refusal with %q", err, says)
	}
}

// A list is filled by hand beside what its search finds, thinned by hand, and
// searched in; each step is one change that undoes.
func TestAListIsFilledByHand(t *testing.T) {
	w := sampled(t)
	ctx := t.Context()
	s := w.Searches()
	every := func(q searches.Query) []repertoire.ID {
		t.Helper()
		ids, err := s.Results(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	japan, senegal := every(searches.Query{Countries: []string{"JP"}}), every(searches.Query{Countries: []string{"SN"}})
	l, err := s.SaveList(ctx, repertoire.SavedList{Name: "Japon et autres", Countries: []string{"JP"}})
	if err != nil {
		t.Fatal(err)
	}
	counts := func() int {
		t.Helper()
		all, err := s.SavedLists(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			if x.ID != l.ID {
				continue
			}
			if got := every(x.Query()); len(got) != x.Count {
				t.Errorf("the list counts %d and holds %d", x.Count, len(got))
			}
			return x.Count
		}
		t.Fatal("the list is gone")
		return 0
	}
	put := func(ids ...repertoire.ID) int {
		t.Helper()
		n, err := s.PutInList(ctx, l.ID, ids)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := put(senegal[0], senegal[1], japan[0]); n != 2 || counts() != len(japan)+2 {
		t.Errorf("%d came in, the list holds %d", n, counts())
	}
	if n := put(senegal[0]); n != 0 {
		t.Errorf("%d came in twice", n)
	}
	n, err := s.TakeFromList(ctx, l.ID, []repertoire.ID{senegal[0], japan[0], senegal[5]})
	if err != nil || n != 2 || counts() != len(japan) {
		t.Errorf("%d left, %v, the list holds %d", n, err, counts())
	}
	if n := put(japan[0]); n != 1 || counts() != len(japan)+1 {
		t.Errorf("%d came back, the list holds %d", n, counts())
	}
	// What is asked in the list is asked of what is in it, filters and counts too.
	r, err := s.Search(ctx, searches.Query{List: l.ID, Countries: []string{"SN"}, Facets: true})
	if err != nil || r.Total != 1 || r.Hits[0].ID != senegal[1] {
		t.Fatalf("%d found, %v", r.Total, err)
	}
	for _, v := range r.Facets["country"] {
		if v.Value == "JP" && v.Count != len(japan) || v.Value != "JP" && v.Value != "SN" {
			t.Errorf("the list counts %d of %s", v.Count, v.Value)
		}
	}
	kept, err := s.KeepWithin(ctx, repertoire.SavedList{Name: "Du Sénégal", Countries: []string{"SN"}}, l.ID)
	if err != nil || !slices.Equal(kept.Added, senegal[1:2]) {
		t.Errorf("kept %v, %v", kept.Added, err)
	}
	if _, err := s.TakeFromList(ctx, kept.ID, senegal[:2]); err == nil {
		t.Error("a list filled by hand was emptied")
	}
	// A record that is merged into another leaves its place to it.
	merged, err := w.Review().Merge(ctx, review.Merging{Aggregate: repertoire.AggPartnership, Keep: senegal[2], Drop: senegal[1]})
	if err != nil {
		t.Fatal(err)
	}
	if got := every(searches.Query{List: kept.ID}); !slices.Equal(got, senegal[2:3]) {
		t.Errorf("after the merge the list holds %v", got)
	}
	if _, err := w.History().Undo(ctx, merged.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if got := every(searches.Query{List: kept.ID}); !slices.Equal(got, senegal[1:2]) {
		t.Errorf("the merge undone, the list holds %v", got)
	}
}
