package book

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// fictitiousMark is what every invented entry bears, first of all.
const fictitiousMark = "Fiche fictive"

// fiche sets one entry with all that is known of it; newPage tells whether it
// would rather start a page.
func (c *composer) fiche(e *entry, newPage bool) layout.Group {
	page := e.density == repertoire.DensityPage
	over := c.in.Overrides[e.p.ID]
	// A hundred entries that follow each other are set small, their labels in
	// the line: it is a work of reference then, not thirteen reports.
	dense := !page || !c.ownPages && len(c.entries) > fewEntries
	// The running head says which entry runs over: no second head repeats it.
	g := layout.Group{Role: "entry", Anchor: e.anchor, Running: shorten(e.title, 120), Title: shorten(e.title, 120), Tab: c.tab(e),
		Contents: !c.compact(), NewPage: over.NewPage, Apart: newPage, Keep: over.Keep, Origin: e.origin("")}
	// The head stays whole: a title parted from its facts says nothing.
	head := layout.Group{Keep: true, Origin: e.origin("")}
	head.Blocks = append(head.Blocks, layout.Heading{Level: 3, Style: "entry-title",
		Text: []layout.Inline{layout.Text{Text: tied(e.title), NoHyphen: true}}, Origin: e.origin("title")})
	if s := c.ficheSubtitle(e); len(s) > 0 {
		head.Blocks = append(head.Blocks, layout.Paragraph{Style: "entry-subtitle", Text: s, Origin: e.origin("parties")})
	}
	if s := c.territory(e); len(s) > 0 {
		head.Blocks = append(head.Blocks, layout.Paragraph{Style: c.styled("territory", "entry-subtitle"), Text: s,
			Origin: e.origin("parties")})
	}
	head.Blocks = append(head.Blocks, c.pills(e, c.design.TextWidth())...)
	if e.p.Fictitious {
		head.Blocks = append(head.Blocks, fictitious(e, true))
	}
	text := append(c.texts(e, dense), c.quotes(e)...)
	text = append(text, c.gallery(e.p.Pictures, "pictures", e.origin, over.PictureWidth)...)
	text = append(text, c.projects(e)...)
	text = append(text, c.deeds(e, dense)...)
	if dense {
		text = restyled(text, "small")
	}
	facts := c.factColumn(e, page)
	g.Blocks = append(g.Blocks, head, layout.Space{Lines: 0.8})
	if len(text) == 0 && !page {
		g.Blocks = append(g.Blocks, facts...) // lines of facts alone run across the page
	} else {
		g.Blocks = append(g.Blocks, layout.Beside{Facts: facts, Blocks: text})
	}
	return g
}

// texts are what the record says in prose: the aims lead, the rest follows.
func (c *composer) texts(e *entry, dense bool) []layout.Block {
	var out []layout.Block
	for _, t := range []struct{ label, field, text string }{
		{"Objectifs", "objectives", e.p.Objectives}, {"Contexte", "context", e.p.Context},
		{"Historique", "history", e.p.History}, {"Description", "description", e.p.Description},
	} {
		text := c.markdown(t.text, 5, e.origin(t.field))
		switch {
		case dense:
			text = runIn(t.label, text, e.origin(t.field))
		case t.field == "objectives" && leads(text):
			first, _ := text[0].(layout.Paragraph)
			first.Style = "lead"
			text[0] = first
		default:
			text = c.labelled(t.label, text, e.origin(t.field))
		}
		out = append(out, text...)
	}
	return out
}

// leads tells whether aims are one short paragraph, which can open an entry in
// larger letters; a list or a page of them cannot.
func leads(blocks []layout.Block) bool {
	if len(blocks) != 1 {
		return false
	}
	p, ok := blocks[0].(layout.Paragraph)
	n := 0
	for _, t := range p.Text {
		if t, is := t.(layout.Text); is {
			n += len(t.Text)
		}
	}
	return ok && p.Style == "" && n > 0 && n < 420
}

// territory says where both sides lie: "Calvados, Normandie ↔ Thiès, Sénégal".
func (c *composer) territory(e *entry) []layout.Inline {
	where := func(side []repertoire.Authority, country string) string {
		if len(side) == 0 {
			return ""
		}
		words := c.placeWords(side[0], false)
		if country != "" && !strings.Contains(words, country) && !side[0].French() {
			words = strings.TrimPrefix(words+", "+country, ", ")
		}
		return words
	}
	country := ""
	if e.country != "" && len(e.also) == 0 {
		country = c.country(e.country).Name
	}
	left, right := where(e.french, ""), where(e.foreign, country)
	var out []layout.Inline
	if left != "" {
		out = append(out, layout.Text{Text: left, NoHyphen: true})
	}
	if right != "" {
		if len(out) > 0 {
			out = append(out, layout.Text{Text: "\u2002–\u2002", Verbatim: true})
		}
		out = append(out, layout.Text{Text: right, NoHyphen: true})
	}
	return out
}

// deeds are the exchanges and those who take part, after the projects.
func (c *composer) deeds(e *entry, dense bool) []layout.Block {
	var out []layout.Block
	for _, f := range []struct {
		label, field string
		blocks       []layout.Block
	}{{"Échanges et visites", "exchanges", c.exchanges(e)}, {"Acteurs", "actors", actors(e)}} {
		if len(f.blocks) == 0 {
			continue
		}
		out = append(out, c.labelled(f.label, restyled(f.blocks, "small"), e.origin(f.field))...)
	}
	return out
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

// sideBlocks names the authorities of one side with what is known of each.
func (c *composer) sideBlocks(e *entry, side []repertoire.Authority) []layout.Block {
	var out []layout.Block
	o := e.origin("parties")
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

// freshness says when an entry was verified and where it comes from.
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
