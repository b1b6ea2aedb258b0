package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Once a person is erased nothing finds them, and the files that held them are
// gone, those of older states included.
func TestErasedPeopleLeaveTheIndex(t *testing.T) {
	w := sampled(t)
	r := find(t, w, searches.Query{Countries: []string{"SN"}, Limit: 2})
	for _, h := range r.Hits {
		changed(t, w, h.ID, func(p *repertoire.Partnership) {
			p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench,
				Name: "Hermeline Zwyckx", Role: "Chargée de mission", Email: "hz@lille.test"})
		})
	}
	if n := find(t, w, searches.Query{Text: "zwyckx"}).Total; n != 2 {
		t.Fatalf("%d entries name her", n)
	}
	generations := func() []string {
		all, _ := filepath.Glob(filepath.Join(w.Index.Dir, "gen-*"))
		return all
	}
	before := generations()
	request := store.Erasure{ID: repertoire.NewID(), Author: "Zoé", At: clock()(), Reason: "demande du 3 mars"}
	erase := func(ctx context.Context) error {
		_, err := w.Store.ErasePerson(ctx, func(c repertoire.Contact) bool { return c.Email == "hz@lille.test" }, request)
		return err
	}
	if err := w.EraseAndForget(t.Context(), erase); err != nil {
		t.Fatal(err)
	}
	for _, q := range []searches.Query{{Text: "zwyckx"}, {Text: "zwy", Typing: true}, {Text: "\"Hermeline Zwyckx\""}} {
		if got := find(t, w, q); got.Total != 0 {
			t.Errorf("%q still finds %d", q.Text, got.Total)
		}
	}
	if got := find(t, w, searches.Query{Text: "zwyckks", Snippets: true}); len(got.Suggestions) != 0 {
		t.Errorf("her name is proposed: %v", got.Suggestions)
	}
	if after := generations(); len(after) != 1 || slices.Contains(before, after[0]) {
		t.Errorf("generations %v, before %v", after, before)
	}
	// Nobody to erase: refused, and the index stays as it is.
	request.ID = repertoire.NewID()
	kept := generations()
	if err := w.EraseAndForget(t.Context(), erase); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("a second erasure: %v", err)
	}
	if got := generations(); !slices.Equal(got, kept) {
		t.Errorf("the index was made again for nothing: %v", got)
	}
	if _, err := os.Stat(filepath.Join(w.Index.Dir, base.LineageFile)); err != nil {
		t.Error("the index is not signed any more")
	}
}

// A program that stops between the erasure and the new index makes it at the
// next opening.
func TestErasureOutlivesACrash(t *testing.T) {
	w := sampled(t)
	before, _ := filepath.Glob(filepath.Join(w.Index.Dir, "gen-*"))
	stop := errors.New("crash")
	func() {
		defer func() { _ = recover() }()
		_ = w.EraseAndForget(t.Context(), func(context.Context) error { panic(stop) })
	}()
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), dir, base.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Index.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, _ := filepath.Glob(filepath.Join(again.Index.Dir, "gen-*"))
	if len(after) != 1 || slices.Equal(after, before) {
		t.Errorf("the old index is still there: %v", after)
	}
}
