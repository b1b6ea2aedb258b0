package exchange

import (
	"regexp"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// headline is where the headings stand: the first and last of their rows, in
// the head of the grid; first is -1 when the sheet has none.
type headline struct {
	first, last int
	known       int // headings that are recognised
	score       float64
}

// headline finds the row of headings, or the two that make them together: the
// one with most headings that are recognised and least that looks like data.
func (g *grid) headline(head []rawRow) headline {
	width := usualWidth(head)
	best := headline{first: -1, last: -1}
	try := func(first, last int, names []string, below []rawRow) {
		h := headline{first: first, last: last}
		filled, typed := 0, 0
		seen := map[Field]bool{}
		for _, s := range names {
			if s == "" {
				continue
			}
			filled++
			if dataLike(s) {
				typed++
			}
			f := understand(s)
			if _, many := listed(f); f != "" && (many && !partyField(f) || !seen[f]) {
				seen[f] = true
				h.known++
			}
		}
		if filled == 0 || filled == 1 && width > 1 || filled*5 < width*3 && h.known < 2 {
			return
		}
		h.score = 3*float64(h.known) + 0.3*float64(filled-typed) - 1.5*float64(typed)
		if last > first {
			h.score -= 0.5
		}
		if h.score > best.score && (h.known > 0 || typed == 0) {
			best = h
		}
	}
	for i := 0; i < min(len(head), 40); i++ {
		try(i, i, head[i].cells, head[i+1:])
		if i+1 < len(head) && g.twoLines(head[i], head[i+1], width) {
			try(i, i+1, g.joined(head[i:i+2], width), head[i+2:])
		}
	}
	if best.known > 0 || best.first < 0 {
		return best
	}
	// Nothing is recognised: the first row as wide as the others, unless it
	// reads like the data below it.
	for i, r := range head {
		n, typed := 0, 0
		for _, c := range r.cells {
			if c != "" {
				n++
			}
			if dataLike(c) {
				typed++
			}
		}
		if n == 0 || n*5 < width*3 {
			continue
		}
		if typed > 0 && i+1 < len(head) && likeBelow(r, head[i+1:]) {
			return headline{first: -1, last: -1}
		}
		return headline{first: i, last: i}
	}
	return best
}

// twoLines tells whether the second row completes the first: nothing in it is
// data, and the first leaves room over it.
func (g *grid) twoLines(a, b rawRow, width int) bool {
	filled, gaps, under := 0, 0, 0
	for i := range width {
		top, low := cellAt(a.cells, i), cellAt(b.cells, i)
		if dataLike(low) || dataLike(top) {
			return false
		}
		if low != "" {
			filled++
		}
		if top == "" && low != "" {
			gaps++
		}
		if top != "" && low != "" && top != low {
			under++
		}
	}
	return filled > 1 && gaps > 0 && under > 0
}

// joined makes one heading of two lines: "Collectivité française" over "Nom".
func (g *grid) joined(rows []rawRow, width int) []string {
	top, low := g.spanned(rows[0], width), g.spanned(rows[1], width)
	// A text file keeps no merges: a group's title stands over its first column.
	if len(g.merges) == 0 {
		for i := 1; i < len(top); i++ {
			if top[i] == "" && cellAt(low, i) != "" {
				top[i] = top[i-1]
			}
		}
	}
	out := make([]string, max(len(top), len(low)))
	for i := range out {
		a, b := oneLine(cellAt(top, i)), oneLine(cellAt(low, i))
		switch {
		case b == "" || a == b:
			out[i] = a
		case a == "":
			out[i] = b
		default:
			out[i] = a + titleSign + b
		}
	}
	return out
}

// usualWidth is the number of filled cells of most rows.
func usualWidth(head []rawRow) int {
	count := map[int]int{}
	for _, r := range head {
		n := 0
		for _, c := range r.cells {
			if c != "" {
				n++
			}
		}
		count[n]++
	}
	best := 1
	for n, k := range count {
		if n > 1 && (k > count[best] || k == count[best] && n > best || best == 1) {
			best = n
		}
	}
	return best
}

var (
	looksNumber = regexp.MustCompile(`^[-+]?[\d\s.,\x{a0}\x{202f}]*\d[\d\s.,\x{a0}\x{202f}]*(?:€|EUR|%|FCFA)?$`)
	looksDate   = regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?`)
)

// dataLike tells whether a cell can be no heading: a number, a date, an address.
func dataLike(s string) bool {
	return s != "" && (looksNumber.MatchString(s) || looksDate.MatchString(s) || strings.Contains(s, "@") || strings.HasPrefix(s, "http") ||
		len(s) > 160)
}

// likeBelow tells whether the data of a row stand in the columns where those of
// the next rows do.
func likeBelow(r rawRow, below []rawRow) bool {
	for i, c := range r.cells {
		if !dataLike(c) {
			continue
		}
		same, n := 0, 0
		for _, b := range below[:min(len(below), 10)] {
			if v := cellAt(b.cells, i); v != "" {
				n++
				if dataLike(v) {
					same++
				}
			}
		}
		if n > 0 && same*2 > n {
			return true
		}
	}
	return false
}

func cellAt(cells []string, i int) string {
	if i >= 0 && i < len(cells) {
		return cells[i]
	}
	return ""
}

// shape gives the grid its headings and counts its rows.
func (g *grid) shape(opt ReadOptions) (Table, error) {
	t := Table{Name: g.name, Encoding: g.encoding, Separator: g.separator, Doubt: g.doubt, Sheets: g.sheets, Sheet: g.sheet,
		dates: g.serial, grid: g}
	g.fillMerges()
	head := g.head()
	if !slices.ContainsFunc(head, func(r rawRow) bool { return !blank(r.cells) }) {
		return Table{}, repertoire.Damage(g.name, nil, "Le fichier est vide : il n’a ni titres de colonnes ni lignes.")
	}
	at := g.headline(head)
	switch {
	case opt.HeadingRow < 0:
		at = headline{first: -1, last: -1}
	case opt.HeadingRow > 0:
		i := slices.IndexFunc(head, func(r rawRow) bool { return r.number == opt.HeadingRow })
		if i < 0 || blank(head[i].cells) {
			return Table{},
				repertoire.Refuse(
					"La ligne %d de « %s » ne peut pas donner les titres des colonnes : elle est vide, ou trop loin dans le fichier (les titres sont parmi les %d premières lignes).", opt.HeadingRow, g.name, headRows)
		}
		at = headline{first: i, last: min(i+max(opt.HeadingRows, 1)-1, len(head)-1)}
	}
	switch {
	case at.first < 0:
		t.headless(head)
	case at.last > at.first:
		t.Headings = g.joined(head[at.first:at.last+1], usualWidth(head))
	default:
		t.Headings = slices.Clone(head[at.first].cells)
	}
	if at.first >= 0 {
		t.HeadingRow, t.HeadingRows = head[at.first].number, at.last-at.first+1
		t.last = head[at.last].number
		t.told(head[:at.first])
	}
	t.tidyHeadings()
	return t, t.survey()
}

// headless names the columns of a sheet without headings by their letters.
func (t *Table) headless(head []rawRow) {
	width := 0
	for _, r := range head {
		width = max(width, len(r.cells))
	}
	for i := range width {
		t.Headings = append(t.Headings, "Colonne "+ColumnLetters(i))
	}
	t.note(0, KindShape,
		"Le fichier n’a pas de ligne de titres : ses colonnes sont nommées par leur lettre, et devinées d’après ce qu’elles contiennent.")
}

// ColumnLetters names a column, from 0, as spreadsheets do: A, B… AA.
func ColumnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// told keeps the lines above the headings as a remark: they may say what no
// column does.
func (t *Table) told(above []rawRow) {
	var lines []string
	for _, r := range above {
		if s := oneLine(strings.Join(slices.DeleteFunc(slices.Clone(r.cells), func(c string) bool { return c == "" }), " ")); s != "" {
			lines = append(lines, s)
		}
	}
	t.Above = lines
	if len(lines) > 0 {
		t.note(above[0].number, KindShape, "Au-dessus des titres (ligne %d), le fichier dit : %s.", t.HeadingRow, quoted(brevities(lines)))
	}
}

func brevities(lines []string) []string {
	out := make([]string, 0, 4)
	for _, l := range lines[:min(len(lines), 4)] {
		out = append(out, brief(l))
	}
	return out
}

// tidyHeadings makes headings one line each, all different, none on the right
// without a name.
func (t *Table) tidyHeadings() {
	for i, h := range t.Headings {
		t.Headings[i] = unshield(oneLine(h))
	}
	for len(t.Headings) > 0 && t.Headings[len(t.Headings)-1] == "" {
		t.Headings = t.Headings[:len(t.Headings)-1]
	}
	distinguish(t.Headings)
	t.width = len(t.Headings)
}
