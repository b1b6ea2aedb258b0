package search

import (
	"slices"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// lookups is a Lookup made of maps.
type lookups struct {
	authorities map[repertoire.ID]repertoire.Authority
}

func (k lookups) Authority(id repertoire.ID) (repertoire.Authority, bool) {
	a, ok := k.authorities[id]
	return a, ok
}

func (lookups) Country(iso string) (CountryRef, bool) { return senegal, iso == "SN" }

func (lookups) Theme(code string) (repertoire.Theme, bool) {
	label, ok := testThemes[code]
	return repertoire.Theme{Code: code, Label: label, SDG: 6}, ok
}

func (lookups) FileText(_ repertoire.ID, sum string) string {
	return map[string]string{"f1": "Le syndicat des eaux s’engage à curer les puisards"}[sum]
}

func TestNewRecord(t *testing.T) {
	lat, lon := 16.0, -16.5
	look := lookups{map[repertoire.ID]repertoire.Authority{
		"fr": {ID: "fr", Name: "Le Havre", Article: 2, Country: "FR", Level: repertoire.LevelCommune, INSEE: "76351", SIREN: "217603513",
			Departement: "Seine-Maritime", Region: "Normandie"},
		"et": {ID: "et", Name: "Saint-Louis", NativeName: "Ndar", Country: "SN", Level: repertoire.LevelCommune, Latitude: &lat,
			Longitude: &lon},
		"zz": {ID: "zz", Name: "Quelque part", Country: "ZZ"},
	}}
	p := repertoire.Partnership{ID: "p", Directories: []string{"senegal"}, Start: "2012-05",
		Parties: []repertoire.Party{{Authority: "et", Side: repertoire.SideForeign},
			{Authority: "fr", Side: repertoire.SideFrench, Lead: true}, {Authority: "zz", Side: repertoire.SideForeign},
			{Authority: "inconnue", Side: repertoire.SideForeign}},
		Type: repertoire.TypeTwinning, Status: repertoire.StatusActive, Themes: []string{"3.1.1", "9.9"}, Objectives: "L’eau pour tous",
		Notes: "Rappeler en juin.", Updated: time.Unix(1700000000, 0), Verified: "2026-01-02",
		Projects: []repertoire.Project{{Title: "Forages", Themes: []string{"2.1"}, Start: "2018", End: "2020-06", Operator: "GRDR",
			Budget: repertoire.Euros(1000), Funding: []repertoire.Funding{{Funder: "AFD"}, {Kind: "ficol"}}}},
		Attachments: []repertoire.Attachment{{Media: "f1", Name: "protocole.pdf"}},
		Contacts:    []repertoire.Contact{{Name: "Awa Ndiaye", Role: "Maire adjointe", Email: "awa@example.org"}},
		Links:       []repertoire.Link{{Label: "Site", URL: "https://ville.example.net"}},
		Exchanges:   []repertoire.Exchange{{Title: "Visite", Description: "Délégation d’élus"}}}
	r := NewRecord(&p, 7, look)
	if r.Title != "Le Havre – Saint-Louis, Quelque part" || r.Seq != 7 || r.FirstYear != 2012 || r.Amount != 100000 || !r.HasContact ||
		r.Updated != 1700000000 {
		t.Errorf("%+v", r)
	}
	if len(r.Countries) != 2 || r.Countries[0].Name != "Sénégal" || r.Countries[1].Name != "ZZ" {
		t.Errorf("pays : %+v", r.Countries)
	}
	if len(r.Themes) != 2 || len(r.Themes[0].Above) != 2 || r.Themes[0].Above[0].Code != "3.1" || !slices.Equal(r.SDGs, []int{6}) {
		t.Errorf("thématiques : %+v, ODD %v", r.Themes, r.SDGs)
	}
	if !slices.Equal(r.Funders, []string{"AFD", "AFD – FICOL"}) || r.Projects[0].From != 2018 || r.Projects[0].To != 2020 {
		t.Errorf("projets : %+v, financeurs %v", r.Projects, r.Funders)
	}
	x := built(t, r)
	for _, q := range []string{"havre", "76351", "siren:217603513", "awa", "adjointe", "visite", "délégation", "grdr", "ficol",
		"eau sénégal", "seine-maritime", "normandie",
		"jumelage actif", "projet:(forages AFD depuis:2019)", "odd:6", "depuis:2012", "pays:SN", "pays:ZZ", "répertoire:senegal",
		"contact:oui", "ndar", "juin", "éducation", "commune", "protocole", "curer puisards"} {
		if ask(t, x, Request{Text: q}).Total != 1 {
			t.Errorf("%q ne trouve pas la fiche", q)
		}
	}
	if ask(t, x, Request{Text: "awa@example.org"}).Total != 0 {
		t.Error("l’adresse d’un interlocuteur ne doit pas être dans l’index")
	}
	objected := p
	objected.Contacts = []repertoire.Contact{{Name: "Awa Ndiaye", Email: "a@example.org", Objected: true}}
	if NewRecord(&objected, 1, look).HasContact {
		t.Error("qui s’est opposé n’est pas joignable")
	}
	empty := NewRecord(&repertoire.Partnership{ID: "vide"}, 1, look)
	if y := built(t, empty); y.Len() != 1 || ask(t, y, Request{Text: "eau"}).Total != 0 {
		t.Error("une fiche vide")
	}
}
