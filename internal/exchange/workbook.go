package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// What a workbook may unfold into: a file of 1.5 MB was seen to take 4.5 GiB.
const (
	unzipLimit = 64 << 20  // one part of it
	textLimit  = 192 << 20 // the texts of its cells together
	cellLimit  = 12 << 20  // its cells, repeated ones counted
	maxColumns = 16384     // of a spreadsheet
	maxRows    = 1 << 20
)

var (
	errTooBig  = errors.New("exchange: the workbook unfolds into too much")
	errNoSheet = errors.New("exchange: no workbook in the archive")
)

// readWorkbook reads an XLSX or an ODS file, both archives of XML.
func readWorkbook(name string, data []byte, opt ReadOptions) (Table, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return damagedBook(name, err)
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	switch {
	case parts["content.xml"] != nil && parts["[Content_Types].xml"] == nil:
		return readODS(name, parts, opt)
	case parts["Index/Document.iwa"] != nil, parts["index.apxl"] != nil, parts["Index.zip"] != nil:
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » est un tableau de Numbers : rien n’a été importé. Dans Numbers, choisissez Fichier, « Exporter vers », Excel, puis importez le fichier obtenu.", name)
	case parts["[Content_Types].xml"] == nil && parts["xl/workbook.xml"] == nil:
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » est une archive, pas un tableau : rien n’a été importé. Ouvrez-la, sortez-en le tableau, puis importez-le.",
			name)
	case parts["word/document.xml"] != nil, parts["ppt/presentation.xml"] != nil:
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » est un texte ou une présentation, pas un tableau : rien n’a été importé. Copiez son tableau dans un tableur et enregistrez-le au format .xlsx.", name)
	case parts["xl/workbook.bin"] != nil:
		return Table{}, repertoire.Damage(name, nil,
			"Le classeur « %s » est au format binaire (.xlsb) : rien n’a été importé. Ouvrez-le dans Excel et enregistrez-le au format .xlsx.", name)
	}
	return readXLSX(name, parts, opt)
}

func damagedBook(name string, err error) (Table, error) {
	return Table{},
		repertoire.Damage(name, err,
			"Le classeur « %s » est abîmé, protégé ou trop gros une fois déplié (plus de 64 Mo) : rien n’a été importé. Enregistrez-le de nouveau, ou exportez la feuille en CSV.", name)
}

// openPart opens a part for reading, bounded.
func openPart(f *zip.File) (io.ReadCloser, error) {
	if f == nil {
		return nil, errNoSheet
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{&bounded{r, unzipLimit}, r}, nil
}

// bounded fails rather than end early when there is too much.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooBig
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// xmlTokens reads XML without ever reaching for another file: a document type
// or an unknown entity is an error.
func xmlTokens(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.Strict = true
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("exchange: XML in another encoding than UTF-8")
	}
	return d
}

// attr gives an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// budget counts what the sheets of one workbook take.
type budget struct{ cells, text int }

func (b *budget) take(cells, text int) error {
	b.cells += cells
	b.text += text
	if b.cells > cellLimit || b.text > textLimit {
		return errTooBig
	}
	return nil
}

// sheetChoice is a sheet that may hold the partnerships.
type sheetChoice struct {
	name   string
	hidden bool
	grid   *grid
}

// choose gives the sheet asked for, else the one whose headings say most of a
// partnership: in draws the first, and one in view before a hidden one.
func choose(name string, sheets []sheetChoice, wanted string) (*grid, error) {
	var names []string
	for _, s := range sheets {
		names = append(names, s.name)
	}
	if wanted != "" {
		i := slices.Index(names, wanted)
		if i < 0 {
			return nil, repertoire.Refuse("Le classeur « %s » n’a pas de feuille « %s » : rien n’a été importé. Ses feuilles : %s.", name,
				wanted, quoted(names))
		}
		if sheets[i].grid.empty() {
			return nil, repertoire.Damage(name, nil, "La feuille « %s » du classeur « %s » est vide : choisissez-en une autre.", wanted,
				name)
		}
		sheets[i].grid.sheets = names
		return sheets[i].grid, nil
	}
	best, top := -1, -1.0
	for i, s := range sheets {
		if s.grid.empty() {
			continue
		}
		head := s.grid.head()
		at := s.grid.headline(head)
		score := at.score
		if at.first >= 0 {
			score += sidesIn(head[at.first].cells)
			if at.last+1 >= len(head) {
				score /= 4 // headings without a row
			}
		}
		if s.hidden {
			score -= 100
		}
		if best < 0 || score > top {
			best, top = i, score
		}
	}
	if best < 0 {
		return nil, repertoire.Damage(name, nil, "Le classeur « %s » est vide : il n’a ni titres de colonnes ni lignes.", name)
	}
	sheets[best].grid.sheets = names
	for i, s := range sheets {
		if i != best && !s.hidden && sameHeadings(s.grid, sheets[best].grid) {
			sheets[best].grid.alike = append(sheets[best].grid.alike, s.name)
		} else if i != best && !s.hidden && s.grid.joinsSides() {
			sheets[best].grid.besides = append(sheets[best].grid.besides, s.name)
		}
	}
	return sheets[best].grid, nil
}

// sameHeadings tells whether two sheets have the same columns, as where a
// workbook has a sheet a country or a year.
func sameHeadings(a, b *grid) bool {
	x, y := a.headings(), b.headings()
	return len(x) > 1 && slices.Equal(x, y)
}

// joinsSides tells whether the headings of a sheet name both sides.
func (g *grid) joinsSides() bool {
	head := g.head()
	at := g.headline(head)
	return at.first >= 0 && at.last+1 < len(head) && sidesIn(head[at.first].cells) > 0
}

func (g *grid) headings() (out []string) {
	head := g.head()
	if at := g.headline(head); at.first >= 0 && at.known > 1 {
		for _, c := range head[at.first].cells {
			if c != "" {
				out = append(out, foldHeading(c))
			}
		}
	}
	return out
}

// sidesIn favours a sheet that names both sides of a partnership.
func sidesIn(headings []string) float64 {
	var french, foreign bool
	for _, h := range headings {
		switch understand(h) {
		case FieldFrench, FieldINSEE:
			french = true
		case FieldForeign:
			foreign = true
		}
	}
	if french && foreign {
		return 10
	}
	return 0
}

func (g *grid) empty() bool {
	return !slices.ContainsFunc(g.rows, func(r rawRow) bool { return !blank(r.cells) })
}
