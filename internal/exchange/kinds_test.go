package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// pairsOf reads a list as it comes and gives what was taken, "Tours + Parme [IT]".
func pairsOf(t *testing.T, name, text string, countries ...string) (pairs []string, c exchange.Columned, p exchange.Plan) {
	t.Helper()
	known := emptyBase()
	table, err := exchange.Read(name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if c, err = (exchange.Recipe{}).Understand(table, known, countries, false); err != nil {
		t.Fatal(err)
	}
	if p, err = exchange.NewPlan(t.Context(), c.Table, c.Mapping, known, nil,
		exchange.Options{Directory: "essai", Group: c.Group, At: november, Author: "essai"}); err != nil {
		t.Fatal(err)
	}
	named := map[repertoire.ID]repertoire.Authority{}
	for _, a := range p.Authorities {
		named[a.ID] = a
	}
	for _, a := range p.Added {
		var words []string
		for _, q := range a.Partnership.Parties {
			x := named[q.Authority]
			word := x.Name
			if q.Side == repertoire.SideForeign {
				word += " [" + x.Country + "]"
			}
			words = append(words, word)
		}
		pairs = append(pairs, strings.Join(words, " + "))
	}
	slices.Sort(pairs)
	return pairs, c, p
}

// Lists as colleagues, embassies and associations make them: whom each row
// joins, whatever the language, the order of the sides, and what is missing.
func TestListsOfManyHouses(t *testing.T) {
	all := []string{"DE", "IT", "ES", "ML", "SN", "DZ", "BE", "MG"}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"german.csv", "Stadt;Partnerstadt;Land;Seit\nMülheim an der Ruhr;Tours;Frankreich;1962\nMainz;Dijon;Frankreich;1958\n",
			[]string{"Dijon + Mainz [DE]", "Tours + Mülheim an der Ruhr [DE]"}},
		{"spanish.csv", "Ciudad española;Ciudad francesa;Año\nSegovia;Tours;1972\n", []string{"Tours + Segovia [ES]"}},
		{"italian.csv", "Comune italiano;Comune gemellato;Paese;Anno\nParma;Tours;Francia;1976\nTorino;Chambéry;Francia;1957\n",
			[]string{"Chambéry + Torino [IT]", "Tours + Parma [IT]"}},
		{"numbered.csv", "Country 1;Municipality 1;Country 2;Municipality 2\nFrance;Tours;Italy;Parma\nGermany;Mainz;France;Dijon\n",
			[]string{"Dijon + Mainz [DE]", "Tours + Parma [IT]"}},
		{"lettered.csv", "ville_A_nom,ville_B_nom,ville_A_pays,ville_B_pays\nParma,Tours,IT,FR\nDijon,Mainz,FR,DE\n",
			[]string{"Dijon + Mainz [DE]", "Tours + Parma [IT]"}},
		{"both.csv", "Ville;Pays;Jumelée avec;Pays jumelé\nTours;France;Parme;Italie\nDijon;France;Mayence;Allemagne\n",
			[]string{"Dijon + Mayence [DE]", "Tours + Parme [IT]"}},
		{"own.csv", "Jumelages de la ville de Tours\n\nVille;Pays;Année\nMülheim an der Ruhr;Allemagne;1962\nParme;Italie;1976\n",
			[]string{"Tours + Mülheim an der Ruhr [DE]", "Tours + Parme [IT]"}},
		{"bare.txt", "Lille - Saint-Louis (Sénégal)\nRennes - Sétif (Algérie)\nAngers - Bamako (Mali)\n",
			[]string{"Angers + Bamako [ML]", "Lille + Saint-Louis [SN]", "Rennes + Sétif [DZ]"}},
		{"headless.csv", "Comité de jumelage de Dijon;Dijon;Allemagne;Mayence\nAmitié Roubaix–Verviers;Roubaix;Belgique;Verviers\n",
			[]string{"Dijon + Mayence [DE]", "Roubaix + Verviers [BE]"}},
		{"associations.csv", "Nom de l’association;Ville;Objet\nComité de jumelage Tours-Parme;Tours;Échanges avec l’Italie\n" +
			"Amis du Mali;Angers;Santé\nPétanque;Angers;Boules\n", []string{"Angers + Mali (collectivité à préciser) [ML]", "Tours + Parme [IT]"}},
		{"byCountry.csv", "Association;Ville;Pays d’intervention\nAmis de Bamako;Angers;Mali\nRizières;Lyon;Madagascar\n",
			[]string{"Angers + Bamako [ML]", "Lyon + Madagascar (collectivité à préciser) [MG]"}},
		{"départements.csv", "Département;Collectivité partenaire;Pays\nIsère;Fès;Maroc\nFinistère;Diana;Madagascar\n",
			[]string{"Finistère + Diana [MG]", "Isère + Fès [MA]"}},
		{"portal.json", `[{"commune":"Tours","pays":"Italie","partenaire":"Parme"},{"commune":"Dijon","partenaire":"Mayence","pays":"Allemagne"}]`,
			[]string{"Dijon + Mayence [DE]", "Tours + Parme [IT]"}},
		{"page.txt", "| Commune | Pays | Partenaire |\n|---|---|---|\n| Tours | Italie | Parme |\n", []string{"Tours + Parme [IT]"}},
		{"wikidata.tsv", "ville\tvilleLabel\tjumelageLabel\tpaysLabel\nhttp://w.org/Q288\tTours\tParme\tItalie\n",
			[]string{"Tours + Parme [IT]"}},
		{"several.csv", "Commune;Pays;Partenaire\nLens;Mali;Mopti / Djenné\nLens;Mali;-\n", []string{"Lens + Mopti [ML] + Djenné [ML]"}},
		{"caret.csv", "Commune^Pays^Partenaire\nTours^Italie^Parme\n", []string{"Tours + Parme [IT]"}},
		{"rank.csv", "N°;Commune;Pays;Ville jumelle\n1;Tours;Italie;Parme\n2;Dijon;Allemagne;Mayence\n",
			[]string{"Dijon + Mayence [DE]", "Tours + Parme [IT]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pairs, columned, p := pairsOf(t, c.name, c.text, all...)
			if !slices.Equal(pairs, c.want) {
				t.Errorf("taken %q\ncolumns %v, reasons %q, rejected %v", pairs, columned.Mapping, columned.Proposal.Reasons, p.Rejected)
			}
			for _, a := range p.Added {
				if len(a.Partnership.Themes) > 0 && c.name == "rank.csv" {
					t.Errorf("the rank of a row was taken for a theme: %v", a.Partnership.Themes)
				}
			}
		})
	}
}

// An amount is in the unit and the currency its heading says.
func TestAmountsInTheUnitOfTheirHeading(t *testing.T) {
	for cell, c := range map[string]struct {
		heading string
		want    repertoire.Money
	}{
		"20":             {"Budget (k€)", repertoire.Euros(20_000)},
		"1,5":            {"Budget en millions d’euros", repertoire.Euros(1_500_000)},
		"0.12":           {"USD_Commitment", repertoire.Money{Cents: 12_000_000, Currency: "USD"}},
		"$5,000":         {"Budget", repertoire.Money{Cents: 500_000, Currency: "USD"}},
		"environ 20 000": {"Budget", repertoire.Euros(20_000)},
		"12 500,50 €":    {"Budget", repertoire.Euros(0)},
		"3 000 000":      {"Montant FCFA", repertoire.Money{Cents: 300_000_000, Currency: "XOF"}},
	} {
		if cell == "12 500,50 €" {
			c.want = repertoire.Money{Cents: 1_250_050, Currency: "EUR"}
		}
		text := fmt.Sprintf("Commune;Pays;Partenaire;Titre du projet;%s\nTours;Italie;Parme;Eau;%s\n", c.heading, cell)
		known := emptyBase()
		table, err := exchange.Read("budgets.csv", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r := exchange.Recipe{Group: true, Columns: map[string]string{c.heading: string(exchange.FieldProjectBudget)}}
		columned, err := r.Understand(table, known, []string{"IT"}, true)
		if err != nil {
			t.Fatal(err)
		}
		p, err := exchange.NewPlan(t.Context(), columned.Table, columned.Mapping, known, nil,
			exchange.Options{Directory: "essai", Group: true, At: november})
		if err != nil || len(p.Added) != 1 || len(p.Added[0].Partnership.Projects) != 1 {
			t.Fatalf("%s: %d added, %v, %v", cell, len(p.Added), p.Rejected, err)
		}
		if got := p.Added[0].Partnership.Projects[0].Budget; got != c.want {
			t.Errorf("« %s » under « %s »: %+v, not %+v", cell, c.heading, got, c.want)
		}
	}
}

// What is no table says what it is and what to do.
func TestWhatIsNoTableSaysWhatToDo(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"a.xls":    {"<!-- x --><meta charset=utf-8><table><tr><td>a", "page web"},
		"a.gsheet": {`{"url":"https://docs.google.com/spreadsheets/d/1"}`, "Google Sheets"},
		"a.csv.gz": {"\x1f\x8b\x08\x00abcdef", "archive compressée"},
		"a.vcf":    {"BEGIN:VCARD\nFN:A\nEND:VCARD\n", "vCard"},
		"a.eml":    {"From: a@b.fr\nTo: c@d.fr\nSubject: liste\n\nBonjour\n", "pièce jointe"},
		"a.xml":    {`<?xml version="1.0"?><iati-activities version="2.03"/>`, "IITA"},
		"b.xml":    {`<?xml version="1.0"?><liste/>`, "fichier XML"},
		"a.json":   {`[{"a":1},`, "liste JSON"},
		"a.slk":    {"ID;PWXL;N;E\r\nC;Y1;X1;K\"Commune\"\r\nE\r\n", "SYLK"},
		"a.dif":    {"TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF"},
		"a.dbf": {"\x03\x7a\x01\x01\x02\x00\x00\x00\x61\x00\x1f\x00" + strings.Repeat("\x00", 20) + "COMMUNE\x00\x00\x00\x00C" +
			strings.Repeat("\x00", 40), "dBase"},
		"a.parquet": {"PAR1\x15\x04", "Parquet"},
		"b.xls":     {"\xd0\xcf\x11\xe0" + strings.Repeat("\x00", 5000) + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", "ancien format d’Excel"},
		"c.xlsx": {"\xd0\xcf\x11\xe0" + strings.Repeat("\x00", 900) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00",
			"mot de passe : rien n’a été importé. Ouvrez-le avec son mot de passe"},
	} {
		_, err := exchange.Read(name, strings.NewReader(c.data))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, without %q", name, err, c.want)
		}
	}
}

// The months of a date may be in the language of whoever wrote it.
func TestMonthsOfOtherLanguages(t *testing.T) {
	for cell, want := range map[string]repertoire.Date{"12. März 1962": "1962-03-12", "Okt. 1960": "1960-10", "3 maggio 1976": "1976-05-03",
		"5 de enero de 1990": "1990-01-05", "14 de março de 2001": "2001-03-14", "20-oct-1970": "1970-10-20", "15 GIU 1956": "1956-06-15",
		"3rd of December 1958": "1958-12-03", "7 grudnia 1992": "1992-12-07", "le 3 mai 1978": "1978-05-03"} {
		_, _, p := pairsOf(t, "dates.csv", "Commune;Pays;Partenaire;Date de signature\nTours;Italie;Parme;"+cell+"\n")
		if len(p.Added) != 1 || len(p.Added[0].Partnership.Conventions) != 1 || p.Added[0].Partnership.Conventions[0].Signed != want {
			t.Errorf("« %s »: %+v, not %s; %v", cell, p.Added, want, p.Warnings)
		}
	}
}

// What sends to a note under the table is no part of a name; the number of a
// département is.
func TestMarksOfNotesAreNoNames(t *testing.T) {
	pairs, _, _ := pairsOf(t, "notes.csv", "Commune;Pays;Partenaire\nTours*;Italie;Parme (1)\nDijon [2];Allemagne;Mayence ²\n"+
		"Lille**;Sénégal;Saint-Louis†\nSaint-Denis (93);Italie;Sesto San Giovanni\n")
	want := []string{"Dijon + Mayence [DE]", "Lille + Saint-Louis [SN]", "Saint-Denis + Sesto San Giovanni [IT]", "Tours + Parme [IT]"}
	if !slices.Equal(pairs, want) {
		t.Errorf("taken %q", pairs)
	}
}

// A list of sister cities cut from one of the whole world: its countries are
// France's, and that nothing tells whose the other towns are is said.
func TestTheCountryOfAListIsFrance(t *testing.T) {
	pairs, c, p := pairsOf(t, "sisters.csv", ",country,city,sister\n1,France,Dijon,Mainz\n2,France,Tours,Parma\n3,France,Brest,Kiel\n")
	want := []string{"Brest + Kiel []", "Dijon + Mainz []", "Tours + Parma []"}
	said := 0
	for _, w := range p.Warnings {
		if strings.Contains(w.Reason, "n’est pas dit") {
			said++
		}
	}
	if !slices.Equal(pairs, want) || c.Mapping["country"] != exchange.FieldOwnCountry || said != 3 {
		t.Errorf("taken %q, %v, said %+v", pairs, c.Mapping, p.Warnings)
	}
}
