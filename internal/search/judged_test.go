package search

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"repertoire/internal/repertoire"
)

// judgedCorpus is testdata/corpus.json: invented partnerships in few words.
type judgedCorpus struct {
	Pays map[string]struct {
		N   string
		Adj []string
		A   []string
	}
	Fiches []judgedEntry
}

type judgedEntry struct {
	ID      string
	Fr, Et  []judgedName
	Themes  []string
	Statut  string
	Type    string
	Forme   string
	An      int
	Verif   string
	Textes  map[string]string
	Projets []struct {
		N     string
		Th, B []string
		T     string
		De, A int
	}
	Contact bool
	Acteurs []string
	Odd     []int
}

type judgedName struct {
	N, O, V, P, Insee, Siren, Dep, Reg, Niv string
	A, Cp                                   []string
}

type judgedQuestion struct {
	Q string
	G map[string]int
}

func readTestdata(t testing.TB, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s : %v", file, err)
	}
}

func judgedRecords(t testing.TB) []Record {
	t.Helper()
	var c judgedCorpus
	readTestdata(t, "corpus.json", &c)
	var out []Record
	for _, e := range c.Fiches {
		r := Record{ID: repertoire.ID(e.ID), FirstYear: e.An, Verified: repertoire.Date(e.Verif), HasContact: e.Contact, Actors: e.Acteurs,
			SDGs: e.Odd, Fictitious: true,
			Status:    Coded{e.Statut, repertoire.Statuses.Label(repertoire.Status(e.Statut))},
			Type:      Coded{e.Type, repertoire.Types.Label(repertoire.Type(e.Type))},
			Formality: Coded{e.Forme, repertoire.Formalities.Label(repertoire.Formality(e.Forme))}}
		for _, n := range e.Fr {
			r.French = append(r.French, n.name("FR"))
		}
		for _, n := range e.Et {
			r.Foreign = append(r.Foreign, n.name(n.P))
			p := c.Pays[n.P]
			r.Countries = append(r.Countries, CountryRef{n.P, p.N, p.Adj, p.A})
		}
		r.Title = r.French[0].Usual + " – " + r.Foreign[0].Usual
		for _, code := range e.Themes {
			r.Themes = append(r.Themes, testTheme(code))
		}
		for _, f := range []string{"objectives", "description", "context", "history"} {
			if e.Textes[f] != "" {
				r.Texts = append(r.Texts, Text{f, e.Textes[f]})
			}
		}
		for _, p := range e.Projets {
			x := ProjectText{Title: p.N, Funders: p.B, From: p.De, To: p.A, Text: []Text{{"description", p.T}}}
			for _, code := range p.Th {
				x.Themes = append(x.Themes, testTheme(code))
			}
			for _, b := range p.B {
				if !slices.Contains(r.Funders, b) {
					r.Funders = append(r.Funders, b)
				}
			}
			r.Projects = append(r.Projects, x)
		}
		out = append(out, r)
	}
	return out
}

func (n judgedName) name(country string) Name {
	return Name{Usual: n.N, Official: n.O, Native: n.V, Others: n.A, INSEE: n.Insee, SIREN: n.Siren, PostalCodes: n.Cp, Departement: n.Dep,
		Region: n.Reg, Level: Coded{n.Niv, repertoire.Levels.Label(repertoire.Level(n.Niv))}, Country: country}
}

func judgedQuestions(t testing.TB) []judgedQuestion {
	t.Helper()
	var list struct{ Questions []judgedQuestion }
	readTestdata(t, "queries.json", &list)
	return list.Questions
}

// ndcg is the normalised discounted cumulative gain of the first ten answers.
// A question to which nothing answers is perfect when nothing is found.
func ndcg(ids []string, grades map[string]int) float64 {
	gain := func(grade, place int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(place+2)) }
	var got, best float64
	for i, id := range ids[:min(len(ids), 10)] {
		got += gain(grades[id], i)
	}
	var ideal []int
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	for i, g := range ideal[:min(len(ideal), 10)] {
		best += gain(g, i)
	}
	if best == 0 {
		if len(ids) == 0 {
			return 1
		}
		return 0
	}
	return got / best
}

func found(r Response) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, string(h.ID))
	}
	return out
}

// wanted is the quality below which a change of ranking is a step back.
const wanted = 0.90

func TestJudgedQueries(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	questions := judgedQuestions(t)
	if len(questions) < 60 {
		t.Fatalf("%d questions seulement", len(questions))
	}
	total := 0.0
	for _, q := range questions {
		ids := found(ask(t, x, Request{Text: q.Q, Limit: 20}))
		n := ndcg(ids, q.G)
		total += n
		if n < 0.95 {
			t.Logf("%.2f %-45s %v\n      attendu %v", n, q.Q, ids, q.G)
		}
	}
	mean := total / float64(len(questions))
	t.Logf("nDCG@10 = %.4f sur %d questions", mean, len(questions))
	if mean < wanted {
		t.Errorf("nDCG@10 = %.3f, il faut au moins %.2f", mean, wanted)
	}
}
