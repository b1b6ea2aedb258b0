package exchange

import (
	"fmt"
	"slices"
	"strings"
)

// group puts rows of the same authorities and type together: lists and texts
// add up, of single values the first one stays. Files of projects (the Atlas)
// have a row a project, where a répertoire has a partnership with projects.
func (p *planner) group(list []candidate) []candidate {
	out := list[:0:0]
	place := map[string]int{}
	for _, c := range list {
		key := ""
		switch {
		case c.left || len(c.reasons) > 0 || p.opt.Decisions[c.row.Number] != "":
		case c.byID:
			key = fmt.Sprint(c.target)
		default:
			key = c.parties.key() + "~" + string(p.kind(c.row))
		}
		first, known := place[key]
		if key == "" || !known {
			if key != "" {
				place[key] = len(out)
				c.row.Cells = slices.Clone(c.row.Cells)
			}
			out = append(out, c)
			continue
		}
		p.join(&out[first], c.row)
		p.plan.Grouped++
	}
	return out
}

// join adds what a further row says to the first row of its partnership.
func (p *planner) join(c *candidate, row TableRow) {
	for f, columns := range p.at {
		for _, i := range columns {
			was, more := c.row.Cells[i], row.Cells[i]
			if more == "" || more == was {
				continue
			}
			if was == "" {
				c.row.Cells[i] = more
				continue
			}
			glue, adds := listed(f)
			switch {
			case f == FieldFrench || f == FieldForeign || f == FieldFunders || !adds:
				if f == FieldStatus || f == FieldTitle || f == FieldFirstYear || f == FieldStart || f == FieldEnd {
					c.parties.remarks = append(c.parties.remarks, fmt.Sprintf("La ligne %d, du même partenariat, dit « %s » dans la colonne « %s » : « %s » a été gardé.",
						row.Number, brief(more), p.table.Headings[i], brief(was)))
				}
			case glue == " | ":
				have := splitList(was)
				for _, v := range splitList(more) {
					if !slices.ContainsFunc(have, func(x string) bool { return sameText(x, v) }) {
						have = append(have, v)
					}
				}
				c.row.Cells[i] = joinList(have)
			case !strings.Contains(was, more):
				c.row.Cells[i] = was + glue + more
			}
		}
	}
}

func brief(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
