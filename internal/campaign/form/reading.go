package form

import (
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// Return is what a form holds when it comes back.
type Return struct {
	// Identifiers are those found anywhere in the file, each once.
	Identifiers []string
	Cells       campaign.Filled
	// Notes say in French what of its frame was touched.
	Notes []string
	// turned are boxes whose value and drawing say otherwise: some programs write
	// one of the two.
	turned []string
	// Printed tells that nothing of the form is left to read but its Text.
	Printed bool
	Text    string
}

// Settle says of boxes of which a program wrote the value or the drawing alone
// that they were turned: one of the two is still as it was sent.
func (r *Return) Settle(sent func() campaign.Filled) {
	if len(r.turned) == 0 {
		return
	}
	was := sent()
	for _, key := range r.turned {
		r.Cells[key] = "oui"
		if was[key] == "oui" {
			r.Cells[key] = "non"
		}
	}
}

// MaxFile is the largest file that is looked into.
const MaxFile = 20 << 20

// ReadWorkbook reads a workbook that came back, whoever saved it last.
func ReadWorkbook(name string, data []byte) (Return, error) {
	if len(data) > MaxFile {
		return Return{}, tooBig(name, len(data))
	}
	book, err := exchange.ReadAllSheets(name, data)
	if err != nil {
		return Return{}, err
	}
	if book.Macros {
		return Return{},
			repertoire.Refuse(
				"Le classeur « %s » contient des macros, le questionnaire envoyé n’en a pas : il n’a pas été lu, il reste où il est. Ouvrez-le avec prudence, ou demandez un envoi au format .xlsx.", name)
	}
	r := &reader{Return: Return{Cells: campaign.Filled{}}}
	for _, s := range book.Sheets {
		r.identifiers(s)
	}
	for _, s := range book.Sheets {
		if isMain(s) || !r.list(s) {
			r.single(s)
		}
	}
	return r.Return, nil
}

type reader struct {
	Return
	headless int // rows of lists without their hidden key
}

func (r *reader) note(s string) {
	if !slices.Contains(r.Notes, s) {
		r.Notes = append(r.Notes, s)
	}
}

func (r *reader) identifiers(s exchange.SheetRows) {
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			r.identified(c)
		}
	}
}

func bare(id string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, id)
}

// isMain tells the first sheet: its labels stand one under the other.
func isMain(s exchange.SheetRows) bool {
	labels, under := labelled(), 0
	for _, row := range s.Rows {
		if slices.ContainsFunc(row.Cells[:min(len(row.Cells), 3)],
			func(c string) bool { return labels[repertoire.Fold(strings.TrimSpace(c))] != "" }) {
			under++
		}
	}
	return under >= 5
}

// list reads the sheet of a list, by its hidden row of keys or, when that is
// gone, by its headings. False when the sheet is none.
func (r *reader) list(s exchange.SheetRows) bool {
	block, columns, from := r.frame(s)
	if block == "" {
		return false
	}
	fresh := 0
	for _, row := range s.Rows {
		if row.Number <= from {
			continue
		}
		key := cellAt(row.Cells, 0)
		if !strings.HasPrefix(key, "projects.") && !strings.HasPrefix(key, block+".") || columns[0] != "" {
			key = ""
		}
		empty := true
		for i, c := range columns {
			empty = empty && (c == "" || strings.TrimSpace(cellAt(row.Cells, i)) == "")
		}
		if key == "" {
			if empty {
				continue
			}
			key = block + ".+" + strconv.Itoa(1000+fresh)
			fresh++
			r.headless++
			r.note("Des lignes n’ont plus leur numéro caché : elles ont été rapprochées par leur nom.")
		} else if _, twice := r.Cells[key+"."+firstOf(columns)]; twice {
			if empty {
				continue
			}
			key = block + ".+" + strconv.Itoa(1000+fresh) // a row that was copied with its number
			fresh++
		}
		for i, c := range columns {
			if c != "" {
				r.Cells[key+"."+c] = cellAt(row.Cells, i)
			}
		}
	}
	return true
}

func firstOf(columns []string) string {
	for _, c := range columns {
		if c != "" {
			return c
		}
	}
	return ""
}

func cellAt(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// frame finds which block a sheet is, the key of each of its columns, and the
// row its rows come after.
func (r *reader) frame(s exchange.SheetRows) (block string, columns []string, from int) {
	for _, row := range s.Rows {
		if cellAt(row.Cells, 0) == keysMark {
			columns = slices.Clone(row.Cells)
			columns[0] = ""
			from = row.Number + 1
			break
		}
	}
	for _, row := range s.Rows {
		if b := blockOf(cellAt(row.Cells, 0)); b != "" && row.Number > from {
			block = b
			break
		}
	}
	if from > 0 && block != "" {
		return block, columns, from
	}
	return r.byHeadings(s, block)
}

// blockOf reads the block from a row's key: "projects.0", "projects.0.funding.1",
// "projects.funding.+0".
func blockOf(key string) string {
	var out []string
	for _, p := range strings.Split(key, ".") {
		switch {
		case p == "" || strings.ContainsAny(p, " @#"):
			return ""
		case p[0] == '+' || p[0] >= '0' && p[0] <= '9':
		default:
			out = append(out, p)
		}
	}
	block := strings.Join(out, ".")
	if len(frames()[block]) == 0 {
		return ""
	}
	return block
}

// headRows are how many rows of a sheet are looked at for its headings.
const headRows = 12

// byHeadings finds a sheet whose hidden row or column is gone by its headings:
// the row that has most of them, the lowest of those, for the hidden keys may
// look like headings of another language.
func (r *reader) byHeadings(s exchange.SheetRows, known string) (string, []string, int) {
	best, columns, from, most := "", []string(nil), 0, 1
	for _, row := range s.Rows[:min(len(s.Rows), headRows)] {
		for block, headings := range frames() {
			if known != "" && block != known {
				continue
			}
			keys, hits := make([]string, len(row.Cells)), 0
			for i, c := range row.Cells {
				if keys[i] = headings[repertoire.Fold(strings.TrimSpace(c))]; keys[i] != "" {
					hits++
				}
			}
			if hits > most || hits == most && hits > 1 && (row.Number > from || block < best) {
				best, columns, from, most = block, keys, row.Number, hits
			}
		}
	}
	if best == "" {
		return "", nil, 0
	}
	if b := byName(s.Name); known == "" && b != "" {
		best = b
	}
	r.note("La feuille « " + s.Name + " » a perdu des lignes ou des colonnes cachées : elle a été lue par ses titres.")
	return best, columns, from
}

// single reads the first sheet: keys in its hidden column, else labels.
func (r *reader) single(s exchange.SheetRows) {
	keyed := slices.ContainsFunc(s.Rows, func(row exchange.SheetRow) bool { return cellAt(row.Cells, 0) == campaign.KeyConfirm })
	labels := labelled()
	themes := map[string]int{}
	for _, row := range s.Rows {
		if keyed {
			if key := cellAt(row.Cells, 0); key != "" && singles()[key] {
				r.Cells[key] = cellAt(row.Cells, 2)
			}
			continue
		}
		for i, c := range row.Cells {
			key := labels[repertoire.Fold(strings.TrimSpace(c))]
			if key == "" {
				continue
			}
			if _, twice := r.Cells[key]; !twice {
				r.Cells[key] = cellAt(row.Cells, i+1)
				themes[key]++
			}
			break
		}
	}
	if !keyed && len(themes) > 2 {
		r.note("La première feuille a perdu sa colonne cachée : elle a été lue par ses libellés.")
	}
}
