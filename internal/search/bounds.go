package search

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// bounds is a range of years, days or figures, both ends included.
type bounds struct {
	column   column
	from, to int
	unset    bool    // what has no value is in the range too
	around   *circle // columnAround
}

type column int

const (
	columnYear              column = iota // year of the first convention
	columnVerified                        // days since 1970
	columnUpdated                         // days since 1970
	columnAmount                          // euros over all projects
	columnPopulation                      // of either side
	columnFrenchPopulation                // of the French side
	columnForeignPopulation               // of the other
	columnDistance                        // kilometres between the partners
	columnAround                          // kilometres from a place
)

// columnFields are the fields of the query language that ask for a column.
var columnFields = map[column]string{columnYear: "année", columnVerified: "vérifié", columnUpdated: "modifié", columnAmount: "montant",
	columnPopulation: "population", columnFrenchPopulation: "population-fr", columnForeignPopulation: "population-étr",
	columnDistance: "distance", columnAround: "autour"}

func (c column) dated() bool { return c == columnVerified || c == columnUpdated }

// of gives the row's values in the column; 0 is unknown.
func (c column) of(r *row) (a, b int) {
	switch c {
	case columnVerified:
		return int(r.verified), 0
	case columnUpdated:
		return int(r.updated / 86400), 0
	case columnAmount:
		return int(r.amount / 100), 0
	case columnPopulation:
		return int(r.people[0]), int(r.people[1])
	case columnFrenchPopulation:
		return int(r.people[0]), 0
	case columnForeignPopulation:
		return int(r.people[1]), 0
	case columnDistance:
		return int(r.apart), 0
	}
	return int(r.year), 0
}

// set lists the partnerships within b.
func (b bounds) set(t *table) *roaring.Bitmap {
	if b.around != nil {
		return b.around.within(b, t)
	}
	out := roaring.New()
	within := func(v int) bool { return v != 0 && v >= b.from && v <= b.to }
	for i := range t.rows {
		r := &t.rows[i]
		if r.id == "" {
			continue
		}
		v, w := b.column.of(r)
		if v == 0 && w == 0 && b.unset || within(v) || within(w) {
			out.Add(uint32(i))
		}
	}
	return out
}

// typed writes b in the query language.
func (b bounds) typed() string {
	field := columnFields[b.column]
	edge := func(v int) string {
		if b.column.dated() {
			return time.Unix(int64(v)*86400, 0).UTC().Format("2006-01-02")
		}
		return strconv.Itoa(v)
	}
	switch {
	case b.around != nil:
		return b.aroundTyped()
	case b.unset || b.from <= 1:
		return field + ":<=" + edge(b.to)
	case b.to >= farAway:
		return field + ":>=" + edge(b.from)
	case b.from == b.to:
		return field + ":" + edge(b.from)
	}
	return fmt.Sprintf("%s:%s..%s", field, edge(b.from), edge(b.to))
}

// columnOf gives the column that a field of the query language asks for.
func columnOf(field string) column {
	switch field {
	case fieldVerified:
		return columnVerified
	case fieldUpdated:
		return columnUpdated
	case fieldAmount:
		return columnAmount
	case fieldPopulation:
		return columnPopulation
	case fieldFrenchPopulation:
		return columnFrenchPopulation
	case fieldForeignPopulation:
		return columnForeignPopulation
	case fieldDistance:
		return columnDistance
	}
	return columnYear
}

// readBounds reads "2015..2020", "<2024", ">=2015", "2015-2020", "2015" as the
// field means it: depuis:2015 has no end, année:2015 is that year. An age is
// read as the years it goes back to from today.
func readBounds(field, typed string, today time.Time) (bounds, bool) {
	s := strings.TrimSpace(strings.ReplaceAll(typed, "…", ".."))
	b := bounds{column: columnOf(field)}
	lower, upper, ranged := strings.Cut(s, "..")
	if !ranged {
		if l, u, ok := strings.Cut(s, "-"); ok && yearIn(l) > 0 && yearIn(u) > 0 {
			lower, upper, ranged = l, u, true
		}
	}
	if ranged {
		from, okFrom := b.edge(lower, false)
		to, okTo := b.edge(upper, true)
		switch {
		case okFrom && okTo:
			b.from, b.to = min(from, to), max(from, to)
		case okFrom:
			b.from, b.to = from, farAway
		case okTo:
			b.from, b.to = 1, to
		default:
			return b, false
		}
		return b.aged(field, today), true
	}
	op := strings.TrimRight(s[:len(s)-len(strings.TrimLeft(s, "<>=≤≥"))], " ")
	op = strings.NewReplacer("≤", "<=", "≥", ">=").Replace(op)
	value := strings.TrimLeft(s, "<>=≤≥ ")
	first, ok := b.edge(value, false)
	last, _ := b.edge(value, true)
	if !ok {
		return b, false
	}
	switch {
	case op == "<" || op == "" && field == fieldBefore:
		b.from, b.to, b.unset = 1, first-1, b.column.dated()
	case op == "<=" || op == "=<":
		b.from, b.to, b.unset = 1, last, b.column.dated()
	case op == ">" || op == "" && field == fieldAfter:
		b.from, b.to = last+1, farAway
	case op == ">=" || op == "=>" || field == fieldSince:
		b.from, b.to = first, farAway
	default:
		b.from, b.to = first, last
	}
	return b.aged(field, today), true
}

// aged turns a range of ages into one of years.
func (b bounds) aged(field string, today time.Time) bounds {
	if field == fieldAge {
		y := today.Year()
		from, to := y-min(b.to, y-1), y-b.from
		b.from, b.to = from, cmp.Or(to, farAway)
	}
	return b
}

// farAway is later than any year or day, and more than any figure.
const farAway = 1 << 40

// edge reads a year, a date or a figure; end asks for the last day it covers.
func (b bounds) edge(s string, end bool) (int, bool) {
	s = strings.TrimSpace(s)
	if b.column == columnYear {
		if n, err := strconv.Atoi(s); err == nil && n > 0 && n < 3000 && (yearIn(s) > 0 || n < 500) {
			return n, true
		}
	}
	if !b.column.dated() && b.column != columnYear {
		return figureOf(s)
	}
	d, err := repertoire.ParseDate(s)
	if err != nil || d == "" {
		return 0, false
	}
	if b.column == columnYear {
		return d.Year(), true
	}
	day := int(dayOf(d))
	if end {
		t := time.Unix(int64(day)*86400, 0).UTC()
		switch p := d.Plain(); {
		case d.Decade():
			t = t.AddDate(10, 0, -1)
		case len(p) == 4:
			t = t.AddDate(1, 0, -1)
		case len(p) == 7:
			t = t.AddDate(0, 1, -1)
		}
		day = int(t.Unix() / 86400)
	}
	return day, true
}

// figureOf reads "50000", "50k", "2M", "50 000€", "5000km".
func figureOf(s string) (int, bool) {
	s = strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '€', '_', '\'':
			return -1
		case ',':
			return '.'
		}
		return r
	}, s))
	for _, u := range []string{"km", "hab", "ans", "an", "euros", "eur"} {
		s = strings.TrimSuffix(s, u)
	}
	scale := 1.0
	switch {
	case strings.HasSuffix(s, "k"):
		s, scale = s[:len(s)-1], 1e3
	case strings.HasSuffix(s, "m"):
		s, scale = s[:len(s)-1], 1e6
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || v*scale > 1e12 {
		return 0, false
	}
	return int(v * scale), true
}

func decadeOf(year int) string { return strconv.Itoa(year / 10 * 10) }
