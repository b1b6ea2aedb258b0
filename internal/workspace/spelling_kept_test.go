package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/tables"
)

// namesAsTyped are the ways in which offices write authorities, one of each
// kind or more: French one, country, foreign one, and what else each is looked
// for by.
var namesAsTyped = []struct{ french, country, foreign, also string }{
	{"CD 94", "Maroc", "Mogador", "Val-de-Marne|Conseil départemental du Val de Marne|CG 94|CD94|Essaouira"},
	{"Bezons", "Maroc", "Agadir", ""},
	{"EPINAY-SUR-SEINE", "Allemagne", "Muenchen", "Épinay-sur-Seine|Munich|München"},
	{"Besancon", "Espagne", "Saragosse", "Besançon|Zaragoza"},
	{"Vire", "Allemagne", "Baunatal", ""},
	{"Châlons-sur-Marne", "Allemagne", "Neuss", ""},
	{"Région Nord-Pas-de-Calais", "Maroc", "Région de l’Oriental", "Oriental"},
	{"Hauts-de-France", "Pologne", "Silésie", "Région Picardie"},
	{"Région Midi-Pyrénées", "Italie", "Ombrie", ""},
	{"Occitanie", "Chine", "Szechuan", "Languedoc-Roussillon|Sichuan"},
	{"CU Dunkerque", "Liban", "Saïda", "Communauté urbaine de Dunkerque|Sidon"},
	{"CA du Grand Avignon", "Italie", "Mantoue", "Grand Avignon|Mantova"},
	{"Rennes Metropole", "Irlande", "Galway", "Rennes Métropole|Gaillimh"},
	{"LE HAVRE CEDEX", "Russie", "Leningrad", "Le Havre"},
	{"Rouen", "Russie", "Saint-Pétersbourg", "Leningrad|Petrograd"},
	{"Paris 15e", "Liban", "Jbeil", "Paris XV|Paris 15|Byblos"},
	{"3ème arrondissement de Lyon", "Liban", "Baalbeck", "Lyon 3|Lyon 3e|Baalbek"},
	{"Évry", "Sénégal", "Kayes", ""},
	{"Montreuil", "Mali", "Yélimané", ""},
	{"SIAAP", "Liban", "Tyr", "Sour"},
	{"SIVOM de la vallée du Cady", "Arménie", "Leninakan", "Gyumri"},
	{"Conseil général des Côtes-du-Nord", "Pologne", "Breslau", "Wrocław|Wroclaw"},
	{"Saint-Denis (La Réunion)", "Madagascar", "Tamatave", "Toamasina"},
	{"MARSEILLE", "Algérie", "Bône", "Marseille|Annaba"},
	{"Grand Lyon", "Viêt Nam", "Saïgon", "Métropole de Lyon|Hô Chi Minh-Ville"},
	{"Dunkirk", "Allemagne", "Königsberg in Bayern", "Dunkerque"},
	{"44 - Nantes", "Ukraine", "Lemberg", "Nantes|Lviv"},
	{"St-Étienne", "Turquie", "Constantinople", "Saint-Étienne|Istanbul|Istamboul"},
	{"Romans s/ Isère", "Géorgie", "Tiflis", "Romans-sur-Isère|Tbilissi"},
	{"Ville de La Courneuve", "Japon", "Kōbe", "La Courneuve|Kobe|神戸"},
	{"Teste-de-Buch (La)", "Chine", "Dalian", "La Teste-de-Buch"},
	{"Bas-Rhin", "Chine", "Jiangsu", ""},
	{"CEA", "Hongrie", "Vas", "Collectivité européenne d’Alsace|CD 67|Haut-Rhin"},
	{"L Hay les Roses", "Allemagne", "Luebbenau", "L’Haÿ-les-Roses|Lübbenau"},
}

// What an officer writes is what the book prints, and what finds the entry
// again; so do the other names of the same authority.
func TestTheOfficersSpellingIsPrintedAndFound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := Init(t.Context(), dir, base.InitOptions{Author: "Zoé", Now: clock()}); err != nil {
		t.Fatal(err)
	}
	w := opened(t, dir)
	d, err := w.Records().AddDirectory(t.Context(), "graphies", "Graphies",
		strings.Fields("DZ DE AM CN ES GE HU IE IT JP LB MA MG ML PL RU SN TR UA VN"))
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	rows.WriteString("Collectivité française;Pays;Collectivité étrangère;Description\n")
	for _, n := range namesAsTyped {
		rows.WriteString(n.french + ";" + n.country + ";" + n.foreign + ";Échanges de lycéens.\n")
	}
	file := filepath.Join(t.TempDir(), "liste.csv")
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := w.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: d.Slug}, quiet)
	if err != nil || r.Added != len(namesAsTyped) {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, n := range namesAsTyped {
		for _, word := range append([]string{n.french, n.foreign}, strings.FieldsFunc(n.also, func(r rune) bool { return r == '|' })...) {
			if !answers(t, w, d.Slug, word, n.french, n.foreign) {
				t.Errorf("%q does not find %s – %s", word, n.french, n.foreign)
			}
		}
	}
	// What names another, or nobody of the list, brings none of these.
	for word, most := range map[string]int{"CD 13": 0, "CD 51": 0, "Paris 16": 0, "CD94": 1, "Mogador": 1, "Grand Lyon": 1, "Lyon 4": 0,
		"Tananarive": 0} {
		if found := find(t, w, searches.Query{Directory: d.Slug, Text: word, Limit: 50}); found.Total > most {
			t.Errorf("%q finds %d: %s…", word, found.Total, found.Hits[0].Title)
		}
	}
	pdf := filepath.Join(t.TempDir(), "livre.pdf")
	if _, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: d.Slug, Variant: books.Digital, Output: pdf}, quiet); err != nil {
		t.Fatal(err)
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	printed := bare(tool(t, "pdftotext", "-raw", pdf, "-"))
	for _, n := range namesAsTyped {
		for _, name := range []string{n.french, n.foreign} {
			if !strings.Contains(printed, bare(name)) && !strings.Contains(printed, strings.ToUpper(bare(name))) {
				t.Errorf("the book does not print %q", name)
			}
		}
	}
}

// answers tells whether a word finds the partnership of two authorities, as
// they were written.
func answers(t *testing.T, w *Workspace, slug, word, french, foreign string) bool {
	t.Helper()
	for _, h := range find(t, w, searches.Query{Directory: slug, Text: word, Limit: 50}).Hits {
		p, err := w.Records().Partnership(t.Context(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if named(t, w, p.PartiesOn(repertoire.SideFrench)) == french && named(t, w, p.PartiesOn(repertoire.SideForeign)) == foreign {
			return true
		}
	}
	return false
}

func named(t *testing.T, w *Workspace, ids []repertoire.ID) string {
	t.Helper()
	if len(ids) != 1 {
		t.Fatalf("%d authorities on a side", len(ids))
	}
	a, err := w.Records().Authority(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	return a.Name
}
