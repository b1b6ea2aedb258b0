package book

import (
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// compact tells whether the book is mostly a list: then country chapters are
// headings that follow each other, not sections that each start a page.
func (c *composer) compact() bool {
	return c.report.Densities[repertoire.DensityTable]*2 > len(c.entries)
}

// entriesPart sets the entries: in one section, or a section a country.
func (c *composer) entriesPart(p plan) ([]layout.Section, string) {
	if len(c.entries) == 0 {
		s := c.section(p, layout.BodyMatter)
		s.Blocks = append(s.Blocks,
			layout.Para(
				"Cette édition ne contient encore aucune fiche : elles paraîtront ici dès qu’un partenariat sera rangé dans ce répertoire."))
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
				s.Blocks = append(s.Blocks, c.chapterLead(chapter)...)
			}
			s.Blocks = append(s.Blocks, c.run(chapter.entries)...)
			s.Blocks = append(s.Blocks, c.crossReferences(chapter)...)
		}
		return []layout.Section{s}, ""
	}
	var out []layout.Section
	for i, chapter := range c.chapters() {
		name := c.country(chapter.iso).Name
		s := layout.Section{Anchor: "pays-" + chapterCode(chapter.iso), Title: name, Matter: layout.BodyMatter,
			Thumb: shorten(chapter.iso, 3)}
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
	return []layout.Block{layout.Heading{Level: level, Text: layout.Plain(k.Name), Anchor: "pays-" + chapterCode(ch.iso), Contents: true,
		Running: k.Name}}
}

func (c *composer) chapterLead(ch chapter) []layout.Block {
	k := c.country(ch.iso)
	if ch.iso == "" {
		return nil
	}
	text := opening(len(ch.entries), "partenariat", "partenariats", false) + " " + k.In
	if c.presented() && c.hasPresentation(ch.iso) {
		return append(c.presentation(ch.iso, 3), layout.Heading{Level: 3, Style: "h2", Text: layout.Plain(text)})
	}
	return []layout.Block{layout.Paragraph{Text: layout.Plain(sentence(text))}}
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
	own := c.ownPages
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		switch e.density {
		case repertoire.DensityTable:
			j := i
			for j < len(entries) && entries[j].density == repertoire.DensityTable {
				j++
			}
			// Rows that follow entries set in full are told from them.
			if i > 0 && !c.allRows() {
				out = append(out, layout.Heading{Level: 3, Style: "entry-title", Text: layout.Plain("Autres partenariats, en bref")})
			}
			out = append(out, c.tableOf(entries[i:j]), layout.Space{Lines: 1})
			i = j - 1
		case repertoire.DensityHalf:
			out = append(out, c.fiche(e, false))
		default:
			// The first entry shares the page of the title over it.
			out = append(out, c.fiche(e, own && i > 0))
		}
	}
	return out
}

// allRows tells whether every entry is a row.
func (c *composer) allRows() bool {
	return c.report.Densities[repertoire.DensityTable] == len(c.entries)
}

// listingNote opens a list with what holds for all of it.
func (c *composer) listingNote() []layout.Block {
	text := opening(c.partnerships(), "partenariat est recensé", "partenariats sont recensés", false) + " " + c.inCountries() + "."
	if kind, all := c.commonType(); all && len(c.entries) > 1 {
		text += " Tous sont des " + lower(kind) + "s."
	}
	out := []layout.Block{layout.Paragraph{Style: "lead", Text: layout.Plain(text)}}
	return append(out, c.sourceKey()...)
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
