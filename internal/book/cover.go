package book

import (
	"strings"

	"repertoire/internal/layout"
)

// cover is the front of the book: title, countries, edition, and the picture
// the directory gives, or else the land it is about.
func (c *composer) cover(p plan) []layout.Section {
	d := c.in.Directory
	title, label := c.meta().Title, oneLine(c.in.Label)
	page := layout.FullPage{Background: c.design.ColorNamed("accent")}
	if d.Cover.Media != "" {
		if img, ok := c.picture(d.Cover.Media, d.Cover.Alt, "", "", layout.Origin{Field: "cover"}); ok {
			page.Picture = &img
		}
	}
	page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-title", Text: []layout.Inline{layout.Text{Text: tied(title), NoHyphen: true}}, Origin: layout.Origin{Field: "title"}})
	if names := c.coverCountries(title); names != "" {
		page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-subtitle", Text: layout.Plain(names)})
	}
	if label != "" {
		page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-subtitle", Text: layout.Plain(editionWord(label)), Origin: layout.Origin{Field: "edition"}})
	}
	page.Blocks = append(page.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	if page.Picture == nil {
		if art, ok := c.coverArt(title, c.coverCountries(title)); ok {
			page.Blocks = append(page.Blocks, layout.Space{Lines: 2}, art)
		}
	}
	page.Foot = c.logos()
	if s := oneLine(d.Imprint.Publisher); s != "" {
		page.Foot = append(page.Foot, layout.Paragraph{Style: "cover-foot", Text: []layout.Inline{layout.Text{Text: s, Bold: true}}, Origin: layout.Origin{Field: "imprint.publisher"}})
	}
	return []layout.Section{{Anchor: "partie-cover", Title: "Couverture", Matter: layout.CoverMatter, HideFromContents: true, Blocks: []layout.Block{page}}}
}

// editionWord writes "Édition de septembre 2023", and leaves alone a label
// that already says what it is.
func editionWord(label string) string {
	if strings.Contains(strings.ToLower(label), "dition") {
		return capital(label)
	}
	return "Édition " + ofThing(label)
}

// coverCountries lists the countries when the title does not already say them.
func (c *composer) coverCountries(title string) string {
	if len(c.countries) < 2 || len(c.countries) > 8 {
		return ""
	}
	var names []string
	for _, iso := range c.countries {
		names = append(names, c.country(iso).Name)
	}
	return strings.Join(names, " · ")
}

func (c *composer) logos() []layout.Block {
	var cells [][]layout.Block
	var shares []float64
	for i, l := range c.in.Directory.Logos {
		if img, ok := c.picture(l.Media, l.Alt, "", "", layout.Origin{Field: "logos." + year(i)}); ok {
			img.MaxHeight, img.Width = 42, 1
			cells, shares = append(cells, []layout.Block{img}), append(shares, 1)
		}
	}
	if len(cells) == 0 {
		return nil
	}
	// A lone logo as wide as the cover would shout.
	for len(cells) < 3 {
		cells, shares = append(cells, nil), append(shares, 1)
	}
	return []layout.Block{layout.Side{Shares: shares, Cells: cells}}
}

// backCover says what the book is, and how to get it.
func (c *composer) backCover(p plan) []layout.Section {
	d := c.in.Directory
	page := layout.FullPage{Background: c.design.ColorNamed("accent")}
	page.Blocks = append(page.Blocks, layout.Space{Lines: 6},
		layout.Paragraph{Style: "cover-subtitle", Text: []layout.Inline{layout.Text{Text: c.meta().Title, Bold: true}}, Origin: layout.Origin{Field: "title"}})
	text := c.markdown(p.text, 2, sectionOrigin(p))
	if len(text) == 0 {
		text = c.markdown(d.Blurb, 2, layout.Origin{Field: "blurb"})
	}
	for _, b := range text {
		if para, ok := b.(layout.Paragraph); ok {
			para.Style = "cover-foot"
			b = para
		}
		page.Blocks = append(page.Blocks, layout.Space{Lines: 1}, b)
	}
	if n := c.partnerships(); n > 0 {
		page.Blocks = append(page.Blocks, layout.Space{Lines: 1}, layout.Paragraph{Style: "cover-foot",
			Text: layout.Plain(sentence(capital(count(n, "partenariat", "partenariats") + " " + c.inCountries())))})
	}
	page.Foot = c.logos()
	var lines []string
	for _, s := range []string{d.Imprint.Publisher, d.Imprint.Address} {
		if s = oneLine(s); s != "" {
			lines = append(lines, s)
		}
	}
	if d.Imprint.ISBN != "" {
		lines = append(lines, "ISBN "+oneLine(d.Imprint.ISBN))
	}
	if m := d.Imprint.Price.French(); m != "" {
		lines = append(lines, "Prix : "+m)
	}
	for _, s := range lines {
		page.Foot = append(page.Foot, layout.Paragraph{Style: "cover-foot", Text: layout.Plain(s), Origin: layout.Origin{Field: "imprint"}})
	}
	return []layout.Section{{Anchor: "partie-back-cover", Title: "Quatrième de couverture", Matter: layout.CoverMatter, HideFromContents: true, Blocks: []layout.Block{page}}}
}
