package exchange

import (
	"archive/zip"
	"bytes"
	"strings"

	"repertoire/internal/repertoire"
)

// SheetRows is one sheet of a workbook as it stands: every row that holds
// something, without any meaning given to it.
type SheetRows struct {
	Name   string
	Hidden bool
	Rows   []SheetRow
}

// SheetRow is a row by its number, from 1; Cells are the texts that its cells
// show.
type SheetRow struct {
	Number int
	Cells  []string
}

// Workbook is what a workbook holds beside its cells.
type Workbook struct {
	Sheets []SheetRows
	// Macros tells that it carries a program.
	Macros bool
}

// ReadAllSheets reads every sheet of an XLSX or ODS file, bounded as imports are.
func ReadAllSheets(name string, data []byte) (Workbook, error) {
	damaged := func(err error) (Workbook, error) {
		return Workbook{}, repertoire.Damage(name, err,
			"Le classeur « %s » est abîmé, protégé par un mot de passe ou trop gros une fois déplié (plus de 64 Mo) : rien n’en a été lu.",
			name)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return damaged(err)
	}
	parts := map[string]*zip.File{}
	var out Workbook
	for _, f := range archive.File {
		part := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		parts[part] = f
		lower := strings.ToLower(part)
		out.Macros = out.Macros || strings.HasSuffix(lower, "vbaproject.bin") || strings.HasPrefix(lower, "basic/") &&
			strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, "-lc.xml") && !strings.HasSuffix(lower, "-lb.xml")
	}
	var list []sheetChoice
	if parts["content.xml"] != nil && parts["[Content_Types].xml"] == nil {
		r, err := openPart(parts["content.xml"])
		if err != nil {
			return damaged(err)
		}
		defer r.Close()
		o := &openTable{name: name, d: xmlTokens(r), dates: map[string]string{}, styles: map[string]string{}, hidden: map[string]bool{}}
		if err := o.read(); err != nil {
			return damaged(err)
		}
		list = o.sheets
	} else if list, err = allXLSX(name, parts); err != nil {
		return damaged(err)
	}
	for _, s := range list {
		x := SheetRows{Name: s.name, Hidden: s.hidden}
		for _, r := range s.grid.rows {
			if !blank(r.cells) {
				x.Rows = append(x.Rows, SheetRow{r.number, r.cells})
			}
		}
		out.Sheets = append(out.Sheets, x)
	}
	return out, nil
}

func allXLSX(name string, parts map[string]*zip.File) ([]sheetChoice, error) {
	b := &book{parts: parts, serial: serialDates{on: true}}
	sheets, err := b.sheets()
	if err != nil {
		return nil, err
	}
	if err := b.readShared(); err != nil {
		return nil, err
	}
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	var list []sheetChoice
	for _, s := range sheets {
		g := &grid{name: name, sheet: s.name, serial: b.serial}
		if err := b.readSheet(s.part, g); err != nil {
			return nil, err
		}
		list = append(list, sheetChoice{s.name, s.hidden, g})
	}
	return list, nil
}
