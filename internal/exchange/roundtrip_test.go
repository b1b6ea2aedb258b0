package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// text draws what people type and what breaks files: separators, quotes, line
// ends, formulas, other scripts, no-break spaces.
func text(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"", "eau", "Évry", ";", ",", "\t", "\"", "'", "=1+1", "-", "+33", "@",
		"|", `\`, "\n", "\r\n",
		" ", "\u00a0", "œ", "静岡", "بيروت", "« oui »", "12", "\ufeff", "😀"}), 0, 8).Draw(t, label), "")
}

func name(t *rapid.T, label string) string {
	return "N" + strings.ReplaceAll(text(t, label), "|", "/")
}

// record draws a valid partnership of the world's authorities.
func record(t *rapid.T, w *world, i int) repertoire.Partnership {
	foreign := repertoire.Authority{ID: repertoire.NewID(), Name: name(t, "foreign"), Article: -1, NativeName: text(t, "native"),
		Country: rapid.SampledFrom([]string{"SN", "MG", "JP"}).Draw(t, "country"), Level: repertoire.LevelCommune,
		Region: text(t, "region")}
	french := w.reference[rapid.IntRange(0, 7).Draw(t, "french")]
	w.base = append(w.base, foreign)
	if w.Authority(french.ID) == nil {
		w.base = append(w.base, french)
	}
	p := repertoire.Partnership{
		ID: repertoire.NewID(), Directories: []string{"senegal"}, Title: text(t, "title"),
		Parties: []repertoire.Party{{Authority: french.ID, Side: repertoire.SideFrench, Lead: rapid.Bool().Draw(t, "lead")},
			{Authority: foreign.ID, Side: repertoire.SideForeign}},
		Type:       rapid.SampledFrom([]repertoire.Type{"", repertoire.TypeTwinning, repertoire.TypeTriangular}).Draw(t, "type"),
		Status:     rapid.SampledFrom([]repertoire.Status{"", repertoire.StatusActive, repertoire.StatusEnded}).Draw(t, "status"),
		Formality:  rapid.SampledFrom([]repertoire.Formality{"", repertoire.FormalityNone}).Draw(t, "formality"),
		FirstYear:  rapid.SampledFrom([]int{0, 1978}).Draw(t, "year"),
		Start:      rapid.SampledFrom([]repertoire.Date{"", "1978", "1978-05", "1978-05-03"}).Draw(t, "start"),
		Verified:   rapid.SampledFrom([]repertoire.Date{"", "2024-02-29"}).Draw(t, "verified"),
		Themes:     rapid.SampledFrom([][]string{nil, {"3"}, {"2", "3.1.1", "10"}}).Draw(t, "themes"),
		Objectives: text(t, "objectives"), History: text(t, "history"), Context: text(t, "context"), Description: text(t, "description"),
		CountryGroup: rapid.Bool().Draw(t, "group"), Fictitious: rapid.Bool().Draw(t, "fictitious"), Source: text(t, "source"),
		Notes: "secret desk note",
	}
	if rapid.Bool().Draw(t, "second") && french.INSEE != "59350" {
		lille := w.reference[0]
		if w.Authority(lille.ID) == nil {
			w.base = append(w.base, lille)
		}
		p.Parties = append(p.Parties, repertoire.Party{Authority: lille.ID, Side: repertoire.SideFrench, Lead: true})
	}
	for j := range rapid.IntRange(0, 2).Draw(t, "projects") {
		p.Projects = append(p.Projects, repertoire.Project{ID: repertoire.NewID(), Title: fmt.Sprintf("P%d%s", j, text(t, "project")),
			Funding: []repertoire.Funding{{Funder: "AFD " + text(t, "funder")}}})
		p.Actors = append(p.Actors, repertoire.Actor{Name: fmt.Sprintf("A%d%s", j, text(t, "actor"))})
	}
	for j := range rapid.IntRange(0, 3).Draw(t, "contacts") {
		p.Contacts = append(p.Contacts, repertoire.Contact{ID: repertoire.NewID(),
			Side:    rapid.SampledFrom([]repertoire.Side{repertoire.SideFrench, repertoire.SideForeign}).Draw(t, "side"),
			Elected: rapid.Bool().Draw(t, "elected"), Name: fmt.Sprintf("Personne %d %s", j, text(t, "person")), Role: text(t, "role"),
			Email: "secret@exemple.fr", Phone: "01 23 45 67 89",
			PublishName: rapid.Bool().Draw(t, "pn"), PublishEmail: rapid.Bool().Draw(t, "pe"), PublishPhone: rapid.Bool().Draw(t, "pp"),
			Objected: rapid.Bool().Draw(t, "obj")})
	}
	return p
}

// What is exported comes back as it was: nothing added, nothing changed, in
// both spreadsheet formats.
func TestExportComesBackUnchanged(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld()
		var records []repertoire.Partnership
		for i := range rapid.IntRange(1, 4).Draw(rt, "n") {
			records = append(records, record(rt, w, i))
		}
		format := rapid.SampledFrom([]exchange.Format{exchange.CSV, exchange.CSV, exchange.CSV, exchange.XLSX}).Draw(rt, "format")
		var file bytes.Buffer
		if _, err := exchange.Write(&file, format, records, w.names()); err != nil {
			rt.Fatal(err)
		}
		table, err := exchange.Read("export", bytes.NewReader(file.Bytes()))
		if err != nil {
			rt.Fatal(err)
		}
		p := planTable(t, w, table, records)
		if p.Unchanged != len(records) || len(p.Rejected) != 0 || len(p.Added) != 0 || len(p.Updated) != 0 || len(p.Unmapped) != 0 {
			rt.Fatalf("unchanged %d of %d, rejected %v, added %d, updated %d, unmapped %v", p.Unchanged, len(records), p.Rejected,
				len(p.Added), len(p.Updated), p.Unmapped)
		}
		if s := file.String(); format == exchange.CSV && strings.Contains(s, "secret desk note") {
			rt.Fatal("the desk's notes are in the export")
		}
	})
}

// An export read into an empty base gives the same words: a second export is
// the first one again.
func TestExportIntoEmptyBase(t *testing.T) {
	w := newWorld()
	from := w.accept(plan(t, w,
		heading+"Lille;59350;Sénégal;Saint-Louis;Jumelage;Actif;Santé;1978;\"=1+1\nsuite; et \"\"fin\"\"\"\nLe Havre;;Madagascar;Toamasina;;;;;-x\n", nil), nil)
	var first, second bytes.Buffer
	if _, err := exchange.Write(&first, exchange.CSV, from, w.names()); err != nil {
		t.Fatal(err)
	}
	other := newWorld()
	table, err := exchange.Read("export.csv", bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	there := other.accept(planTable(t, other, table, nil), nil)
	if _, err := exchange.Write(&second, exchange.CSV, there, other.names()); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("first\n%s\nsecond\n%s", first.String(), second.String())
	}
	if !strings.Contains(first.String(), `"'=1+1`) || !strings.HasPrefix(first.String(), "\ufeffIdentifiant;") ||
		!strings.Contains(first.String(), "\r\n") {
		t.Errorf("not fit for a spreadsheet: %q", first.String())
	}
}

func TestOnlyPublishedContactsLeave(t *testing.T) {
	w := newWorld()
	lille, saintLouis := w.reference[0], w.base[0]
	w.base = append(w.base, lille)
	p := repertoire.Partnership{ID: repertoire.NewID(), Directories: []string{"senegal"}, Notes: "Note interne",
		Parties: []repertoire.Party{{Authority: lille.ID, Side: repertoire.SideFrench},
			{Authority: saintLouis.ID, Side: repertoire.SideForeign}},
		Contacts: []repertoire.Contact{
			{Side: repertoire.SideFrench, Name: "Cachée Unetelle", Email: "cachee@exemple.fr"},
			{Side: repertoire.SideFrench, Name: "Opposé Untel", Email: "oppose@exemple.fr", PublishName: true, PublishEmail: true,
				Objected: true},
			{Side: repertoire.SideFrench, Name: "Visible Unetelle", Email: "visible@exemple.fr", Phone: "0102030405", PublishName: true,
				PublishEmail: true, LegalBasis: "consentement", Proof: "courrier"},
		}}
	for _, format := range []exchange.Format{exchange.CSV, exchange.XLSX, exchange.JSON} {
		var file bytes.Buffer
		if _, err := exchange.Write(&file, format, []repertoire.Partnership{p}, w.names()); err != nil {
			t.Fatal(err)
		}
		seen := file.String()
		if format == exchange.XLSX {
			table, err := exchange.Read("x.xlsx", &file)
			if err != nil {
				t.Fatal(err)
			}
			seen = strings.Join(rowsOf(table)[0].Cells, "\n")
		}
		for _, hidden := range []string{"Cachée", "cachee@", "Opposé", "oppose@", "0102030405", "courrier", "Note interne"} {
			if strings.Contains(seen, hidden) {
				t.Errorf("%s holds « %s »", format, hidden)
			}
		}
		if !strings.Contains(seen, "Visible Unetelle") || !strings.Contains(seen, "visible@exemple.fr") {
			t.Errorf("%s lacks the published contact", format)
		}
	}
}

func TestJSONHoldsWholeRecords(t *testing.T) {
	w := newWorld()
	records := w.accept(plan(t, w, heading+"Lille;59350;Sénégal;Saint-Louis;Jumelage;;Santé;1978;<b>\n", nil), nil)
	var file bytes.Buffer
	if _, err := exchange.Write(&file, exchange.JSON, records, w.names()); err != nil {
		t.Fatal(err)
	}
	var doc exchange.Document
	if err := json.Unmarshal(file.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Format != "repertoire" || doc.Version != 1 || len(doc.Authorities) != 2 || len(doc.Partnerships) != 1 ||
		doc.Partnerships[0].Objectives != "<b>" {
		t.Errorf("%+v", doc)
	}
}
