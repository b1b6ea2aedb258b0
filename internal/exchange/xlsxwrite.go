package exchange

import (
	"fmt"
	"io"
	"strconv"
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

// writeXLSX writes a sheet a table: the partnerships, their projects and
// conventions, the people who may be published, the authorities. The first is
// the one that is read back.
func writeXLSX(w io.Writer, records Records, names Names) (remarks []Rejection, err error) {
	b, err := newBook("Partenariats de coopération décentralisée")
	if err != nil {
		return nil, err
	}
	defer b.file.Close()
	if remarks, err = b.partnerships(records, names); err != nil {
		return remarks, err
	}
	for _, s := range furtherSheets(records, names) {
		if err := b.add(s.Sheet, s.rows); err != nil {
			return remarks, err
		}
	}
	return remarks, b.write(w)
}

func (b *workbookOut) partnerships(records Records, names Names) (remarks []Rejection, err error) {
	list := exported()
	s := Sheet{Name: sheetName, Columns: make([]SheetColumn, len(list))}
	for i, c := range list {
		s.Columns[i] = SheetColumn{Heading: c.heading, Width: width(c.field), Year: c.field == FieldFirstYear,
			Date: isDate(c.field)}
	}
	err = b.add(s, func(yield func([]string) error) error {
		row, line := make([]string, len(list)), 1
		for p, err := range records {
			if err != nil {
				return err
			}
			line++
			for j, c := range list {
				if isDate(c.field) {
					row[j] = string(declaredColumns()[c.field].Value(p).(repertoire.Date))
				} else {
					row[j] = literal(clean(cell(p, c.field, names)))
				}
				if short := cut(row[j]); len(short) < len(row[j]) {
					remarks = append(remarks, Rejection{Row: line, Reason: fmt.Sprintf(
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

// tableOut is a further sheet with what hands its rows over.
type tableOut struct {
	Sheet
	rows func(yield func([]string) error) error
}

func furtherSheets(records Records, names Names) []tableOut {
	plain := func(headings ...string) []SheetColumn {
		out := make([]SheetColumn, len(headings))
		for i, h := range headings {
			out[i] = SheetColumn{Heading: h}
		}
		return out
	}
	typed := func(list []SheetColumn, kind func(*SheetColumn), at ...int) []SheetColumn {
		for _, i := range at {
			kind(&list[i])
		}
		return list
	}
	date := func(c *SheetColumn) { c.Date, c.Width = true, 12 }
	amount := func(c *SheetColumn) { c.Number = true }
	// of goes through the records once for a sheet.
	of := func(rowsOf func(p *repertoire.Partnership, title string, yield func([]string) error) error) func(func([]string) error) error {
		return func(yield func([]string) error) error {
			for p, err := range records {
				if err == nil {
					err = rowsOf(p, p.DisplayTitle(names.authority), yield)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	return []tableOut{
		{Sheet{Name: "Projets", Columns: typed(typed(plain("Identifiant du partenariat", "Partenariat", "Projet", "Thématiques du projet",
			"Début du projet", "Fin du projet",
			"Lieux", "Opérateur", "Bénéficiaires", "Budget du projet", "Devise", "Financeurs du projet", "Description du projet",
			"Résultats", "Difficultés", "Références"), date, 4, 5), amount, 9)},
			of(func(p *repertoire.Partnership, title string, yield func([]string) error) error {
				return projectRows(p, title, names, yield)
			})},
		{Sheet{Name: "Conventions", Columns: typed(plain("Identifiant du partenariat", "Partenariat", "Convention", "Signature",
			"Échéance"), date, 3, 4)},
			of(func(p *repertoire.Partnership, title string, yield func([]string) error) error {
				for _, v := range p.Conventions {
					if err := yield([]string{string(p.ID), title, v.Title, string(v.Signed), string(v.Until)}); err != nil {
						return err
					}
				}
				return nil
			})},
		{Sheet{Name: "Interlocuteurs", Columns: plain("Identifiant du partenariat", "Partenariat", "Côté", "Élu", "Nom", "Fonction",
			"Courriel", "Téléphone")},
			of(func(p *repertoire.Partnership, title string, yield func([]string) error) error {
				for _, c := range p.Contacts {
					c, ok := c.Published()
					if !ok {
						continue
					}
					if err := yield([]string{string(p.ID), title, repertoire.Sides.Label(c.Side), yes(c.Elected), c.Name, c.Role, c.Email,
						c.Phone}); err != nil {
						return err
					}
				}
				return nil
			})},
		{Sheet{Name: "Collectivités", Columns: typed(plain("Nom", "Pays", "Niveau", "Code INSEE", "SIREN", "Département", "Région",
			"Population", "Latitude", "Longitude"), amount, 7)},
			func(yield func([]string) error) error {
				return eachAuthority(records, names, func(a *repertoire.Authority) error { return yield(authorityRow(a, names)) })
			}},
	}
}

func projectRows(p *repertoire.Partnership, title string, names Names, yield func([]string) error) error {
	for _, x := range p.Projects {
		var themes, funders []string
		for _, c := range x.Themes {
			themes = append(themes, names.theme(c))
		}
		for _, f := range x.Funding {
			funders = append(funders, f.Funder)
		}
		budget := ""
		if !x.Budget.IsZero() {
			budget = strconv.FormatFloat(float64(x.Budget.Cents)/100, 'f', 2, 64)
		}
		if err := yield([]string{string(p.ID), title, x.Title, joinList(themes), string(x.Start), string(x.End), x.Places, x.Operator,
			x.Beneficiaries,
			budget, x.Budget.Currency, joinList(funders), x.Description, x.Results, x.Difficulties,
			joinList(writtenReferences(x.External))}); err != nil {
			return err
		}
	}
	return nil
}

func authorityRow(a *repertoire.Authority, names Names) []string {
	lat, lon := "", ""
	if a.Located() {
		lat, lon = strconv.FormatFloat(*a.Latitude, 'f', -1, 64), strconv.FormatFloat(*a.Longitude, 'f', -1, 64)
	}
	return []string{a.Name, names.country(a.Country), repertoire.Levels.Label(a.Level), a.INSEE, a.SIREN, a.Departement, a.Region,
		positive(a.Population), lat, lon}
}

func width(f Field) float64 {
	switch f {
	case FieldID, FieldTitle, FieldFrench, FieldForeign, FieldThemes:
		return 28
	case FieldProjects:
		return 50
	case FieldINSEE, FieldSIREN, FieldStatus:
		return 12
	}
	switch k, _ := kindOf(f); k {
	case repertoire.FieldMarkdown:
		return 50
	case repertoire.FieldYear, repertoire.FieldDate, repertoire.FieldFlag:
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
