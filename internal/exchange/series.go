package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// series are the columns of one heading by the number that tells them apart:
// « Ville jumelée 1 », « Ville jumelée 2 ».
type series map[int]int

// mostInSeries bounds the numbers of a series: « Budget 2020 » is of none.
const mostInSeries = 40

var (
	ordinal  = regexp.MustCompile(`^(\d{1,2})(?:er|re|ere|e|eme|nd|nde|st|rd|th)?$`)
	endsIn   = regexp.MustCompile(`^(\p{L}{3,})(\d{1,2})$`)
	saysRank = map[string]bool{"n": true, "no": true, "nr": true, "numero": true}
)

// numbered parts a heading, folded, from the number that tells it from its
// likes: "Pays n° 3", "Jumelage 2 – Ville", "2e partenaire", "Année (2)". One
// without a number is the first of its likes.
func numbered(heading string) (stem string, n int) {
	var words []string
	n = 0
	for _, w := range strings.Fields(foldHeading(uncamel(heading))) {
		digits := ""
		if g := ordinal.FindStringSubmatch(w); g != nil {
			w, digits = "", g[1]
			if len(words) > 0 && saysRank[words[len(words)-1]] {
				words = words[:len(words)-1]
			}
		} else if g := endsIn.FindStringSubmatch(w); g != nil {
			w, digits = g[1], g[2]
		}
		if digits != "" {
			if n != 0 { // of two numbers none tells which
				return foldHeading(heading), 1
			}
			if n, _ = strconv.Atoi(digits); n < 1 || n > mostInSeries {
				return foldHeading(heading), 1
			}
		}
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " "), max(n, 1)
}

// seriesIn gives the series of some columns by what their headings share: two
// at least, from 1 on, no number twice.
func seriesIn(headings []string, columns []int) map[string]series {
	out := map[string]series{}
	twice := map[string]bool{}
	for _, i := range columns {
		stem, n := numbered(headings[i])
		if stem == "" {
			continue
		}
		if out[stem] == nil {
			out[stem] = series{}
		}
		if _, taken := out[stem][n]; taken {
			twice[stem] = true
		}
		out[stem][n] = i
	}
	for stem, s := range out {
		if _, begins := s[1]; len(s) < 2 || !begins || twice[stem] {
			delete(out, stem)
		}
	}
	return out
}

// within tells whether all the numbers of a series are of another.
func (s series) within(other series) bool {
	for n := range s {
		if _, has := other[n]; !has {
			return false
		}
	}
	return true
}

// partners is the series of columns that name the other side, nil when one
// column does, or when a row is one partnership: of several French authorities,
// or around a project.
func partners(at map[Field][]int, headings []string) series {
	if len(at[FieldFrench]) > 1 || len(at[FieldINSEE]) > 1 || len(at[FieldProjectRef])+len(at[FieldProjectTitle]) > 0 {
		return nil
	}
	for _, s := range seriesIn(headings, at[FieldForeign]) {
		if len(s) == len(at[FieldForeign]) {
			return s
		}
	}
	return nil
}

// unfolding makes several rows of one that says several partnerships.
type unfolding struct {
	partners series
	numbers  []int
	// others are the series that go with it: the country, the year of each.
	others []series
}

// unfold finds the columns that say several partnerships in a row, and leaves
// the first of each series to feed its field.
func (p *planner) unfold() {
	who := partners(p.at, p.table.Headings)
	if who == nil {
		return
	}
	u := &unfolding{partners: who, numbers: sortedNumbers(who)}
	for f, columns := range p.at {
		for _, s := range seriesIn(p.table.Headings, columns) {
			if !s.within(who) {
				continue
			}
			u.others = append(u.others, s)
			p.at[f] = slices.DeleteFunc(slices.Clone(p.at[f]), func(i int) bool { return i != s[1] && slices.Contains(s.columns(), i) })
		}
	}
	// A number of the row is of none of its partnerships.
	delete(p.at, FieldID)
	delete(p.at, FieldExternal)
	p.wide = u
}

func (s series) columns() (out []int) {
	for _, n := range sortedNumbers(s) {
		out = append(out, s[n])
	}
	return out
}

func sortedNumbers(s series) (out []int) {
	for n := range s {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// rows gives the row of each partnership that a row of the file says, under
// the number of that row; those of which nothing is said are none.
func (u *unfolding) rows(row TableRow) []TableRow {
	var out []TableRow
	for _, n := range u.numbers {
		one := TableRow{row.Number, slices.Clone(row.Cells)}
		said := false
		for _, s := range u.others {
			cell := ""
			if i, has := s[n]; has {
				cell = row.Cells[i]
			}
			one.Cells[s[1]] = cell
			said = said || !empty(cell)
		}
		if said {
			out = append(out, one)
		}
	}
	if out == nil {
		return []TableRow{row}
	}
	return out
}
