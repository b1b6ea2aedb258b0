package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"

	"repertoire/internal/repertoire"
)

// readODS reads a workbook of LibreOffice (OpenDocument 1.0 to 1.3): a strict
// reader of what a table of texts, numbers and dates needs.
func readODS(name string, parts map[string]*zip.File, opt ReadOptions) (Table, error) {
	if m := parts["META-INF/manifest.xml"]; m != nil {
		if r, err := openPart(m); err == nil {
			data, _ := io.ReadAll(io.LimitReader(r, 1<<20))
			r.Close()
			if bytes.Contains(data, []byte("encryption-data")) {
				return Table{}, repertoire.Damage(name, nil,
					"Le classeur « %s » est protégé par un mot de passe : rien n’a été importé. Enregistrez-le sans mot de passe.", name)
			}
		}
	}
	r, err := openPart(parts["content.xml"])
	if err != nil {
		return damagedBook(name, err)
	}
	defer r.Close()
	return contentODS(name, r, opt)
}

// readFlatODS reads the same in one XML file (.fods).
func readFlatODS(name string, data []byte, opt ReadOptions) (Table, error) {
	return contentODS(name, &bounded{bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))), unzipLimit * 2}, opt)
}

func contentODS(name string, r io.Reader, opt ReadOptions) (Table, error) {
	o := &openTable{name: name, d: xmlTokens(r), dates: map[string]string{}, styles: map[string]string{}, hidden: map[string]bool{},
		wanted: opt.Sheet}
	if err := o.read(); err != nil {
		return damagedBook(name, err)
	}
	if !o.spreadsheet {
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » est un texte ou un dessin, pas un tableau : rien n’a été importé. Copiez son tableau dans un tableur et enregistrez-le au format .ods ou .xlsx.", name)
	}
	g, err := choose(name, o.sheets, opt.Sheet)
	if err != nil {
		return Table{}, err
	}
	return g.shape(opt)
}

// openTable holds the state of one reading.
type openTable struct {
	name        string
	d           *xml.Decoder
	wanted      string
	spreadsheet bool
	sheets      []sheetChoice
	budget      budget
	// dates gives the layout of each date style; styles the data style of each
	// cell style; hidden the table styles that are not displayed.
	dates  map[string]string
	styles map[string]string
	hidden map[string]bool
}

func (o *openTable) read() error {
	for {
		tok, err := o.d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "spreadsheet":
			o.spreadsheet = true
		case "date-style":
			err = o.dateStyle(e)
		case "style":
			err = o.style(e)
		case "table":
			err = o.table(e)
		}
		if err != nil {
			return err
		}
	}
}

// inside gives each start of an element inside the one just opened.
func (o *openTable) inside(visit func(xml.StartElement) error) error {
	for depth := 1; depth > 0; {
		tok, err := o.d.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			if err := visit(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// dateStyle learns how far a style shows a date: the year, the month, the day.
func (o *openTable) dateStyle(e xml.StartElement) error {
	var year, month, day bool
	err := o.inside(func(p xml.StartElement) error {
		switch p.Name.Local {
		case "year":
			year = true
		case "month":
			month = true
		case "day":
			day = true
		}
		return nil
	})
	switch name := attr(e, "name"); {
	case day:
	case year && month:
		o.dates[name] = "month"
	case year:
		o.dates[name] = "year"
	}
	return err
}

func (o *openTable) style(e xml.StartElement) error {
	name := attr(e, "name")
	if d := attr(e, "data-style-name"); d != "" && attr(e, "family") == "table-cell" {
		o.styles[name] = d
	}
	return o.inside(func(p xml.StartElement) error {
		if p.Name.Local == "table-properties" && attr(p, "display") == "false" {
			o.hidden[name] = true
		}
		return nil
	})
}

// table reads one sheet.
func (o *openTable) table(e xml.StartElement) error {
	g := &grid{name: o.name, sheet: attr(e, "name")}
	o.sheets = append(o.sheets, sheetChoice{g.sheet, o.hidden[attr(e, "style-name")], g})
	row, column := 0, 0
	for depth := 1; depth > 0; {
		tok, err := o.d.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			switch t.Name.Local {
			case "table-row":
				n, err := o.row(t, g, row+1)
				if err != nil {
					return err
				}
				row += n
				if row > 2*maxRows {
					return errTooBig
				}
			case "table-column":
				n := repeated(t, "number-columns-repeated")
				if v := attr(t, "visibility"); v == "collapse" || v == "filter" {
					for c := column; c < min(column+n, 256); c++ {
						g.hiddenColumns = append(g.hiddenColumns, c)
					}
				}
				column += n
				if err := o.d.Skip(); err != nil {
					return err
				}
			case "table-row-group", "table-rows", "table-header-rows", "table-columns", "table-header-columns", "table-column-group":
				depth++
			default: // drawings, forms, tables inside
				if err := o.d.Skip(); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// repeated reads how many times an element stands for itself.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// row reads a row and gives how many rows it stands for.
func (o *openTable) row(e xml.StartElement, g *grid, number int) (int, error) {
	times := repeated(e, "number-rows-repeated")
	visibility := attr(e, "visibility")
	r := rawRow{number: number, hidden: visibility == "collapse" || visibility == "filter"}
	column := 0
	for depth := 1; depth > 0; {
		tok, err := o.d.Token()
		if err != nil {
			return 0, err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if t.Name.Local != "table-cell" && t.Name.Local != "covered-table-cell" {
				if err := o.d.Skip(); err != nil {
					return 0, err
				}
				continue
			}
			n := repeated(t, "number-columns-repeated")
			s, err := o.cell(t)
			if err != nil {
				return 0, err
			}
			if t.Name.Local == "covered-table-cell" {
				s = ""
			}
			if s != "" {
				if column+n > maxColumns {
					return 0, errTooBig
				}
				if err := o.budget.take(column+n-len(r.cells), len(s)); err != nil {
					return 0, err
				}
				for len(r.cells) < column {
					r.cells = append(r.cells, "")
				}
				for range n {
					r.cells = append(r.cells, s)
				}
			}
			down, right := repeated(t, "number-rows-spanned"), repeated(t, "number-columns-spanned")
			if (down > 1 || right > 1) && down <= 10_000 && len(g.merges) < 100_000 {
				g.merges = append(g.merges, merge{number, column, number + down - 1, column + right - 1})
			}
			if column += n; column > 4*maxColumns {
				return 0, errTooBig
			}
		}
	}
	// A merged cell reaches into rows that are otherwise empty: they are kept
	// when something stands in them; blank rows at the end are millions.
	if len(r.cells) == 0 && times > 1000 {
		return times, nil
	}
	if times > 1 && len(r.cells) > 0 {
		if err := o.budget.take((times-1)*len(r.cells), 0); err != nil {
			return 0, err
		}
	}
	if len(r.cells) == 0 && times > 1 {
		return times, nil
	}
	for i := range times {
		r.number = number + i
		g.rows = append(g.rows, r)
	}
	return times, nil
}

// cell reads one cell up to its end: the value where it has one, else the text.
func (o *openTable) cell(e xml.StartElement) (string, error) {
	text, err := o.text()
	if err != nil {
		return "", err
	}
	switch attr(e, "value-type") {
	case "float", "currency":
		return number15(attr(e, "value"), text), nil
	case "percentage":
		return text, nil
	case "date":
		return o.shown(attr(e, "date-value"), attr(e, "style-name"), text), nil
	case "boolean":
		if attr(e, "boolean-value") == "true" {
			return "oui", nil
		}
		return "non", nil
	case "time":
		return text, nil
	}
	return text, nil
}
