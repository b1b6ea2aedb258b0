package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// A row that says several partnerships makes each of them, with the country and
// the year that bear its number.
func TestARowOfSeveralPartnerships(t *testing.T) {
	want := []string{"Dijon + Mayence [DE] 1958", "Dijon + Reggio d’Émilie [IT] 1963", "Tours + Parme [IT] 1976"}
	for name, text := range map[string]string{
		"blocs": "Commune;Pays 1;Ville 1;Année 1;Pays 2;Ville 2;Année 2\n" +
			"Dijon;Allemagne;Mayence;1958;Italie;Reggio d’Émilie;1963\nTours;Italie;Parme;1976;;;\n",
		"repeated": "Commune;Ville jumelée;Pays;Année;Ville jumelée;Pays;Année\n" +
			"Dijon;Mayence;Allemagne;1958;Reggio d’Émilie;Italie;1963\nTours;;;;Parme;Italie;1976\n",
		"by kind": "Commune;Ville n° 1;Ville n° 2;Ville n° 3;Pays n° 1;Pays n° 2;Pays n° 3;Année n° 1;Année n° 2;Année n° 3\n" +
			"Dijon;Mayence;Reggio d’Émilie;-;Allemagne;Italie;;1958;1963;\nTours;Parme;;;Italie;;;1976;;\n",
		"two lines": "Commune;Jumelage 1;;;Jumelage 2;;\n;Ville;Pays;Année;Ville;Pays;Année\n" +
			"Dijon;Mayence;Allemagne;1958;Reggio d’Émilie;Italie;1963\nTours;Parme;Italie;1976;;;\n",
		"with a number of the row": "Référence;Commune;Pays 1;Ville 1;Année 1;Pays 2;Ville 2;Année 2\n" +
			"CUF-0012;Dijon;Allemagne;Mayence;1958;Italie;Reggio d’Émilie;1963\nCUF-0013;Tours;Italie;Parme;1976;;;\n",
		"in one cell": "Commune;1re ville jumelée;1re année;2e ville jumelée;2e année\n" +
			"Dijon;Mayence (Allemagne);1958;Reggio d’Émilie (Italie);1963\nTours;Parme (Italie);1976;;\n",
	} {
		_, c, p := pairsOf(t, name+".csv", text)
		if got := pairsAndYears(p); !slices.Equal(got, want) || len(p.Rejected) > 0 {
			t.Errorf("%s: %q, refused %v", name, got, p.Rejected)
		}
		said := slices.ContainsFunc(c.Proposal.Reasons, func(s string) bool { return strings.Contains(s, "un par collectivité") })
		if len(p.Unmapped) > strings.Count(name, "number") || !said {
			t.Errorf("%s: said %q, not taken %q", name, c.Proposal.Reasons, p.Unmapped)
		}
	}
}

func pairsAndYears(p exchange.Plan) (out []string) {
	named := map[repertoire.ID]repertoire.Authority{}
	for _, a := range p.Authorities {
		named[a.ID] = a
	}
	for _, a := range p.Added {
		x := a.Partnership
		var names []string
		for _, q := range x.Parties {
			names = append(names, named[q.Authority].Name)
		}
		out = append(out, fmt.Sprintf("%s [%s] %d", strings.Join(names, " + "), named[x.Parties[len(x.Parties)-1].Authority].Country, x.FirstYear))
	}
	slices.Sort(out)
	return out
}

// The second time nothing is added nor changed, and a later row that says one of
// a row's partnerships otherwise is told of that one.
func TestSeveralPartnershipsARowTwice(t *testing.T) {
	const text = "Commune;Ville 1;Pays 1;Statut 1;Ville 2;Pays 2;Statut 2\n" +
		"Dijon;Mayence;Allemagne;Actif;Skopje;Macédoine du Nord;Terminé\nDijon;Skopje;Macédoine du Nord;Actif;Mayence;Allemagne;Actif\n"
	_, c, p := pairsOf(t, "deux.csv", text)
	if len(p.Added) != 2 || p.Unchanged != 1 || p.Twins != 1 || len(p.Rejected) != 1 || p.Rejected[0].Row != 3 ||
		!strings.Contains(p.Rejected[0].Reason, "ligne 2") {
		t.Fatalf("%d added, %d same, refused %v", len(p.Added), p.Unchanged, p.Rejected)
	}
	var records []repertoire.Partnership
	for _, a := range p.Added {
		records = append(records, a.Partnership)
	}
	known := exchange.NewKnown(reference.Open(), exchange.Base{Authorities: p.Authorities,
		Directories: []repertoire.Directory{{Slug: "essai", Title: "Essai"}}})
	again, err := exchange.NewPlan(t.Context(), c.Table, c.Mapping, known, records, exchange.Options{Directory: "essai", At: november})
	if err != nil || len(again.Added)+len(again.Updated) > 0 || again.Unchanged != 3 {
		t.Errorf("the second time: %d added, %d changed, %d same, %v", len(again.Added), len(again.Updated), again.Unchanged, err)
	}
}

// Numbers do not part the two sides of one partnership, nor several French
// authorities from those they work with.
func TestNumbersThatAreNoSeries(t *testing.T) {
	for text, want := range map[string][]string{
		"Ville 1;Pays 1;Ville 2;Pays 2\nDijon;France;Mayence;Allemagne\nParme;Italie;Tours;France\n": {"Dijon + Mayence [DE]",
			"Tours + Parme [IT]"},
		"Collectivité française 1;Collectivité française 2;Collectivité étrangère 1;Collectivité étrangère 2;Pays\n" +
			"Dijon;Tours;Mayence;Trèves;Allemagne\n": {"Dijon + Tours + Mayence [DE] + Trèves [DE]"},
		"Commune;Partenaire;Pays;Thème 1;Thème 2\nDijon;Mayence;Allemagne;Culture;Jeunesse\n": {"Dijon + Mayence [DE]"},
	} {
		if pairs, _, p := pairsOf(t, "paires.csv", text); !slices.Equal(pairs, want) {
			t.Errorf("%q: %q, %v", text, pairs, p.Rejected)
		}
	}
}

// Another sheet that joins two sides under other headings is said to be passed
// over, and one that says who is in charge is not.
func TestAnotherSheetWithPartnershipsIsSaid(t *testing.T) {
	f := excelize.NewFile()
	for _, x := range []struct {
		name string
		rows [][]any
	}{
		{"Contacts", [][]any{{"Nom", "Téléphone"}, {"Mairie de Dijon", "03 80 74 51 51"}}},
		{"Jumelages", [][]any{{"Commune", "Ville jumelée", "Pays", "Année"}, {"Dijon", "Mayence", "Allemagne", 1958},
			{"Tours", "Parme", "Italie", 1976}}},
		{"Projets", [][]any{{"Collectivité française", "Partenaire étranger"}, {"Lille", "Saint-Louis"}}},
	} {
		if _, err := f.NewSheet(x.name); err != nil {
			t.Fatal(err)
		}
		for i, row := range x.rows {
			if err := f.SetSheetRow(x.name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "classeur.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	table, err := exchange.ReadFile(path, exchange.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	said := slices.ContainsFunc(table.Remarks, func(r exchange.Rejection) bool {
		return strings.Contains(r.Reason, "Seule la feuille « Jumelages » est lue") && strings.Contains(r.Reason, "(« Projets »)")
	})
	if !said {
		t.Errorf("%q is read, %v", table.Sheet, table.Remarks)
	}
}
