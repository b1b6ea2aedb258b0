package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// The officer's spelling is the name; the reference gives the code and its own
// name among the others. What is not sure is kept as written and asked once.
func TestWhatIsWrittenIsKept(t *testing.T) {
	w := newWorld()
	text := "Commune;Pays;Collectivité étrangère\nVILLE DE GRENOBLE;IT;Mantoue\nÉvry;IT;Padoue\nÉvry;IT;Mantoue\nGrenoble;IT;Sienne\nSyndicat des eaux du Lac;IT;Pise\n"
	p := plan(t, w, text, nil)
	if len(p.Rejected) != 0 || len(p.Added) != 5 {
		t.Fatalf("rejected %v, added %d", p.Rejected, len(p.Added))
	}
	by := map[string]repertoire.Authority{}
	for _, a := range p.Authorities {
		by[a.Name] = a
	}
	if a := by["VILLE DE GRENOBLE"]; a.INSEE != "38185" || !slices.Contains(a.OtherNames, "Grenoble") {
		t.Errorf("%+v", a)
	}
	if a := by["Mantoue"]; a.Latitude == nil || !slices.Contains(a.OtherNames, "Mantova") {
		t.Errorf("%+v", a)
	}
	if a := by["Évry"]; a.INSEE != "" {
		t.Errorf("guessed: %+v", a)
	}
	if a := by["Syndicat des eaux du Lac"]; a.Level != repertoire.LevelSyndicat {
		t.Errorf("%+v", a)
	}
	if len(p.Questions) != 2 || p.Questions[0].Name != "Évry" || p.Questions[0].Rows != 2 || p.Questions[0].Verdict != reference.Confirm ||
		p.Questions[0].Candidates[0].Authority.INSEE != "91228" {
		t.Fatalf("%+v", p.Questions)
	}
	if len(p.Notes) == 0 || p.Notes[len(p.Notes)-1].Rows == 0 {
		t.Errorf("%+v", p.Notes)
	}
	// The answer holds for every row, and the name stays.
	table, err := exchange.Read("essai.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	who := map[string]repertoire.ID{p.Questions[0].Key: p.Questions[0].Candidates[0].Authority.ID}
	q, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil, exchange.Options{Directory: "senegal", Who: who})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range q.Authorities {
		if a.Name == "Évry" && a.INSEE != "91228" {
			t.Errorf("%+v", a)
		}
	}
	if len(q.Questions) != 1 {
		t.Errorf("%+v", q.Questions)
	}
	// Once in the base, the same words mean the same authorities.
	base := w.accept(p, nil)
	again := plan(t, w, text, base)
	if again.Unchanged != 5 || len(again.Questions) != 0 {
		t.Errorf("unchanged %d, %+v", again.Unchanged, again.Questions)
	}
}
