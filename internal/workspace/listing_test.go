package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"

	"github.com/xuri/excelize/v2"
)

// All that answers is written, not a page of it, in the order asked for.
func TestAListHoldsEveryResultOnce(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "liste.xlsx")
	q := searches.Query{Countries: []string{"JP", "MG"}, Limit: 3, Sort: searches.SortTitle}
	found, err := w.Searches().Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	n, err := w.Tables().ExportResults(t.Context(), q, "xlsx", file, func(done, _ int, _ string) { last = done })
	if err != nil || n != found.Total || last != n || n <= q.Limit {
		t.Fatalf("%d lines of %d, progress %d: %v", n, found.Total, last, err)
	}
	x, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("Partenariats")
	if err != nil || len(rows) != n+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	id := slices.Index(rows[0], "Identifiant")
	seen := map[string]bool{}
	for i, row := range rows[1:] {
		if seen[row[id]] {
			t.Errorf("twice: %s", row[0])
		}
		seen[row[id]] = true
		if i < len(found.Hits) && row[id] != string(found.Hits[i].ID) {
			t.Errorf("line %d is %s, the search says %s", i+2, row[0], found.Hits[i].Title)
		}
	}
	for _, want := range []string{"Code INSEE", "SIREN", "Département", "Région", "Pays", "Statut", "ODD", "Financeurs",
		"Budget des projets (€)", "Dernière vérification"} {
		if !slices.Contains(rows[0], want) {
			t.Errorf("no column %q", want)
		}
	}
}

func TestAListIsWrittenWholeOrNotAtAll(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "liste.csv")
	if err := os.WriteFile(file, []byte("avant"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []struct {
		q      searches.Query
		format string
	}{{searches.Query{Text: "introuvablexyz"}, "csv"}, {searches.Query{}, "json"}, {searches.Query{}, "odt"},
		{searches.Query{Directory: "atlantide"}, "csv"}} {
		if n, err := w.Tables().ExportResults(t.Context(), bad.q, bad.format, file, nil); err == nil || n != 0 {
			t.Errorf("%+v: %d lines, %v", bad, n, err)
		}
		if have, _ := os.ReadFile(file); string(have) != "avant" {
			t.Fatalf("%+v: the file has been touched: %q", bad, have)
		}
	}
	if _, err := w.Tables().ExportResults(t.Context(), searches.Query{}, "csv", file, nil); err != nil {
		t.Fatal(err)
	}
	have, _ := os.ReadFile(file)
	if !strings.HasPrefix(string(have), "\ufeffPartenariat;Collectivités françaises;") || strings.Count(string(have), "\r\n") < 100 {
		t.Errorf("not a whole list: %.80q", have)
	}
}

// Nothing of a contact who may not be published, nor of the desk's notes,
// leaves by a list; sums are numbers.
func TestAListHoldsOnlyWhatMayLeave(t *testing.T) {
	w := sampled(t)
	id := firstAnswering(t, w, searches.Query{Countries: []string{"SN"}})
	changed(t, w, id, func(p *repertoire.Partnership) {
		p.Notes = "Note confidentielle du bureau"
		p.Contacts = people()
		p.Projects = []repertoire.Project{
			{ID: repertoire.NewID(), Title: "Puits", Budget: repertoire.Euros(120000),
				Funding: []repertoire.Funding{{Funder: "AFD", Amount: repertoire.Euros(50000)}}},
			{ID: repertoire.NewID(), Title: "École", Funding: []repertoire.Funding{{Funder: "=cmd|' /C calc'!A0",
				Amount: repertoire.Money{Cents: 300000000, Currency: "XOF"}}}}}
	})
	file := filepath.Join(t.TempDir(), "liste.csv")
	if _, err := w.Tables().ExportResults(t.Context(), searches.Query{Countries: []string{"SN"}}, "csv", file, nil); err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(file)
	text := string(raw)
	for _, never := range []string{"confidentielle", "secret", "Nadia", "nadia@", "oppose@", "Omar", ";=cmd", ";\"=cmd"} {
		if strings.Contains(text, never) {
			t.Errorf("%q has left", never)
		}
	}
	for _, want := range []string{"Awa Diop, Directrice, awa@lille.test", "120000;", "3\u202f000\u202f000\u00a0XOF", "AFD ; "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func people() []repertoire.Contact {
	return []repertoire.Contact{
		{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Awa Diop", Role: "Directrice", Email: "awa@lille.test",
			PublishName: true, PublishEmail: true},
		{ID: repertoire.NewID(), Side: repertoire.SideForeign, Name: "Nadia Fall", Email: "nadia@stlouis.test"},
		{ID: repertoire.NewID(), Side: repertoire.SideForeign, Name: "Moussa Ba", Email: "secret@stlouis.test", PublishName: true},
		{ID: repertoire.NewID(), Side: repertoire.SideForeign, Name: "Omar Sy", Email: "oppose@stlouis.test", PublishName: true,
			PublishEmail: true, Objected: true},
	}
}

func firstAnswering(t *testing.T, w *Workspace, q searches.Query) repertoire.ID {
	t.Helper()
	q.Limit = 1
	r, err := w.Searches().Search(t.Context(), q)
	if err != nil || len(r.Hits) == 0 {
		t.Fatalf("nothing answers %+v: %v", q, err)
	}
	return r.Hits[0].ID
}

// Each address once, whatever its case and in how many entries; what may not
// be used is counted, never given.
func TestAddressesOfResults(t *testing.T) {
	w := sampled(t)
	q := searches.Query{Countries: []string{"SN"}}
	r, err := w.Searches().Search(t.Context(), q)
	if err != nil || len(r.Hits) < 3 {
		t.Fatal(err)
	}
	for _, h := range r.Hits {
		changed(t, w, h.ID, func(p *repertoire.Partnership) { p.Contacts = nil })
	}
	changed(t, w, r.Hits[0].ID, func(p *repertoire.Partnership) { p.Contacts = people() })
	changed(t, w, r.Hits[1].ID, func(p *repertoire.Partnership) {
		p.Contacts = []repertoire.Contact{
			{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Awa Diop", Email: "AWA@lille.test", PublishName: true,
				PublishEmail: true},
			// The same person objected in the other entry.
			{ID: repertoire.NewID(), Side: repertoire.SideForeign, Name: "Omar Sy", Email: "Oppose@stlouis.test", PublishName: true,
				PublishEmail: true}}
	})
	l, err := w.Tables().Addresses(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Addresses) != 1 || l.Line() != "awa@lille.test" || len(l.Addresses[0].Partnerships) != 2 || l.Addresses[0].Authority == "" {
		t.Errorf("addresses: %+v", l.Addresses)
	}
	if l.NotPublishable != 2 || l.Objected != 1 || l.Partnerships != r.Total || len(l.Unreachable) != r.Total-2 {
		t.Errorf("held back: %+v", l)
	}
	// An objection outside the results counts too.
	other := firstAnswering(t, w, searches.Query{Countries: []string{"JP"}})
	changed(t, w, other, func(p *repertoire.Partnership) {
		p.Contacts = []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Awa Diop", Email: "awa@lille.test",
			Objected: true}}
	})
	if l, err = w.Tables().Addresses(t.Context(), q); err != nil || len(l.Addresses) != 0 || l.Objected != 2 {
		t.Errorf("after an objection elsewhere: %+v, %v", l, err)
	}
	if _, err := w.Tables().ExportAddresses(l, "csv", filepath.Join(t.TempDir(), "a.csv")); err == nil {
		t.Error("an empty list has been written")
	}
}

func TestSortedByDistance(t *testing.T) {
	w := sampled(t)
	for _, c := range []struct{ from, label string }{{"Lille", "Lille"}, {"Antananarivo", "Antananarivo"}, {"50.63, 3.06", "50.63"},
		{"50,63 ; 3,06", "50,63"},
		{"Le Mans", "Le Mans"}, {"Saint-Denis (La Réunion)", "Réunion"}, {"Saint-Denis", "Seine-Saint-Denis"}, {"Dakar", "Dakar"},
		{"静岡", "Shizuoka"}} {
		at, err := w.Atlas().Locate(t.Context(), c.from)
		if err != nil || !strings.Contains(at.Label, c.label) {
			t.Errorf("%s is %+v: %v", c.from, at, err)
			continue
		}
		r, err := w.Searches().Search(t.Context(), searches.Query{Sort: searches.SortDistance, Near: &at, Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		last := 0.0
		for _, h := range r.Hits {
			if h.Distance >= 0 && h.Distance < last {
				t.Fatalf("from %s: %.1f km after %.1f", c.from, h.Distance, last)
			}
			last = max(last, h.Distance)
		}
		if c.from == "Lille" && (!strings.Contains(r.Hits[0].Title, "Lille") || r.Hits[0].Distance > 1) {
			t.Errorf("nearest to Lille: %s, %.1f km", r.Hits[0].Title, r.Hits[0].Distance)
		}
	}
	if _, err := w.Atlas().Locate(t.Context(), "Nullepartville"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("nowhere is found: %v", err)
	}
}
