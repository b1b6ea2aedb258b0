package exchange

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// references reads the numbers of a row for a field: the house they come from
// is named by the heading, ours by none.
func (p *planner) references(row TableRow, f Field) []repertoire.External {
	var out []repertoire.External
	for _, i := range p.at[f] {
		system := foldHeading(p.table.Headings[i])
		if system == foldHeading(label(f)) || system == foldHeading(string(f)) {
			system = ""
		}
		for _, id := range splitList(row.Cells[i]) {
			e := repertoire.External{System: system, ID: oneLine(id)}
			// Our own exports write the house before the number.
			if house, rest, ok := strings.Cut(e.ID, ": "); ok && system == "" {
				e = repertoire.External{System: house, ID: rest}
			}
			if !empty(e.ID) {
				out = append(out, e)
			}
		}
	}
	return out
}

// byExternal finds the one record that bears a number of the row.
func (p *planner) byExternal(row TableRow) (int, bool) {
	for _, e := range p.references(row, FieldExternal) {
		found := slices.DeleteFunc(slices.Clone(p.base.byNumber[strings.ToLower(e.ID)]), func(i int) bool {
			return !slices.ContainsFunc(p.base.records[i].External, e.Same)
		})
		if len(found) == 1 {
			return found[0], true
		}
	}
	return 0, false
}

func (w *writer) setExternal() {
	for _, e := range w.references(w.row, FieldExternal) {
		if !slices.ContainsFunc(w.record.External, e.Same) {
			w.record.External = append(slices.Clone(w.record.External), e)
			w.touch("external")
		}
	}
}

// referenced tells whether the project has a number that these do not say: then
// a row of another number is another project, whatever its title.
func referenced(x repertoire.Project, by []repertoire.External) bool {
	return slices.ContainsFunc(x.External, func(e repertoire.External) bool {
		return slices.ContainsFunc(by, func(o repertoire.External) bool {
			return !e.Same(o) && repertoire.Fold(e.System) == repertoire.Fold(o.System)
		})
	})
}

func writtenReferences(list []repertoire.External) []string {
	var out []string
	for _, e := range list {
		if e.System != "" {
			out = append(out, e.System+": "+e.ID)
		} else {
			out = append(out, e.ID)
		}
	}
	return out
}
