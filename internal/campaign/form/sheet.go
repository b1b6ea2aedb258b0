package form

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// sheet is a sheet being written downwards; the first error stays.
type sheet struct {
	x       *writer
	name    string
	n       int
	wide    []int // rows whose text goes over all columns
	heights []height
	err     error
}

type height struct {
	row   int
	value float64
}

func (s *sheet) setAt(column string, row int, text string, style int) {
	if s.err != nil {
		return
	}
	at := fmt.Sprintf("%s%d", column, row)
	if text != "" {
		s.err = s.x.file.SetCellStr(s.name, at, text)
	}
	if s.err == nil && style != 0 {
		s.err = s.x.file.SetCellStyle(s.name, at, at, style)
	}
}

func (s *sheet) set(column, text string, style int) { s.setAt(column, s.n, text, style) }

// row writes a line of the first sheet: its hidden key, a label, an answer. A
// line without an answer goes over all columns.
func (s *sheet) row(key, label, cell string, labelStyle, cellStyle int) {
	s.n++
	if key != "" {
		s.set("A", key, s.x.styles.key)
	}
	s.set("B", label, labelStyle)
	if cellStyle == 0 {
		if label != "" {
			s.wide = append(s.wide, s.n)
		}
		return
	}
	s.set("C", cell, cellStyle)
}

func (s *sheet) offer(row int, column, list string) {
	s.offerRange(fmt.Sprintf("%s%d", column, row), list)
}

// offerRange makes cells offer the words of a list; another word may be typed:
// it is for the officer to see.
func (s *sheet) offerRange(cells, list string) {
	if s.err != nil {
		return
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	v.SetSqrefDropList(list)
	v.ShowErrorMessage = false
	s.err = s.x.file.AddDataValidation(s.name, v)
}

func (s *sheet) finish(widths []float64) error {
	f := s.x.file
	for _, h := range s.heights {
		if s.err == nil {
			s.err = f.SetRowHeight(s.name, h.row, h.value)
		}
	}
	for i, w := range widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if s.err == nil {
			s.err = err
		}
		if s.err == nil {
			s.err = f.SetColWidth(s.name, col, col, w)
		}
	}
	if s.err == nil {
		s.err = f.SetColVisible(s.name, "A", false)
	}
	landscape, fit := "landscape", 1
	if s.err == nil {
		s.err = f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit})
	}
	if s.err != nil {
		return s.err
	}
	return s.x.protect(s.name)
}
