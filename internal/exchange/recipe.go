package exchange

import (
	"maps"

	"repertoire/internal/repertoire"
)

// Recipe is what was decided of one kind of file, to be done again with next
// year's: where its headings are, what its columns and words mean, who its
// names are.
type Recipe struct {
	Name string `json:"name,omitempty"`
	// How the file is read; empty fields are found again.
	Sheet       string `json:"sheet,omitempty"`
	HeadingRow  int    `json:"heading_row,omitempty"`
	HeadingRows int    `json:"heading_rows,omitempty"`
	Encoding    string `json:"encoding,omitempty"`
	Separator   string `json:"separator,omitempty"`
	// Columns says heading by heading which field a column feeds.
	Columns map[string]string `json:"columns,omitempty"`
	Layout
	Group bool                     `json:"group,omitempty"`
	Words Words                    `json:"words,omitempty"`
	Who   map[string]repertoire.ID `json:"who,omitempty"`
}

// ReadOptions gives how the recipe reads a file.
func (r Recipe) ReadOptions() ReadOptions {
	opt := ReadOptions{Sheet: r.Sheet, HeadingRow: r.HeadingRow, HeadingRows: r.HeadingRows, Encoding: r.Encoding}
	for _, sign := range r.Separator {
		opt.Separator = sign
		break
	}
	if r.Separator == `\t` {
		opt.Separator = '\t'
	}
	return opt
}

// Columned is a table with its columns understood.
type Columned struct {
	Table
	Mapping  Mapping
	Group    bool
	Proposal Proposal
}

// Understand gives the columns of a table their fields: those of the recipe,
// and of what it does not say a guess. A heading of the recipe that the file
// does not have is an error only when strict: next year's file may lack one.
func (r Recipe) Understand(t Table, known Resolver, countries []string, strict bool) (Columned, error) {
	out := Columned{Table: t}
	if t.Document != nil {
		return out, nil
	}
	var err error
	if r.HeadingRow == 0 && len(r.Columns) == 0 {
		if t, err = t.withoutHeadings(known); err != nil {
			return out, err
		}
	}
	out.Proposal = t.Propose(known, countries...)
	layout := r.Layout
	guess := maps.Clone(out.Proposal.Mapping)
	if len(r.Columns) == 0 && len(layout.Constants)+len(layout.Splits)+len(layout.Fill) == 0 {
		layout = out.Proposal.Layout
	} else {
		layout = layout.with(out.Proposal.Layout, r.Columns)
	}
	var added Mapping
	if out.Table, added, err = t.WithLayout(layout, known, countries...); err != nil {
		return out, err
	}
	raw := map[string]string{}
	here := map[string]bool{}
	for _, h := range out.Headings {
		here[foldHeading(h)] = true
	}
	for key, value := range r.Columns {
		if strict || here[foldHeading(key)] || here[foldHeading(value)] {
			raw[key] = value
		}
	}
	for h, f := range added {
		if _, said := raw[h]; !said {
			raw[h] = string(f)
		}
	}
	out.Mapping, err = mappingFrom(raw, out.Headings, guess)
	out.Group = r.Group || out.Proposal.Group && len(r.Columns) == 0
	if !out.Group && out.Proposal.Group {
		for _, f := range out.Mapping {
			if f == FieldProjectTitle || f == FieldProjectRef {
				out.Group = true
			}
		}
	}
	return out, err
}

// with completes a person's layout by what was seen of columns nobody spoke of.
func (l Layout) with(seen Layout, said map[string]string) Layout {
	out := Layout{Constants: maps.Clone(l.Constants), Splits: l.Splits, Fill: l.Fill}
	fields := map[string]bool{}
	for _, v := range said {
		fields[foldHeading(v)] = true
	}
	for f, v := range seen.Constants {
		if _, has := out.Constants[f]; !has && !fields[foldHeading(string(f))] {
			if out.Constants == nil {
				out.Constants = map[Field]string{}
			}
			out.Constants[f] = v
		}
	}
	for _, s := range seen.Splits {
		if _, has := said[s.Column]; !has && len(l.Splits) == 0 {
			out.Splits = append(out.Splits, s)
		}
	}
	if len(l.Fill) == 0 {
		out.Fill = seen.Fill
	}
	return out
}
