package search

import (
	"strconv"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// bounds is a range of years or days, both ends included.
type bounds struct {
	column   column
	from, to int
	unset    bool // what has no year or day is in the range too
}

type column int

const (
	columnYear     column = iota // year of the first convention
	columnVerified               // days since 1970
)

// set lists the partnerships within b.
func (b bounds) set(t *table) *roaring.Bitmap {
	out := roaring.New()
	for i := range t.rows {
		r := &t.rows[i]
		v := int(r.year)
		if b.column == columnVerified {
			v = int(r.verified)
		}
		if r.id != "" && (v == 0 && b.unset || v != 0 && v >= b.from && v <= b.to) {
			out.Add(uint32(i))
		}
	}
	return out
}

// readBounds reads "2015..2020", "<2024", ">=2015", "2015-2020", "2015" as the
// field means it: depuis:2015 has no end, année:2015 is that year.
func readBounds(field, typed string) (bounds, bool) {
	s := strings.TrimSpace(strings.ReplaceAll(typed, "…", ".."))
	b := bounds{column: columnYear}
	if field == fieldVerified {
		b.column = columnVerified
	}
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
		return b, true
	}
	op := strings.TrimRight(s[:len(s)-len(strings.TrimLeft(s, "<>="))], " ")
	value := strings.TrimLeft(s, "<>= ")
	first, ok := b.edge(value, false)
	last, _ := b.edge(value, true)
	if !ok {
		return b, false
	}
	switch {
	case op == "<" || op == "" && field == fieldBefore:
		b.from, b.to, b.unset = 1, first-1, b.column == columnVerified
	case op == "<=" || op == "=<":
		b.from, b.to, b.unset = 1, last, b.column == columnVerified
	case op == ">" || op == "" && field == fieldAfter:
		b.from, b.to = last+1, farAway
	case op == ">=" || op == "=>" || field == fieldSince:
		b.from, b.to = first, farAway
	default:
		b.from, b.to = first, last
	}
	return b, true
}

// farAway is later than any year or day.
const farAway = 1 << 24

// edge reads a year or a date; end asks for the last day it covers.
func (b bounds) edge(s string, end bool) (int, bool) {
	s = strings.TrimSpace(s)
	if b.column == columnYear {
		if y := yearIn(s); y > 0 {
			return y, true
		}
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

func decadeOf(year int) string { return strconv.Itoa(year / 10 * 10) }
