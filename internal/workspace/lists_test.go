package workspace

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
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
