package exchange_test

import (
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// What offices write in a column of dates: what can be held is, and what no
// date can hold stays in the notes, not only in a remark.
func TestDatesOfOffices(t *testing.T) {
	for _, x := range []struct{ start, end, wantStart, wantEnd, note string }{
		{"vers 1960", "", "1960~", "", ""},
		{"signé le 3 mai 1978 à Dakar", "", "1978-05-03", "", "Date de début : signé le 3 mai 1978 à Dakar"},
		{"78-82", "", "1978", "1982", ""},
		{"05-98", "", "1998-05", "", ""},
		{"avant le 3 mai 1978", "", "", "", "Date de début : avant le 3 mai 1978"},
		{"de 1978 à peut-être 1985", "", "", "", "Date de début : de 1978 à peut-être 1985"},
		{"?1999", "", "1999~", "", ""},
		{"1988 (à vérifier)", "", "1988~", "", ""},
		{"jusqu’en 2012", "", "", "2012", ""},
		{"1997", "jusqu’au 31/12/2012", "1997", "2012-12-31", ""},
		{"36526", "", "2000-01-01", "", ""},
		{"1997", "illimitée", "1997", "", "Date de fin : illimitée"},
		{"2003", "par tacite reconduction", "2003", "", "Date de fin : par tacite reconduction"},
		{"avant 1970", "", "", "", "Date de début : avant 1970"},
		{"12/03/51", "", "1951-03-12", "", ""},
		{"1979-1985", "", "1979", "1985", ""},
		{"99999", "", "", "", "Date de début : 99999"},
	} {
		text := "Collectivité française;Code INSEE;Pays;Collectivité étrangère;Date de début;Date de fin\nLille;59350;Sénégal;Podor;" +
			x.start + ";" + x.end + "\n"
		p := plan(t, newWorld(), text, nil)
		if len(p.Added) != 1 {
			t.Fatalf("%s: %v", x.start, p.Rejected)
		}
		got := p.Added[0].Partnership
		if got.Start != repertoire.Date(x.wantStart) || got.End != repertoire.Date(x.wantEnd) || got.Notes != x.note {
			t.Errorf("%q, %q: from %q to %q, notes %q", x.start, x.end, got.Start, got.End, got.Notes)
		}
	}
}

// Numbers that a dash, a bar or a space parts are several; an address without a
// name is not lost.
func TestNumbersThatFollowEachOther(t *testing.T) {
	for _, x := range []struct{ phones, want, more string }{
		{"+262 262 40 04 04 - 0692 00 00 00", "+262 262 40 04 04", "0692 00 00 00"},
		{"01 49 33 66 66 06 12 34 56 78", "01 49 33 66 66", "06 12 34 56 78"},
		{"01.49.33.66.66/06.12.34.56.78", "01.49.33.66.66", "06.12.34.56.78"},
		{"01-49-33-66-66", "01-49-33-66-66", ""},
		{"0149336666 0612345678", "0149336666", "0612345678"},
		{"+33 1 49 33 66 66", "+33 1 49 33 66 66", ""},
	} {
		p := plan(t, newWorld(),
			"Collectivité française;Code INSEE;Pays;Collectivité étrangère;Contact;Téléphone du contact\nLille;59350;Sénégal;Podor;Anne Essai;"+x.phones+"\n", nil)
		got := p.Added[0].Partnership
		if len(got.Contacts) != 1 || got.Contacts[0].Phone != x.want || !strings.Contains(got.Notes, x.more) || x.more == "" &&
			got.Notes != "" {
			t.Errorf("%q: %+v, notes %q", x.phones, got.Contacts, got.Notes)
		}
	}
	p := plan(t, newWorld(),
		"Collectivité française;Code INSEE;Pays;Collectivité étrangère;Contact;Courriel du contact\nLille;59350;Sénégal;Podor;n.c.;relations@exemple.fr\n", nil)
	if got := p.Added[0].Partnership; got.Notes != "Contact sans nom : relations@exemple.fr" || len(got.Contacts) != 0 {
		t.Errorf("an address without a name: %+v, notes %q", got.Contacts, got.Notes)
	}
}

// A title over several columns gives its side to what stands under it.
func TestHeadingsUnderATitle(t *testing.T) {
	table, err := exchange.Read("deux.csv", strings.NewReader(
		"Partie française;;;Partie étrangère;;;Convention;\nNom;Région;Contact;Nom;Région;Contact;Date de signature;Échéance\n"+
			"Ville imaginaire;Bretagne;A. Essai;Autre ville;Matam;B. Essai;2001;2030\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]exchange.Field{
		"Partie française – Nom": exchange.FieldFrench, "Partie française – Région": exchange.FieldRegion,
		"Partie française – Contact": "agent_fr_nom",
		"Partie étrangère – Nom":     exchange.FieldForeign, "Partie étrangère – Région": exchange.FieldForeignRegion,
		"Partie étrangère – Contact":     "agent_et_nom",
		"Convention – Date de signature": exchange.FieldSigned, "Convention – Échéance": exchange.FieldEnd,
	}
	got := exchange.Guess(table.Headings)
	for h, f := range want {
		if got[h] != f {
			t.Errorf("%s is read as %q, want %q (headings %q)", h, got[h], f, table.Headings)
		}
	}
}

// A list of the whole world says of each country once that it is not of the
// répertoire.
func TestCountriesOutsideAreSaidOnce(t *testing.T) {
	table, err := exchange.Read("monde.csv", strings.NewReader("Collectivité française;Code INSEE;Pays;Collectivité étrangère\n"+
		"Lille;59350;Sénégal;Podor\nNice;06088;Sénégal;Podor\nLille;59350;Sénégal;Matam\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), newWorld(), nil,
		exchange.Options{Directory: "senegal", Countries: []string{"MG"}})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, x := range p.Warnings {
		if x.Kind == exchange.KindCountry {
			said = append(said, x.Reason)
		}
	}
	if len(said) != 1 || !strings.Contains(said[0], "3 lignes") {
		t.Errorf("said: %q", said)
	}
}
