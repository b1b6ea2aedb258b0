package exchange

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// maxFile bounds the files that are held whole: workbooks and JSON exports. A
// CSV file is read as it comes and has no bound.
const maxFile = 256 << 20

// Tables are the endings of files that are a list without a doubt: one dropped
// on the window, or opened with the program, is offered to the import.
var Tables = []string{".csv", ".tsv", ".xlsx", ".ods", ".json"}

// TablesAsText are those of files an import reads when it is asked to: they may
// as well be something else.
var TablesAsText = []string{".txt", ".fods"}

// Table is a spreadsheet as read, before any meaning is given to its columns.
type Table struct {
	Name      string // base name of the file, for messages and provenance
	Encoding  string // "UTF-8", "UTF-16", "Windows-1252", "Mac Roman"…; "" for a workbook
	Separator rune   // of a CSV file; 0 for a workbook
	// Doubt says in French why the encoding is not sure; "" when it is.
	Doubt string
	// Sheets are the names of a workbook's sheets, Sheet the one that was read.
	Sheets []string
	Sheet  string
	// HeadingRow is the number of the row of headings, the first of HeadingRows;
	// 0 when the sheet has none.
	HeadingRow, HeadingRows int
	Headings                []string
	// Above are the lines that stand over the headings.
	Above []string
	// Count is the number of rows with something to take.
	Count int
	// Broken are the rows that could not be read, with the reason; Remarks what
	// the reading of the file as a whole has to say.
	Broken, Remarks []Rejection
	// Document is set for a JSON export: then there are no rows.
	Document *Document
	// dates reads dates counted in days that no format shows (XLSX).
	dates serialDates

	grid     *grid
	last     int // number of the last row of headings
	width    int // columns of the file; Headings may have one more, of sections
	sections bool
	edits    map[int]map[int]string // cells a person corrected: row, column
	virtual  []virtual
	fill     []int
}

// TableRow is one row: as many cells as headings, trimmed. Number counts as a
// spreadsheet does: the headings are row 1 when nothing stands above them.
type TableRow struct {
	Number int
	Cells  []string
}

// Kind sorts remarks, for facets.
type Kind string

// The kinds of remarks.
const (
	KindShape     Kind = "forme"       // how the table is made
	KindEncoding  Kind = "encodage"    // how it is written
	KindError     Kind = "erreur"      // #N/A and its kin
	KindWord      Kind = "mot"         // a word of no list
	KindDate      Kind = "date"        // a date that is none, or not sure
	KindAmount    Kind = "montant"     // an amount that is none
	KindAddress   Kind = "coordonnees" // e-mail, phone, web address
	KindAuthority Kind = "collectivite"
	KindCountry   Kind = "pays"
	KindTwin      Kind = "doublon"
	KindConflict  Kind = "contradiction" // rows or columns that disagree
	KindOther     Kind = "autre"
)

// Kinds lists the kinds with their French names, in the order of facets.
var Kinds = repertoire.Choices[Kind]{{Value: KindAuthority, Label: "Collectivités"}, {Value: KindCountry, Label: "Pays"},
	{Value: KindWord, Label: "Mots inconnus"},
	{Value: KindDate, Label: "Dates"}, {Value: KindAmount, Label: "Montants"}, {Value: KindAddress, Label: "Coordonnées"},
	{Value: KindTwin, Label: "Doublons"},
	{Value: KindConflict, Label: "Contradictions"}, {Value: KindShape, Label: "Forme du tableau"}, {Value: KindEncoding, Label: "Accents"},
	{Value: KindError, Label: "Erreurs du tableur"}, {Value: KindOther, Label: "Autres"}}

// Rejection is a row that was not taken, or a remark about one; row 0 is the
// file as a whole.
type Rejection struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
	Kind   Kind   `json:"kind,omitempty"`
}

// ReadOptions are what a person knows of a file better than the reading does.
type ReadOptions struct {
	Sheet string // of a workbook; "" chooses
	// HeadingRow is the number of the row of headings, HeadingRows how many
	// rows they take; 0 finds it, -1 is for a file without headings.
	HeadingRow, HeadingRows int
	Encoding                string // one of Encodings; "" finds it
	Separator               rune   // of a CSV file; 0 finds it
	// Edits are cells a person corrected, by row number and column.
	Edits map[int]map[int]string
}

// ReadFile reads a CSV, XLSX, ODS or JSON file; see Read.
func ReadFile(path string, opt ReadOptions) (Table, error) {
	if err := repertoire.RefuseIrregular(path); err != nil {
		return Table{}, err
	}
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return Table{}, &repertoire.Error{Kind: repertoire.NotFound, File: path, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » n’existe pas : rien n’a été importé.", path)}
	}
	if err != nil {
		return Table{}, &repertoire.Error{Kind: repertoire.Refused, File: path, Err: err,
			Message: fmt.Sprintf(
				"Le fichier « %s » ne peut pas être ouvert : rien n’a été importé. Fermez-le dans le tableur et vérifiez vos droits.",
				path)}
	}
	defer f.Close()
	name := filepath.Base(path)
	first := make([]byte, 4096)
	n, _ := io.ReadFull(f, first)
	first = first[:n]
	if bytes.HasPrefix(first, []byte("\xd0\xcf\x11\xe0")) { // its directory may lie anywhere
		rest, _ := io.ReadAll(io.LimitReader(f, maxFile/8))
		first = append(first, rest...)
	}
	if err := refusedFormat(name, first); err != nil {
		return Table{}, err
	}
	if textLike(first) {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return finish(name, opt, func() (Table, error) {
				return fromText(name, func() (io.ReadCloser, error) { return os.Open(path) }, opt)
			})
		}
	}
	return read(name, io.MultiReader(bytes.NewReader(first), f), opt)
}

// Read reads a CSV, XLSX or ODS file or a JSON export, told apart by its first
// bytes. name is the file's base name. A row that cannot be read is listed in
// Broken and the others are kept; a file that is no table is a Damaged error.
func Read(name string, r io.Reader) (Table, error) { return read(name, r, ReadOptions{}) }

func read(name string, r io.Reader, opt ReadOptions) (Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Table{}, repertoire.Damage(name, err, "Le fichier « %s » n’a pas pu être lu jusqu’au bout : rien n’a été importé.", name)
	}
	if len(data) > maxFile {
		return Table{}, repertoire.Damage(name, nil, "Le fichier « %s » dépasse 256 Mo : coupez-le en plusieurs fichiers.", name)
	}
	if err := refusedFormat(name, data[:min(len(data), 4096)]); err != nil {
		return Table{}, err
	}
	return finish(name, opt, func() (Table, error) {
		switch {
		case bytes.HasPrefix(data, []byte("PK\x03\x04")):
			return readWorkbook(name, data, opt)
		case jsonLike(data):
			return readDocument(name, bytes.TrimPrefix(data, []byte("\ufeff")))
		case jsonRows(data):
			return readJSONRows(name, bytes.TrimPrefix(data, []byte("\ufeff")), opt)
		case flatODS(data):
			return readFlatODS(name, data, opt)
		}
		return fromText(name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }, opt)
	})
}

func fromText(name string, open func() (io.ReadCloser, error), opt ReadOptions) (Table, error) {
	g, err := readCSV(name, open, opt)
	if err != nil {
		return Table{}, err
	}
	return g.shape(opt)
}

func finish(name string, opt ReadOptions, read func() (Table, error)) (Table, error) {
	t, err := read()
	if err != nil {
		return Table{}, err
	}
	t.Name, t.edits = name, opt.Edits
	return t, nil
}

func jsonLike(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \r\n\t")
	return bytes.HasPrefix(head, []byte("{"))
}

func textLike(first []byte) bool {
	return !bytes.HasPrefix(first, []byte("PK\x03\x04")) && !jsonLike(first) && !jsonRows(first) && !flatODS(first)
}

// webPage tells whether a text is HTML, whatever stands before its first tag.
func webPage(low []byte) bool {
	for bytes.HasPrefix(low, []byte("<!--")) {
		_, rest, closed := bytes.Cut(low, []byte("-->"))
		if !closed {
			return false
		}
		low = bytes.TrimLeft(rest, " \r\n\t")
	}
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style", "<div",
		"mime-version: 1.0\r\ncontent-type: multipart/related", "mime-version: 1.0\ncontent-type: multipart/related"} {
		if bytes.HasPrefix(low, []byte(tag)) {
			return true
		}
	}
	return false
}

// mailLike tells whether a text begins with the headings of a message.
func mailLike(low []byte) bool {
	head, _, _ := bytes.Cut(low, []byte("\n\n"))
	starts := false
	for _, h := range []string{"from:", "received:", "return-path:", "delivered-to:", "date:", "subject:", "message-id:"} {
		starts = starts || bytes.HasPrefix(low, []byte(h))
	}
	return starts && bytes.Contains(head, []byte("subject:")) && bytes.Contains(head, []byte("from:"))
}

func flatODS(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("<?xml")) &&
		bytes.Contains(data[:min(len(data), 4096)], []byte("office:document"))
}

// wideText is a name as the directory of an old compound file writes it.
func wideText(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// dBase tells whether a file begins as a table of dBase: its version, a date,
// and a first field described by a name that ends in zeros.
func dBase(first []byte) bool {
	return len(first) > 64 && bytes.IndexByte([]byte{3, 0x30, 0x83, 0xf5}, first[0]) >= 0 && first[2] >= 1 && first[2] <= 12 &&
		first[3] >= 1 && first[3] <= 31 && first[32] >= 'A' && first[42] == 0
}

// refusedFormat says of a file that is no table what to ask for or how to save it.
func refusedFormat(name string, first []byte) error {
	low := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(first, []byte("\ufeff")), " \r\n\t"))
	refuse := func(words string) error {
		return repertoire.Damage(name, nil, "Le fichier « %s » "+words, name)
	}
	switch {
	case bytes.HasPrefix(first, []byte("\xd0\xcf\x11\xe0")):
		switch {
		case bytes.Contains(first, wideText("EncryptedPackage")):
			return refuse(
				"est protégé par un mot de passe : rien n’a été importé. Ouvrez-le avec son mot de passe dans Excel ou LibreOffice, enlevez-le (Fichier, Informations, « Protéger le classeur » ; dans LibreOffice, « Enregistrer sous » sans cocher « Enregistrer avec mot de passe »), enregistrez, puis importez le fichier.")
		case bytes.Contains(first, wideText("Workbook")):
			return refuse(
				"est dans l’ancien format d’Excel (.xls) : rien n’a été importé. Ouvrez-le dans Excel ou LibreOffice, choisissez « Enregistrer sous », le type « Classeur Excel (.xlsx) », puis importez le nouveau fichier.")
		}
		return refuse(
			"est dans l’ancien format d’Excel (.xls) ou protégé par un mot de passe : rien n’a été importé. Ouvrez-le dans Excel ou LibreOffice, choisissez « Enregistrer sous », le type « Classeur Excel (.xlsx) », sans mot de passe, puis importez le nouveau fichier.")
	case bytes.HasPrefix(first, []byte("\x09\x08")) || bytes.HasPrefix(first, []byte("\x09\x04")) ||
		bytes.HasPrefix(first, []byte("\x09\x02")):
		return refuse(
			"est dans un très ancien format d’Excel : rien n’a été importé. Ouvrez-le dans LibreOffice et enregistrez-le au format .xlsx.")
	case bytes.HasPrefix(first, []byte("%PDF-")):
		return refuse("est un PDF, pas un tableau : rien n’a été importé. Demandez le tableau d’origine, au format .xlsx ou CSV.")
	case webPage(low):
		return refuse(
			"est une page web, même si son nom dit autre chose : rien n’a été importé. Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx.")
	case bytes.Contains(low, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return refuse(
			"est un classeur XML de 2003 : rien n’a été importé. Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx.")
	case bytes.Contains(low, []byte("<iati-activit")):
		return refuse(
			"est le XML de l’IITA, pas un tableau : rien n’a été importé. Téléchargez les mêmes activités au format CSV ou Excel, puis importez-les.")
	case bytes.HasPrefix(low, []byte("<?xml")) && !flatODS(first):
		return refuse(
			"est un fichier XML, pas un tableau : rien n’a été importé. Demandez les mêmes données au format CSV ou .xlsx.")
	case bytes.HasPrefix(low, []byte("{")) && bytes.Contains(low, []byte("docs.google.com")):
		return refuse(
			"n’est qu’un raccourci vers Google Sheets : rien n’a été importé. Ouvrez-le dans le navigateur, choisissez Fichier, Télécharger, « Microsoft Excel (.xlsx) », puis importez le fichier obtenu.")
	case bytes.HasPrefix(first, []byte("\x1f\x8b")), bytes.HasPrefix(first, []byte("7z\xbc\xaf")), bytes.HasPrefix(first, []byte("Rar!")):
		return refuse(
			"est une archive compressée : rien n’a été importé. Ouvrez-la, sortez-en le tableau, puis importez-le.")
	case bytes.HasPrefix(low, []byte("begin:vcard")):
		return refuse(
			"est un carnet d’adresses (vCard), pas un tableau de partenariats : rien n’a été importé.")
	case mailLike(low):
		return refuse(
			"est un courriel : rien n’a été importé. Enregistrez sa pièce jointe, puis importez-la.")
	case bytes.HasPrefix(first, []byte("ID;P")), bytes.HasPrefix(low, []byte("table\r\n0,1\r\n")),
		bytes.HasPrefix(low, []byte("table\n0,1\n")):
		return refuse(
			"est dans un ancien format d’échange entre tableurs (SYLK ou DIF) : rien n’a été importé. Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx.")
	case dBase(first):
		return refuse(
			"est une base dBase (.dbf) : rien n’a été importé. Ouvrez-la dans LibreOffice et enregistrez-la au format .xlsx.")
	case bytes.HasPrefix(first, []byte("PAR1")):
		return refuse(
			"est au format Parquet : rien n’a été importé. Téléchargez les mêmes données au format CSV ou Excel, puis importez-les.")
	case bytes.HasPrefix(low, []byte("{\\rtf")):
		return refuse(
			"est un texte mis en forme (RTF) : rien n’a été importé. Copiez son tableau dans un tableur et enregistrez-le au format .xlsx.")
	}
	return nil
}

// note adds a remark about the file.
func (t *Table) note(row int, kind Kind, format string, args ...any) {
	t.Remarks = append(t.Remarks, Rejection{Row: row, Kind: kind, Reason: fmt.Sprintf(format, args...)})
}

// Each gives the rows to take, in order: cleaned, completed to the width of the
// headings, without totals and notices. The cells are the caller's.
func (t *Table) Each(ctx context.Context, yield func(TableRow) error) error {
	if t.grid == nil {
		return nil
	}
	section, n := "", 0
	var above []string
	err := t.grid.eachRow(func(r rawRow) error {
		if n++; n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch t.kindOf(r) {
		case rowAbove, rowBlank, rowTotal, rowNotice, rowRepeat:
			return nil
		case rowLone:
			if t.sections {
				section = firstFilled(r.cells)
				return nil
			}
		}
		full, ok := t.full(r)
		if !ok {
			return nil
		}
		if t.sections {
			full[t.width] = section
		}
		for column, v := range t.edits[r.number] {
			if column >= 0 && column < len(full) {
				full[column] = clean(v)
			}
		}
		if len(t.virtual)+len(t.fill) > 0 {
			t.lay(full, above)
			above = slices.Clone(full)
		}
		return yield(TableRow{r.number, full})
	})
	if _, open := err.(*unclosed); open {
		return nil // said in Broken
	}
	return err
}

// full cleans a row; false for one with cells beyond the headings.
func (t *Table) full(r rawRow) ([]string, bool) {
	full := make([]string, len(t.Headings))
	for i, c := range r.cells {
		c = clean(c)
		if i >= t.width {
			if c != "" && t.Separator != 0 {
				return nil, false
			}
			continue
		}
		if spreadsheetError(c) {
			continue
		}
		if fixed, ok := twice(c); ok {
			c = fixed
		}
		full[i] = unshield(c)
	}
	return full, true
}

// First gives the first n rows.
func (t *Table) First(n int) []TableRow {
	var out []TableRow
	_ = t.Each(context.Background(), func(r TableRow) error {
		if len(out) == n {
			return errEnough
		}
		out = append(out, r)
		return nil
	})
	return out
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
		if strings.TrimSpace(c) != "" && clean(c) != "" {
			return false
		}
	}
	return true
}
