package exchange_test

import (
	"strings"
	"testing"

	"repertoire/internal/exchange"
)

func TestGuess(t *testing.T) {
	for heading, want := range map[string]exchange.Field{
		"Collectivité française": exchange.FieldFrench,
		"COLLECTIVITE_FR":        exchange.FieldFrench,
		"collectivite_etrangere": exchange.FieldForeign,
		"Partenaire":             exchange.FieldForeign,
		"code_insee":             exchange.FieldINSEE,
		"N° SIREN":               exchange.FieldSIREN,
		"Thématique":             exchange.FieldThemes,
		"Année de première signature de la convention": exchange.FieldFirstYear,
		"Date de debut":                        exchange.FieldStart,
		"Thematiqes":                           exchange.FieldThemes,
		"Colectivité étrangère":                exchange.FieldForeign,
		"Description détaillée du partenariat": exchange.FieldDescription,
		"lat":                                  exchange.FieldLatitude,
		"population_fr":                        exchange.FieldIgnored,
		"Fin":                                  exchange.FieldEnd,
		"Pin":                                  "",
		"Couleur":                              "",
	} {
		if got := exchange.Guess([]string{heading})[heading]; got != want {
			t.Errorf("%s: %q, want %q", heading, got, want)
		}
	}
	m := exchange.Guess([]string{"Statut", "État", "Thématique", "Sous-thématique", "Agent référent", "Courriel"})
	if m["Statut"] != exchange.FieldStatus || m["État"] != "" || m["Sous-thématique"] != exchange.FieldThemes ||
		m["Courriel"] != "agent_fr_courriel" {
		t.Errorf("%v", m)
	}
}

// The columns that an export writes are all understood.
func TestGuessKnowsEveryField(t *testing.T) {
	var headings []string
	for _, f := range exchange.Fields() {
		headings = append(headings, f.Label, string(f.Value))
	}
	m := exchange.Guess(headings)
	for i := 0; i < len(headings); i += 2 {
		label, field := headings[i], exchange.Field(headings[i+1])
		if field != exchange.FieldIgnored && m[label] != field {
			t.Errorf("%s: %q, want %q", label, m[label], field)
		}
	}
}

func TestMappingFrom(t *testing.T) {
	headings := []string{"Ville A", "Ville B", "Nation", "Statut", "Divers"}
	m, err := exchange.MappingFrom(map[string]string{"ville a": "collectivite_francaise", "Collectivité étrangère": "Ville B",
		"Nation": "Pays", "Divers": ""}, headings)
	if err != nil {
		t.Fatal(err)
	}
	want := exchange.Mapping{"Ville A": exchange.FieldFrench, "Ville B": exchange.FieldForeign, "Nation": exchange.FieldCountry,
		"Statut": exchange.FieldStatus, "Divers": exchange.FieldIgnored}
	for h, f := range want {
		if m[h] != f {
			t.Errorf("%s: %q, want %q", h, m[h], f)
		}
	}
	for _, raw := range []map[string]string{{"Absente": "pays"}, {"Nation": "planete"}, {"Nation": "statut", "Statut": "statut"}} {
		if _, err := exchange.MappingFrom(raw, headings); err == nil {
			t.Errorf("%v was taken", raw)
		}
	}
}

func TestReadMapping(t *testing.T) {
	if m, err := exchange.ReadMapping("m.json", strings.NewReader(`{"A":"pays"}`)); err != nil || m["A"] != "pays" {
		t.Errorf("%v, %v", m, err)
	}
	if _, err := exchange.ReadMapping("m.json", strings.NewReader(`["A"]`)); err == nil {
		t.Error("a list was taken for a mapping")
	}
}
