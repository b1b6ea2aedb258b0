package search

import (
	"slices"
	"testing"

	"repertoire/internal/repertoire"
)

// Of two partnerships that say the same, the one verified lately comes first,
// whatever their titles.
func TestWhatWasVerifiedLatelyComesFirst(t *testing.T) {
	text := func(verified string) func(*Record) {
		return func(r *Record) {
			r.Texts = []Text{{Field: "summary", Text: "Un réseau de fontaines publiques."}}
			r.Verified = repertoire.Date(verified)
		}
	}
	x := built(t, rec("old", "Aurillac", "Bandiagara", senegal, text("2019-05-02")), rec("never", "Auch", "Bankass", senegal, text("")),
		rec("new", "Vierzon", "Ziguinchor", senegal, text("2026-10-01")))
	if got := found(ask(t, x, Request{Text: "fontaines"})); !slices.Equal(got, []string{"new", "old", "never"}) {
		t.Errorf("found %v", got)
	}
}

// A phrase is found where its words follow one another, never from the end of
// one passage into the beginning of the next.
func TestAPhraseStaysInItsPassage(t *testing.T) {
	x := built(t,
		rec("one", "Aurillac", "Bandiagara", senegal, func(r *Record) { r.Texts = []Text{{Field: "summary", Text: "Des fontaines publiques ouvertes."}} }),
		rec("two", "Vierzon", "Ziguinchor", senegal, func(r *Record) {
			r.Texts = []Text{{Field: "summary", Text: "La ville entretient ses fontaines"}, {Field: "history", Text: "Publiques depuis 1990, les séances attirent du monde."}}
		}))
	if got := found(ask(t, x, Request{Text: `"fontaines publiques"`})); !slices.Equal(got, []string{"one"}) {
		t.Errorf("found %v", got)
	}
}
