package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"repertoire/internal/repertoire"
)

// survey reads all rows once: it counts them, says what is wrong or left out,
// and finds the lines that stand alone over the rows they speak of.
func (t *Table) survey() error {
	s := surveyor{table: t, errors: finding{}, twice: finding{}, hidden: finding{}, beyond: finding{}}
	var pending []rawRow
	lone := 0
	err := t.grid.eachRow(func(r rawRow) error {
		kind := t.kindOf(r)
		if kind == rowLone && len(pending) < 10_000 {
			lone++
			pending = append(pending, rawRow{number: r.number, cells: []string{firstFilled(r.cells)}})
		}
		return s.see(r, kind)
	})
	var open *unclosed
	if errors.As(err, &open) {
		t.Broken = append(t.Broken, Rejection{Row: open.row, Kind: KindShape,
			Reason: "Un guillemet est ouvert et jamais fermé : la fin du fichier, depuis cette ligne, n’a pas pu être lue."})
		err = nil
	}
	if err != nil {
		return err
	}
	t.Count = s.rows + len(t.Broken)
	// Lines alone are titles of parts when some rows follow each.
	if lone >= 1 && t.width >= 3 && lone*2 <= s.rows && partsLike(pending, t.last, t.Headings) {
		t.sections = true
		t.Headings = append(t.Headings, sectionHeading)
		distinguish(t.Headings)
		t.Count -= lone
		t.note(pending[0].number, KindShape,
			"%d lignes seules (%s…) sont lues comme les titres des lignes qui les suivent, dans la colonne « %s ».", lone,
			brief(pending[0].cells[0]), sectionHeading)
	}
	s.conclude()
	return nil
}

const sectionHeading = "Intertitre"

// partsLike tells whether the lone lines read as titles: two at least, or one
// right under the headings; short; and none next to another all along.
func partsLike(lone []rawRow, last int, _ []string) bool {
	next := 0
	for i, r := range lone {
		if len(r.cells[0]) > 60 {
			return false
		}
		if i > 0 && r.number == lone[i-1].number+1 {
			next++
		}
	}
	return (len(lone) > 1 && next*2 < len(lone)) && lone[0].number <= last+2
}

func firstFilled(cells []string) string {
	for _, c := range cells {
		if c = oneLine(clean(c)); c != "" {
			return c
		}
	}
	return ""
}

// The kinds of rows.
const (
	rowAbove = iota
	rowBlank
	rowTotal
	rowNotice
	rowRepeat
	rowLone // one cell alone
	rowData
)

var (
	saysTotal = regexp.MustCompile(
		`^(?:sous )?(?:total|totaux|somme|sum|subtotal|grand total|moyenne|average|nombre total|nombre de [a-z]+|ensemble)\b`)
	saysNotice = regexp.MustCompile(`^(?:sources?|nb|n b|notes?|legende|lecture|remarques?|attention|donnees|mise? a jour|maj|extrait|extraction|export|edite|imprime|page \d|champ|avertissement|copyright)\b`)
)

// kindOf says what a row of the file is.
func (t *Table) kindOf(r rawRow) int {
	if r.number <= t.last {
		return rowAbove
	}
	filled, first, numbers, words := 0, "", 0, false
	for _, c := range r.cells {
		c = clean(c)
		if c == "" {
			continue
		}
		filled++
		words = words || strings.IndexFunc(c, isWord) >= 0
		if first == "" {
			first = c
		} else if looksNumber.MatchString(c) {
			numbers++
		}
	}
	if filled == 0 || filled > 1 && !words { // a rule drawn with dashes, as under the headings of a Markdown table
		return rowBlank
	}
	f := foldHeading(first)
	if saysTotal.MatchString(f) && numbers == filled-1 {
		return rowTotal
	}
	if filled > 1 && filled >= t.width-1 && t.repeats(r) {
		return rowRepeat
	}
	if filled == 1 && t.width >= 3 {
		if saysNotice.MatchString(f) || strings.HasPrefix(first, "*") || strings.HasPrefix(first, "©") || len(first) > 100 {
			return rowNotice
		}
		if !dataLike(first) && len(t.rawHeadings()) > 0 {
			return rowLone
		}
	}
	return rowData
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// repeats tells whether the row is the headings again, as at the top of each
// printed page.
func (t *Table) repeats(r rawRow) bool {
	for i, h := range t.rawHeadings() {
		if foldHeading(cellAt(r.cells, i)) != foldHeading(h) {
			return false
		}
	}
	return true
}

func (t *Table) rawHeadings() []string { return t.Headings[:t.width] }

// surveyor gathers what the first reading of all rows finds.
type surveyor struct {
	table                 *Table
	rows                  int
	errors, twice, hidden finding
	beyond                finding // cells to the right of the headings
	totals, notices       []int
	repeats               int
}

// finding counts something and keeps its first rows.
type finding map[int]int

func (f finding) add(row int) { f[row]++ }

func (s *surveyor) see(r rawRow, kind int) error {
	t := s.table
	switch kind {
	case rowAbove, rowBlank:
		return nil
	case rowTotal:
		s.totals = append(s.totals, r.number)
		return nil
	case rowNotice:
		s.notices = append(s.notices, r.number)
		return nil
	case rowRepeat:
		s.repeats++
		return nil
	}
	s.rows++
	if r.hidden {
		s.hidden.add(r.number)
	}
	extra := 0
	for i, c := range r.cells {
		c = clean(c)
		switch {
		case i >= t.width && c != "":
			extra = i + 1
			s.beyond.add(r.number)
		case spreadsheetError(c):
			s.errors.add(r.number)
		default:
			if _, ok := twice(c); ok {
				s.twice.add(r.number)
			}
		}
	}
	if extra > 0 && t.Separator != 0 {
		s.rows--
		t.Broken = append(t.Broken, Rejection{Row: r.number, Kind: KindShape, Reason: fmt.Sprintf(
			"La ligne a %s au lieu de %d : un séparateur est peut-être en trop, ou un texte qui en contient un n’est pas entre guillemets.",
			cells(extra), t.width)})
	}
	return nil
}

func (s *surveyor) conclude() {
	t := s.table
	if n, at := s.errors.sum(); n > 0 {
		t.note(at[0], KindError, "%s (%s).", plural(n, "cellule porte une erreur du tableur (#N/A, #REF!…) : elle est prise pour vide",
			"cellules portent une erreur du tableur (#N/A, #REF!…) : elles sont prises pour vides"), rowList(at))
	}
	if n, at := s.twice.sum(); n > 0 {
		t.note(at[0], KindEncoding, "%s (« SÃ©nÃ©gal » pour « Sénégal ») : remises en ordre (%s). Vérifiez-les.",
			plural(n, "cellule a été encodée deux fois", "cellules ont été encodées deux fois"), rowList(at))
	}
	if n, at := s.hidden.sum(); n > 0 {
		t.note(at[0], KindShape, "%s (%s).", plural(len(at), "ligne masquée dans le tableur est lue comme les autres",
			"lignes masquées dans le tableur sont lues comme les autres"), rowList(at))
	}
	if n, at := s.beyond.sum(); n > 0 && t.Separator == 0 {
		t.note(at[0], KindShape, "%s, à droite des titres : pas reprises (%s).",
			plural(n, "cellule n’a pas de titre de colonne", "cellules n’ont pas de titre de colonne"), rowList(at))
	}
	if len(s.totals) > 0 {
		t.note(s.totals[0], KindShape, "%s (%s).", plural(len(s.totals), "ligne de total n’est pas reprise",
			"lignes de total ne sont pas reprises"), rowList(s.totals))
	}
	if len(s.notices) > 0 {
		t.note(s.notices[0], KindShape, "%s (%s).", plural(len(s.notices), "ligne de note n’est pas reprise",
			"lignes de note ne sont pas reprises"), rowList(s.notices))
	}
	if s.repeats > 0 {
		t.note(0, KindShape, "Les titres des colonnes reviennent %d fois dans le tableau : ces lignes ne sont pas reprises.", s.repeats)
	}
	var hidden []string
	for _, c := range t.grid.hiddenColumns {
		if c < t.width && t.Headings[c] != "" {
			hidden = append(hidden, t.Headings[c])
		}
	}
	if len(hidden) > 0 {
		t.note(0, KindShape, "Des colonnes masquées dans le tableur sont lues comme les autres : %s.", quoted(hidden))
	}
	if t.grid.uncomputed > 0 {
		t.note(0, KindError, "%s. Ouvrez le fichier dans le tableur et enregistrez-le.",
			plural(t.grid.uncomputed, "formule n’a pas son résultat dans le fichier : elle est prise pour vide",
				"formules n’ont pas leur résultat dans le fichier : elles sont prises pour vides"))
	}
	if others := t.grid.alike; len(others) > 0 {
		t.note(0, KindShape, "Seule la feuille « %s » est lue ; le classeur en a d’autres aux mêmes titres (%s) : importez-les à leur tour, en choisissant la feuille.",
			t.grid.sheet, quoted(brevities(others)))
	}
	if others := t.grid.besides; len(others) > 0 {
		t.note(0, KindShape,
			"Seule la feuille « %s » est lue ; d’autres portent aussi des partenariats, sous d’autres titres (%s) : importez-les à leur tour, en choisissant la feuille.",
			t.grid.sheet, quoted(brevities(others)))
	}
	for _, n := range t.grid.notes {
		t.note(0, KindEncoding, "%s", n)
	}
}

func (f finding) sum() (n int, at []int) {
	for row, k := range f {
		n += k
		at = append(at, row)
	}
	slices.Sort(at)
	return n, at
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return repertoire.Thousands(int64(n)) + " " + many
}

// rowList writes "ligne 3" or "lignes 3, 7, 12…".
func rowList(at []int) string {
	if len(at) == 1 {
		return fmt.Sprintf("ligne %d", at[0])
	}
	words := make([]string, 0, 8)
	for _, n := range at[:min(len(at), 8)] {
		words = append(words, fmt.Sprint(n))
	}
	tail := ""
	if len(at) > 8 {
		tail = "…"
	}
	return "lignes " + strings.Join(words, ", ") + tail
}
