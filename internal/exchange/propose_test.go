package exchange_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

var november = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// emptyBase knows the reference and nothing else; it is made once, for that
// takes most of a second.
var emptyBase = sync.OnceValue(func() *exchange.Known {
	return exchange.NewKnown(reference.Open(), exchange.Base{Directories: []repertoire.Directory{{Slug: "essai", Title: "Essai"}}})
})

// taken reads a file with the true tables, as the workspace does, and gives
// the plan; existing are the records of the base.
func taken(t *testing.T, text, country string, r exchange.Recipe, authorities []repertoire.Authority,
	existing []repertoire.Partnership) (exchange.Columned, exchange.Plan) {
	t.Helper()
	known := emptyBase()
	if len(authorities) > 0 {
		known = exchange.NewKnown(reference.Open(), exchange.Base{Authorities: authorities,
			Directories: []repertoire.Directory{{Slug: "essai", Title: "Essai"}}})
	}
	table, err := exchange.Read("liste.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Understand(table, known, strings.Fields(country), true)
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), c.Table, c.Mapping, known, existing,
		exchange.Options{Directory: "essai", Country: country, Group: c.Group, Words: r.Words, At: november, Author: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	return c, p
}

func accepted(p exchange.Plan) (records []repertoire.Partnership) {
	for _, a := range p.Added {
		records = append(records, a.Partnership)
	}
	return records
}

const madeInBenin = "Ref_Accord;Commune_Benin;Departement_Benin;Collectivite_Partenaire;Pays_Partenaire;Type_Cooperation;Date_Signature;Date_Fin;Montant_Total;Secteurs_Intervention;Point_Focal_Benin;Contact_Partenaire;Observations\n" +
	"A-1;Cotonou;Littoral;Lille;France;Jumelage;2010-05-04;2015-06-01;50000;Eau & Assainissement;M. Dossou – 97 00 00 01 – d@exemple.bj;Mme Petit, adjointe au maire;RAS\n" +
	"A-2;Parakou;Borgou;Cologne;Allemagne;;2011;;;;;;\n"

// A list made abroad is read from its own point of view: the partner is the
// French side, and one that is not French is said.
func TestAListMadeAbroadIsTurnedRound(t *testing.T) {
	c, p := taken(t, madeInBenin, "", exchange.Recipe{}, nil, nil)
	if len(p.Added) != 1 || len(p.Rejected) != 1 || p.Rejected[0].Kind != exchange.KindCountry ||
		!strings.Contains(p.Rejected[0].Reason, "Allemagne") {
		t.Fatalf("columns %v, added %d, rejected %v", c.Mapping, len(p.Added), p.Rejected)
	}
	a := p.Added[0].Partnership
	if a.FirstYear != 2010 || a.Conventions[0].Signed != "2010-05-04" || a.End != "2015-06-01" ||
		!slices.Equal(a.Themes, []string{"3.1.1"}) ||
		!strings.Contains(a.Notes, "RAS") || !strings.Contains(a.Notes, "Montant_Total : 50000") || a.External[0].ID != "A-1" {
		t.Errorf("%+v", a)
	}
	people := map[string]repertoire.Contact{}
	for _, c := range a.Contacts {
		people[c.Name] = c
	}
	if d := people["M. Dossou"]; d.Email != "d@exemple.bj" || d.Phone != "97 00 00 01" || d.Side != repertoire.SideForeign {
		t.Errorf("contacts: %+v", a.Contacts)
	}
	if m := people["Mme Petit"]; m.Role != "adjointe au maire" || m.Side != repertoire.SideFrench {
		t.Errorf("contacts: %+v", a.Contacts)
	}
	// The second time nothing changes; the projects of another sheet find the
	// partnership by its number alone.
	_, again := taken(t, madeInBenin, "", exchange.Recipe{}, p.Authorities, accepted(p))
	if again.Unchanged != 1 || again.Updates+again.Additions != 0 {
		t.Errorf("second time: %+v", again)
	}
	_, sheet := taken(t,
		"Ref_Action;Ref_Accord;Titre_Action;Secteur;Date_Debut;Date_Fin;Budget;Financeur_Principal\nP-1;A-1;Forage;Santé;2011;2012;10000;AFD\n", "", exchange.Recipe{}, p.Authorities, accepted(p))
	if len(sheet.Updated) != 1 {
		t.Fatalf("projects: %+v", sheet)
	}
	x := sheet.Updated[0].After.Projects[0]
	if x.Title != "Forage" || x.Start != "2011" || x.End != "2012" || x.Budget.Cents != 1_000_000 || x.Funding[0].Funder != "AFD" ||
		x.External[0].ID != "P-1" || sheet.Updated[0].After.End != "2015-06-01" {
		t.Errorf("%+v", x)
	}
}

const rowAProject = "prjId;Collectivité territoriale française;Pays;Collectivité territoriale étrangère;Titre;Année de première signature de la convention;Thématique;Le partenariat est;Date de fin;Objectif du partenariat;Budget total\n" +
	"1;Lille;Sénégal;Saint-Louis;Déchets;1978;Santé;En cours;;O1;10000\n2;Lille;SENEGAL;Saint-Louis;Culture;2004;Culture et patrimoine;Terminé;31/12/2010;O2;1,5 M€\n"

// A row a project makes a partnership with whole projects; what ends with a
// project does not end with it.
func TestRowsAProjectAreGathered(t *testing.T) {
	c, p := taken(t, rowAProject, "", exchange.Recipe{}, nil, nil)
	if !c.Group || len(p.Added) != 1 || p.Grouped != 1 || len(p.Rejected) != 0 {
		t.Fatalf("group %v, added %d, rejected %v", c.Group, len(p.Added), p.Rejected)
	}
	a := p.Added[0].Partnership
	if a.Status != "" || a.End != "" || a.FirstYear != 1978 || len(a.Projects) != 2 || a.Title != "" {
		t.Errorf("%+v", a)
	}
	if x := a.Projects[1]; x.Title != "Culture" || x.End != "2010-12-31" || x.Budget.Cents != 150_000_000 || x.Description != "O2" ||
		!slices.Equal(x.Themes, []string{"6"}) {
		t.Errorf("%+v", x)
	}
	_, again := taken(t, rowAProject, "", exchange.Recipe{}, p.Authorities, accepted(p))
	if again.Unchanged != 1 || again.Updates != 0 {
		t.Errorf("second time: %+v", again.Updated)
	}
	// Next year the project has another title: its number finds it again.
	_, next := taken(t, strings.Replace(rowAProject, ";Culture;", ";Culture et lecture;", 1), "", exchange.Recipe{}, p.Authorities,
		accepted(p))
	if len(next.Updated) != 1 || len(next.Updated[0].After.Projects) != 2 ||
		next.Updated[0].After.Projects[1].Title != "Culture et lecture" {
		t.Errorf("next year: %+v", next.Updated)
	}
}

func TestHeadingsOfOtherHouses(t *testing.T) {
	for heading, want := range map[string]exchange.Field{"DonorName": exchange.FieldFunders, "iati-identifier": exchange.FieldProjectRef,
		"Recipient country": exchange.FieldCountry,
		"Sister city":       exchange.FieldForeign, "Twinned since": exchange.FieldFirstYear, "Date_Signature": exchange.FieldSigned,
		"Nom de la commune française": exchange.FieldFrench,
		"Pays du partenaire étranger": exchange.FieldCountry, "Budget (€)": exchange.FieldProjectBudget,
		"Courriel du contact français": "agent_fr_courriel", "Purpose name": exchange.FieldProjectThemes,
		"Température": "", "Couleur": ""} {
		if got := exchange.Guess([]string{heading})[heading]; got != want {
			t.Errorf("%s: %q, want %q", heading, got, want)
		}
	}
}

// What the headings do not say, the cells do; sides the wrong way round are
// turned, a country in brackets is cut off, a constant holds for all rows.
func TestColumnsAreUnderstoodByWhatTheyHold(t *testing.T) {
	c, p := taken(t, "A;B;C\nLille;Sénégal;Saint-Louis\nNantes;Cameroun;Dschang\nDunkerque;Algérie;Annaba\n", "", exchange.Recipe{}, nil,
		nil)
	if len(p.Added) != 3 {
		t.Errorf("by content: %v, %v", c.Mapping, p.Rejected)
	}
	c, p = taken(t,
		"Collectivité française;Collectivité étrangère;Pays\nSaint-Louis;Lille;Sénégal\nDschang;Nantes;Cameroun\nAnnaba;Dunkerque;Algérie\n", "", exchange.Recipe{}, nil, nil)
	if c.Mapping["Collectivité française"] != exchange.FieldForeign || len(p.Added) != 3 {
		t.Errorf("sides: %v, %v", c.Mapping, p.Rejected)
	}
	c, p = taken(t, "Ville;Ville jumelée\nLille;Saint-Louis (Sénégal)\nNantes;Dschang (Cameroun)\n", "",
		exchange.Recipe{Layout: exchange.Layout{Constants: map[exchange.Field]string{exchange.FieldType: "Jumelage"}}}, nil, nil)
	if len(c.Proposal.Splits) != 1 || len(p.Added) != 2 || p.Added[0].Partnership.Type != repertoire.TypeTwinning {
		t.Errorf("split: %v, %v, %+v", c.Mapping, p.Rejected, p.Added)
	}
}

// Lists of projects that have no column for the other side take it from where
// the project is or who carries it out, and say so; « City » beside « Sister
// city » is the French one.
func TestListsOfOtherHousesHaveTwoSides(t *testing.T) {
	for name, x := range map[string]struct {
		text, column, abroad string
		group                bool
	}{
		"IATI": {"iati-identifier,title,activity-status,start-planned,recipient-country,reporting-org,participating-org (Implementing),participating-org (Funding),sector,total-commitment\n" +
			"FR-1,Puits,Implementation,2019-01-01,Senegal,Lille,Podor,AFD,Health,120000\nFR-2,École,Completion,2016-01-01,Senegal,Lille,Podor,AFD,Health,80000\n",
			"participating-org (Implementing)", "Podor", true},
		"CRS": {"Year|AgencyName|CrsID|RecipientName|ProjectTitle|LongDescription|PurposeName|ChannelName|USD_Commitment\n" +
			"2021|Lille|2021001|Senegal|EAU|Adduction|Water supply|Podor|0.12\n", "ChannelName", "Podor", true},
		"sisters": {"City,Country,Sister city,Since\nRennes,Senegal,Kaolack,1984\nRouen,Senegal,Dakar,1990\n", "Sister city", "Kaolack", false},
	} {
		c, p := taken(t, x.text, "", exchange.Recipe{}, nil, nil)
		if len(p.Added) == 0 || len(p.Rejected) > 0 || c.Mapping[x.column] != exchange.FieldForeign || c.Group != x.group {
			t.Errorf("%s: columns %v, %d added, rejected %v", name, c.Mapping, len(p.Added), p.Rejected)
			continue
		}
		if !slices.ContainsFunc(p.Authorities, func(a repertoire.Authority) bool { return a.Name == x.abroad && a.Country == "SN" }) {
			t.Errorf("%s: authorities %v", name, p.Authorities)
		}
		if x.group && (len(p.Added) != 1 || !slices.ContainsFunc(c.Proposal.Reasons, func(s string) bool { return strings.Contains(s, x.column) })) {
			t.Errorf("%s: %d partnerships, reasons %v", name, len(p.Added), c.Proposal.Reasons)
		}
	}
}

func TestDatesAsOfficesWriteThem(t *testing.T) {
	for cell, want := range map[string]struct {
		year       int
		start, end repertoire.Date
		signed     []repertoire.Date
	}{
		"1958-1963": {1958, "1958", "1963", nil}, "1958 (renouvelé 2008)": {1958, "", "", []repertoire.Date{"1958", "2008"}},
		"2008, 2012": {2008, "", "", []repertoire.Date{"2008", "2012"}},
		"23/06/1958": {1958, "", "", []repertoire.Date{"1958-06-23"}}, "58": {1958, "", "", nil}, "depuis 1987": {1987, "", "", nil},
		"vers 1960": {0, "1960~", "", nil},
		"années 60": {0, "196X", "", nil}, "1er/05/2008": {2008, "", "", []repertoire.Date{"2008-05-01"}}, "N/A": {}, "-": {},
		"fin 2012": {2012, "", "", nil}, "2091": {},
		"05/23/2012": {2012, "", "", []repertoire.Date{"2012-05-23"}}, "2010/2012": {2010, "2010", "2012", nil},
		"de 2010 à 2012": {2010, "2010", "2012", nil},
	} {
		_, p := taken(t, "Commune;Pays;Partenaire;Année\nLille;Sénégal;Podor;\""+cell+"\"\n", "", exchange.Recipe{}, nil, nil)
		if len(p.Added) != 1 {
			t.Errorf("%s: %v", cell, p.Rejected)
			continue
		}
		a := p.Added[0].Partnership
		var signed []repertoire.Date
		for _, v := range a.Conventions {
			signed = append(signed, v.Signed)
		}
		if a.FirstYear != want.year || a.Start != want.start || a.End != want.end || !slices.Equal(signed, want.signed) {
			t.Errorf("%s: year %d, %s to %s, signed %v", cell, a.FirstYear, a.Start, a.End, signed)
		}
	}
}

func TestARecipeComesBack(t *testing.T) {
	r := exchange.Recipe{Name: "Atlas", HeadingRow: 3, Columns: map[string]string{"A": "pays"},
		Words: exchange.Words{exchange.FieldStatus: {"Expiré": "Terminé"}},
		Layout: exchange.Layout{Constants: map[exchange.Field]string{exchange.FieldType: "Jumelage"},
			Splits: []exchange.Split{{Column: "V", How: exchange.SplitComma,
				Into: [2]exchange.Field{exchange.FieldForeign, exchange.FieldCountry}}}}}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back exchange.Recipe
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(back)
	if !bytes.Equal(data, again) || back.Splits[0].How != exchange.SplitComma ||
		!strings.Contains(string(data), `"constants":{"type":"Jumelage"}`) {
		t.Errorf("%s\n%s", data, again)
	}
}
