package exchange_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"os"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

func oneOfEach(w *world) []repertoire.Partnership {
	lat, lon := 50.63, 3.06
	lille := w.reference[0]
	lille.Latitude, lille.Longitude = &lat, &lon
	saintLouis := w.base[0]
	saintLouis.Latitude, saintLouis.Longitude = &lon, &lat
	w.base = []repertoire.Authority{lille, saintLouis}
	return []repertoire.Partnership{{ID: repertoire.NewID(), Directories: []string{"senegal"}, FirstYear: 1978, Start: "1978-05-03",
		End: "2027", Type: repertoire.TypeTwinning,
		Parties: []repertoire.Party{{Authority: lille.ID, Side: repertoire.SideFrench, Lead: true},
			{Authority: saintLouis.ID, Side: repertoire.SideForeign, Lead: true}},
		Conventions: []repertoire.Convention{{Title: "Convention, deuxième", Signed: "2020-01", Until: "2026-12-31"}},
		Projects: []repertoire.Project{{ID: repertoire.NewID(), Title: "Déchets", Start: "2019",
			Budget: repertoire.Money{Cents: 1_000_050, Currency: "EUR"}}},
		Contacts: []repertoire.Contact{
			{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Visible; Unetelle", Role: "élue", Email: "visible@exemple.fr",
				Phone: "01 02 03 04 05", PublishName: true, PublishEmail: true, LegalBasis: "consentement"},
			{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Cachée Unetelle", Email: "cachee@exemple.fr"}}}}
}

// What may not be published leaves by no door.
func TestNothingUnpublishableLeaves(t *testing.T) {
	w := newWorld()
	records := oneOfEach(w)
	for _, f := range exchange.Formats {
		var b bytes.Buffer
		if _, err := exchange.Write(&b, f.Value, records, w.names()); err != nil {
			t.Fatal(f.Value, err)
		}
		seen := b.String()
		if f.Value == exchange.XLSX {
			x, err := excelize.OpenReader(&b)
			if err != nil {
				t.Fatal(err)
			}
			seen = ""
			for _, sheet := range x.GetSheetList() {
				rows, err := x.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					seen += strings.Join(r, "\n") + "\n"
				}
			}
		}
		for _, hidden := range []string{"Cachée", "cachee@", "01 02 03 04 05", "consentement"} {
			if hidden == "consentement" && f.Value == exchange.JSON {
				continue // it goes with the person in a colleague's file
			}
			if strings.Contains(seen, hidden) {
				t.Errorf("%s holds « %s »", f.Value, hidden)
			}
		}
	}
}

func TestMapsCardsAndCalendars(t *testing.T) {
	w := newWorld()
	records := oneOfEach(w)
	out := map[exchange.Format]string{}
	for _, f := range []exchange.Format{exchange.GeoJSON, exchange.Cards, exchange.Calendar} {
		var b bytes.Buffer
		if _, err := exchange.Write(&b, f, records, w.names()); err != nil {
			t.Fatal(err)
		}
		out[f] = b.String()
	}
	var m struct {
		Type     string
		Features []struct {
			Geometry struct {
				Type        string
				Coordinates json.RawMessage
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(out[exchange.GeoJSON]), &m); err != nil || m.Type != "FeatureCollection" || len(m.Features) != 3 ||
		m.Features[0].Geometry.Type != "LineString" || string(m.Features[0].Geometry.Coordinates) != "[[3.06,50.63],[50.63,3.06]]" ||
		m.Features[0].Properties["titre"] != "Lille – Saint-Louis" {
		t.Errorf("%v %s", err, out[exchange.GeoJSON])
	}
	for _, line := range []string{"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Visible\\; Unetelle\r\n", "ORG:Lille\r\n",
		"EMAIL;TYPE=INTERNET,WORK:visible@exemple.fr\r\n"} {
		if !strings.Contains(out[exchange.Cards], line) {
			t.Errorf("no %q in %s", line, out[exchange.Cards])
		}
	}
	for _, line := range []string{"DTSTART;VALUE=DATE:20271231\r\n", "DTSTART;VALUE=DATE:20261231\r\n",
		"SUMMARY:Échéance : Convention\\, deuxième (Lille – Saint-Louis)", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"} {
		if !strings.Contains(strings.ReplaceAll(out[exchange.Calendar], "\r\n ", ""), line) {
			t.Errorf("no %q in %s", line, out[exchange.Calendar])
		}
	}
	for line := range strings.SplitSeq(out[exchange.Calendar], "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
}

// A workbook has typed cells and a sheet a table; LibreOffice opens it, saves
// it in its own format and in Excel's, and both come back unchanged.
func TestLibreOfficeGivesBackWhatItWasGiven(t *testing.T) {
	known, set := samples(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "export.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.Write(f, exchange.XLSX, set.Partnerships, known.Names()); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(x.GetSheetList(), " "); got != "Partenariats Projets Conventions Interlocuteurs Collectivités" {
		t.Errorf("sheets: %s", got)
	}
	if tables, err := x.GetTables("Partenariats"); err != nil || len(tables) != 1 {
		t.Errorf("tables: %v %v", tables, err)
	}
	_ = x.Close()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not on this machine")
	}
	saved := filepath.Join(dir, "saved")
	for _, format := range []string{"ods", "xlsx"} {
		if out, err := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
			"--convert-to", format, "--outdir", saved, path).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		table, err := exchange.ReadFile(filepath.Join(saved, "export."+format), exchange.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), known, set.Partnerships,
			exchange.Options{Directory: "japon", At: november})
		if err != nil {
			t.Fatal(err)
		}
		if p.Unchanged != len(set.Partnerships) || p.Updates+p.Additions+len(p.Rejected) != 0 {
			for _, u := range p.Updated {
				was, _ := json.Marshal(u.Before)
				now, _ := json.Marshal(u.After)
				changes, _ := repertoire.Compare(was, now)
				for _, c := range changes {
					t.Logf("row %d, %s: %s, then %s", u.Row, c.Name, c.Before, c.After)
				}
			}
			t.Errorf("%s: unchanged %d of %d, updated %d, added %d, rejected %v", format, p.Unchanged, len(set.Partnerships), p.Updates,
				p.Additions, p.Rejected)
		}
	}
}
