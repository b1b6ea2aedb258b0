package book

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// fictitiousMark is what every invented entry bears, first of all.
const fictitiousMark = "Fiche fictive"

// fiche sets one entry with all that is known of it; newPage tells whether it
// starts a page.
func (c *composer) fiche(e *entry, newPage bool) layout.Group {
	page := e.density == repertoire.DensityPage
	over := c.in.Overrides[e.p.ID]
	// A hundred entries that follow each other are set small, their labels in
	// the line: it is a work of reference then, not thirteen reports.
	dense := !page || !c.ownPages && len(c.entries) > fewEntries
	g := layout.Group{Role: "entry", Anchor: e.anchor, Head: shorten(e.title, 90), Running: shorten(e.title, 60),
		Title: shorten(e.title, 120), Contents: !c.compact(), NewPage: newPage || over.NewPage, Keep: !page || over.Keep, Origin: e.origin("")}
	// The head stays whole: a title parted from its facts says nothing.
	head := layout.Group{Keep: true, Origin: e.origin("")}
	head.Blocks = append(head.Blocks, layout.Heading{Level: 3, Style: "entry-title", Text: []layout.Inline{layout.Text{Text: tied(e.title), NoHyphen: true}}, Origin: e.origin("title")})
	if s := c.ficheSubtitle(e); len(s) > 0 {
		head.Blocks = append(head.Blocks, layout.Paragraph{Style: "entry-subtitle", Text: s, Origin: e.origin("parties")})
	}
	if e.p.Fictitious {
		head.Blocks = append(head.Blocks, fictitious(e, dense))
	}
	head.Blocks = append(head.Blocks, c.parties(e)...)
	facts := c.linkFacts(e)
	if t := c.themeLine(e.p.Themes); len(t) > 0 {
		facts = append(facts, fact{"Thématiques", t, "themes"})
	}
	if page {
		head.Blocks = append(head.Blocks, c.factsAndMap(e, facts)...)
	} else {
		head.Blocks = append(head.Blocks, halfFacts(facts, e.origin)...)
	}
	g.Blocks = append(g.Blocks, head)
	for _, t := range []struct{ label, field, text string }{
		{"Objectifs", "objectives", e.p.Objectives}, {"Contexte", "context", e.p.Context},
		{"Historique", "history", e.p.History}, {"Description", "description", e.p.Description},
	} {
		text := c.markdown(t.text, 5, e.origin(t.field))
		if !dense {
			text = c.labelled(t.label, text, e.origin(t.field))
		} else {
			text = runIn(t.label, text, e.origin(t.field))
		}
		g.Blocks = append(g.Blocks, text...)
	}
	g.Blocks = append(g.Blocks, c.gallery(e.p.Pictures, "pictures", e.origin, over.PictureWidth)...)
	g.Blocks = append(g.Blocks, c.projects(e)...)
	g.Blocks = append(g.Blocks, c.shortFields(e)...)
	if foot := c.freshness(e); len(foot) > 0 {
		g.Blocks = append(g.Blocks, layout.Paragraph{Style: "tag", Text: foot, Origin: e.origin("verified")})
	}
	if dense {
		g.Blocks = restyled(g.Blocks, "small")
	}
	return g
}

// restyled sets running text in another style: small in half a page, as facts
// in a cell.
func restyled(blocks []layout.Block, style layout.Style) []layout.Block {
	out := make([]layout.Block, len(blocks))
	for i, b := range blocks {
		switch x := b.(type) {
		case layout.Paragraph:
			if x.Style == "" || x.Style == "list" {
				x.Style = style
			}
			b = x
		case layout.List:
			items := make([][]layout.Block, len(x.Items))
			for k := range x.Items {
				items[k] = restyled(x.Items[k], style)
			}
			x.Items = items
			b = x
		}
		out[i] = b
	}
	return out
}

// shortFields sets what is mostly a line or two each as one quiet table: a
// heading apiece would take more room than what stands under it.
func (c *composer) shortFields(e *entry) []layout.Block {
	t := layout.Table{Style: "facts", Columns: []layout.TableColumn{{Share: 0.22}, {Share: 0.78}}, Origin: e.origin("")}
	for _, f := range []struct {
		label, field string
		blocks       []layout.Block
	}{
		{"Conventions", "conventions", conventions(e)}, {"Échanges et visites", "exchanges", c.exchanges(e)},
		{"Acteurs", "actors", actors(e)}, {"Interlocuteurs", "contacts", c.people(e)}, {"Liens", "links", links(e.p.Links, e.origin)},
	} {
		if len(f.blocks) == 0 {
			continue
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			{Header: true, Blocks: []layout.Block{layout.Paragraph{Style: "facts-label", Text: layout.Plain(f.label), Origin: e.origin(f.field)}}},
			{Blocks: restyled(unlisted(f.blocks), "facts")}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []layout.Block{layout.Space{Lines: 0.5}, t}
}

// unlisted makes paragraphs of a list's items: in a cell, bullets only indent.
func unlisted(blocks []layout.Block) []layout.Block {
	var out []layout.Block
	for _, b := range blocks {
		l, ok := b.(layout.List)
		if !ok {
			out = append(out, b)
			continue
		}
		for _, item := range l.Items {
			out = append(out, item...)
		}
	}
	return out
}

// labelled puts a field's name over its blocks; nothing over nothing.
func (c *composer) labelled(label string, blocks []layout.Block, o layout.Origin) []layout.Block {
	if len(blocks) == 0 {
		return nil
	}
	return append([]layout.Block{layout.Heading{Level: 4, Style: "field-label", Text: layout.Plain(label), Origin: o}}, blocks...)
}

// fictitious marks an invented entry: in a box, or in a line where entries are
// dense.
func fictitious(e *entry, dense bool) layout.Block {
	text := layout.Paragraph{Style: "small", Origin: e.origin("fictitious"), Text: []layout.Inline{
		layout.Text{Text: fictitiousMark + ".", Bold: true, Sans: true, Color: "accent"},
		layout.Text{Text: " Données inventées pour l’essai : elles ne décrivent aucun partenariat réel."}}}
	if dense {
		return text
	}
	return layout.Group{Role: "box", Keep: true, Origin: e.origin("fictitious"), Blocks: []layout.Block{text}}
}

// ficheSubtitle gives the countries of an entry that joins several.
func (c *composer) ficheSubtitle(e *entry) []layout.Inline {
	if len(e.also) == 0 {
		return nil
	}
	names := []string{c.country(e.country).Name}
	for _, iso := range e.also {
		names = append(names, c.country(iso).Name)
	}
	return layout.Plain(strings.Join(names, ", "))
}

// parties sets both sides face to face.
func (c *composer) parties(e *entry) []layout.Block {
	left := c.sideBlocks(e, e.french, "En France")
	place := "À l’étranger"
	if e.country != "" {
		place = capital(c.country(e.country).In)
		if len(e.also) > 0 {
			place = "Partenaires"
		}
	}
	right := c.sideBlocks(e, e.foreign, place)
	switch {
	case len(left) == 0 && len(right) == 0:
		return nil
	case len(left) == 0:
		return right
	case len(right) == 0:
		return left
	}
	return []layout.Block{layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{left, right}}}
}

func (c *composer) sideBlocks(e *entry, side []repertoire.Authority, head string) []layout.Block {
	if len(side) == 0 {
		return nil
	}
	o := e.origin("parties")
	out := []layout.Block{layout.Paragraph{Style: "facts-label", Text: layout.Plain(head), Origin: o}}
	leads := map[repertoire.ID]bool{}
	for _, q := range e.p.Parties {
		leads[q.Authority] = q.Lead
	}
	for i, a := range side {
		if i > 0 {
			out = append(out, layout.Space{Lines: 0.4})
		}
		text := []layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true}}
		if n, ok := nativeName(a); ok {
			text = append(text, layout.Text{Text: "\u2002"}, n)
		}
		if len(side) > 1 && leads[a.ID] {
			text = append(text, layout.Text{Text: " (chef de file)", Color: "muted"})
		}
		text = append(text, c.aboutAuthority(a, len(e.also) > 0)...)
		out = append(out, layout.Paragraph{Style: "facts", Text: text, Origin: o})
	}
	return out
}

// aboutAuthority gives the lines under an authority's name.
func (c *composer) aboutAuthority(a repertoire.Authority, withCountry bool) []layout.Inline {
	var out []layout.Inline
	line := func(t layout.Text) {
		if t.Text != "" {
			out = append(out, layout.Break{}, t)
		}
	}
	where := []string{}
	if w := levelWord(a); w != "" {
		where = append(where, w)
	}
	if w := c.placeWords(a, withCountry); w != "" {
		where = append(where, w)
	}
	line(layout.Text{Text: strings.Join(where, " · ")})
	if a.Population > 0 {
		line(layout.Text{Text: inhabitants(a.Population)})
	}
	if u := safeURL(a.Website, false); u != "" {
		line(layout.Text{Text: bareURL(u), URL: u, Verbatim: true, Color: "accent"})
	}
	if a.Member {
		line(layout.Text{Text: "Adhérente de Cités Unies France", Color: "muted"})
	}
	return out
}

// bareURL is an address as printed: without scheme and last slash.
func bareURL(u string) string {
	for _, p := range []string{"https://", "http://", "mailto:"} {
		u = strings.TrimPrefix(u, p)
	}
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}

// halfFacts runs the facts on: the values alone say what they are, but for the
// year and the themes.
func halfFacts(facts []fact, o func(string) layout.Origin) []layout.Block {
	var text []layout.Inline
	var out []layout.Block
	for _, f := range facts {
		if f.field == "themes" {
			out = append(out, layout.Paragraph{Style: "facts", Text: f.value, Origin: o("themes")})
			continue
		}
		if len(text) > 0 {
			text = append(text, layout.Text{Text: "\u2002·\u2002", Color: "muted"})
		}
		if f.field == "first_year" {
			text = append(text, layout.Text{Text: "première convention en "})
		}
		text = append(text, f.value...)
	}
	if len(text) > 0 {
		out = append([]layout.Block{layout.Paragraph{Style: "facts", Text: text, Origin: o("type")}}, out...)
	}
	return append([]layout.Block{layout.Space{Lines: 0.4}}, out...)
}

// factsAndMap sets the facts beside the locators.
func (c *composer) factsAndMap(e *entry, facts []fact) []layout.Block {
	table := factsTable(facts, e.origin)
	loc := c.locators(e)
	if len(loc) == 0 {
		return table
	}
	if len(table) == 0 {
		return loc
	}
	return []layout.Block{layout.Space{Lines: 0.5}, layout.Side{Shares: []float64{0.62, 0.38}, Cells: [][]layout.Block{table, loc}}}
}

// freshness ends the entry: when it was verified and where it comes from.
func (c *composer) freshness(e *entry) []layout.Inline {
	var parts []string
	if e.p.Verified != "" {
		parts = append(parts, "Fiche vérifiée "+whenWord(e.p.Verified)+".")
	} else if e.density != repertoire.DensityTable {
		parts = append(parts, "Fiche à vérifier auprès des collectivités.")
	}
	if s := oneLine(e.p.Source); s != "" && s != c.usual {
		if code := c.sourceCode[s]; code != "" && e.density == repertoire.DensityTable {
			parts = append(parts, "Source "+code)
		} else {
			parts = append(parts, "Source : "+sentence(s))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return layout.Plain(strings.Join(parts, " "))
}
