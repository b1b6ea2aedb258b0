package apptest

import (
	"fmt"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// Lille is the record called Lille – Saint-Louis, the fullest of all.
const Lille repertoire.ID = "lille-saint-louis"

// fill writes what every test finds, by the calls the window has.
func fill(t testing.TB, w *workspace.Workspace, n int) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range [][2]string{{"madagascar", "MG"}, {"senegal", "SN"}, {"japon", "JP"}, {"liban", "LB"}} {
		_, err := w.Records().AddDirectory(t.Context(), x[0], "", []string{x[1]})
		must(err)
	}
	french := [][3]string{{"Lille", "Nord", "Hauts-de-France"}, {"Le Havre", "Seine-Maritime", "Normandie"},
		{"Évreux", "Eure", "Normandie"},
		{"La Rochelle", "Charente-Maritime", "Nouvelle-Aquitaine"}, {"Saint-Étienne", "Loire", "Auvergne-Rhône-Alpes"}}
	foreign := [][3]string{{"Saint-Louis", "SN", "Saint-Louis"}, {"Antananarivo", "MG", "Analamanga"}, {"Shizuoka", "JP", "Chūbu"},
		{"Beyrouth", "LB", "Beyrouth"}, {"Antsirabe", "MG", "Vakinankaratra"}}
	for _, a := range french {
		_, err := w.Records().SaveAuthority(t.Context(), repertoire.Authority{ID: authorityID(a[0]), Name: a[0], Country: "FR",
			Level: repertoire.LevelCommune, Departement: a[1], Region: a[2]})
		must(err)
	}
	for _, a := range foreign {
		_, err := w.Records().SaveAuthority(t.Context(), repertoire.Authority{ID: authorityID(a[0]), Name: a[0], Country: a[1],
			Level: repertoire.LevelCommune, Region: a[2]})
		must(err)
	}
	_, err := w.Records().SavePartnership(t.Context(), lille())
	must(err)
	types, statuses := repertoire.Types, repertoire.Statuses
	themes := []string{"1.1", "2.3", "2.5", "3.1", "3.1.1", "4.2"}
	slug := map[string]string{"MG": "madagascar", "SN": "senegal", "JP": "japon", "LB": "liban"}
	for i := 1; i < max(3, n); i++ {
		f, p := french[i%len(french)], foreign[(i+i/5)%len(foreign)]
		_, err := w.Records().SavePartnership(t.Context(), repertoire.Partnership{
			ID: repertoire.ID(fmt.Sprintf("p-%06d", i)), Directories: []string{slug[p[1]]},
			Parties: []repertoire.Party{{Authority: authorityID(f[0]), Side: repertoire.SideFrench, Lead: true},
				{Authority: authorityID(p[0]), Side: repertoire.SideForeign, Lead: true}},
			Type: types[i%len(types)].Value, Status: statuses[i%len(statuses)].Value, Themes: []string{themes[i%len(themes)]},
			FirstYear: 1980 + i%45, Verified: repertoire.Date(fmt.Sprintf("20%02d-0%d-15", 15+i%12, 1+i%9)), Fictitious: true,
		})
		must(err)
	}
}

func authorityID(name string) repertoire.ID { return repertoire.ID("a-" + repertoire.Fold(name)) }

// lille has something in every field, so that a view cannot forget one.
func lille() repertoire.Partnership {
	return repertoire.Partnership{
		ID: Lille, Directories: []string{"senegal"},
		Parties: []repertoire.Party{{Authority: authorityID("Lille"), Side: repertoire.SideFrench, Lead: true},
			{Authority: authorityID("Saint-Louis"), Side: repertoire.SideForeign, Lead: true}},
		Type: repertoire.TypeCooperation, Formality: repertoire.FormalityConvention, Status: repertoire.StatusActive,
		FirstYear: 1978, Start: "1978-05", Themes: []string{"3.1.1", "2.3"},
		Conventions: []repertoire.Convention{{Title: "Convention triennale 2024–2026", Signed: "2024-02-12", Until: "2026-12-31"}},
		Objectives:  "Améliorer l’accès à l’eau et à l’assainissement dans les quartiers de la Langue de Barbarie, et associer la jeunesse des deux villes.",
		Context:     "Saint-Louis, ancienne capitale de l’Afrique-Occidentale française, est inscrite au patrimoine mondial depuis 2000. L’érosion côtière y déplace des quartiers entiers.",
		History:     "Le jumelage date de 1978. Il est devenu une coopération décentralisée en 1992.",
		Description: "Les deux villes mènent un programme pluriannuel, évalué chaque année par un comité mixte.",
		Projects: []repertoire.Project{
			{ID: "projet-1", Title: "Eau potable à Guet Ndar", Themes: []string{"3.1.1"}, Start: "2024", End: "2026", Places: "Guet Ndar",
				Operator:      "Le Partenariat",
				Beneficiaries: "12 000 habitants", Results: "18 bornes-fontaines en service", Budget: repertoire.Euros(412000),
				Funding: []repertoire.Funding{{Funder: "AFD", Kind: "ficol", Amount: repertoire.Euros(250000)},
					{Funder: "Agence de l’eau Artois-Picardie", Kind: "agence-eau", Amount: repertoire.Euros(100000)}}},
			{ID: "projet-2", Title: "Volontariat de réciprocité", Themes: []string{"2.3"}, Start: "2025",
				Operator: "Service de coopération", Budget: repertoire.Euros(36500)},
		},
		Exchanges: []repertoire.Exchange{{Date: "2025-10-14", Title: "Visite du maire de Saint-Louis à Lille",
			Description: "Signature de l’avenant au programme."}},
		Actors: []repertoire.Actor{{Name: "Le Partenariat", Role: "opérateur", URL: "https://lepartenariat.example.org"}},
		Contacts: []repertoire.Contact{{ID: "contact-1", Side: repertoire.SideFrench, Name: "Camille Exemple", Role: "chargée de mission",
			Email: "camille@example.org", Phone: "03 20 00 00 00",
			PublishName: true, PublishEmail: true, LegalBasis: "consentement"}},
		Links:  []repertoire.Link{{Label: "Page de la coopération", URL: "https://example.org/cooperation"}},
		Source: "essai", Fictitious: true, Notes: "Relancer en janvier.", Verified: "2026-03-02", CountryGroup: true,
	}
}
