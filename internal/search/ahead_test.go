package search

import (
	"context"
	"slices"
	"testing"
)

// putAhead puts some records ahead and then takes them in, or drops them and
// takes in half of them as any others; taken is told of those that stay.
func putAhead(t *testing.T, x *Index, g *generator, i int, drop bool, taken func(Record)) int {
	t.Helper()
	count := x.Len()
	a := x.Ahead()
	if a == nil {
		t.Fatalf("nothing can be put ahead: %+v", x.State())
	}
	var all []Record
	for range 3 {
		var lot []Record
		for range 4 {
			i++
			lot = append(lot, g.record(i))
		}
		must(t, a.Add(context.Background(), lot))
		all = append(all, lot...)
	}
	if n := ask(t, x, Request{Text: "", Limit: -1}).Total; x.Len() != count || n != count {
		t.Fatalf("%d records and %d answers while others wait, want %d", x.Len(), n, count)
	}
	if !drop {
		must(t, a.Reveal(int64(i)))
		for _, rec := range all {
			taken(rec)
		}
		return i
	}
	must(t, a.Drop())
	if n := ask(t, x, Request{Text: "", Limit: -1}).Total; n != count {
		t.Fatalf("%d answers after a drop, want %d", n, count)
	}
	must(t, x.Apply(context.Background(), int64(i), all[:6], nil))
	for _, rec := range all[:6] {
		taken(rec)
	}
	return i
}

// TestNothingAheadIsSeen: what waits for its change is in no answer, count,
// list of values, completion or suggestion, and no word of it corrects another.
func TestNothingAheadIsSeen(t *testing.T) {
	mali := CountryRef{"ML", "Mali", []string{"malien", "malienne"}, nil}
	waits := rec("n", "Villefranque", "Xylozour", mali, func(r *Record) {
		r.Funders = []string{"Fondation Zwyckx"}
		r.Texts = []Text{{"objectives", "Une xylographie des forages."}}
	})
	x := built(t, rec("1", "Lille", "Podor", senegal, func(r *Record) { r.Texts = []Text{{"objectives", "Des forages."}} }))
	before := map[string]int{"": 1, "forages": 1, "pays:ML": 0, "malien": 0, "xylographie": 0, "xylograpie": 0, "xylo": 0, "Villefranque": 0,
		"financeur:zwyckx": 0}
	seen := func(when string) {
		t.Helper()
		for text, want := range before {
			r := ask(t, x, Request{Text: text, Typing: true, Facets: true, Snippets: true})
			if r.Total != want || want == 0 && len(r.Suggestions) > 0 && text != "pays:ML" {
				t.Errorf("%s: %q has %d answers, want %d; proposed %v", when, text, r.Total, want, r.Suggestions)
			}
			for _, c := range r.Facets[FacetCountry] {
				if c.Value == "ML" {
					t.Errorf("%s: %q counts %v", when, text, c)
				}
			}
		}
		if all := x.Complete("financeur:zwy", 13); len(all) != 0 {
			t.Errorf("%s: completed as %v", when, all)
		}
		if _, ok := x.Record("n"); ok || x.Len() != 1 {
			t.Errorf("%s: the record is there, %d in all", when, x.Len())
		}
	}
	seen("before")
	a := x.Ahead()
	must(t, a.Add(context.Background(), []Record{waits}))
	seen("while it waits")
	if x.Ahead() != nil {
		t.Error("two may put records ahead together")
	}
	if err := x.Apply(context.Background(), 9, []Record{rec("2", "Nantes", "Matam", senegal)}, nil); err == nil {
		t.Error("another change is taken in meanwhile")
	}
	must(t, a.Drop())
	seen("once dropped")
	if err := a.Add(context.Background(), []Record{waits}); err == nil {
		t.Error("records are put ahead after the end")
	}
	a = x.Ahead()
	must(t, a.Add(context.Background(), []Record{waits}))
	must(t, a.Reveal(9))
	for _, text := range []string{"xylographie", "xylo", "pays:ML", "malien", "financeur:zwyckx", "xylograpie"} {
		if r := ask(t, x, Request{Text: text, Typing: true, Snippets: true}); !slices.Equal(found(r), []string{"n"}) {
			t.Errorf("%q finds %v once revealed", text, found(r))
		}
	}
	if x.Seq() != 9 || x.Len() != 2 || ask(t, x, Request{Text: "forages"}).Total != 2 {
		t.Errorf("number %d, %d records", x.Seq(), x.Len())
	}
	if r, ok := x.Record("n"); !ok || r.Title != waits.Title {
		t.Errorf("the record is %+v", r)
	}
}

// TestAheadOfAClosedIndex: an index that is closed while records wait has none
// of them when it is opened again, and they can be taken in.
func TestAheadOfAClosedIndex(t *testing.T) {
	dir := closedIndex(t, 30)
	x := open(t, dir)
	a := x.Ahead()
	must(t, a.Add(context.Background(), []Record{rec("n", "Villefranque", "Xylozour", senegal)}))
	must(t, x.Close())
	if err := a.Reveal(50); err == nil {
		t.Error("a closed index takes what waited")
	}
	y := open(t, dir)
	if y.State().NeedsRebuild || y.Len() != 30 || ask(t, y, Request{Text: "xylozour"}).Total != 0 {
		t.Errorf("%+v, %d records", y.State(), y.Len())
	}
	must(t, y.Apply(context.Background(), 60, []Record{rec("n", "Villefranque", "Xylozour", senegal)}, nil))
	if y.Len() != 31 || ask(t, y, Request{Text: "xylozour"}).Total != 1 {
		t.Errorf("%d records afterwards", y.Len())
	}
}
