package exchange

import (
	"io"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/repertoire"
)

const (
	sheetName = "Partenariats"
	// maxCell is what a spreadsheet's cell holds, in UTF-16 units; excelize
	// refuses more.
	maxCell = 32767
)

// writeXLSX streams one sheet of text cells: a text cell is never run as a
// formula, so nothing has to be shielded.
func writeXLSX(w io.Writer, records []repertoire.Partnership, names Names) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheetName); err != nil {
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
	s, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	list := exported()
	for i, c := range list {
		if err := s.SetColWidth(i+1, i+1, width(c.field)); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := make([]any, len(list))
	for i, c := range list {
		row[i] = excelize.Cell{StyleID: head, Value: c.heading}
	}
	if err := s.SetRow("A1", row, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	for i := range records {
		for j, c := range list {
			row[j] = excelize.Cell{StyleID: text, Value: cut(literal(clean(cell(&records[i], c.field, names))))}
		}
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := s.SetRow(at, row); err != nil {
			return err
		}
	}
	if err := s.Flush(); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(list), len(records)+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(sheetName, "A1:"+last, nil); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: "Partenariats de coopération décentralisée", Creator: "Répertoire", Language: "fr-FR"}); err != nil {
		return err
	}
	return f.Write(w)
}

func width(f Field) float64 {
	switch f {
	case FieldID, FieldTitle, FieldFrench, FieldForeign, FieldThemes:
		return 28
	case FieldObjectives, FieldDescription, FieldContext, FieldHistory, FieldProjects:
		return 50
	case FieldINSEE, FieldSIREN, FieldFirstYear, FieldStart, FieldEnd, FieldStatus, FieldGroup, FieldFictitious, FieldVerified:
		return 12
	}
	return 20
}

// literal keeps a value that reading would take for a shielded one.
func literal(s string) string {
	if unshield(s) != s {
		return "'" + s
	}
	return s
}

// cut shortens a text to what a cell can hold.
func cut(s string) string {
	if len(s) <= maxCell {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > maxCell {
			return s[:i]
		}
	}
	return s
}
