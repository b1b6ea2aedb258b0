package book

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// tableOf sets entries as rows of one table: both sides face to face, then the
// link. The third column goes when no row has anything for it.
func (c *composer) tableOf(entries []*entry) layout.Block {
	filled := 0
	for _, e := range entries {
		if len(c.rowLink(e)) > 0 {
			filled++
		}
	}
	// A column that most rows leave empty is worth less than its room: what it
	// would hold goes under the names.
	third := filled*4 >= len(entries) && filled > 0
	t := layout.Table{Columns: []layout.TableColumn{{Share: 0.5}, {Share: 0.5}}}
	heads := []string{"Collectivité française", "Collectivité partenaire"}
	if third {
		t.Columns = []layout.TableColumn{{Share: 0.35}, {Share: 0.32}, {Share: 0.33}}
		heads = append(heads, c.thirdHead(entries))
	}
	head := layout.TableRow{}
	for _, h := range heads {
		head.Cells = append(head.Cells, layout.Cell{Header: true,
			Blocks: []layout.Block{layout.Paragraph{Style: "table-head", Text: layout.Plain(h)}}})
	}
	t.Head = []layout.TableRow{head}
	for _, e := range entries {
		// A row has no anchor of its own: the group in its first cell bears it.
		first := layout.Group{Role: "entry", Anchor: e.anchor, Title: shorten(e.title, 120), Running: shorten(e.title, 120),
			Origin: e.origin("")}
		if s := oneLine(e.p.Title); s != "" {
			first.Blocks = append(first.Blocks, layout.Paragraph{Style: "table",
				Text: []layout.Inline{layout.Text{Text: e.title, Italic: true}}, Origin: e.origin("title")})
		}
		first.Blocks = append(first.Blocks, c.rowSide(e, e.french)...)
		if !third {
			first.Blocks = append(first.Blocks, c.rowLink(e)...)
		}
		row := layout.TableRow{Cells: []layout.Cell{{Blocks: []layout.Block{first}}, {Blocks: c.rowSide(e, e.foreign)}}}
		if third {
			row.Cells = append(row.Cells, layout.Cell{Blocks: c.rowLink(e)})
		}
		t.Rows = append(t.Rows, row)
		if more := c.rowMore(e); len(more) > 0 {
			t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{{Blocks: more, Span: len(t.Columns)}}})
		}
	}
	return t
}

// thirdHead names the third column by what it holds.
func (c *composer) thirdHead(entries []*entry) string {
	link, source := false, false
	for _, e := range entries {
		link = link || c.rowWords(e) != "" || len(e.p.Themes) > 0
		source = source || len(c.freshness(e)) > 0
	}
	switch {
	case link && source:
		return "Lien, source"
	case link:
		return "Lien"
	}
	return "Source"
}

func (c *composer) rowSide(e *entry, side []repertoire.Authority) []layout.Block {
	var out []layout.Block
	for _, a := range side {
		text := []layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true, Color: "accent"}}
		if n, ok := nativeName(a); ok {
			text = append(text, layout.Text{Text: "\u2002"}, n)
		}
		where := c.placeWords(a, len(e.also) > 0)
		// "Région de Diourbel" says its level by itself.
		if a.Level != "" && a.Level != repertoire.LevelCommune &&
			!strings.HasPrefix(repertoire.Fold(a.Name), repertoire.Fold(levelWord(a))) {
			where = strings.TrimSuffix(levelWord(a)+", "+where, ", ")
		}
		if where != "" {
			text = append(text, layout.Break{}, layout.Text{Text: where})
		}
		if a.Population > 0 {
			text = append(text, layout.Break{}, layout.Text{Text: inhabitants(a.Population), Color: "muted"})
		}
		out = append(out, layout.Paragraph{Style: "table", Text: text, Origin: e.origin("parties")})
	}
	if len(out) == 0 {
		out = append(out, layout.Paragraph{Style: "table", Text: []layout.Inline{layout.Text{Text: "non précisé", Color: "muted"}},
			Origin: e.origin("parties")})
	}
	return out
}

// rowWords says the link, unless the head of the list says it of all.
func (c *composer) rowWords(e *entry) string {
	words := linkWords(e)
	if kind, all := c.commonType(); all && words == kind && len(c.entries) > 1 {
		return ""
	}
	return words
}

// rowLink says the link, its themes and its freshness.
func (c *composer) rowLink(e *entry) []layout.Block {
	var out []layout.Block
	add := func(style layout.Style, field string, text ...layout.Inline) {
		if !empty(text) {
			out = append(out, layout.Paragraph{Style: style, Text: text, Origin: e.origin(field)})
		}
	}
	if e.p.Fictitious {
		add("table", "fictitious", layout.Text{Text: fictitiousMark, Bold: true, Color: "accent"})
	}
	add("table", "type", layout.Text{Text: c.rowWords(e)})
	add("table", "themes", c.themeLine(e.p.Themes)...)
	add("caption", "source", c.freshness(e)...)
	return out
}

// rowMore is the little else a light entry holds. A directory that asks for a
// table gets a table: its entries' texts stay out of it.
func (c *composer) rowMore(e *entry) []layout.Block {
	if c.in.Directory.Density == repertoire.DensityTable {
		return nil
	}
	var out []layout.Block
	for _, t := range []struct{ field, text string }{{"objectives", e.p.Objectives}, {"context", e.p.Context}, {"history", e.p.History},
		{"description", e.p.Description}} {
		for _, b := range c.markdown(t.text, 5, e.origin(t.field)) {
			if para, ok := b.(layout.Paragraph); ok && para.Style == "" {
				para.Style = "table"
				b = para
			}
			out = append(out, b)
		}
	}
	for _, more := range [][]layout.Block{c.projects(e), conventions(e), c.exchanges(e), actors(e), c.people(e),
		links(e.p.Links, e.origin)} {
		out = append(out, more...)
	}
	return out
}
