package repertoire

import (
	"slices"
	"testing"
)

func TestListsKeepNoTwinByCaseAlone(t *testing.T) {
	p := Partnership{Themes: []string{"eau", "sante", "EAU"},
		Actors: []Actor{{Name: "Amis de Kayes"}, {Name: "Hydraulique sans frontières", Role: "Opérateur"},
			{Name: "AMIS DE KAYES", Role: "Association", URL: "https://kayes.example"}, {Name: "hydraulique sans frontières", Role: "Financeur"}},
		Links: []Link{{URL: "https://a.example"}, {Label: "Le blog", URL: "https://a.example"}, {URL: "https://a.example/A"},
			{URL: "https://a.example/a"}},
		Projects: []Project{{Funding: []Funding{{Funder: "Agence de l’eau"}, {Funder: "agence de l’Eau"}, {Funder: "AFD", Amount: Money{Cents: 1}},
			{Funder: "afd", Amount: Money{Cents: 2}}}}}}
	before := slices.Clone(p.Actors)
	kept := p.Actors
	p.DropTwins()
	if !slices.Equal(p.Themes, []string{"eau", "sante"}) {
		t.Error(p.Themes)
	}
	// What the second says more is kept; two parts played by one house stay two.
	if !slices.Equal(p.Actors, []Actor{{"Amis de Kayes", "Association", "https://kayes.example"},
		{"Hydraulique sans frontières", "Opérateur", ""}, {"hydraulique sans frontières", "Financeur", ""}}) {
		t.Error(p.Actors)
	}
	if len(p.Links) != 3 || p.Links[0].Label != "Le blog" {
		t.Error(p.Links) // addresses do count their capitals
	}
	if f := p.Projects[0].Funding; len(f) != 3 || f[0].Funder != "Agence de l’eau" {
		t.Error(f)
	}
	if !slices.Equal(kept, before) {
		t.Error("the list that was given has changed")
	}
}
