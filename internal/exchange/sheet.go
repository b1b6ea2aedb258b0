package exchange

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

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
	if err == nil || repertoire.KindOf(err) == repertoire.Refused || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
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
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", s.Name); err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EDF3"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	number, err := f.NewStyle(&excelize.Style{NumFmt: 4, Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(s.Name)
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
		line[i] = excelize.Cell{StyleID: head, Value: c.Heading}
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
			v, bad := 0.0, error(nil)
			if c.Number {
				v, bad = strconv.ParseFloat(cells[i], 64)
			}
			if c.Number && bad == nil {
				line[i] = excelize.Cell{StyleID: number, Value: v}
			} else {
				line[i] = excelize.Cell{StyleID: text, Value: cut(clean(cells[i]))}
			}
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
	if err := out.Flush(); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.Columns), n)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(s.Name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: s.Title, Creator: "Répertoire", Language: "fr-FR"}); err != nil {
		return err
	}
	return f.Write(w)
}
