package exchange_test

import (
	"bytes"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// Every field of one value that declares a column with a heading leaves by it
// and comes back by it, into a record that had nothing there.
func TestEveryDeclaredColumnComesBack(t *testing.T) {
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if f.Column.Heading == "" || f.Many {
			continue
		}
		w := newWorld()
		french, foreign := w.reference[0], repertoire.Authority{ID: repertoire.NewID(), Name: "Gorée", Article: -1, Country: "SN",
			Level: repertoire.LevelCommune}
		w.base = append(w.base, french, foreign)
		bare := repertoire.Partnership{ID: repertoire.NewID(), Version: 1, Directories: []string{"senegal"}, Source: "essai",
			Parties: []repertoire.Party{
				{Authority: french.ID, Side: repertoire.SideFrench, Lead: true},
				{Authority: foreign.ID, Side: repertoire.SideForeign, Lead: true}}}
		full := bare
		switch p := f.Pointer(&full).(type) {
		case *bool:
			*p = true
		case *int:
			*p = 1987
		case *repertoire.Date:
			*p = "2019-05-04"
		case *string:
			*p = "Un texte de la colonne"
		default:
			if f.Kind != repertoire.FieldChoice {
				continue
			}
			f.SetWords(&full, f.Choices[0].Value)
		}
		var file bytes.Buffer
		if _, err := exchange.Write(&file, exchange.CSV, []repertoire.Partnership{full}, w.names()); err != nil {
			t.Fatal(err)
		}
		table, err := exchange.Read("export", bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		got := w.accept(planTable(t, w, table, []repertoire.Partnership{bare}), []repertoire.Partnership{bare})
		if len(got) != 1 || !f.Same(&got[0], &full) {
			t.Errorf("%s went out as %v and did not come back:\n%s", f.Name, f.Value(&full), file.String())
		}
	}
}
