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
		rec("one", "Aurillac", "Bandiagara", senegal,
			func(r *Record) { r.Texts = []Text{{Field: "summary", Text: "Des fontaines publiques ouvertes."}} }),
		rec("two", "Vierzon", "Ziguinchor", senegal, func(r *Record) {
			r.Texts = []Text{{Field: "summary", Text: "La ville entretient ses fontaines"},
				{Field: "history", Text: "Publiques depuis 1990, les séances attirent du monde."}}
		}))
	if got := found(ask(t, x, Request{Text: `"fontaines publiques"`})); !slices.Equal(got, []string{"one"}) {
		t.Errorf("found %v", got)
	}
}

// Who types a whole name means what bears it: a longer name that begins alike
// comes after, however often it is said.
func TestAWholeNameComesFirst(t *testing.T) {
	x := built(t,
		rec("south", "Auch", "Saint-Louis-du-Sud", senegal, func(r *Record) {
			r.Texts = []Text{{Field: "summary", Text: "Saint-Louis, encore Saint-Louis, toujours Saint-Louis."}}
		}),
		rec("town", "Vierzon", "Saint-Louis", senegal))
	if got := found(ask(t, x, Request{Text: "Saint-Louis"})); len(got) == 0 || got[0] != "town" {
		t.Errorf("found %v", got)
	}
}

// Of the words spelled nearly as what was typed, the nearest is meant, however
// common the others are.
func TestTheNearestWordIsMeant(t *testing.T) {
	x := built(t, rec("one", "Vierzon", "Ziguinchor", senegal))
	list := []neighbour{{term: "villages", edits: 2, count: 900}, {term: "vilage", edits: 1, count: 1}}
	(&evaluation{table: x.table}).rankNear(list, "vilag")
	if list[0].term != "vilage" {
		t.Errorf("%q goes first", list[0].term)
	}
}

// Of partnerships that say the same, those that live come before those that
// sleep, and those before what has ended, whatever their titles.
func TestWhatLivesComesFirst(t *testing.T) {
	text := func(status repertoire.Status) func(*Record) {
		return func(r *Record) {
			r.Texts = []Text{{Field: "summary", Text: "Un réseau de fontaines publiques."}}
			r.Status = Coded{string(status), repertoire.Statuses.Label(status)}
		}
	}
	x := built(t, rec("ended", "Auch", "Bandiagara", senegal, text(repertoire.StatusEnded)),
		rec("asleep", "Aurillac", "Bankass", senegal, text(repertoire.StatusDormant)),
		rec("planned", "Bayeux", "Diourbel", senegal, text(repertoire.StatusPlanned)),
		rec("lives", "Vierzon", "Ziguinchor", senegal, text(repertoire.StatusActive)))
	if got := found(ask(t, x, Request{Text: "fontaines"})); !slices.Equal(got, []string{"lives", "planned", "asleep", "ended"}) {
		t.Errorf("found %v", got)
	}
}

// The words of a phrase are those of one record: that one record has the first
// where the next record has the second makes no phrase of them.
func TestAPhraseIsOfOneRecord(t *testing.T) {
	text := func(s string) func(*Record) {
		return func(r *Record) { r.Texts = []Text{{Field: "summary", Text: s}} }
	}
	x := built(t, rec("one", "Aurillac", "Bandiagara", senegal, text("Des fontaines propres.")),
		rec("two", "Aurignac", "Bandiagara", senegal, text("Des places publiques.")))
	if got := found(ask(t, x, Request{Text: `"fontaines publiques"`})); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}
