package exchange

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
)

// maxFile bounds what is read into memory: a hundred thousand long entries
// take about 200 MB.
const maxFile = 256 << 20

// Table is a spreadsheet as read, before any meaning is given to its columns.
type Table struct {
	Name      string // base name of the file, for messages and provenance
	Encoding  string // "UTF-8", "UTF-16" or "Windows-1252"; "" for XLSX
	Separator rune   // of a CSV file; 0 for XLSX
	// Sheets are the names of an XLSX file's sheets, Sheet the one that was read.
	Sheets   []string
	Sheet    string
	Headings []string
	Rows     []TableRow
	// Broken are the rows that could not be read, with the reason.
	Broken []Rejection
	// Document is set for a JSON export: then there are no rows.
	Document *Document
	// dates reads dates counted in days (XLSX); in a CSV dates are text.
	dates serialDates
}

// TableRow is one row: as many cells as headings, trimmed. Number counts as a
// spreadsheet does: the headings are row 1 when nothing stands above them.
type TableRow struct {
	Number int
	Cells  []string
}

// Rejection is a row that was not taken, or a remark about one.
type Rejection struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// ReadFile reads a CSV, XLSX or JSON file; see Read.
func ReadFile(path string) (Table, error) { return ReadSheet(path, "") }

// ReadSheet is ReadFile for one sheet of an XLSX file; "" is the first with
// anything in it.
func ReadSheet(path, sheet string) (Table, error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return Table{}, &repertoire.Error{Kind: repertoire.NotFound, File: path, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » n’existe pas : rien n’a été importé.", path)}
	}
	if err != nil {
		return Table{}, &repertoire.Error{Kind: repertoire.Refused, File: path, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » ne peut pas être ouvert : rien n’a été importé. Fermez-le dans le tableur et vérifiez vos droits.", path)}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return Table{}, &repertoire.Error{Kind: repertoire.Refused, File: path,
			Message: fmt.Sprintf("« %s » est un dossier : rien n’a été importé. Donnez le fichier lui-même.", path)}
	}
	return read(filepath.Base(path), f, sheet)
}

// Read reads a CSV or XLSX file or a JSON export, told apart by its first
// bytes. name is the
// file's base name. A row that cannot be read is listed in Broken and the
// others are kept; a file that is not a table at all is a Damaged error.
func Read(name string, r io.Reader) (Table, error) { return read(name, r, "") }

func read(name string, r io.Reader, sheet string) (Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Table{}, repertoire.Damage(name, err, "Le fichier « %s » n’a pas pu être lu jusqu’au bout : rien n’a été importé.", name)
	}
	if len(data) > maxFile {
		return Table{}, repertoire.Damage(name, nil, "Le fichier « %s » dépasse 256 Mo : coupez-le en plusieurs fichiers.", name)
	}
	var t Table
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		t, err = readXLSX(name, data, sheet)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		err = repertoire.Damage(name, nil, "Le fichier « %s » est dans l’ancien format d’Excel (.xls) ou protégé par un mot de passe : enregistrez-le au format .xlsx ou CSV, sans mot de passe.", name)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		err = repertoire.Damage(name, nil, "Le fichier « %s » est un PDF, pas un tableau : rien n’a été importé. Demandez le tableau d’origine, au format .xlsx ou CSV.", name)
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \r\n\t"), []byte("{")):
		t, err = readDocument(name, bytes.TrimPrefix(data, []byte("\ufeff")))
	default:
		t, err = readCSV(name, data)
	}
	if err != nil {
		return Table{}, err
	}
	t.Name = name
	return t, nil
}

// shape turns raw rows into a Table: the first row that is not blank gives the
// headings, blank rows are skipped, short and long rows are reported.
func (t *Table) shape(rows []TableRow) error {
	head := 0
	for head < len(rows) && blank(rows[head].Cells) {
		head++
	}
	if head == len(rows) {
		return repertoire.Damage(t.Name, nil, "Le fichier est vide : il n’a ni titres de colonnes ni lignes.")
	}
	t.Headings = append([]string(nil), rows[head].Cells...)
	for i, h := range t.Headings {
		t.Headings[i] = oneLine(h)
	}
	for len(t.Headings) > 0 && t.Headings[len(t.Headings)-1] == "" {
		t.Headings = t.Headings[:len(t.Headings)-1]
	}
	distinguish(t.Headings)
	width := len(t.Headings)
	for _, row := range rows[head+1:] {
		if blank(row.Cells) {
			continue
		}
		// Spreadsheets add empty cells on the right and drop those they
		// think useless: only cells with something in them are too many.
		for len(row.Cells) > width && clean(row.Cells[len(row.Cells)-1]) == "" {
			row.Cells = row.Cells[:len(row.Cells)-1]
		}
		if n := len(row.Cells); n > width || n < width && t.Separator != 0 {
			t.Broken = append(t.Broken, Rejection{row.Number, fmt.Sprintf(
				"La ligne a %s au lieu de %d : un séparateur est peut-être en trop ou manque, ou un texte qui en contient un n’est pas entre guillemets.", cells(n), width)})
			continue
		}
		full := make([]string, width)
		for i, c := range row.Cells {
			full[i] = unshield(clean(c))
		}
		t.Rows = append(t.Rows, TableRow{row.Number, full})
	}
	return nil
}

// distinguish numbers headings that occur twice, since a mapping names them.
func distinguish(headings []string) {
	seen := map[string]int{}
	for i, h := range headings {
		if h == "" {
			continue
		}
		seen[h]++
		if n := seen[h]; n > 1 {
			headings[i] = fmt.Sprintf("%s (%d)", h, n)
		}
	}
}

func cells(n int) string {
	if n == 1 {
		return "une seule cellule"
	}
	return fmt.Sprintf("%d cellules", n)
}

func blank(cells []string) bool {
	for _, c := range cells {
		if clean(c) != "" {
			return false
		}
	}
	return true
}
