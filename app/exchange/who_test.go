package exchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	ex "repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/tables"
)

// A name that several authorities bear is asked about, once for its rows; the
// answer goes to all of them and is kept in the recipe.
func TestANameIsSettledInTheWindow(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	m.ShowFile(written(t, "noms.csv",
		"Collectivité française;Pays;Collectivité étrangère\nMontreuil;Sénégal;Yélimané-Sud\nMontreuil;Sénégal;Dagana\nVichy;Sénégal;Podor\n"), "senegal")
	button(t, window, "Essayer")
	if n := len(m.questions()); n != 1 || m.report.Questions[0].Rows != 2 {
		t.Fatalf("%d questions: %+v", n, m.report.Questions)
	}
	button(t, window, "1 nom à confirmer")
	snapshot(t, window, "import-who")
	var choice *widgets.Select
	for _, o := range window.Canvas().Overlays().List() {
		if s, ok := apptest.Find(o, func(s *widgets.Select) bool {
			return len(s.Options) > 3 &&
				s.Options[0] == "(à dire plus tard)"
		}); ok {
			choice = s
		}
	}
	if choice == nil {
		t.Fatal("nothing to choose in")
	}
	for i, o := range choice.Options {
		if strings.Contains(o, "Seine-Saint-Denis") {
			choice.SetSelectedIndex(i)
			break
		}
	}
	button(t, window, "Appliquer")
	if len(m.recipe.Who) != 1 {
		t.Fatalf("the recipe keeps %v", m.recipe.Who)
	}
	button(t, window, "1 nom à confirmer") // it can be changed
	button(t, window, "Retour")
	button(t, window, "Importer")
	hits, err := w.Searches().Search(t.Context(), searches.Query{Text: "Montreuil"})
	if err != nil || len(hits.Hits) != 2 {
		t.Fatalf("%+v %v", hits, err)
	}
	for _, h := range hits.Hits {
		p, err := w.Records().Partnership(t.Context(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		a, err := w.Records().Authority(t.Context(), p.PartiesOn(repertoire.SideFrench)[0])
		if err != nil || a.INSEE != "93048" || a.Name != "Montreuil" {
			t.Errorf("%s: %+v %v", p.Title, a, err)
		}
	}
}

// One that is left as written is written so, without a code; no question comes
// back for it.
func TestANameMayStayAsWritten(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	m.ShowFile(written(t, "noms.csv", "Collectivité française;Pays;Collectivité étrangère\nVire;Sénégal;Podor\n"), "senegal")
	button(t, window, "Essayer")
	key := m.questions()[0].Key
	m.recipe.Who = map[string]repertoire.ID{key: ex.AsWritten}
	m.settled = m.questions()
	m.Try()
	if len(m.report.Questions) != 0 {
		t.Errorf("asked again: %+v", m.report.Questions)
	}
	if len(m.questions()) != 1 {
		t.Error("the answer cannot be changed")
	}
}

// Permissions that nothing proves are set aside and said; a proof gives them
// back, and stands on each person.
func TestPermissionsComeBackWithAProof(t *testing.T) {
	theirs := blank(t)
	table := written(t, "contacts.csv", "Collectivité française;Pays;Collectivité étrangère\nGannat;Sénégal;Podor\n")
	if _, err := theirs.Tables().Import(t.Context(), table, tables.ImportOptions{Directory: "senegal"}, nil); err != nil {
		t.Fatal(err)
	}
	hits, err := theirs.Searches().Search(t.Context(), searches.Query{Text: "Gannat"})
	if err != nil || len(hits.Hits) != 1 {
		t.Fatal(err)
	}
	q, err := theirs.Records().Partnership(t.Context(), hits.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	q.Contacts = []repertoire.Contact{{Side: repertoire.SideFrench, Name: "Awa Ndour", Role: "maire", PublishName: true,
		LegalBasis: "consentement",
		AgreedOn:   "2026-03-04", Proof: "courriel"}}
	if _, err := theirs.Records().SavePartnership(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "collegue.json")
	if _, err := theirs.Tables().Export(t.Context(), "senegal", "json", out, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	w := blank(t)
	m, _, window := dialogs(t, w)
	m.ShowFile(written(t, "collegue.json", strings.Replace(string(data), "maire", "adjointe au maire", 1)), "senegal")
	if m.report.Consents.SetAside != 1 || !strings.Contains(m.notice.Sentence(), "rien ne la prouve") {
		t.Fatalf("%+v: %s", m.report, m.notice.Sentence())
	}
	button(t, window, "1 autorisation écartée")
	for _, o := range window.Canvas().Overlays().List() {
		if e, ok := apptest.Find(o, func(e *widgets.Entry) bool { return strings.Contains(e.PlaceHolder, "formulaire") }); ok {
			e.SetText("lettre du 4 mai")
		}
	}
	button(t, window, "Appliquer")
	if m.report.Consents.Restored != 1 {
		t.Fatalf("%+v", m.report.Consents)
	}
	button(t, window, "Importer")
	p, err := w.Records().Partnership(t.Context(), q.ID)
	if err != nil || !p.Contacts[0].PublishName || p.Contacts[0].Proof != "lettre du 4 mai" {
		t.Errorf("%+v %v", p.Contacts, err)
	}
}

// The candidates of a cell know other names than the plain one.
func TestACellsCandidatesKnowOtherNames(t *testing.T) {
	w := blank(t)
	for _, c := range []struct {
		text, country, first string
		french               bool
	}{{"Lwów", "Ukraine", "Lviv", false}, {"Cherbourg-Octeville", "", "Cherbourg-en-Cotentin (Manche)", true},
		{"CD 23", "", "Creuse (département)", true}} {
		list, err := w.Tables().AuthorityCandidates(t.Context(), c.text, c.french, c.country)
		if err != nil || len(list) == 0 || list[0] != c.first {
			t.Errorf("%s: %v %v", c.text, list, err)
		}
	}
}
