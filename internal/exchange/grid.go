package exchange

import (
	"errors"
	"strings"
)

// rawRow is a row as the file has it: number counts as a spreadsheet does.
type rawRow struct {
	number int
	cells  []string
	hidden bool
}

// grid is one sheet before any meaning is given to its rows: of a workbook
// they are held, of a text file read again each time they are asked for.
type grid struct {
	name      string // of the file
	encoding  string
	separator rune
	doubt     string
	notes     []string
	sheets    []string
	sheet     string
	alike     []string // other sheets with the same headings
	besides   []string // other sheets with partnerships, under other headings
	serial    serialDates

	rows   []rawRow
	each   func(yield func(rawRow) error) error
	merges []merge
	// hiddenColumns are those that the sheet does not show, from 0.
	hiddenColumns []int
	// uncomputed counts formulas whose result the file does not hold.
	uncomputed int
}

// merge is a rectangle of cells shown as one; rows are numbers, columns from 0.
type merge struct{ top, left, bottom, right int }

var errEnough = errors.New("exchange: enough rows")

// eachRow gives the rows in order.
func (g *grid) eachRow(yield func(rawRow) error) error {
	if g.each != nil {
		return g.each(yield)
	}
	for _, r := range g.rows {
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}

// headRows are how many rows are looked at to find the headings.
const headRows = 80

// head gives the first rows, cleaned.
func (g *grid) head() []rawRow {
	var out []rawRow
	_ = g.eachRow(func(r rawRow) error {
		cells := make([]string, len(r.cells))
		for i, c := range r.cells {
			cells[i] = clean(c)
		}
		out = append(out, rawRow{r.number, cells, r.hidden})
		if len(out) == headRows {
			return errEnough
		}
		return nil
	})
	return out
}

// fillMerges writes the text of a merged rectangle in each of its rows, as a
// person reads it. A rectangle one row high is a title: only its first cell
// says something.
func (g *grid) fillMerges() {
	at := map[int]int{}
	for i, r := range g.rows {
		at[r.number] = i
	}
	for _, m := range g.merges {
		first, ok := at[m.top]
		if m.bottom == m.top || !ok || m.left >= len(g.rows[first].cells) {
			continue
		}
		text := g.rows[first].cells[m.left]
		if text == "" {
			continue
		}
		for n := m.top + 1; n <= m.bottom; n++ {
			i, ok := at[n]
			if !ok {
				continue
			}
			r := &g.rows[i]
			for len(r.cells) <= m.left {
				r.cells = append(r.cells, "")
			}
			if r.cells[m.left] == "" {
				r.cells[m.left] = text
			}
		}
	}
}

// spanned gives the cells of a row of headings with the text of those that run
// over several columns repeated in each.
func (g *grid) spanned(r rawRow, width int) []string {
	out := make([]string, max(width, len(r.cells)))
	copy(out, r.cells)
	for _, m := range g.merges {
		if m.top != r.number || m.right == m.left || m.left >= len(r.cells) {
			continue
		}
		for c := m.left + 1; c <= m.right && c < len(out); c++ {
			if out[c] == "" {
				out[c] = r.cells[m.left]
			}
		}
	}
	return out
}

// withoutMarks takes off the signs around the name of an error.
func withoutMarks(r rune) rune {
	if strings.ContainsRune("!?¡¿", r) {
		return -1
	}
	return r
}

// spreadsheetError tells whether a cell holds what a formula gives for "no
// value", in French, English or the languages of neighbours.
func spreadsheetError(s string) bool {
	if s == "" || s[0] != '#' && s[0] != 'E' {
		return false
	}
	switch strings.ToUpper(strings.Map(withoutMarks, s)) {
	case "#N/A", "#N/D", "#NV", "#REF", "#VALEUR", "#VALUE", "#WERT", "#NOM", "#NAME", "#DIV/0", "#NUL", "#NULL", "#NOMBRE", "#NUM",
		"#ZAHL",
		"#EPARS", "#SPILL", "#PROPAGATION", "#CALC", "#CALCUL", "#GETTING_DATA", "#CHAMP", "#FIELD", "#BLOCKED", "#BLOQUE", "#BLOQUÉ",
		"#CONNEXION", "#CONNECT", "#BEZUG", "#VALOR", "#VALORE", "#RIF", "#NOME", "#N/DISP", "#ÜBERLAUF", "#DESBORDAMIENTO":
		return true
	}
	rest, ok := strings.CutPrefix(s, "Err:")
	return ok && number(rest)
}
