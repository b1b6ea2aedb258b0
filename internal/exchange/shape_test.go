package exchange_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/exchange"
)

func TestHeadingsAreFoundWhereTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		row      int
		headings []string
		rows     []int
	}{
		"under a title with commas": {"Liste des jumelages, villes, communes\n\nVille;Pays;Partenaire\nLille;Mali;Ségou\n", 3,
			[]string{"Ville", "Pays", "Partenaire"}, []int{4}},
		"over two lines": {"Côté français;;Côté étranger;\nCommune;Département;Ville;Pays\nLille;Nord;Ségou;Mali\nNice;06;Kayes;Mali\n", 1,
			[]string{"Côté français – Commune", "Côté français – Département", "Côté étranger – Ville", "Côté étranger – Pays"},
			[]int{3, 4}},
		"with bars": {"Ville|Pays|Partenaire\nLille|Mali|Ségou\n", 1, []string{"Ville", "Pays", "Partenaire"}, []int{2}},
		"totals and notes": {
			"Ville;Pays;Partenaire;Budget\nLille;Mali;Ségou;10\nTotal;;;10\n;;;\nSource : ministère;;;\nVille;Pays;Partenaire;Budget\nNice;Mali;Kayes;5\n", 1, []string{"Ville", "Pays", "Partenaire", "Budget"}, []int{2, 7}},
		"short rows": {"Ville;Pays;Partenaire;Notes\nLille;Mali;Ségou\nNice;Mali\n", 1,
			[]string{"Ville", "Pays", "Partenaire", "Notes"}, []int{2, 3}},
		"titles of parts": {"Ville;Partenaire;Année\nMali;;\nLille;Ségou;1990\nNice;Kayes;1991\nSénégal;;\nBrest;Thiès;1992\n", 1,
			[]string{"Ville", "Partenaire", "Année", "Intertitre"}, []int{3, 4, 6}},
		"no headings at all": {"1990;Lille;Ségou\n1991;Nice;Kayes\n", 0, []string{"Colonne A", "Colonne B", "Colonne C"}, []int{1, 2}},
	} {
		table, err := exchange.Read("l.csv", strings.NewReader(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var numbers []int
		for _, r := range rowsOf(table) {
			numbers = append(numbers, r.Number)
		}
		if table.HeadingRow != c.row || !slices.Equal(table.Headings, c.headings) || !slices.Equal(numbers, c.rows) ||
			table.Count != len(c.rows) {
			t.Errorf("%s: row %d, %q, rows %v, count %d", name, table.HeadingRow, table.Headings, numbers, table.Count)
		}
	}
}

// A workbook is what its formats show: dates to the day or the month, codes
// with their zeros, merged names in each of their rows; errors are empties,
// hidden rows are said, the sheet of the partnerships is found.
func TestAWorkbookIsReadAsItIsShown(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	set := func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "Notice")
	if _, err := f.NewSheet("Liste"); err != nil {
		t.Fatal(err)
	}
	code := func(s string) *string { return &s }
	style := func(s string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: code(s)})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	rows := [][]any{{"Recensement 2026"}, {}, {"Commune", "Code postal", "Ville partenaire", "Pays", "Date de signature", "Date de début",
		"Téléphone", "Notes"},
		{"Lille", 1234, "Ségou", "Mali", 28613, 28613, 612345678, "#N/A"}, {nil, 59000, "Kayes", "Mali", 28613, 1990, 2, "x"},
		{"Nice", 6000, "Gao", "Mali", nil, nil, nil, nil}}
	for i, r := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Liste", at, &r); err != nil {
			t.Fatal(err)
		}
	}
	for cell, format := range map[string]string{"B4": "00000", "E4": "dd/mm/yyyy", "E5": "yyyy", "F4": "[$-40C]mmmm yyyy",
		"G4": `0#" "##" "##" "##" "##`} {
		if err := f.SetCellStyle("Liste", cell, cell, style(format)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.MergeCell("Liste", "A4", "A5"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetRowVisible("Liste", 6, false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	table, err := exchange.Read("l.xlsx", &b)
	if err != nil {
		t.Fatal(err)
	}
	got := rowsOf(table)
	if table.Sheet != "Liste" || table.HeadingRow != 3 || len(got) != 3 {
		t.Fatalf("sheet %s, row %d, %v", table.Sheet, table.HeadingRow, got)
	}
	if want := []string{"Lille", "01234", "Ségou", "Mali", "1978-05-03", "1978-05", "06 12 34 56 78", ""}; !slices.Equal(got[0].Cells,
		want) {
		t.Errorf("first row %q", got[0].Cells)
	}
	if got[1].Cells[0] != "Lille" || got[1].Cells[4] != "1978" || got[1].Cells[5] != "1990" {
		t.Errorf("second row %q", got[1].Cells)
	}
	said := ""
	for _, r := range table.Remarks {
		said += r.Reason + "\n"
	}
	for _, words := range []string{"Recensement 2026", "masquée", "#N/A"} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not said in %s", words, said)
		}
	}
}

const openDocument = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
<office:automatic-styles><number:date-style style:name="N1"><number:month/><number:text>/</number:text><number:year/></number:date-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Liste"><table:table-column table:number-columns-repeated="16384"/>
<table:table-row><table:table-cell table:number-columns-spanned="4"><text:p>Jumelages</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="4"/></table:table-row>
<table:table-row><table:table-cell><text:p>Commune</text:p></table:table-cell><table:table-cell><text:p>Ville partenaire</text:p></table:table-cell><table:table-cell><text:p>Pays</text:p></table:table-cell><table:table-cell><text:p>Date de signature</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Lille</text:p></table:table-cell><table:table-cell><office:annotation><text:p>à vérifier</text:p></office:annotation><text:p>Ségou<text:s text:c="2"/>ville</text:p><text:p>seconde</text:p></table:table-cell><table:table-cell table:style-name="x"><text:p>Mali</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="1978-05-03" table:style-name="ce1"><text:p>05/78</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:covered-table-cell/><table:table-cell><text:p>Kayes</text:p></table:table-cell><table:table-cell><text:p>Mali</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1990"><text:p>1990</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>`

func odsOf(t testing.TB, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpenDocument(t *testing.T) {
	table, err := exchange.Read("l.ods", bytes.NewReader(odsOf(t, openDocument)))
	if err != nil {
		t.Fatal(err)
	}
	got := rowsOf(table)
	if table.HeadingRow != 4 || len(got) != 2 || !slices.Equal(got[0].Cells,
		[]string{"Lille", "Ségou  ville\nseconde", "Mali", "1978-05"}) ||
		!slices.Equal(got[1].Cells, []string{"Lille", "Kayes", "Mali", "1990"}) || got[1].Number != 6 {
		t.Errorf("row %d, %v", table.HeadingRow, got)
	}
	if _, err := exchange.Read("b.ods", bytes.NewReader(odsOf(t, strings.Replace(openDocument, "<text:p>Kayes</text:p>",
		`<text:p>Kayes</text:p></table:table-cell><table:table-cell table:number-columns-repeated="99999999"><text:p>x</text:p>`,
		1)))); err == nil {
		t.Error("a row of a hundred million cells was read")
	}
}

func FuzzOpenDocument(f *testing.F) {
	f.Add(openDocument)
	f.Add(strings.ReplaceAll(openDocument, "2", "9999"))
	f.Fuzz(func(t *testing.T, content string) {
		table, err := exchange.Read("f.ods", bytes.NewReader(odsOf(t, content)))
		if err != nil {
			return
		}
		for _, r := range rowsOf(table) {
			if len(r.Cells) != len(table.Headings) {
				t.Fatalf("row %d: %d cells for %d headings", r.Number, len(r.Cells), len(table.Headings))
			}
		}
	})
}

func TestOldAndForeignFormatsSayHowToSaveThem(t *testing.T) {
	for start, want := range map[string]string{"\xd0\xcf\x11\xe0": "Enregistrer sous", "<html><table>": "page web", "{\\rtf1": "tableur",
		"\x09\x08\x10\x00": "LibreOffice"} {
		if _, err := exchange.Read("x.xls", strings.NewReader(start)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", start, err)
		}
	}
}
