package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// heads gives the indices of the rows that stand for a partnership: all of them, or where the
// rows of the same authorities and type go together, the first of each group.
func (p *planner) heads(list []candidate) []int {
	place := map[string]int{}
	out := make([]int, 0, len(list))
	for i := range list {
		c := &list[i]
		key := ""
		switch {
		case !p.opt.Group || c.left || len(c.reasons) > 0 || c.wanted:
		case c.byID:
			key = fmt.Sprint(c.target)
		default:
			key = c.parties.key() + "~" + string(c.kind)
		}
		if key != "" {
			if lead, known := place[key]; known {
				c.lead = lead
				list[lead].members++
				continue
			}
			place[key] = i
		}
		out = append(out, i)
	}
	return out
}

// join puts the rows of one partnership together: lists and texts add up; of
// years the earliest stays; a status or an end that the rows do not agree on is
// nobody's.
func (p *planner) join(group []TableRow, w *writer) TableRow {
	out := TableRow{group[0].Number, slices.Clone(group[0].Cells)}
	for f, columns := range p.at {
		glue, adds := listed(f)
		for _, i := range columns {
			switch {
			case partyField(f) || strings.HasPrefix(string(f), "projet_"):
			case f == FieldStatus || f == FieldEnd || f == FieldType || f == FieldFormality:
				out.Cells[i] = p.agreed(group, i, w)
			case f == FieldFirstYear || f == FieldStart || f == FieldSigned:
				out.Cells[i] = p.earliest(group, i, w)
			case adds || f == FieldKept:
				out.Cells[i] = gathered(group, i, glue)
			default:
				out.Cells[i] = p.kept(group, i, w)
			}
		}
	}
	return out
}

// partyField tells whether a field says who takes part: the rows of a group
// are of the same ones, however they write it.
func partyField(f Field) bool {
	switch f {
	case FieldFrench, FieldForeign, FieldINSEE, FieldSIREN, FieldLevel, FieldDepartement, FieldRegion, FieldCountry, FieldOwnCountry,
		FieldPostal,
		FieldForeignNative, FieldForeignLevel, FieldForeignRegion, FieldLatitude, FieldLongitude, FieldPopulation:
		return true
	}
	return false
}

// different gives the different values of a column, in order.
func different(group []TableRow, column int) []string {
	var out []string
	for _, r := range group {
		if v := r.Cells[column]; v != "" && !slices.ContainsFunc(out, func(x string) bool { return sameText(x, v) }) {
			out = append(out, v)
		}
	}
	return out
}

func (p *planner) agreed(group []TableRow, column int, w *writer) string {
	values := different(group, column)
	switch len(values) {
	case 0:
		return ""
	case 1:
		return values[0]
	}
	w.say(KindConflict,
		"Les %d lignes du partenariat ne disent pas la même chose dans la colonne « %s » (%s) : aucune n’est prise pour le partenariat.",
		len(group), p.table.Headings[column], quoted(brevities(values)))
	return ""
}

func (p *planner) earliest(group []TableRow, column int, w *writer) string {
	values := different(group, column)
	if len(values) < 2 {
		return strings.Join(values, "")
	}
	best, at := repertoire.Date(""), ""
	for _, v := range values {
		m, ok := readMoments(v, w.today())
		if !ok {
			continue
		}
		if d := cmp.Or(m.start, first(m.dates)); d != "" && (best == "" || d < best) {
			best, at = d, v
		}
	}
	if at == "" {
		at = values[0]
	}
	w.say(KindConflict,
		"Les lignes du partenariat donnent plusieurs dates dans la colonne « %s » (%s) : la plus ancienne, « %s », est prise pour le partenariat.",
		p.table.Headings[column], quoted(brevities(values)), at)
	return at
}

func gathered(group []TableRow, column int, glue string) string {
	values := different(group, column)
	if glue != " | " {
		return strings.Join(values, glue)
	}
	var have []string
	for _, cell := range values {
		for _, v := range splitList(cell) {
			if !slices.ContainsFunc(have, func(x string) bool { return sameText(x, v) }) {
				have = append(have, v)
			}
		}
	}
	return joinList(have)
}

// kept takes the first value of what can have one only, and says the others.
func (p *planner) kept(group []TableRow, column int, w *writer) string {
	values := different(group, column)
	if len(values) == 0 {
		return ""
	}
	if len(values) > 1 && p.table.Headings[column] != "" {
		w.say(KindConflict, "Les lignes du partenariat donnent plusieurs valeurs dans la colonne « %s » (%s) : la première est prise.",
			p.table.Headings[column], quoted(brevities(values)))
	}
	return values[0]
}

func brief(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
