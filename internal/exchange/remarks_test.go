package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// remarked tells whether a remark on the row holds the words.
func remarked(p exchange.Plan, row int, words string) bool {
	return slices.ContainsFunc(p.Warnings, func(r exchange.Rejection) bool { return r.Row == row && strings.Contains(r.Reason, words) })
}

// Two towns of one name in two regions are two; one town written twice in one
// file, in capitals or not, is one.
func TestNewForeignTownsOfOneFile(t *testing.T) {
	p := plan(t, newWorld(), "Code INSEE;Pays;Collectivité étrangère;Région étrangère\n"+
		"59350;JP;Zidori;Nord\n06088;JP;ZIDORI;nord\n76351;JP;Zidori;Sud\n69266;JP;Zidori;\n", nil)
	if len(p.Rejected) != 0 || len(p.Added) != 4 {
		t.Fatalf("rejected %v, added %d", p.Rejected, len(p.Added))
	}
	var at []repertoire.ID
	for _, a := range p.Added {
		at = append(at, a.Partnership.PartiesOn(repertoire.SideForeign)[0])
	}
	if at[0] != at[1] || at[0] == at[2] || at[3] != at[0] {
		t.Errorf("towns: %v", at)
	}
	regions := map[repertoire.ID]string{}
	for _, a := range p.Authorities {
		regions[a.ID] = a.Region
	}
	if regions[at[0]] != "Nord" || regions[at[2]] != "Sud" {
		t.Errorf("regions: %v", regions)
	}
}

func TestRemarksOnWhatIsTakenOtherwise(t *testing.T) {
	w := newWorld()
	table, err := exchange.Read("essai.csv", strings.NewReader("Commune;Code INSEE;SIREN;Pays;Collectivité étrangère;Objectifs\n"+
		"Lille;59350;217603513;SN;Podor;\n"+
		"Lille;59350;215903501;SN;Kaolack;\n"+
		"Lille;59350;21590350100017;BR;Recife;\n"+
		"Lille;59350;;SN;Thiès;caf\ufffd\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil,
		exchange.Options{Directory: "senegal", Countries: []string{"SN"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rejected) != 0 {
		t.Fatal(p.Rejected)
	}
	for row, words := range map[int]string{2: "n’est pas celui de Lille", 4: "Brésil, n’est pas de ceux", 5: "illisible"} {
		if !remarked(p, row, words) {
			t.Errorf("row %d: no remark with %q in %v", row, words, p.Warnings)
		}
	}
	if len(p.Warnings) != 3 {
		t.Errorf("remarks: %v", p.Warnings)
	}
}

// A municipal district is what it is, and not its commune.
func TestDistrictsAreThemselves(t *testing.T) {
	for row, want := range map[string]string{"Lyon 3e Arrondissement;": "69383", "Paris 12e;": "75112", ";13201": "13201"} {
		w := newWorld()
		p := plan(t, w, "Commune;Code INSEE;Pays;Collectivité étrangère\n"+row+";SN;Podor\n", nil)
		w.accept(p, nil)
		if len(p.Added) != 1 || w.Authority(p.Added[0].Partnership.PartiesOn(repertoire.SideFrench)[0]).INSEE != want {
			t.Errorf("%s: %+v", row, p)
		}
	}
}

func TestDatesAsDatabasesAndLettersWriteThem(t *testing.T) {
	for text, want := range map[string]repertoire.Date{"le 3 mai 2012": "2012-05-03", "Samedi 3 mai 2012": "2012-05-03",
		"le 1er\u202fjanvier\u00a02012": "2012-01-01",
		"2012-05-03 00:00:00":           "2012-05-03", "2012-05-03T10:00:00Z": "2012-05-03", "03/05/2012 08:30": "2012-05-03",
		"2012/05/03": "2012-05-03", "03.05.2012": "2012-05-03",
		"03/05/12": "2012-05-03", "31/02/2012": "", "le mai": "", "2012-05-03 matin": "", "41032": "2012-05-03", "410320": "",
		"00041": ""} {
		p := plan(t, newWorld(), "Code INSEE;Pays;Collectivité étrangère;Date de début\n59350;SN;Podor;"+text+"\n", nil)
		switch {
		case want == "" && (len(p.Unknown) != 1 || len(p.Added) != 1 || p.Added[0].Partnership.Start != ""):
			t.Errorf("%q was taken: %+v", text, p.Added)
		case want != "" && (len(p.Added) != 1 || p.Added[0].Partnership.Start != want):
			t.Errorf("%q: want %s, rejected %v", text, want, p.Rejected)
		}
	}
}

// One bad byte does not turn every accent of a UTF-8 file into two signs, and
// Windows-1252 stays Windows-1252.
func TestBadBytesInUTF8(t *testing.T) {
	for data, want := range map[string]string{"a;b\nBcharré;\xff été\n": "Bcharré", "a;b\nBcharr\xe9;\xe9t\xe9\n": "Bcharré",
		"a;b\nS\xe3o \xc3\xa9;\xe9\n": "São Ã©"} {
		table, err := exchange.Read("f.csv", strings.NewReader(data))
		if err != nil || rowsOf(table)[0].Cells[0] != want {
			t.Errorf("%q: %v, %+v", data, err, table)
		}
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	if _, err := exchange.Read("f.csv", strings.NewReader("%PDF-1.7\n1 0 obj")); err == nil ||
		!strings.Contains(err.Error(), "est un PDF") {
		t.Error(err)
	}
	if _, err := exchange.ReadFile(t.TempDir(), exchange.ReadOptions{}); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "est un dossier") {
		t.Error(err)
	}
}

// Names near one another are told of once, with how many they are.
func TestNamesNearOneAnotherAreOneRemark(t *testing.T) {
	p := plan(t, newWorld(), "Code INSEE;Pays;Collectivité étrangère\n59350;JP;Zidori Kawa\n06088;JP;Zidori Kawb\n76351;JP;Zidori Kawc\n"+
		"69266;JP;Zidori Kawd\n35238;JP;Zidori Kawe\n29019;JP;Zidori Kawf\n13055;JP;Umazuki\n", nil)
	var said []string
	for _, x := range p.Warnings {
		if strings.Contains(x.Reason, "ressembl") {
			said = append(said, x.Reason)
		}
	}
	if len(said) != 1 || !strings.HasPrefix(said[0], "5 noms ressemblent à « Zidori Kawa »") || !strings.Contains(said[0], "et un autre") {
		t.Errorf("%q", said)
	}
}

// Candidates of one name are told apart in the question.
func TestNamesakesOfAQuestionAreToldApart(t *testing.T) {
	p := plan(t, newWorld(), "Code INSEE;Pays;Collectivité étrangère\n59350;SN;Kayes\n06088;JP;Ikeda\n", nil)
	if len(p.Questions) != 2 {
		t.Fatalf("%+v", p.Questions)
	}
	for _, q := range p.Questions {
		_, list, _ := strings.Cut(q.String(), " : ")
		list, _, _ = strings.Cut(list, " ?")
		names := strings.Split(list, ", ")
		slices.Sort(names)
		if len(names) < 2 || len(slices.Compact(names)) < len(strings.Split(list, ", ")) || q.Country == "SN" && !strings.Contains(list, "(M") {
			t.Errorf("%s", q.String())
		}
	}
}
