package book

import (
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// compact tells whether the book is mostly a list: then country chapters are
// headings that follow each other, not sections that each start a page.
func (c *composer) compact() bool {
	short := c.report.Densities[listing] + c.report.Densities[repertoire.DensityTable]
	return short*2 > len(c.entries)
}

// entriesPart sets the entries: in one section, or a section a country.
func (c *composer) entriesPart(p plan) ([]layout.Section, string) {
	if len(c.entries) == 0 {
		s := c.section(p, layout.BodyMatter)
		s.Blocks = append(s.Blocks, layout.Para("Cette édition ne contient encore aucune fiche : elles paraîtront ici dès qu’un partenariat sera rangé dans ce répertoire."))
		return []layout.Section{s}, ""
	}
	if !c.manyCountries() || c.compact() {
		s := c.section(p, layout.BodyMatter)
		if c.compact() {
			s.Blocks = append(s.Blocks, c.listingNote()...)
		}
		for _, chapter := range c.chapters() {
			if c.manyCountries() {
				s.Blocks = append(s.Blocks, c.chapterHead(chapter, 2)...)
			}
			s.Blocks = append(s.Blocks, c.run(chapter.entries)...)
			s.Blocks = append(s.Blocks, c.crossReferences(chapter)...)
		}
		return []layout.Section{s}, ""
	}
	var out []layout.Section
	for i, chapter := range c.chapters() {
		name := c.country(chapter.iso).Name
		s := layout.Section{Anchor: "pays-" + chapterCode(chapter.iso), Title: name, Matter: layout.BodyMatter, Thumb: shorten(chapter.iso, 3)}
		if i == 0 {
			// The part's own title and text open its first chapter.
			head := c.section(p, layout.BodyMatter)
			if p.own || len(head.Blocks) > 1 {
				out = append(out, head)
			}
		}
		s.Blocks = append(s.Blocks, layout.Heading{Level: 1, Text: layout.Plain(name)})
		s.Blocks = append(s.Blocks, c.chapterLead(chapter)...)
		s.Blocks = append(s.Blocks, c.run(chapter.entries)...)
		s.Blocks = append(s.Blocks, c.crossReferences(chapter)...)
		out = append(out, s)
	}
	return out, ""
}

// chapter is the entries of one country.
type chapter struct {
	iso     string
	entries []*entry
}

// chapters cuts the ordered entries by country; a single chapter when the book
// has one country.
func (c *composer) chapters() []chapter {
	if !c.manyCountries() {
		return []chapter{{"", c.entries}}
	}
	var out []chapter
	for _, e := range c.entries {
		if n := len(out); n > 0 && out[n-1].iso == e.country {
			out[n-1].entries = append(out[n-1].entries, e)
			continue
		}
		out = append(out, chapter{e.country, []*entry{e}})
	}
	return out
}

func chapterCode(iso string) string {
	if iso == "" {
		return "autres"
	}
	return iso
}

func (c *composer) chapterHead(ch chapter, level int) []layout.Block {
	k := c.country(ch.iso)
	return []layout.Block{layout.Heading{Level: level, Text: layout.Plain(k.Name), Anchor: "pays-" + chapterCode(ch.iso), Contents: true, Running: k.Name}}
}

func (c *composer) chapterLead(ch chapter) []layout.Block {
	k := c.country(ch.iso)
	if ch.iso == "" {
		return nil
	}
	text := count(len(ch.entries), "partenariat", "partenariats") + " " + k.In + "."
	if g, ok := c.group(ch.iso); ok && g.President != "" {
		text += " " + presidentSentence(g)
	}
	return []layout.Block{layout.Paragraph{Style: "lead", Text: layout.Plain(text)}}
}

// crossReferences lists the entries of other chapters that also join this
// country.
func (c *composer) crossReferences(ch chapter) []layout.Block {
	if ch.iso == "" {
		return nil
	}
	var out []layout.Block
	for _, e := range c.entries {
		for _, iso := range e.also {
			if iso == ch.iso && e.country != ch.iso {
				out = append(out, layout.Paragraph{Style: "small", Origin: e.origin("parties"), Text: []layout.Inline{
					layout.Text{Text: "Voir aussi : "}, layout.Text{Text: e.title, Anchor: e.anchor, Italic: true},
					layout.Text{Text: ", p.\u00a0"}, layout.PageRef{Anchor: e.anchor}}})
			}
		}
	}
	return out
}

// run sets entries one after the other, each in its density; neighbours of the
// table density share one table.
func (c *composer) run(entries []*entry) []layout.Block {
	var out []layout.Block
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		switch e.density {
		case repertoire.DensityTable:
			j := i
			for j < len(entries) && entries[j].density == repertoire.DensityTable {
				j++
			}
			out = append(out, c.tableOf(entries[i:j]))
			i = j - 1
		case listing:
			if i == 0 || entries[i-1].density != listing {
				out = append(out, layout.Rule{})
			}
			out = append(out, c.listed(e), layout.Rule{})
		case repertoire.DensityHalf:
			out = append(out, c.fiche(e, false))
		default:
			out = append(out, c.fiche(e, true))
		}
	}
	return out
}

// listingNote opens a list with what holds for all of it.
func (c *composer) listingNote() []layout.Block {
	text := count(len(c.entries), "partenariat est recensé", "partenariats sont recensés") + " " + c.inCountries() + "."
	if kind, all := c.commonType(); all && len(c.entries) > 1 {
		text += " Tous sont des " + lower(kind) + "s."
	}
	return []layout.Block{layout.Paragraph{Style: "lead", Text: layout.Plain(capital(text))}}
}

// commonType is the type all entries share, when it has a plain plural.
func (c *composer) commonType() (string, bool) {
	for _, e := range c.entries {
		if e.p.Type != repertoire.TypeTwinning && e.p.Type != repertoire.TypeContact || e.p.Type != c.entries[0].p.Type {
			return "", false
		}
	}
	if len(c.entries) == 0 {
		return "", false
	}
	return repertoire.Types.Label(c.entries[0].p.Type), true
}

// listed sets an entry in a few lines: both sides face to face, then the link.
func (c *composer) listed(e *entry) layout.Block {
	g := layout.Group{Role: "entry", Anchor: e.anchor, Running: shorten(e.title, 60), Title: shorten(e.title, 120), Keep: true, Origin: e.origin("")}
	if e.p.Title != "" {
		g.Blocks = append(g.Blocks, layout.Paragraph{Style: "field-label", Text: []layout.Inline{layout.Text{Text: e.title}}, Origin: e.origin("title")})
	}
	cell := func(side []repertoire.Authority) []layout.Block {
		var out []layout.Block
		for _, a := range side {
			text := []layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true, Color: "accent"}}
			if n, ok := nativeName(a); ok {
				text = append(text, layout.Text{Text: "\u2002"}, n)
			}
			if w := c.placeWords(a, len(e.also) > 0); w != "" {
				text = append(text, layout.Break{}, layout.Text{Text: w})
			}
			if a.Level != "" && a.Level != repertoire.LevelCommune {
				text = append(text, layout.Text{Text: " (" + lower(levelWord(a)) + ")"})
			}
			if a.Population > 0 {
				text = append(text, layout.Break{}, layout.Text{Text: inhabitants(a.Population), Color: "muted"})
			}
			out = append(out, layout.Paragraph{Style: "facts", Text: text, Origin: e.origin("parties")})
		}
		if len(out) == 0 {
			out = append(out, layout.Paragraph{Style: "facts", Text: []layout.Inline{layout.Text{Text: "non précisé", Color: "muted"}}, Origin: e.origin("parties")})
		}
		return out
	}
	g.Blocks = append(g.Blocks, layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{cell(e.french), cell(e.foreign)}})
	if t := c.listedFoot(e); len(t) > 0 {
		g.Blocks = append(g.Blocks, layout.Paragraph{Style: "tag", Text: t, Origin: e.origin("type")})
	}
	for _, t := range []struct{ field, text string }{{"objectives", e.p.Objectives}, {"context", e.p.Context}, {"history", e.p.History}, {"description", e.p.Description}} {
		for _, b := range c.markdown(t.text, 5, e.origin(t.field)) {
			if para, ok := b.(layout.Paragraph); ok && para.Style == "" {
				para.Style = "small"
				b = para
			}
			g.Blocks = append(g.Blocks, b)
		}
	}
	g.Blocks = append(g.Blocks, c.projects(e)...)
	g.Blocks = append(g.Blocks, conventions(e)...)
	g.Blocks = append(g.Blocks, c.exchanges(e)...)
	g.Blocks = append(g.Blocks, actors(e)...)
	g.Blocks = append(g.Blocks, c.people(e)...)
	g.Blocks = append(g.Blocks, links(e.p.Links, e.origin)...)
	g.Blocks = append(g.Blocks, c.gallery(e.p.Pictures, "pictures", e.origin)...)
	return g
}

// listedFoot says the link, its themes and its freshness on one line.
func (c *composer) listedFoot(e *entry) []layout.Inline {
	var out []layout.Inline
	add := func(in ...layout.Inline) {
		if len(in) == 0 {
			return
		}
		if len(out) > 0 {
			out = append(out, layout.Text{Text: "\u2002·\u2002"})
		}
		out = append(out, in...)
	}
	if e.p.Fictitious {
		add(layout.Text{Text: fictitiousMark, Bold: true, Color: "accent"})
	}
	// What the head of the list says of all is not repeated.
	words := linkWords(e)
	if kind, all := c.commonType(); !all || words != kind || len(c.entries) < 2 {
		if words != "" {
			add(layout.Text{Text: words})
		}
	}
	add(c.themeLine(e.p.Themes)...)
	add(c.freshness(e)...)
	return out
}

// tableOf sets entries as rows of one table.
func (c *composer) tableOf(entries []*entry) layout.Block {
	head := func(s string) layout.Cell {
		return layout.Cell{Header: true, Blocks: []layout.Block{layout.Paragraph{Style: "table-head", Text: layout.Plain(s)}}}
	}
	t := layout.Table{Columns: []layout.TableColumn{{Share: 0.3}, {Share: 0.3}, {Share: 0.4}},
		Head: []layout.TableRow{{Cells: []layout.Cell{head("Collectivité française"), head("Partenaire"), head("Lien, thématiques")}}}}
	for _, e := range entries {
		names := func(side []repertoire.Authority) []layout.Block {
			var out []layout.Block
			for _, a := range side {
				text := []layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true}}
				if w := c.placeWords(a, len(e.also) > 0); w != "" {
					text = append(text, layout.Break{}, layout.Text{Text: w, Color: "muted"})
				}
				out = append(out, layout.Paragraph{Style: "table", Text: text, Origin: e.origin("parties")})
			}
			return out
		}
		// A row has no anchor of its own: the group in its first cell bears it.
		first := layout.Group{Role: "entry", Anchor: e.anchor, Title: shorten(e.title, 120), Running: shorten(e.title, 60), Origin: e.origin(""), Blocks: names(e.french)}
		var about []layout.Inline
		if w := linkWords(e); w != "" {
			about = append(about, layout.Text{Text: w})
		}
		if th := c.themeLine(e.p.Themes); len(th) > 0 {
			if len(about) > 0 {
				about = append(about, layout.Break{})
			}
			about = append(about, th...)
		}
		if e.p.Fictitious {
			about = append([]layout.Inline{layout.Text{Text: fictitiousMark + ". ", Bold: true, Color: "accent"}}, about...)
		}
		if f := c.freshness(e); len(f) > 0 {
			if len(about) > 0 {
				about = append(about, layout.Break{})
			}
			about = append(about, f...)
		}
		last := layout.Cell{}
		if len(about) > 0 {
			last.Blocks = []layout.Block{layout.Paragraph{Style: "table", Text: about, Origin: e.origin("type")}}
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{{Blocks: []layout.Block{first}}, {Blocks: names(e.foreign)}, last}})
	}
	return t
}
