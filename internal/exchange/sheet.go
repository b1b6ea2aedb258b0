package exchange

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/repertoire"
)

// Sheet is a plain list to be written for a spreadsheet: results, addresses.
// It is made to be read, not to be imported again.
type Sheet struct {
	Name    string // of the tab: "Partenariats"
	Title   string // of the document
	Columns []SheetColumn
}

// SheetColumn is one column of a Sheet. Number says that its cells are plain
// decimal numbers ("12500.5"), to be summed and sorted as such.
type SheetColumn struct {
	Heading string
	Width   float64 // in characters, 0 is 20
	Number  bool
	// Date says that its cells are dates ("2012-05-03", "2012-05"): shown as
	// such, to the day or the month; Year that they are years. What is neither
	// stays text.
	Date, Year bool
}

// WriteSheet writes the rows in CSV or XLSX, as many cells a row as columns.
// CSV is for French Excel (byte-order mark, semicolons, decimal commas) and
// shields what a spreadsheet would run; XLSX holds text cells, which are never
// run, and numbers.
func WriteSheet(w io.Writer, format Format, s Sheet, rows func(yield func(cells []string) error) error) error {
	var err error
	switch format {
	case CSV:
		err = s.csv(w, rows)
	case XLSX:
		err = s.xlsx(w, rows)
	default:
		return repertoire.Refuse("Une liste s’écrit en csv ou en xlsx, pas en « %s ».", format)
	}
	return unwritten(err)
}

// unwritten says in French that a file was not finished; a refusal and a
// cancellation keep their own words.
func unwritten(err error) error {
	if err == nil || repertoire.KindOf(err) == repertoire.Refused || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: "L’export n’a pas pu être écrit jusqu’au bout : vérifiez la place sur le disque et vos droits, puis recommencez."}
}

func (s Sheet) csv(w io.Writer, rows func(func([]string) error) error) error {
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff")
	head := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		head[i] = c.Heading
	}
	writeRow(out, head)
	line := make([]string, len(s.Columns))
	err := rows(func(cells []string) error {
		for i, c := range s.Columns {
			if line[i] = cells[i]; c.Number {
				line[i] = strings.Replace(line[i], ".", ",", 1)
			} else {
				line[i] = shield(clean(line[i]))
			}
		}
		writeRow(out, line)
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func (s Sheet) xlsx(w io.Writer, rows func(func([]string) error) error) error {
	b, err := newBook(s.Title)
	if err != nil {
		return err
	}
	defer b.file.Close()
	if err := b.add(s, rows); err != nil {
		return err
	}
	return b.write(w)
}

// write hands the workbook over as it is packed: excelize would hold it whole.
func (b *workbookOut) write(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	_, err := b.file.WriteTo(io.Discard)
	return err
}

// workbookOut is a workbook being written, a sheet after the other.
type workbookOut struct {
	file                     *excelize.File
	head, text, number, year int
	day, month               int
	sheets                   int
}

func newBook(title string) (*workbookOut, error) {
	b := &workbookOut{file: excelize.NewFile()}
	top := &excelize.Alignment{Vertical: "top"}
	code := func(s string) *string { return &s }
	for _, x := range []struct {
		into  *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EDF3"}},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&b.text, excelize.Style{NumFmt: 49, Alignment: top}},
		{&b.number, excelize.Style{NumFmt: 4, Alignment: top}},
		{&b.year, excelize.Style{NumFmt: 1, Alignment: top}},
		{&b.day, excelize.Style{CustomNumFmt: code("dd/mm/yyyy"), Alignment: top}},
		{&b.month, excelize.Style{CustomNumFmt: code("mm/yyyy"), Alignment: top}},
	} {
		id, err := b.file.NewStyle(&x.style)
		if err != nil {
			return nil, err
		}
		*x.into = id
	}
	return b, b.file.SetDocProps(&excelize.DocProperties{Title: title, Creator: "Répertoire", Language: "fr-FR"})
}

// add writes one sheet, as a table that can be sorted and filtered.
func (b *workbookOut) add(s Sheet, rows func(func([]string) error) error) error {
	var err error
	if b.sheets++; b.sheets == 1 {
		err = b.file.SetSheetName("Sheet1", s.Name)
	} else {
		_, err = b.file.NewSheet(s.Name)
	}
	if err != nil {
		return err
	}
	out, err := b.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	line := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		width := c.Width
		if width == 0 {
			width = 20
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
		line[i] = excelize.Cell{StyleID: b.head, Value: c.Heading}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", line, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	n := 1
	err = rows(func(cells []string) error {
		n++
		for i, c := range s.Columns {
			line[i] = b.cell(c, cells[i])
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		return out.SetRow(at, line)
	})
	if err != nil {
		return err
	}
	if n > 1 {
		last, err := excelize.CoordinatesToCellName(len(s.Columns), n)
		if err != nil {
			return err
		}
		if err := out.AddTable(&excelize.Table{Range: "A1:" + last, Name: fmt.Sprintf("Table_%d", b.sheets),
			StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	return out.Flush()
}

// cell types one cell by its column; what does not fit is text.
func (b *workbookOut) cell(c SheetColumn, v string) excelize.Cell {
	switch {
	case c.Number:
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			return excelize.Cell{StyleID: b.number, Value: n}
		}
	case c.Year:
		if n, err := strconv.Atoi(v); err == nil {
			return excelize.Cell{StyleID: b.year, Value: n}
		}
	case c.Date:
		// Excel counts a 29 February 1900 that never was: older dates stay text.
		if v < "1900-03-01" {
			break
		}
		if t, err := time.Parse("2006-01-02", v); err == nil {
			return excelize.Cell{StyleID: b.day, Value: daysOf(t)}
		}
		if t, err := time.Parse("2006-01", v); err == nil {
			return excelize.Cell{StyleID: b.month, Value: daysOf(t)}
		}
		if n, err := strconv.Atoi(v); err == nil && len(v) == 4 {
			return excelize.Cell{StyleID: b.year, Value: n}
		}
		v = repertoire.Date(v).Field()
	}
	return excelize.Cell{StyleID: b.text, Value: cut(clean(v))}
}

func daysOf(t time.Time) int {
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}
