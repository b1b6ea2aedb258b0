package book

import (
	"repertoire/internal/book/atlas"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// titlePage repeats the title inside the book, over the land in question.
func (c *composer) titlePage(p plan) []layout.Section {
	s := layout.Section{Anchor: "partie-title-page", Title: "Page de titre", Matter: layout.FrontMatter, Recto: true,
		HideFromContents: true}
	if pub := oneLine(c.in.Directory.Imprint.Publisher); pub != "" {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "entry-subtitle", Text: layout.Plain(pub),
			Origin: layout.Origin{Field: "imprint.publisher"}})
	}
	size, _ := c.design.StyleSize("h1")
	s.Blocks = append(s.Blocks, layout.Heading{Level: 1, Text: broken(balanced(c.meta().Title, size, c.design.TextWidth())),
		Origin: layout.Origin{Field: "title"}})
	if l := oneLine(c.in.Label); l != "" {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "lead", Text: layout.Plain(editionWord(l)),
			Origin: layout.Origin{Field: "edition"}})
	}
	s.Blocks = append(s.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	width := c.design.TextWidth()
	if d, ok := c.silhouette(width, width*0.8, c.ink.Soft, c.ink.Muted, c.ink.Strong); ok {
		s.Blocks = append(s.Blocks, layout.Space{Lines: 3}, d)
	}
	return []layout.Section{s}
}

// coverArcs is the art of a cover without a picture: the land the book is about
// at the foot, and an arc from the spine, where France lies, to each of its
// towns, in the colour of the entry's first theme. Too little room, and the
// title stands alone.
func (c *composer) coverArcs(head float64) (layout.Drawing, bool) {
	const bleed, foot = 9.0, 76.0
	size := c.design.Page
	room := size.H - head - foot
	if room < 90 {
		return layout.Drawing{}, false
	}
	background, light := c.coverBackground(), c.design.ColorNamed("paper")
	sun := c.design.ColorNamed("sun")
	if sun == c.design.ColorNamed("ink") {
		sun = light
	}
	var main []atlas.Outline
	for _, iso := range c.countries {
		if r := c.land(iso); len(r) > 0 {
			main = append(main, atlas.Outline{ISO: iso, Rings: r})
		}
	}
	sites := c.inBook(c.sites(func(e *entry) []repertoire.Authority { return e.foreign }))
	var at []atlas.Place
	for _, s := range sites {
		if s.authority.Located() {
			ink := atlas.Mix(c.familyColor(entryFamily(s.entries[0])), light, 0.35)
			at = append(at, atlas.Place{At: atlas.Point{Lon: *s.authority.Longitude, Lat: *s.authority.Latitude}, Ink: ink})
		}
	}
	width := size.W * 0.8
	d, ok := atlas.Arcs(main, at, atlas.Size{Width: width, MaxHeight: room},
		atlas.Look{Land: atlas.Mix(background, light, 0.16), Line: atlas.Mix(background, light, 0.3), Dot: sun,
			X: size.W - width - 6, Y: head, From: -bleed, Bottom: size.H - foot})
	d.Alt = "Carte " + c.ofCountries() + ", où un arc mène à chaque collectivité partenaire."
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
