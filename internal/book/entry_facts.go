package book

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"repertoire/internal/book/chart"
	"repertoire/internal/book/code"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// factColumn is what stands beside the text of an entry; a half entry has no
// maps.
func (c *composer) factColumn(e *entry, page bool) []layout.Block {
	if !page {
		return c.shortFacts(e)
	}
	var out []layout.Block
	out = append(out, c.locators(e)...)
	out = append(out, c.timeline(e)...)
	add := func(label, field string, blocks ...layout.Block) {
		if len(blocks) > 0 {
			out = append(append(out, layout.Paragraph{Style: "facts-label", Text: layout.Plain(label), Origin: e.origin(field)}), blocks...)
			out = append(out, layout.Space{Lines: 0.35})
		}
	}
	place := "À l’étranger"
	if e.country != "" {
		place = repertoire.Capital(c.country(e.country).In)
		if len(e.also) > 0 {
			place = "Partenaires"
		}
	}
	add("En France", "parties", c.sideBlocks(e, e.french)...)
	add(place, "parties", c.sideBlocks(e, e.foreign)...)
	for _, f := range c.linkFacts(e) {
		add(f.label, f.field, layout.Paragraph{Style: "facts", Text: f.value, Origin: e.origin(f.field)})
	}
	if sum := c.projectSum(e); len(sum) > 0 {
		// A sum without its projects, at the head of a page, is nobody's.
		add("Projets", "projects", layout.Group{Keep: true, Blocks: sum})
	}
	add("Conventions", "conventions", factList(conventions(e))...)
	add("Interlocuteurs", "contacts", factList(c.people(e))...)
	add("Liens", "links", factList(links(e.p.Links, e.origin))...)
	out = append(out, c.online(e)...)
	if foot := c.freshness(e); len(foot) > 0 {
		// Its last words do not go over to a page by themselves.
		out = append(out, layout.Group{Keep: true, Origin: e.origin("verified"), Blocks: []layout.Block{
			layout.Paragraph{Style: "caption", Text: foot, Origin: e.origin("verified")}}})
	}
	return out
}

// shortFacts are those of a half entry, run on: its text is short, and a tall
// column beside it would leave the page white.
func (c *composer) shortFacts(e *entry) []layout.Block {
	var out []layout.Block
	add := func(field string, text ...layout.Inline) {
		if !empty(text) {
			out = append(out, layout.Paragraph{Style: "facts", Text: text, Origin: e.origin(field)})
		}
	}
	for _, side := range [][]repertoire.Authority{e.french, e.foreign} {
		for _, a := range side {
			text := []layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true}}
			if n, ok := nativeName(a); ok {
				text = append(text, layout.Text{Text: " "}, n)
			}
			if a.Population > 0 {
				text = append(text, layout.Text{Text: ", " + inhabitants(a.Population)})
			}
			if u := safeURL(a.Website, false); u != "" {
				text = append(text, layout.Text{Text: ", "}, layout.Text{Text: bareURL(u), URL: u, Verbatim: true, Color: "accent"})
			}
			add("parties", text...)
		}
	}
	var facts []layout.Inline
	for _, f := range c.linkFacts(e) {
		if len(facts) > 0 {
			facts = append(facts, layout.Text{Text: "\u2002·\u2002", Color: "muted"})
		}
		facts = append(facts, f.value...)
	}
	add("formality", facts...)
	for _, list := range [][]layout.Block{conventions(e), c.people(e), links(e.p.Links, e.origin)} {
		out = append(out, factList(list)...)
	}
	if foot := c.freshness(e); len(foot) > 0 {
		out = append(out, layout.Paragraph{Style: "caption", Text: foot, Origin: e.origin("verified")})
	}
	return out
}

// factList sets a list without its bullets, in the letter of facts.
func factList(blocks []layout.Block) []layout.Block { return restyled(unlisted(blocks), "facts") }

// conventionYears are the first year and those of the conventions.
func conventionYears(e *entry) []int {
	var years []int
	if y := firstYear(e); y > 0 {
		years = append(years, y)
	}
	for _, v := range e.p.Conventions {
		if y := v.Signed.Year(); y > 0 {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// timeline marks the years of the conventions when there are several.
func (c *composer) timeline(e *entry) []layout.Block {
	years := conventionYears(e)
	if len(years) < 2 {
		return nil
	}
	// Four years can be read in a narrow column: the first, and the last ones.
	if len(years) > 4 {
		years = append(years[:1], years[len(years)-3:]...)
	}
	d := chart.Timeline(years, c.design.FactWidth(), c.ink.Line, c.familyColor(entryFamily(e)), c.ink.Text)
	d.Origin = e.origin("conventions")
	return []layout.Block{layout.Paragraph{Style: "facts-label", Text: layout.Plain("Conventions"), Origin: e.origin("conventions")}, d,
		layout.Space{Lines: 0.5}}
}

// projectSum counts the projects and adds up their money, by currency.
func (c *composer) projectSum(e *entry) []layout.Block {
	if len(e.p.Projects) < 2 {
		return nil
	}
	sums := repertoire.Costs(e.p.Projects)
	o := e.origin("projects")
	out := []layout.Block{layout.Paragraph{Style: "facts",
		Text: []layout.Inline{layout.Text{Text: count(len(e.p.Projects), "projet", "projets"), Bold: true}}, Origin: o}}
	for _, currency := range sortedKeys(sums) {
		if s := (repertoire.Money{Currency: currency, Cents: sums[currency]}).French(); s != "" && sums[currency] > 0 {
			out = append(out, layout.Paragraph{Style: "facts", Text: layout.Plain(s), Origin: o})
		}
	}
	return out
}

// online is a code that leads a telephone to the first page named for the entry.
func (c *composer) online(e *entry) []layout.Block {
	for i, l := range e.p.Links {
		u := safeURL(l.URL, false)
		if u == "" {
			continue
		}
		d, err := c.codes.of(u, c.ink)
		if err != nil {
			continue
		}
		o := e.origin(fmt.Sprintf("links.%d", i))
		d.Origin, d.Alt = o, "Code à lire avec un téléphone : "+bareURL(u)+"."
		d.Width = min(46/c.design.FactWidth(), 1)
		d.Caption = layout.Plain("La suite en ligne")
		return []layout.Block{d, layout.Space{Lines: 0.45}}
	}
	return nil
}

// codes are the codes of the entries' addresses, made beside the rest: choosing the
// mask of one takes longer than all the words of its entry.
type codes struct {
	mu    sync.Mutex
	known map[string]func() (layout.Drawing, error)
}

func (k *codes) of(url string, ink chart.Ink) (layout.Drawing, error) {
	k.mu.Lock()
	get := k.known[url]
	if get == nil {
		get = sync.OnceValues(func() (layout.Drawing, error) { return code.QR(url, ink.Text, ink.Paper) })
		if k.known == nil {
			k.known = map[string]func() (layout.Drawing, error){}
		}
		k.known[url] = get
	}
	k.mu.Unlock()
	return get()
}

// ahead makes the codes of entries that will be asked for.
func (k *codes) ahead(ctx context.Context, entries []*entry, ink chart.Ink) {
	for _, e := range entries {
		if e.density != repertoire.DensityPage {
			continue // they show none
		}
		for _, l := range e.p.Links {
			if ctx.Err() != nil {
				return
			}
			if u := safeURL(l.URL, false); u != "" {
				if _, err := k.of(u, ink); err == nil {
					break
				}
			}
		}
	}
}
