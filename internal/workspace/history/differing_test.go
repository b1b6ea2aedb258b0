package history

import (
	"encoding/json"
	"fmt"
	"testing"

	"repertoire/internal/repertoire"
)

// Fields of all kinds read before and after, lists by what differs in them.
func TestDifferingReads(t *testing.T) {
	n := Names{Authority: func(repertoire.ID) *repertoire.Authority { return nil }, Theme: func(c string) string { return "thème " + c },
		Country: func(c string) string { return c }}
	project := `{"id":"1","title":"Puits","results":"%s","budget":{"amount":100000,"currency":"EUR"}}`
	for _, c := range []struct{ field, before, after, wantBefore, wantAfter string }{
		{"objectives", `"Un"`, `"Deux"`, "Un", "Deux"},
		{"themes", `["3.1"]`, ``, "thème 3.1", ""},
		{"status", `"actif"`, `"suspendu"`, "Actif", "Suspendu"},
		{"verified", ``, `"2026-10-01"`, "", "01/10/2026"},
		{"projects", `[` + fmt.Sprintf(project, "10 puits") + `]`, `[` + fmt.Sprintf(project, "12 puits") + `]`,
			"Puits – résultats : 10 puits", "Puits – résultats : 12 puits"},
		{"projects", `[{"id":"1","title":"A"},{"id":"2","title":"B"}]`, `[{"id":"1","title":"A"}]`, "B", ""},
		{"projects", `[{"id":"1","title":"A"},{"id":"2","title":"B"}]`, `[{"id":"2","title":"B"},{"id":"1","title":"A"}]`, "A ; B",
			"B ; A"},
		{"contacts", ``, `[{"id":"9","side":"france","name":"Awa","email":"a@b.fr","publish_name":true}]`, "",
			"Awa – côté : France, a@b.fr, nom publiable : oui"},
		{"exchanges", `[{"title":"Visite","date":"2012-05"}]`, `[{"title":"Visite","date":"2013-05"}]`, "Visite – 05/2012",
			"Visite – 05/2013"},
		{"links", `[{"url":"https://a.fr"}]`, `[{"url":"https://a.fr","label":"Site"}]`, "https://a.fr", "Site"},
		{"actors", `[{"name":"A"},{"name":"A"}]`, `[{"name":"A"}]`, "A", ""},
		{"country_group", ``, `true`, "", "oui"},
		{"pictures", `[{"media":"aaaa","caption":"Vue"}]`, `[{"caption":"Vue"}]`, "Vue – fichier : fichier joint", "Vue"},
		{"distinct", ``, `["0198f0aa-0000-7000-8000-000000000000"]`, "", "fiche qui n’est plus là"},
		{"external", ``, `[{"system":"Wikidata","id":"Q90"}]`, "", "Q90 – origine : Wikidata"},
		{"from a newer program", ``, `{"id":"0198f0aa"}`, "", "(champ d’une autre version du programme)"},
	} {
		before, after := n.differing(n, repertoire.FieldChange{Name: c.field, Before: json.RawMessage(c.before),
			After: json.RawMessage(c.after)})
		if before != c.wantBefore || after != c.wantAfter {
			t.Errorf("%s %s to %s reads %q, %q, want %q, %q", c.field, c.before, c.after, before, after, c.wantBefore, c.wantAfter)
		}
	}
}
