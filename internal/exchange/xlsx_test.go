package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

func workbook(t *testing.T, rows [][]any, more func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", at, &r); err != nil {
			t.Fatal(err)
		}
	}
	if more != nil {
		more(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Dates in a workbook are numbers of days that only their style shows as
// dates; years are plain numbers.
func TestWorkbookDates(t *testing.T) {
	data := workbook(t, [][]any{
		{"Commune", "Pays", "Partenaire", "Année", "Date de début", "Statut"},
		{"Lille", "Sénégal", "Podor", 1978, 28613, "Actif"},
		{},
		{"Nice", "Sénégal", "Matam", 2001, "05/2001"},
	}, nil)
	table, err := exchange.Read("x.xlsx", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p := planTable(t, newWorld(), table, nil)
	if len(p.Added) != 2 || len(p.Rejected) != 0 {
		t.Fatalf("%+v", p.Rejected)
	}
	a, b := p.Added[0].Partnership, p.Added[1].Partnership
	if a.FirstYear != 1978 || a.Start != "1978-05-03" || b.Start != "2001-05" || p.Added[1].Row != 4 {
		t.Errorf("%d %s, %s, row %d", a.FirstYear, a.Start, b.Start, p.Added[1].Row)
	}
}

// A file that unfolds into far more than its size is refused, and so is a
// document type definition that reaches for other files.
func TestHostileWorkbooks(t *testing.T) {
	bomb := rewrite(t, workbook(t, [][]any{{"Pays"}}, nil), func(name, content string) io.Reader {
		if name == "xl/worksheets/sheet1.xml" {
			return io.LimitReader(zeros{}, 80<<20)
		}
		return strings.NewReader(content)
	})
	if _, err := exchange.Read("bombe.xlsx", bytes.NewReader(bomb)); repertoire.KindOf(err) != repertoire.Damaged {
		t.Errorf("zip bomb: %v", err)
	}
	entity := rewrite(t, workbook(t, [][]any{{"Pays"}, {"Sénégal"}}, nil), func(name, content string) io.Reader {
		content = strings.Replace(content, "<sst", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst`, 1)
		return strings.NewReader(strings.Replace(content, "Sénégal", "&e;", 1))
	})
	table, err := exchange.Read("entite.xlsx", bytes.NewReader(entity))
	if err == nil {
		for _, r := range rowsOf(table) {
			if strings.Contains(strings.Join(r.Cells, ""), "root:") {
				t.Error("an external entity was read")
			}
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// rewrite rebuilds a zip file, part by part.
func rewrite(t *testing.T, data []byte, part func(name, content string) io.Reader) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, part(f.Name, string(content))); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrittenWorkbook(t *testing.T) {
	w := newWorld()
	records := w.accept(plan(t, w, heading+"Lille;59350;Sénégal;Saint-Louis;;;;;=HYPERLINK(1)\n", nil), nil)
	records[0].Description = strings.Repeat("é", 40000)
	var b bytes.Buffer
	if _, err := exchange.Write(&b, exchange.XLSX, records, w.names()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Partenariats")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, h := range rows[0] {
		if h != "Objectifs" {
			continue
		}
		at, _ := excelize.CoordinatesToCellName(i+1, 2)
		if formula, _ := f.GetCellFormula("Partenariats", at); formula != "" {
			t.Errorf("%s is a formula: %s", at, formula)
		}
		if rows[1][i] != "=HYPERLINK(1)" {
			t.Errorf("%s: %s", at, rows[1][i])
		}
	}
	panes, err := f.GetPanes("Partenariats")
	if err != nil || !panes.Freeze {
		t.Errorf("headings not frozen: %v", err)
	}
}

func FuzzReadWorkbook(f *testing.F) {
	x := excelize.NewFile()
	_ = x.SetSheetRow("Sheet1", "A1", &[]any{"Pays", "Commune"})
	_ = x.SetSheetRow("Sheet1", "A2", &[]any{"Sénégal", 12})
	var b bytes.Buffer
	_ = x.Write(&b)
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := exchange.Read("f.xlsx", bytes.NewReader(data))
		if err != nil && repertoire.KindOf(err) != repertoire.Damaged {
			t.Fatalf("%v", err)
		}
		for _, r := range rowsOf(table) {
			if len(r.Cells) != len(table.Headings) {
				t.Fatalf("row %d: %d cells for %d headings", r.Number, len(r.Cells), len(table.Headings))
			}
		}
	})
}
