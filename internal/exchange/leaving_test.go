package exchange_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// Who objected to publication stays so whatever a file says of them.
func TestAnObjectionSurvivesImport(t *testing.T) {
	w := newWorld()
	file := "Collectivité française;Code INSEE;Pays;Collectivité étrangère;Agent référent;Courriel de l’agent référent;Téléphone de l’agent référent\n" +
		"Lille;59350;Sénégal;Saint-Louis;Rose Puce;neuf@ville.fr;0102030405\n"
	there := w.accept(plan(t, w, file, nil), nil)[0]
	there.Contacts[0].Email, there.Contacts[0].Objected = "", true
	there.Contacts[0].PublishName, there.Contacts[0].PublishEmail = true, true
	again := plan(t, w, file, []repertoire.Partnership{there})
	if len(again.Updated) != 0 || again.Unchanged != 1 {
		t.Errorf("the file changed somebody who objected: %+v", again.Updated)
	}
	// The same by JSON, which could carry the mark itself.
	in := there
	in.Contacts = slices.Clone(there.Contacts)
	in.Contacts[0].Objected, in.Contacts[0].Email, in.Objectives = false, "neuf@ville.fr", "De l’eau"
	var out bytes.Buffer
	if _, err := exchange.Write(&out, exchange.JSON, []repertoire.Partnership{in}, exchange.Names{Authority: w.Authority}); err != nil {
		t.Fatal(err)
	}
	p := planDocument(t, w, out.Bytes(), []repertoire.Partnership{there})
	if len(p.Updated) != 1 {
		t.Fatalf("%+v", p.Rejected)
	}
	if c := p.Updated[0].After.Contacts; len(c) != 1 || !c[0].Objected || c[0].Email != "" {
		t.Errorf("after the JSON: %+v", c)
	}
}

// What is the desk's own leaves in no format.
func TestNothingOfTheDeskLeaves(t *testing.T) {
	w := newWorld()
	p := plan(t, w, "Collectivité française;Code INSEE;Pays;Collectivité étrangère\nLille;59350;Sénégal;Saint-Louis\n",
		nil).Added[0].Partnership
	p.Notes = "pour nous seuls"
	p.Contacts = []repertoire.Contact{{ID: "c", Side: repertoire.SideFrench, Name: "Rose Puce", PublishName: true, Proof: "courrier gardé",
		LegalBasis: "consentement"}}
	for _, format := range []exchange.Format{exchange.CSV, exchange.JSON} {
		hidden := []string{"pour nous seuls", "courrier gardé"}
		if format != exchange.JSON {
			hidden = append(hidden, "consentement") // it goes with the person in a colleague's file
		}
		var out bytes.Buffer
		if _, err := exchange.Write(&out, format, []repertoire.Partnership{p}, exchange.Names{Authority: w.Authority}); err != nil {
			t.Fatal(err)
		}
		for _, s := range hidden {
			if strings.Contains(out.String(), s) {
				t.Errorf("%s leaves in %s", s, format)
			}
		}
		if !strings.Contains(out.String(), "Rose Puce") {
			t.Errorf("nobody is in %s", format)
		}
	}
}
