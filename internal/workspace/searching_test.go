package workspace

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// partnered saves a partnership of two new authorities, changed as wanted.
func partnered(t testing.TB, w *Workspace, french, foreign repertoire.Authority, change func(*repertoire.Partnership)) repertoire.ID {
	t.Helper()
	p := repertoire.Partnership{Directories: []string{"senegal"}, Type: repertoire.TypeCooperation, Status: repertoire.StatusActive}
	for _, a := range []repertoire.Authority{french, foreign} {
		if a.Level == "" {
			a.Level = repertoire.LevelCommune
		}
		side := repertoire.SideForeign
		if a.Country == "" {
			a.Country, side = "FR", repertoire.SideFrench
		}
		saved, err := w.Records().SaveAuthority(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		p.Parties = append(p.Parties, repertoire.Party{Authority: saved.ID, Side: side, Lead: true})
	}
	if change != nil {
		change(&p)
	}
	saved, err := w.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID
}

// fieldDesk is the sample with records made for the questions of officers.
func fieldDesk(t testing.TB) *Workspace {
	w := sampled(t)
	project := func(title string, themes []string, f ...repertoire.Funding) repertoire.Project {
		return repertoire.Project{ID: repertoire.NewID(), Title: title, Themes: themes, Funding: f}
	}
	partnered(t, w, repertoire.Authority{Name: "Région Île-de-Test", Level: repertoire.LevelRegion, OtherNames: []string{"RIT"}},
		repertoire.Authority{Name: "Nouakchott", NativeName: "نواكشوط", NativeLang: "ar", Country: "MR"}, func(p *repertoire.Partnership) {
			p.Verified, p.FirstYear = "2021-05-04", 2011
			p.Objectives = "Améliorer la collecte des ordures et l’état civil. Le GIP Deux Rives et Cités Unies France y travaillent."
		})
	partnered(t, w, repertoire.Authority{Name: "Sainte-Épreuve", INSEE: "97498", SIREN: "219740123", PostalCodes: []string{"97441"}},
		repertoire.Authority{Name: "Vatomandry", Country: "MG"}, func(p *repertoire.Partnership) {
			p.Verified, p.FirstYear = "2026-02-01", 2018
			p.Themes = []string{"3.1.1"}
			p.Objectives = "Donner à chacun l’accès à l’eau potable."
			p.Contacts = []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Mireille Osmonde",
				Email: "m@epreuve.test"}}
			p.Projects = []repertoire.Project{project("Bornes-fontaines du bourg", []string{"3.1.1"},
				repertoire.Funding{Funder: "Agence de l’eau Test", Kind: "agence-eau"}),
				project("Une école rénovée", []string{"2.1"}, repertoire.Funding{Funder: "MEAE", Kind: "meae"})}
		})
	partnered(t, w, repertoire.Authority{Name: "L’Haÿ-d’Essai", Article: 5},
		repertoire.Authority{Name: "N’Djamessai", Country: "TD", OtherNames: []string{"Fort-Essai"}}, func(p *repertoire.Partnership) {
			p.Status, p.Type, p.FirstYear = repertoire.StatusDormant, repertoire.TypeTwinning, 1975
			p.Projects = []repertoire.Project{project("Forages et école", []string{"3.1.1", "2.1"},
				repertoire.Funding{Funder: "AFD", Kind: "ficol"})}
		})
	return w
}

// What officers type, and what they must find: the examples of the field and
// of the search's own purpose.
func TestQuestionsOfTheField(t *testing.T) {
	w := fieldDesk(t)
	for _, c := range []struct {
		query string
		first string   // begins the title of the first answer; "" is no answer at all
		total int      // -1 is not counted
		why   string   // kind of a reason of the first answer
		marks []string // what is marked in its passages, among others
	}{
		// Old and foreign names, other scripts.
		{"Tananarive", "Fontenay-aux-Roses – Antananarivo", 2, "mot", nil},
		{"Beirut", "Marseille – Beyrouth", 1, "mot", []string{"Beirut"}},
		{"静岡", "Cannes – Shizuoka", 1, "", []string{"静岡"}}, {"نواكشوط", "Région Île-de-Test – Nouakchott", 1, "", []string{"نواكشوط"}},
		{"Dunkirk", "Dunkerque", 1, "", nil}, {"Fort-Essai", "L’Haÿ-d’Essai", 1, "", nil}, {"ndjamessai", "L’Haÿ-d’Essai", 1, "", nil},
		// Usual and official names, Saint and St, articles.
		{"St Louis", "Lille – Saint-Louis", 2, "", nil}, {"saint louis", "Lille – Saint-Louis", 2, "", nil},
		{"Ste Epreuve", "Sainte-Épreuve", 1, "", []string{"Sainte", "Épreuve"}},
		{"Havre", "Le Havre", 1, "nom entier", []string{"Havre"}}, {"Le Havre", "Le Havre", 1, "nom entier", nil},
		{"lhay d essai", "L’Haÿ-d’Essai", 1, "", nil}, {"HAY D’ESSAI", "L’Haÿ-d’Essai", 1, "", nil},
		// Acronyms, spelled and written out.
		{"MEAE", "", -1, "", nil}, {"AFD", "", -1, "", nil}, {"A.F.D.", "", -1, "", nil}, {"FICOL", "", -1, "", nil},
		{"CUF", "Région Île-de-Test", 1, "mot voisin", []string{"Cités", "Unies", "France"}}, {"GIP", "Région Île-de-Test", 1, "mot", nil},
		// Codes are exact.
		{"97498", "Sainte-Épreuve", 1, "", nil}, {"insee:97498", "Sainte-Épreuve", 1, "", nil},
		{"siren:219740123", "Sainte-Épreuve", 1, "", nil}, {"219 740 123", "Sainte-Épreuve", 1, "", nil},
		{"cp:97441", "Sainte-Épreuve", 1, "", nil},
		{"insee:9749", "", 0, "", nil}, {"59350", "Lille – Saint-Louis", 1, "", nil}, {"pays:MR", "", -1, "", nil},
		// Natural orders.
		{"eau Madagascar", "", 2, "pays", []string{"eau"}}, {"qui travaille sur l'eau à Madagascar ?", "", 2, "pays", []string{"eau"}},
		{"eau malgache", "", 2, "", nil},
		{"thème:eau pays:MG", "", 2, "", nil}, {"ordures Mauritanie", "Région Île-de-Test", 1, "", nil},
		{"jumelages au Tchad", "L’Haÿ-d’Essai", 1, "", nil},
		// Related words, said so.
		{"déchets Nouakchott", "Région Île-de-Test", 1, "mot voisin", []string{"ordures"}},
		{"archives Nouakchott", "Région Île-de-Test", 1, "sujet plus large", nil},
		// Nested in one project.
		{"projet:(école FICOL) Tchad", "L’Haÿ-d’Essai", 1, "", nil}, {"projet:(forages école)", "L’Haÿ-d’Essai", 1, "", nil},
		{"projet:(bornes école) Vatomandry", "", 0, "", nil}, {"bornes école Vatomandry", "Sainte-Épreuve", 1, "", nil},
		{"projet:(thème:2.1 financeur:MEAE) Vatomandry", "Sainte-Épreuve", 1, "", nil},
		{"projet:(thème:eau financeur:MEAE) Vatomandry", "", 0, "", nil},
		// Ranges, contacts, freshness.
		{"Vatomandry depuis:2015..2020", "Sainte-Épreuve", 1, "", nil}, {"Vatomandry depuis:2019..", "", 0, "", nil},
		{"Nouakchott avant 2012", "Région Île-de-Test", 1, "", nil},
		{"Nouakchott pas de contact", "Région Île-de-Test", 1, "", nil}, {"Vatomandry pas de contact", "", 0, "", nil},
		{"Nouakchott non vérifié depuis 2 ans", "Région Île-de-Test", 1, "", nil}, {"Vatomandry non vérifié depuis 2 ans", "", 0, "", nil},
		{"tchad en sommeil", "L’Haÿ-d’Essai", 1, "", nil},
		// Phrases, exclusions.
		{"\"eau potable\" Vatomandry", "Sainte-Épreuve", 1, "expression", []string{"eau potable"}}, {"\"potable eau\"", "", 0, "", nil},
		{"Nouakchott -ordures", "", 0, "", nil}, {"Madagascar sauf eau", "", -1, "", nil},
		// People are found by those who keep them.
		{"Osmonde", "Sainte-Épreuve", 1, "", []string{"Osmonde"}},
		// A funder, and elision-right marks.
		{"agence de l’eau test", "Sainte-Épreuve", 1, "", []string{"eau"}},
	} {
		r := find(t, w, searches.Query{Text: c.query, Snippets: true})
		if c.total >= 0 && r.Total != c.total {
			t.Errorf("%s: %d answers, want %d: %s", c.query, r.Total, c.total, titles(r))
			continue
		}
		if c.total == 0 {
			continue
		}
		if r.Total == 0 || !strings.HasPrefix(r.Hits[0].Title, c.first) {
			t.Errorf("%s: %s, want %s first", c.query, titles(r), c.first)
			continue
		}
		if c.why != "" && !slices.ContainsFunc(r.Hits[0].Why, func(y searches.Why) bool { return string(y.Kind) == c.why }) {
			t.Errorf("%s: answers because of %+v, want %s", c.query, r.Hits[0].Why, c.why)
		}
		have := marked(r.Hits)
		for _, m := range c.marks {
			if !slices.Contains(have, m) {
				t.Errorf("%s marks %q, want %q", c.query, have, m)
			}
		}
	}
}

func titles(r searches.Result) string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Title)
	}
	return strings.Join(out[:min(len(out), 6)], ", ")
}

func marked(hits []searches.Hit) []string {
	var out []string
	for _, h := range hits {
		for _, s := range h.Snippets {
			for _, m := range s.Marks {
				out = append(out, s.Text[m[0]:m[1]])
			}
		}
	}
	return out
}

// One word means one theme, wherever it is typed.
func TestThemeFilterReadsAsTyped(t *testing.T) {
	w := fieldDesk(t)
	for _, typed := range []string{"eau", "Eau et assainissement", "3.1.1", "3.1", "3", "dechets", "climat", "Éducation", "assain",
		"assainisement"} {
		var q searches.Query
		if err := w.Searches().ReadFilters(&q, typed, "", ""); err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		given := find(t, w, q)
		asked := find(t, w, searches.Query{Text: `thème:"` + typed + `"`})
		if given.Total != asked.Total || titles(given) != titles(asked) {
			t.Errorf("--theme %s finds %d (%v), thème:%s %d", typed, given.Total, q.Themes, typed, asked.Total)
		}
	}
	var q searches.Query
	if err := w.Searches().ReadFilters(&q, "xyzzy", "", ""); err == nil {
		t.Error("an unknown theme is taken")
	}
	if got := w.Searches().Criteria(searches.Query{Themes: []string{"=3.1", "3.1.1"}}); strings.Contains(got, "=") {
		t.Errorf("criteria: %s", got)
	}
}

// What lies beyond the page is filtered, excluded and ordered all the same.
func TestExcludingAndOrdering(t *testing.T) {
	w := fieldDesk(t)
	all := find(t, w, searches.Query{})
	mg := find(t, w, searches.Query{Countries: []string{"MG"}})
	if got := find(t, w, searches.Query{Exclude: map[string][]string{"country": {"MG"}}}); got.Total != all.Total-mg.Total {
		t.Errorf("without Madagascar %d of %d, %d there", got.Total, all.Total, mg.Total)
	}
	if got := find(t, w, searches.Query{Exclude: map[string][]string{"inconnu": {"x"}},
		More: map[string][]string{"inconnu": {"x"}}}); got.Total != all.Total {
		t.Errorf("an unknown facet hides %d", all.Total-got.Total)
	}
	r := find(t, w, searches.Query{Sort: searches.SortAmount, Descending: true, Limit: 5})
	if len(r.Hits) != 5 {
		t.Errorf("by amount: %s", titles(r))
	}
}
