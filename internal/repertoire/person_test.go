package repertoire

import (
	"encoding/json"
	"strings"
	"testing"
)

func person(t *testing.T, query string, more ...string) *Person {
	t.Helper()
	p, err := NewPerson(query)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range more {
		p.Add(m)
	}
	return p
}

func TestPersonAsPrinted(t *testing.T) {
	p := person(t, "Maëlle Le Goff-Niang", "m.legoff@ville.fr", "+33 5 61 22 33 44")
	for in, want := range map[string]string{
		"Vu par Maëlle Le Goff-Niang hier":          "Vu par [effacé] hier",
		"MAËLLE LE GOFF-NIANG":                      "[effacé]",
		"maelle le goff niang":                      "[effacé]",
		"Mae\u0308lle Le\u00a0Goff‑Niang.":          "[effacé].",
		"Le Goff-Niang Maëlle":                      "[effacé]",
		"LE GOFF-NIANG, Maëlle":                     "[effacé]",
		"**Maëlle** *Le Goff-Niang*":                "**[effacé]** **",
		"**M. Maëlle** Le Goff\\-Niang":             "**M. [effacé]** [effacé]",
		"Ma**ëll**e Le Goff-Niang":                  "[effacé]",
		"Ma&euml;lle Le Goff&nbsp;Niang":            "[effacé]",
		"Maëlle\nLe Goff-\u00adNiang":               "[effacé]",
		"[Maëlle](https://x.fr) Le Goff-Niang":      "[[effacé]](https://x.fr) [effacé]",
		"[site](https://x.fr/maelle-le-goff-niang)": "[site](https://x.fr/[effacé])",
		"Écrire à M.LEGOFF@ville.fr":                "Écrire à [effacé]",
		"Tél. 05.61.22.33.44, poste 2":              "Tél. [effacé], poste 2",
		"0033561223344":                             "[effacé]",
		"(05) 61 22 33 45":                          "(05) 61 22 33 45",
		"Maëlle Le Goff":                            "Maëlle Le Goff",
		"Maëlle Le Goff-Niangoise":                  "Maëlle Le Goff-Niangoise",
		"":                                          "",
	} {
		got := p.Without(in)
		if strings.Contains(want, "[effacé]** **") || strings.Contains(in, "**") {
			if p.In(got) || !strings.Contains(got, Erased) || strings.Count(got, "*")%2 != 0 {
				t.Errorf("%q gives %q", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	if _, err := NewPerson("Diop"); err == nil {
		t.Error("a single word is taken")
	}
	if !person(t, "m.legoff@ville.fr").In("m.legoff@ville.fr") || !person(t, "05 61 22 33 44").In("+33561223344") {
		t.Error("an address or a number alone finds nothing")
	}
}

func TestSurnameAloneIsForSomebodyToJudge(t *testing.T) {
	p := person(t, "Awa Diop")
	for in, want := range map[string]bool{"M. Diop viendra": true, "Awa Diop": false, "Awa Diop et Mme DIOP": true, "Diopoise": false,
		"diop@ville.fr": true} {
		if _, got := p.Surname(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

// A name in any field that may hold one is found and taken out; names of places
// and codes stay.
func TestErasureReachesEveryPersonalField(t *testing.T) {
	p := person(t, "Awa Diop")
	for _, d := range aggregates {
		raw, err := json.Marshal(filledRecord(d))
		if err != nil {
			t.Fatal(err)
		}
		kept := map[string]bool{}
		personal := 0
		full := d.Strings(raw, func(s StringAt) string {
			if s.Field.Kind == FieldMoney || s.Field.Kind == FieldMoment {
				return s.Value
			}
			if s.Field.Named() {
				personal++
			} else {
				kept[s.Path] = true
			}
			return "de Awa Diop"
		})
		after := d.Erase(full, p)
		left := 0
		d.Strings(after, func(s StringAt) string {
			if p.In(s.Value) && !kept[s.Path] {
				t.Errorf("%s: still named in %s", d.Name, s.Path)
			} else if p.In(s.Value) {
				left++
			}
			return s.Value
		})
		if left != len(kept) || personal == 0 {
			t.Errorf("%s: %d of %d kept, %d personal", d.Name, left, len(kept), personal)
		}
	}
	for field, named := range map[string]bool{"authority name": false, "project places": true, "funding funder": true,
		"convention title": true, "picture alt": true,
		"attachment name": true, "link label": true, "link url": true, "theme label": false, "directory imprint": false} {
		name, f, _ := strings.Cut(field, " ")
		for d := range declared() {
			if d.Name == name && d.Field(f).Named() != named {
				t.Errorf("%s may name somebody: %v", field, !named)
			}
		}
	}
}
