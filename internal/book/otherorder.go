package book

import (
	"bytes"
	"sort"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// otherOrder lists all entries by the side they are not ordered by, with their
// pages: a répertoire printed in two orders without printing its texts twice.
func (c *composer) otherOrder(p plan) ([]layout.Section, string) {
	if len(c.entries) == 0 {
		return nil, "aucune fiche"
	}
	byPartner := !c.in.Directory.ByPartner
	if !p.own {
		p.title = "Les partenariats par collectivité française"
		if byPartner {
			p.title = "Les partenariats par collectivité partenaire"
		}
	}
	type line struct {
		key           []byte
		first, second []repertoire.Authority
		e             *entry
	}
	var lines []line
	for _, e := range c.entries {
		l := line{first: e.french, second: e.foreign, e: e}
		if byPartner {
			l.first, l.second = e.foreign, e.french
		}
		l.key = append(append(repertoire.SortKey(names(l.first)), 0, 0), repertoire.SortKey(names(l.second))...)
		lines = append(lines, l)
	}
	sort.SliceStable(lines, func(i, j int) bool { return bytes.Compare(lines[i].key, lines[j].key) < 0 })
	heads := [2]string{"Collectivité française", "Collectivité partenaire"}
	if byPartner {
		heads[0], heads[1] = heads[1], heads[0]
	}
	cell := func(head bool, text ...layout.Inline) layout.Cell {
		return layout.Cell{Header: head, Blocks: []layout.Block{layout.Paragraph{Style: cellStyle(head), Text: text}}}
	}
	t := layout.Table{Columns: []layout.TableColumn{{Share: 0.45}, {Share: 0.45}, {Share: 0.1, Align: layout.AlignRight}},
		Head: []layout.TableRow{{Cells: []layout.Cell{cell(true, layout.Text{Text: heads[0]}), cell(true, layout.Text{Text: heads[1]}),
			cell(true, layout.Text{Text: "Page"})}}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			cell(false, layout.Text{Text: c.named(l.first), Bold: true}), cell(false, layout.Text{Text: c.named(l.second)}),
			cell(false, layout.PageRef{Anchor: l.e.anchor})}})
	}
	s := c.section(p, layout.BodyMatter)
	s.Blocks = append(s.Blocks, t)
	return []layout.Section{s}, ""
}

// names joins index names, for sorting.
func names(side []repertoire.Authority) string {
	out := make([]string, len(side))
	for i := range side {
		out[i] = side[i].IndexName()
	}
	return join(out, ", ")
}

// named joins index names with what tells homonyms apart.
func (c *composer) named(side []repertoire.Authority) string {
	if len(side) == 0 {
		return "non précisé"
	}
	out := make([]string, len(side))
	for i := range side {
		out[i] = side[i].IndexName()
		if w := c.indexPlace(side[i]); w != "" {
			out[i] += " (" + w + ")"
		}
	}
	return and(out)
}
