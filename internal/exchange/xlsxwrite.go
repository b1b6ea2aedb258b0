package exchange

import (
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

const (
	sheetName = "Partenariats"
	// maxCell is what a spreadsheet's cell holds, in UTF-16 units; excelize
	// refuses more.
	maxCell = 32767
)

// writeXLSX streams one sheet of text cells.
func writeXLSX(w io.Writer, records []repertoire.Partnership, names Names) (remarks []Rejection, err error) {
	list := exported()
	s := Sheet{Name: sheetName, Title: "Partenariats de coopération décentralisée", Columns: make([]SheetColumn, len(list))}
	for i, c := range list {
		s.Columns[i] = SheetColumn{Heading: c.heading, Width: width(c.field)}
	}
	err = s.xlsx(w, func(yield func([]string) error) error {
		row := make([]string, len(list))
		for i := range records {
			for j, c := range list {
				row[j] = literal(clean(cell(&records[i], c.field, names)))
				if short := cut(row[j]); len(short) < len(row[j]) {
					remarks = append(remarks, Rejection{Row: i + 2, Reason: fmt.Sprintf(
						"Le texte de la colonne « %s » dépasse ce qu’une cellule contient (32 767 signes) : la fin, %d signes, n’est pas dans le classeur. Exportez en CSV ou en JSON pour l’avoir entier.",
						c.heading, utf8.RuneCountInString(row[j])-utf8.RuneCountInString(short))})
				}
			}
			if err := yield(row); err != nil {
				return err
			}
		}
		return nil
	})
	return remarks, err
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
