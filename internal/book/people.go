package book

import (
	"fmt"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// people sets the contacts of an entry. They passed frozen(): nothing here
// decides what may be printed.
func (c *composer) people(e *entry) []layout.Block {
	l := layout.List{Origin: e.origin("contacts")}
	for i, person := range e.p.Contacts {
		o := e.origin(fmt.Sprintf("contacts.%d", i))
		l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "list", Text: c.personText(e, person), Origin: o}})
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []layout.Block{l}
}

func (c *composer) personText(e *entry, x repertoire.Contact) []layout.Inline {
	text := []layout.Inline{layout.Text{Text: oneLine(x.Name), Italic: true, NoHyphen: true}}
	var about []string
	if r := oneLine(x.Role); r != "" {
		about = append(about, lower(r))
	} else if x.Elected {
		about = append(about, "élu ou élue en charge de la coopération")
	}
	if a := c.authorityOf(e, x); a != "" && !strings.Contains(repertoire.Fold(x.Role), repertoire.Fold(a)) {
		about = append(about, a)
	}
	if len(about) > 0 {
		text = append(text, layout.Text{Text: ", " + strings.Join(about, ", ")})
	}
	if m := oneLine(x.Email); m != "" {
		text = append(text, layout.Text{Text: " – "}, layout.Text{Text: m, URL: safeURL(m, true), Verbatim: true, Color: "accent"})
	}
	if p := oneLine(x.Phone); p != "" {
		text = append(text, layout.Text{Text: " – "}, layout.Text{Text: strings.ReplaceAll(p, " ", "\u00a0"), Verbatim: true})
	}
	return text
}

// authorityOf names the authority a person works for, or the side when the
// record does not say.
func (c *composer) authorityOf(e *entry, x repertoire.Contact) string {
	side := e.french
	if x.Side == repertoire.SideForeign {
		side = e.foreign
	}
	for _, a := range append(append([]repertoire.Authority(nil), e.french...), e.foreign...) {
		if a.ID == x.Authority && x.Authority != "" {
			return a.Usual()
		}
	}
	if len(side) == 1 {
		return side[0].Usual()
	}
	return ""
}

// contacts is the part that lists everybody who agreed to be named.
func (c *composer) contacts(p plan) ([]layout.Section, string) {
	s := c.section(p, layout.BodyMatter)
	var list []layout.Block
	for _, e := range c.entries {
		if len(e.p.Contacts) == 0 {
			continue
		}
		g := layout.Group{Keep: true, Origin: e.origin("contacts")}
		g.Blocks = append(g.Blocks, layout.Paragraph{Style: "index", Origin: e.origin("contacts"), Text: []layout.Inline{
			layout.Text{Text: tied(e.title), Bold: true, NoHyphen: true, Anchor: e.anchor}, layout.Text{Text: ", p.\u00a0", Color: "muted"},
			layout.PageRef{Anchor: e.anchor}}})
		for i, person := range e.p.Contacts {
			g.Blocks = append(g.Blocks, layout.Paragraph{Style: "index", Text: c.personText(e, person),
				Origin: e.origin(fmt.Sprintf("contacts.%d", i))})
		}
		g.Blocks = append(g.Blocks, layout.Space{Lines: 0.5})
		list = append(list, g)
	}
	switch {
	case len(list) > 1:
		s.Blocks = append(s.Blocks, layout.Columned{Count: 2, Blocks: list})
	case len(list) == 1:
		s.Blocks = append(s.Blocks, list...)
	case oneLine(p.text) == "":
		return nil, "aucun interlocuteur publiable"
	}
	return []layout.Section{s}, ""
}
