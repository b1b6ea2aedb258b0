package search

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"repertoire/internal/repertoire"
)

// TestNestedProjects holds that projet:( … ) asks for one project: words of
// two projects of the same partnership do not meet.
func TestNestedProjects(t *testing.T) {
	apart := rec("apart", "Lille", "Podor", senegal, func(r *Record) {
		r.Projects = []ProjectText{
			{Title: "Forages villageois", Themes: []ThemeRef{testTheme("3.1.1")}, Funders: []string{"AFD"}, From: 2012, To: 2014},
			{Title: "École du fleuve", Themes: []ThemeRef{testTheme("2.1")}, Funders: []string{"MEAE"}, From: 2018},
		}
	})
	together := rec("together", "Nantes", "Matam", senegal, func(r *Record) {
		r.Projects = []ProjectText{
			{Title: "Festival", Funders: []string{"Région"}},
			{Title: "Forages et école", Themes: []ThemeRef{testTheme("3.1.1"), testTheme("2.1")}, Funders: []string{"AFD", "MEAE"},
				From: 2018, To: 2020},
		}
	})
	x := built(t, apart, together)
	for query, want := range map[string]string{
		"forages école":                            "apart together",
		"projet:(forages école)":                   "together",
		"projet:(école AFD)":                       "together",
		"projet:(forage AFD)":                      "apart together",
		"projet:(thème:eau financeur:MEAE)":        "together",
		"projet:(thème:2.1 financeur:meae)":        "apart together",
		"projet:(thème:3 école)":                   "together",
		"projet:(forages depuis:2015)":             "together",
		"projet:(forages -école)":                  "apart",
		"-projet:(école AFD)":                      "apart",
		"projet:forages":                           "apart together",
		"projet:(":                                 "apart together",
		"projet:(festival école) sénégal":          "",
		"Nantes projet:(\"forages et école\" AFD)": "together",
	} {
		got := found(ask(t, x, Request{Text: query}))
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s : %v, attendu %q", query, got, want)
		}
	}
	changed := apart
	changed.Projects = changed.Projects[:1]
	if err := x.Apply(context.Background(), 2, []Record{changed}, nil); err != nil {
		t.Fatal(err)
	}
	if r := ask(t, x, Request{Text: "projet:(école MEAE)"}); r.Total != 1 {
		t.Errorf("un projet retiré répond encore : %v", found(r))
	}
}

func TestQueryLanguage(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	for _, c := range []struct {
		query string
		total int
	}{
		{"", 54}, {"   ", 54}, {"pays:MG", 9}, {"pays:madagascar", 9}, {"pays:malgache", 9}, {"pays:MG,SN", 18}, {"pays:MG pays:SN", 18},
		{"pays:Côte d'Ivoire", 1}, {"pays:\"Côte d’Ivoire\"", 1}, {"pays : MG", 9}, {"pays: MG", 9}, {"-pays:MG", 45}, {"pays:zzz", 0},
		{"statut:actif", 42}, {"statut:ACTIF", 42}, {"statut:\"en sommeil\"", 3}, {"statut:en-sommeil", 3}, {"statut:som", 3},
		{"thème:", 54}, {"thème:3", 14}, {"thème:3.1.1", 6}, {"theme:eau", 6}, {"thème:dechets", 2}, {"thème:\"eau et assainissement\"", 6},
		{"type:jumelage", 8}, {"niveau:region", 8}, {"niveau:métropole", 2}, {"région:bretagne", 6}, {"région:\"Grand Est\"", 5},
		{"département:nord", 3}, {"répertoire:madagascar", 0}, {"depuis:2020", 3}, {"depuis:2015..2016", 7}, {"depuis:..1960", 1},
		{"année:1967", 1}, {"avant:1970", 3}, {"depuis 2020", 3}, {"avant 1970", 3}, {"entre 2015 et 2016", 7}, {"année:>=2020", 3},
		{"financeur:AFD", 9}, {"odd:6", 5}, {"contact:non", 6}, {"pas de contact", 6}, {"sans contact", 6}, {"contact:oui", 48},
		{"vérifié:jamais", 3}, {"vérifié:<2016", 2 + 3}, {"vérifié:2026-09..", 2}, {"non vérifié depuis 2 ans", 17}, {"jamais vérifié", 3},
		{"cp:59000", 1}, {"insee:03185", 1}, {"215 903 501", 1}, {"215 903 501 00017", 1}, {"Lille 215 903 501", 1}, {"215 903 502", 0},
		{"siren:21590350100017", 1}, {"nom:saint", 7}, {"\"eau potable\"", 3}, {"\"potable eau\"", 0},
		{"sauf Madagascar", 45}, {"-Madagascar -sénégal", 36}, {"haïti sauf eau", 3}, {"havre OU dunkerque", 2},
		{"decennie:1980", 2}, {"fraîcheur:jamais", 3}, {"franco-malgache", 9}, {"franco-malgaches", 9}, {"le la les", 0},
		// Nothing that can be looked for is not everything.
		{":", 0}, {"🙂", 0}, {"?!", 0}, {"\"", 0}, {"-", 0}, {"nom:🙂", 0}, {"eau 🙂", 6}, {"depuis:abc", 0}, {"eau depuis:abc", 0},
		{"odd 6", 5}, {"ODD6", 5}, {"odd 18", 0}, {"en sommeil", 3}, {"eau statut:actif depuis:zzz..", 0},
	} {
		if got := ask(t, x, Request{Text: c.query}).Total; got != c.total {
			t.Errorf("%-32q %d, attendu %d", c.query, got, c.total)
		}
	}
}

func TestTypingFindsBeginnings(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	for _, c := range []struct{ query, want string }{
		{"tanan", "brest-antananarivo"}, {"l", ""}, {"tyr", "tyr-dunkerque"}, {"assain", "lille-saint-louis"},
		{"eau madag", "tampon-brickaville"}, {"shiz", "shizuoka-cannes"}, {"静", "shizuoka-cannes"}, {"نوا", "nouakchott-idf"},
		{"grand e", "puebla-grandest"},
		{"saint-l", "lille-saint-louis"}, {"5935", "lille-saint-louis"}, {"thème:ea", "tampon-brickaville"}, {"mangro", "belem-fdf"},
	} {
		r := ask(t, x, Request{Text: c.query, Typing: true})
		if r.Total == 0 || c.want != "" && !slices.Contains(found(r), c.want) {
			t.Errorf("%q : %v, attendu %s", c.query, found(r), c.want)
		}
	}
	// What the next key may complete hides nothing yet.
	for _, q := range []string{"\"", "« ", "-", "(", "pays:", "depuis:", "depuis:20", "projet:("} {
		if r := ask(t, x, Request{Text: q, Typing: true}); r.Total != x.Len() {
			t.Errorf("%q while typing: %d", q, r.Total)
		}
	}
	if r := ask(t, x, Request{Text: "🙂", Typing: true}); r.Total != 0 {
		t.Errorf("a picture finds %d", r.Total)
	}
	// A word finished is not a beginning.
	if a, b := ask(t, x, Request{Text: "pau "}).Total, ask(t, x, Request{Text: "pau", Typing: true}).Total; a != 1 || b < 1 {
		t.Errorf("« pau » : %d et %d", a, b)
	}
}

func TestSuggestions(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	for _, c := range []struct{ query, label, text string }{
		{"Madagscar", "Vouliez-vous dire « Madagascar » ?", "Madagascar"},
		{"eau Madagscar statut:actif", "Vouliez-vous dire « eau Madagascar statut:actif » ?", "eau Madagascar statut:actif"},
		{"beirouth", "Vouliez-vous dire « Beyrouth » ?", "Beyrouth"},
		{"japon statut:suspendu", "sans « statut:suspendu » → 7", "japon"},
		{"eau japon", "sans « eau » → 7", "japon"},
		{"mangrove \"pas là du tout\"", "sans « pas là du tout » → 1", "mangrove"},
	} {
		r := ask(t, x, Request{Text: c.query})
		if len(r.Suggestions) == 0 {
			t.Errorf("%q : aucune suggestion", c.query)
			continue
		}
		s := r.Suggestions[0]
		if c.label != "" && s.Label != c.label || s.Text != c.text || s.Count == 0 {
			t.Errorf("%q : %+v, attendu %q %q", c.query, s, c.label, c.text)
		}
		if got := ask(t, x, Request{Text: s.Text}).Total; got != s.Count {
			t.Errorf("%q : la suggestion %q annonce %d et trouve %d", c.query, s.Text, s.Count, got)
		}
	}
	r := ask(t, x, Request{Text: "mangrove", Filters: map[Facet][]string{FacetStatus: {"suspendu"}}})
	if !slices.ContainsFunc(r.Suggestions, func(s Suggestion) bool {
		return s.Facet == FacetStatus && s.Count == 1 &&
			s.Text == "mangrove"
	}) {
		t.Errorf("filtre en trop : %+v", r.Suggestions)
	}
	if r := ask(t, x, Request{Text: "eau"}); len(r.Suggestions) != 0 {
		t.Errorf("suggestions sans besoin : %+v", r.Suggestions)
	}
}

func TestFacets(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	count := func(r Response, f Facet, value string) int {
		for _, c := range r.Facets[f] {
			if c.Value == value {
				return c.Count
			}
		}
		return 0
	}
	r := ask(t, x, Request{Text: "eau", Facets: true})
	if got, want := count(r, FacetTheme, "3"), count(r, FacetTheme, "3.1.1"); got < want || want == 0 {
		t.Errorf("la branche 3 compte %d, sa feuille %d", got, want)
	}
	for _, f := range facetOrder {
		for _, c := range r.Facets[f] {
			alone := ask(t, x, Request{Text: "eau", Filters: map[Facet][]string{f: {c.Value}}})
			if alone.Total != c.Count {
				t.Errorf("%s=%s annonce %d, trouve %d", f, c.Value, c.Count, alone.Total)
			}
			put := ask(t, x, Request{Text: "eau", Exclude: map[Facet][]string{f: {c.Value}}})
			if put.Total != r.Total-c.Count {
				t.Errorf("sans %s=%s : %d, attendu %d", f, c.Value, put.Total, r.Total-c.Count)
			}
			if c.Label == "" {
				t.Errorf("%s=%s n’a pas d’intitulé", f, c.Value)
			}
		}
	}
	// A second country can be ticked: the facet filtered on counts beyond its filter.
	both := ask(t, x, Request{Facets: true, Filters: map[Facet][]string{FacetCountry: {"MG"}}})
	if both.Total != 9 || count(both, FacetCountry, "SN") != 9 || count(both, FacetStatus, "actif") != 7 {
		t.Errorf("choix multiple : %d fiches, Sénégal %d, actifs %d", both.Total, count(both, FacetCountry, "SN"),
			count(both, FacetStatus, "actif"))
	}
	year := ask(t, x, Request{From: 2015, To: 2016})
	if year.Total != 7 {
		t.Errorf("2015–2016 : %d", year.Total)
	}
}

func TestOrders(t *testing.T) {
	at := func(lat, lon float64) func(*Record) {
		return func(r *Record) { r.Foreign[0].Latitude, r.Foreign[0].Longitude = lat, lon }
	}
	x := built(t,
		rec("b", "Évry", "Podor", senegal, at(16, -15), func(r *Record) { r.FirstYear, r.Amount, r.Verified = 2000, 500, "2026-01-01" }),
		rec("a", "Étampes", "Dakar", senegal, at(14.7, -17.4), func(r *Record) { r.FirstYear, r.Amount = 1990, 900 }),
		rec("c", "Zuydcoote", "Antsirabe", madagascar, at(-19, 47), func(r *Record) { r.Verified, r.Updated = "2020-05", 7 }),
		rec("d", "Œting", "Kyoto", japon))
	for _, c := range []struct {
		name string
		req  Request
		want string
	}{
		{"titre", Request{}, "a b d c"}, {"titre inversé", Request{Sort: SortTitle, Descending: true}, "c d b a"},
		{"pays puis partenaire", Request{Sort: SortPartner}, "d c a b"}, {"année", Request{Sort: SortYear}, "a b d c"},
		{"année inversée, inconnues à la fin", Request{Sort: SortYear, Descending: true}, "b a d c"},
		{"montant", Request{Sort: SortAmount, Descending: true}, "a b d c"}, {"vérification", Request{Sort: SortVerified}, "c b a d"},
		{"distance", Request{Sort: SortDistance, Near: &[2]float64{14, -17}}, "a b c d"}, {"page", Request{Offset: 1, Limit: 2}, "b d"},
		{"au-delà", Request{Offset: 10}, ""}, {"mise à jour", Request{Sort: SortUpdated}, "c a b d"},
	} {
		if got := strings.Join(found(ask(t, x, c.req)), " "); got != c.want {
			t.Errorf("%s : %s, attendu %s", c.name, got, c.want)
		}
	}
	if all := ask(t, x, Request{Limit: -1}); len(all.Hits) != 4 || len(all.IDs()) != 4 {
		t.Errorf("sans limite : %d", len(all.Hits))
	}
}

func TestWhy(t *testing.T) {
	x := built(t, rec("exact", "Lille", "Podor", senegal, func(r *Record) { r.Texts = []Text{{"objectives", "Accès à l’eau."}} }),
		rec("voisin", "Nantes", "Matam", senegal, func(r *Record) { r.Texts = []Text{{"objectives", "Creuser des forages."}} }))
	r := ask(t, x, Request{Text: "eau Sénégal", Snippets: true})
	if strings.Join(found(r), " ") != "exact voisin" {
		t.Fatalf("le mot même doit passer devant son voisin : %v", found(r))
	}
	if w := r.Hits[0].Why; !slices.Contains(w, Why{WhyWord, "eau", "eau"}) || !slices.Contains(w, Why{WhyCountry, "Sénégal", "Sénégal"}) {
		t.Errorf("raisons : %+v", w)
	}
	if w := r.Hits[1].Why; !slices.Contains(w, Why{WhySynonym, "eau", "forage"}) {
		t.Errorf("raisons du voisin : %+v", w)
	}
}

func TestSynonymsProgramList(t *testing.T) {
	s, problems := ParseSynonyms(DefaultSynonyms())
	if len(problems) > 0 || len(s.pairs) < 100 {
		t.Errorf("%d paires, %v", len(s.pairs), problems)
	}
	_, problems = ParseSynonyms("eau puits\n: rien\nmot:\n# commentaire\n\nbon: autre\n")
	if len(problems) != 3 || !strings.HasPrefix(problems[0], "Ligne 1") {
		t.Errorf("%q", problems)
	}
	own, _ := ParseSynonyms("flotte: eau\n")
	x, err := Open(t.TempDir(), Options{Now: testNow, Synonyms: own})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rebuild(t, x, 1, rec("1", "Lille", "Podor", senegal, func(r *Record) { r.Texts = []Text{{"objectives", "De l’eau."}} }))
	if ask(t, x, Request{Text: "flotte"}).Total != 1 {
		t.Error("la liste donnée n’est pas suivie")
	}
	other, _ := ParseSynonyms("liquide = eau\n")
	x.SetSynonyms(other)
	if ask(t, x, Request{Text: "flotte"}).Total != 0 || ask(t, x, Request{Text: "liquide"}).Total != 1 {
		t.Error("la liste remplacée n’est pas suivie")
	}
}

// TestApplyIsVisible holds that a change is found when Apply returns, and that
// what it replaced is not.
func TestApplyIsVisible(t *testing.T) {
	ctx := context.Background()
	x := built(t, rec("1", "Lille", "Podor", senegal), rec("2", "Nantes", "Matam", senegal))
	if err := x.Apply(ctx, 5, []Record{rec("1", "Brest", "Podor", senegal), rec("3", "Tours", "Kyoto", japon)},
		[]repertoire.ID{"2", "inconnue"}); err != nil {
		t.Fatal(err)
	}
	for query, total := range map[string]int{"Lille": 0, "Brest": 1, "Tours": 1, "Nantes": 0, "": 2, "pays:SN": 1} {
		if got := ask(t, x, Request{Text: query}).Total; got != total {
			t.Errorf("%q : %d, attendu %d", query, got, total)
		}
	}
	if x.Seq() != 5 || x.Len() != 2 {
		t.Errorf("numéro %d, %d fiches", x.Seq(), x.Len())
	}
	r, ok := x.Record("3")
	if !ok || r.Title != "Tours – Kyoto" {
		t.Errorf("fiche relue : %+v %v", r, ok)
	}
}

// TestTogether searches, completes and verifies while changes are applied and
// the index is rebuilt under them.
func TestTogether(t *testing.T) {
	ctx := context.Background()
	records := judgedRecords(t)
	x := built(t, records...)
	done := make(chan struct{})
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				q := []string{"eau", "eau ma", "pays:MG", "asainissement", "projet:(forages Oudin)", ""}[i%6]
				r, err := x.Search(ctx, Request{Text: q, Typing: i%2 == 0, Facets: true, Snippets: true})
				if err != nil || r.Incomplete || r.Total == 0 {
					t.Errorf("%q : %v %+v", q, err, r)
					return
				}
				x.Complete(q, len(q))
				if i%20 == 0 {
					if err := x.Verify(ctx); err != nil {
						t.Errorf("vérification : %v", err)
					}
				}
			}
		})
	}
	for i := range 40 {
		r := records[i%len(records)]
		r.FirstYear = 1950 + i
		must(t, x.Apply(ctx, int64(10+i), []Record{r}, nil))
		if i%20 == 10 {
			rebuild(t, x, int64(10+i), records...)
		}
	}
	close(done)
	wait.Wait()
	if x.Len() != len(records) {
		t.Errorf("%d fiches", x.Len())
	}
}

// TestKnownWordsAreNotMended holds that what is rightly spelled is not taken
// for an error because nobody works there, nor a country's name taken apart.
func TestKnownWordsAreNotMended(t *testing.T) {
	x, err := Open(t.TempDir(), Options{Now: testNow, Countries: []CountryRef{{"ML", "Mali", []string{"malien"}, nil},
		{"KM", "Comores", nil, nil}, {"CG", "Congo-Brazzaville", nil, nil}},
		Words: []string{"Sport"}, Named: func(w string) bool { return w == "cannet" }})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rebuild(t, x, 1, rec("mai", "Mai", "Podor", senegal), rec("port", "Port", "Brazzaville", madagascar),
		rec("cannes", "Cannes", "Shizuoka", japon))
	for _, q := range []string{"Mali", "sports", "cannet", "malien", "Congo-Brazzaville"} {
		if r := ask(t, x, Request{Text: q}); r.Total != 0 || len(r.Suggestions) != 0 {
			t.Errorf("%s: %v %+v", q, found(r), r.Suggestions)
		}
	}
	for q, want := range map[string]string{"Maii": "Vouliez-vous dire « Mai » ?", "japn": "Vouliez-vous dire « Japon » ?",
		"Mai Mali": "sans « Mali » → 1"} {
		if r := ask(t, x, Request{Text: q}); len(r.Suggestions) == 0 || r.Suggestions[0].Label != want {
			t.Errorf("%s: %+v, want %s", q, r.Suggestions, want)
		}
	}
}

// TestPublicAnswersKeepPeople holds that a person or a note is found by and not
// shown, neither in passages nor as the right spelling of what was typed.
func TestPublicAnswersKeepPeople(t *testing.T) {
	x := built(t, rec("1", "Lille", "Podor", senegal, func(r *Record) {
		r.Contacts = []string{"Hermeline Zwyckx chargée de mission"}
		r.Texts = []Text{{"objectives", "Creuser des puits."}, {"notes", "Relancer avant le divorce du maire."}}
	}))
	for _, c := range []struct {
		text     string
		snippets int // when not public
	}{{"Zwyckx", 1}, {"divorce", 1}, {"puits divorce", 2}, {"zwycky", 1}} {
		own := ask(t, x, Request{Text: c.text, Snippets: true})
		out := ask(t, x, Request{Text: c.text, Snippets: true, Public: true})
		if own.Total != 1 || out.Total != 1 || len(own.Hits[0].Snippets) != c.snippets {
			t.Fatalf("%s: %d and %d hits, %+v", c.text, own.Total, out.Total, own.Hits)
		}
		for _, s := range out.Hits[0].Snippets {
			if s.Field != "objectives" {
				t.Errorf("%s shows %+v", c.text, s)
			}
		}
		for _, s := range out.Suggestions {
			t.Errorf("%s suggests %+v", c.text, s)
		}
	}
}

// TestFundingSchemes holds that money is found by its scheme too.
func TestFundingSchemes(t *testing.T) {
	for _, c := range []struct {
		f    repertoire.Funding
		want string
	}{
		{repertoire.Funding{Funder: "AFD", Kind: "ficol"}, "AFD | AFD – FICOL"}, {repertoire.Funding{Kind: "ficol"}, "AFD – FICOL"},
		{repertoire.Funding{Funder: "Ville de Lille", Kind: "propre"}, "Ville de Lille"}, {repertoire.Funding{}, ""},
		{repertoire.Funding{Funder: "SEDIF", Kind: "oudin"}, "SEDIF | 1 % Oudin-Santini"},
	} {
		if got := strings.Join(payers(c.f), " | "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.f, got, c.want)
		}
	}
}
