package book

import (
	"repertoire/internal/book/atlas"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// titlePage repeats the title inside the book, over the land in question.
func (c *composer) titlePage(p plan) []layout.Section {
	s := layout.Section{Anchor: "partie-title-page", Title: "Page de titre", Matter: layout.FrontMatter, Recto: true, HideFromContents: true}
	if pub := oneLine(c.in.Directory.Imprint.Publisher); pub != "" {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "entry-subtitle", Text: layout.Plain(pub), Origin: layout.Origin{Field: "imprint.publisher"}})
	}
	s.Blocks = append(s.Blocks, layout.Heading{Level: 1, Text: []layout.Inline{layout.Text{Text: tied(c.meta().Title), NoHyphen: true}}, Origin: layout.Origin{Field: "title"}})
	if l := oneLine(c.in.Label); l != "" {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "lead", Text: layout.Plain(editionWord(l)), Origin: layout.Origin{Field: "edition"}})
	}
	s.Blocks = append(s.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	width := c.design.TextWidth()
	if d, ok := c.silhouette(width, width*0.8, c.ink.Soft, c.ink.Muted, c.ink.Strong); ok {
		s.Blocks = append(s.Blocks, layout.Space{Lines: 3}, d)
	}
	return []layout.Section{s}
}

// coverArt is the land the book is about, in reserve on the cover's colour, in
// the room that the title leaves. Too little room, and the title stands alone.
func (c *composer) coverArt(title, subtitle string) (layout.Drawing, bool) {
	// Of the styles cover-title and cover-subtitle, and the cover's margins.
	const lead, size, leadSub, sizeSub, frame, foot = 40.0, 34.0, 21.0, 15.0, 190.0, 90.0
	width := c.design.TextWidth()
	// Larger formats are set a little larger; see the designs' scales.
	scale := min(max(c.design.Page.H/680, 0.95), 1.12)
	lines := len(chart.Wrap(title, size*scale, width, true, 99))
	under := len(chart.Wrap(subtitle, sizeSub*scale, width, false, 99))
	room := c.design.Page.H - (frame+foot+lead*float64(lines)+leadSub*float64(under))*scale
	if room < 90 {
		return layout.Drawing{}, false
	}
	ground, light := c.design.ColorNamed("accent"), c.design.ColorNamed("paper")
	d, ok := c.silhouette(width, min(room, width), atlas.Mix(ground, light, 0.2), atlas.Mix(ground, light, 0.5), light)
	// At its natural size: the cover's frame may be wider than a page of text.
	d.Width = 0
	return d, ok
}

func (c *composer) silhouette(width, height float64, fill, line, dot layout.Color) (layout.Drawing, bool) {
	var main []atlas.Outline
	for _, iso := range c.countries {
		if r := c.land(iso); len(r) > 0 {
			main = append(main, atlas.Outline{ISO: iso, Rings: r})
		}
	}
	if len(main) == 0 {
		return layout.Drawing{}, false
	}
	var at []atlas.Place
	for _, p := range places(c.inBook(c.sites(func(e *entry) []repertoire.Authority { return e.foreign }))) {
		at = append(at, atlas.Place{At: p.At})
	}
	d, ok := atlas.Silhouette(main, at, atlas.Size{Width: width, MaxHeight: height}, fill, line, dot)
	d.Alt = "Carte " + c.ofCountries() + ", où un point marque chaque collectivité partenaire."
	if len(at) == 0 {
		d.Alt = "Carte " + c.ofCountries() + "."
	}
	return d, ok
}
