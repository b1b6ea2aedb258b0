package workspace

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/workspace/searches"
)

// TestExamplesOfThePurpose holds the examples that the search was mended for:
// who answers is exactly who should, and what was understood is said.
func TestExamplesOfThePurpose(t *testing.T) {
	desks := map[string]*Workspace{"sample": sampled(t), "list": twinned(t)}
	records := map[string][]judgedRecord{"sample": judgedRecords(t, desks["sample"]), "list": judgedRecords(t, desks["list"])}
	for _, c := range []struct {
		corpus, query, truth string
		said                 string
	}{
		// What is put aside, in all the forms of French.
		{"sample", "Nantes sans Brésil", "fr=Nantes !country=BR", "Nantes · sans Brésil"},
		{"sample", "Nantes mais pas le Brésil", "fr=Nantes !country=BR", "Nantes · sans Brésil"},
		{"sample", "pas le Japon", "!country=JP", "sans Japon"},
		{"sample", "Nantes sauf le Brésil et le Japon", "fr=Nantes !country=BR !country=JP", "sans Brésil · sans Japon"},
		{"sample", "Nantes hors Brésil", "fr=Nantes !country=BR", "sans Brésil"},
		{"sample", "Nantes NOT Brésil", "fr=Nantes !country=BR", "sans Brésil"},
		{"sample", "sans élu", "absent=elected", "sans élu"},
		{"sample", "sans thématique", "absent=theme", "sans thématique"},
		{"sample", "fiches sans convention", "absent=convention", "sans convention"},
		{"sample", "Nantes sauf « Rio de Janeiro »", "fr=Nantes !ab=Rio de Janeiro", "sans « Rio de Janeiro »"},
		{"sample", "Nantes sauf pays:BR", "fr=Nantes !country=BR", "sans Brésil"},
		// Words that only carry the question.
		{"list", "jumelages de Rennes", "fr=Rennes", "laissé de côté : « jumelages »"},
		{"list", "ville jumelée avec Cork", "ab=Cork", "« ville »"},
		{"list", "qui est jumelé avec Heidelberg ?", "ab=Heidelberg", "Heidelberg"},
		{"list", "combien de jumelages avec l'Allemagne", "country=DE", "pays Allemagne"},
		{"sample", "villes bretonnes jumelées avec le Japon", "region=Bretagne country=JP", "région Bretagne"},
		{"sample", "jumelages du Brésil", "country=BR type=jumelage", "type jumelage"},
		{"list", "comités de jumelage de Cholet", "fr=Cholet", "laissé de côté : « comités de jumelage »"},
		{"sample", "informations sur Toulouse", "fr=Toulouse", "laissé de côté"},
		{"sample", "syndicat Madagascar", "country=MG", "laissé de côté : « syndicat »"},
		// Forms and abbreviations.
		{"sample", "agglo", "level=epci", "niveau"},
		{"sample", "CC", "level=epci", "niveau"},
		{"sample", "dépt 93", "dept=93", "département Seine-Saint-Denis (93)"},
		{"list", "GB", "country=GB", "pays Royaume-Uni"},
		{"sample", "AEP", "theme=3.1.1", "AEP"},
		// Beginnings with an error, words of the field, compounds.
		{"sample", "Madagsc", "country=MG", "pays Madagascar"},
		{"sample", "assainisem", "theme=3.1.1 or text~assainissement", "assainisem"},
		// Places of every level.
		{"sample", "77", "dept=77", "département Seine-et-Marne (77)"},
		{"sample", "Lille (59)", "fr=Lille", "département Nord (59)"},
		{"sample", "Boulogne-sur-Mer (62)", "fr=Boulogne-sur-Mer", "Pas-de-Calais (62)"},
		{"sample", "département:93", "dept=93", "département"},
		{"sample", "Seine-et-Marne", "dept=77", "département Seine-et-Marne"},
		{"sample", "Grand Est", "region=Grand Est", "région Grand Est"},
		{"sample", "bretons", "region=Bretagne", "région Bretagne"},
		{"list", "alsaciennes", "dept=67,68", "région Alsace"},
		{"sample", "Amérique latine", "country=AR,BO,BR,CL,CO,CU,DO,EC,GT,HT,MX,NI,PE,UY,VE", "zone Amérique latine"},
		{"sample", "Caraïbe", "country=CU,DO,HT,TT or region=Guadeloupe,Martinique", "zone Caraïbe"},
		{"sample", "Picardie Sénégal", "dept=02,60,80 country=SN", "région Picardie"},
		{"sample", "département de la Vienne", "none", "département Vienne"},
		{"sample", "Répertoire des partenariats de coopération décentralisée France – Amérique latine & Caraïbe",
			"directory=amerique-latine-caraibe", "répertoire"},
		{"sample", "Pérou, Bolivie et Équateur", "country=PE,BO,EC", "pays Pérou ou Bolivie ou Équateur"},
		{"list", "Maghreb", "country=MA,DZ,TN", "zone Maghreb"},
		{"sample", "outre-mer", "dept=971,972,973,974,976,987,988", "zone outre-mer"},
		{"sample", "répertoire franco-japonais", "directory=japon", "répertoire"},
		{"list", "Ratisbonne", "ab=Regensburg", "Ratisbonne"},
		// Figures.
		{"sample", "Japon 1974", "country=JP since=1974..1974", "année 1974"},
		{"sample", "années 90", "since=1990..1999", "années 1990"},
		{"sample", "plus de 50 000 €", "amount=50001..99999999999", "montant > 50"},
		{"sample", "montant:>50000", "amount=50001..99999999999", "montant"},
		{"sample", "depuis plus de 10 ans", "since=1..2016", "plus de 10 ans"},
		{"list", "à plus de 5 000 km", "km=5001..99999", "distance"},
		{"list", "distance:>5000", "km=5001..99999", "distance"},
		{"sample", "actif depuis plus de 10 ans", "status=actif since=1..2016", "statut actif · plus de 10 ans"},
		{"sample", "pas mises à jour depuis 2 ans", "!verified=2024-11-27", "pas vérifié depuis 2 an(s)"},
		{"sample", "récents", "since=2021..9999", "récents"},
		{"list", "communes de moins de 1 000 habitants", "frpop=1..999", "population française < 1 000"},
		{"list", "à moins de 500 km de Lille", "around=500;50.6319;3.0575", "à moins de 500 km de Lille"},
		{"list", "villes allemandes à moins de 100 km de Strasbourg", "country=DE near=100;48.5733;7.7522",
			"partenaire à moins de 100 km de Strasbourg"},
		{"list", "22 29 35 56", "dept=22,29,35,56", "Côtes-d'Armor (22) ou Finistère (29) ou Ille-et-Vilaine (35) ou Morbihan (56)"},
		{"list", "Londres Antony", "fr=Antony ab~London", "Londres (London) · Antony"},
		{"list", "Écosse", "country=GB", "pays Royaume-Uni (pour Écosse)"},
		{"list", "Rennes NOT (Cork OR Brno)", "fr=Rennes !ab=Cork,Brno", "Rennes · sans Cork · sans Brno"},
		{"list", "Lille pas jumelée à Leeds", "fr=Lille !ab=Leeds", "sans Leeds · laissé de côté : « jumelée à »"},
		{"sample", "inactifs", "status=en-sommeil,suspendu,termine", "inactif (en sommeil, suspendu ou terminé)"},
		{"sample", "1 M€", "amount=900000..1100000", "montant autour de 1 000 000 €"},
		{"sample", "grandes villes Japon", "frpop=100001..99999999 country=JP", "grandes villes : plus de 100 000 habitants"},
		{"sample", "subventions de l'AFD", "funder=AFD", "financeur AFD"},
		{"sample", "à jour", "verified=2024-11-28", "à jour : vérifié depuis moins de deux ans"},
		{"sample", "statut actif depuis plus de 10 ans", "status=actif since=1..2016", "statut actif · plus de 10 ans"},
	} {
		want := map[string]bool{}
		for i := range records[c.corpus] {
			if r := &records[c.corpus][i]; r.answers(t, c.truth) {
				want[string(r.p.ID)] = true
			}
		}
		if len(want) == 0 && c.truth != "none" {
			t.Errorf("%s: no record answers %q", c.query, c.truth)
		}
		a := find(t, desks[c.corpus], searches.Query{Text: c.query, Limit: -1})
		wrong := a.Total != len(want)
		for _, h := range a.Hits {
			wrong = wrong || !want[string(h.ID)]
		}
		if wrong {
			t.Errorf("%s: %d answers, %d are right; %s: %.120s", c.query, a.Total, len(want), a.Understood.Text, titles(a))
		}
		if !strings.Contains(strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(a.Understood.Text), c.said) {
			t.Errorf("%s is understood as %q, want %q", c.query, a.Understood.Text, c.said)
		}
	}
}

// TestPartsAreTurnedAndTakenAway holds that each part of a question as
// understood can be taken away or turned round, and back.
func TestPartsAreTurnedAndTakenAway(t *testing.T) {
	w := sampled(t)
	count := func(text string) int { return find(t, w, searches.Query{Text: text}).Total }
	part := func(text, label string) searches.Part {
		t.Helper()
		for _, p := range find(t, w, searches.Query{Text: text}).Understood.Parts {
			if p.Label == label {
				return p
			}
		}
		t.Fatalf("%s has no part %q: %+v", text, label, find(t, w, searches.Query{Text: text}).Understood)
		return searches.Part{}
	}
	for _, c := range []struct{ text, label string }{
		{"Nantes Brésil", "Brésil"}, {"les partenariats de Nantes avec le Brésil", "Brésil"}, {"Japon Bretagne", "Bretagne"},
		{"Sénégal (93)", "Seine-Saint-Denis (93)"},
		{"Japon avant 1990", "première convention avant 1990"}, {"Nice Amérique latine", "Amérique latine"},
		{"Japon sans convention", "convention"}, {"Nantes \"Rio de Janeiro\"", "« Rio de Janeiro »"},
	} {
		p := part(c.text, c.label)
		with, without, turned := count(c.text), count(p.Without), count(p.Turned)
		if with+turned != without {
			t.Errorf("%s: %d with, %d turned (%q), %d without (%q)", c.text, with, turned, p.Turned, without, p.Without)
		}
		var back string
		for _, q := range find(t, w, searches.Query{Text: p.Turned}).Understood.Parts {
			if q.Negated != p.Negated && !q.Dropped && q.Turned != "" {
				back = q.Turned
			}
		}
		if count(back) != with {
			t.Errorf("%s turned twice is %q: %d, not %d", c.text, back, count(back), with)
		}
	}
}

// TestSimilar holds what makes partnerships alike, and that duplicates and the
// partnership itself are not among them.
func TestSimilar(t *testing.T) {
	w := fieldDesk(t)
	asked := find(t, w, searches.Query{Text: "Vatomandry"}).Hits[0]
	id, title := asked.ID, asked.Title
	a := find(t, w, searches.Query{Text: "semblable:" + string(id)})
	if a.Total == 0 || !strings.HasPrefix(a.Understood.Text, "semblables à Sainte-Épreuve") {
		t.Fatalf("%d: %s", a.Total, a.Understood.Text)
	}
	if !strings.Contains(a.Hits[0].Title, "Ohatra") { // Madagascar too, and its water
		t.Errorf("first: %s", titles(a))
	}
	for _, h := range a.Hits {
		if h.ID == id || h.Title == title {
			t.Errorf("itself: %s", h.Title)
		}
	}
	// By its title, as the window asks, the answers are the same, and each says why.
	named := find(t, w, searches.Query{Text: `semblable:"` + title + `"`, Snippets: true})
	if titles(named) != titles(a) {
		t.Errorf("by its title: %s, not %s", titles(named), titles(a))
	}
	for _, h := range named.Hits {
		if len(h.Why) != 1 || h.Why[0].Kind != search.WhySimilar || h.Why[0].Found == "" {
			t.Errorf("%s: no reason: %+v", h.Title, h.Why)
		}
	}
	if why := named.Hits[0].Why[0].Found; !strings.Contains(why, "Madagascar") {
		t.Errorf("why: %q", why)
	}
	if find(t, w, searches.Query{Text: "semblable:zzz"}).Total != 0 {
		t.Error("nothing is like what does not exist")
	}
}

// TestATownIsOfferedForAnother holds that a town which many know and nobody
// works with is not taken for another one spelled nearly alike: it is offered.
func TestATownIsOfferedForAnother(t *testing.T) {
	w := sampled(t)
	partnered(t, w, repertoire.Authority{Name: "Angers"}, repertoire.Authority{Name: "Bamako", Country: "ML"}, nil)
	for _, asked := range []string{"Anvers", "anvers"} {
		a := find(t, w, searches.Query{Text: asked})
		if a.Total != 0 {
			t.Errorf("%s: %s", asked, titles(a))
		}
		if len(a.Corrections) == 0 || !strings.EqualFold(a.Corrections[0].Text, "Angers") {
			t.Errorf("%s: no offer of Angers: %+v", asked, a.Corrections)
		}
	}
	if a := find(t, w, searches.Query{Text: "Angerrs"}); a.Total == 0 { // nobody's name: a slip
		t.Errorf("Angerrs finds nothing: %+v", a.Corrections)
	}
}

// TestVariantsOfHyphens holds that one word, two words and a hyphen are one.
func TestVariantsOfHyphens(t *testing.T) {
	w := sampled(t)
	for i, written := range []string{"agro-écologie", "agroécologie"} {
		partnered(t, w, repertoire.Authority{Name: []string{"Essai-le-Vert", "Épreuve-les-Champs"}[i]},
			repertoire.Authority{Name: []string{"Kayes", "Ségou"}[i], Country: "ML"},
			func(p *repertoire.Partnership) { p.Objectives = "Enseigner l’" + written + " aux maraîchers." })
	}
	for _, asked := range []string{"agro-écologie", "agroécologie", "agroecologie"} {
		if a := find(t, w, searches.Query{Text: asked}); !strings.Contains(titles(a), "Essai-le-Vert") ||
			!strings.Contains(titles(a), "Épreuve-les-Champs") {
			t.Errorf("%s: %s", asked, titles(a))
		}
	}
}

// TestASuperlativeAsksForAnOrder holds that "les plus anciens" keeps all that
// answers and puts it in that order, and can be turned round.
func TestASuperlativeAsksForAnOrder(t *testing.T) {
	w := sampled(t)
	years := func(text string) (out []int) {
		r := find(t, w, searches.Query{Text: text, Limit: -1})
		if all := find(t, w, searches.Query{Text: "Japon"}).Total; r.Total != all {
			t.Errorf("%s: %d of %d", text, r.Total, all)
		}
		for _, h := range r.Hits {
			if h.FirstYear > 0 {
				out = append(out, h.FirstYear)
			}
		}
		return out
	}
	const text = "les plus anciens jumelages avec le Japon"
	oldest := years(text)
	if len(oldest) < 2 || !slices.IsSorted(oldest) {
		t.Errorf("the oldest first: %v", oldest)
	}
	turned := ""
	for _, p := range find(t, w, searches.Query{Text: text}).Understood.Parts {
		if p.Kind == "ordre" {
			turned = p.Turned
		}
	}
	newest := years(turned)
	slices.Reverse(newest)
	if !slices.Equal(newest, oldest) {
		t.Errorf("%q gives %v, not the reverse of %v", turned, newest, oldest)
	}
	// An order that the officer chose goes before the one that words ask for.
	if r := find(t, w, searches.Query{Text: text, Sort: searches.SortYear,
		Descending: true}); r.Hits[0].FirstYear != newest[len(newest)-1] {
		t.Errorf("sorted by hand, the first is of %d", r.Hits[0].FirstYear)
	}
}

// TestOffersAreLikely holds which other questions are offered where nothing
// answers: one letter off, of words that stand together; never a namesake of
// nothing.
func TestOffersAreLikely(t *testing.T) {
	w := twinned(t)
	for text, want := range map[string]string{"Villeneve d'Ascq": "Villeneuve d'Ascq", "Saint Brieux": "Saint Brieuc", "Saïgon": "",
		"Bombay": ""} {
		r := find(t, w, searches.Query{Text: text})
		got := ""
		for _, c := range r.Corrections {
			if strings.HasPrefix(c.Label, "Vouliez-vous dire") {
				got = c.Text
			}
		}
		if got != want {
			t.Errorf("%s: %d answers, %q is offered, want %q", text, r.Total, got, want)
		}
	}
	if r := find(t, w, searches.Query{Text: "heidelbr", Typing: true}); len(r.Corrections) > 0 && r.Corrections[0].Text != "Heidelberg" {
		t.Errorf("heidelbr: %+v", r.Corrections)
	}
}

// TestTheSameCountryGoesBeforeANeighbour holds that of two partnerships that have
// nothing else in common with one, that of its country is the more like it than
// that of the town next door.
func TestTheSameCountryGoesBeforeANeighbour(t *testing.T) {
	w := twinned(t)
	a := find(t, w, searches.Query{Text: `semblable:"Rennes – Erlangen"`, Snippets: true, Limit: -1})
	if a.Total == 0 {
		t.Fatal("nothing is like Rennes – Erlangen")
	}
	german := true
	for _, h := range a.Hits[:min(len(a.Hits), 10)] {
		germany := strings.Contains(h.Why[0].Found, "Allemagne")
		if germany && !german {
			t.Errorf("%s comes after a neighbour of another country: %s", h.Title, titles(a))
		}
		german = germany
	}
}
