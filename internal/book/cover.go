package book

import (
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// cover is the front of the book: title, countries, edition, over the picture
// the directory gives, or else over art made of its data: the land it is about
// and the arcs that lead to its towns.
func (c *composer) cover(p plan) []layout.Section {
	d := c.in.Directory
	label := oneLine(c.in.Label)
	kicker, title := coverTitle(c.meta().Title)
	page := layout.FullPage{Background: c.coverBackground()}
	if d.Cover.Media != "" {
		if img, ok := c.coverPicture(); ok {
			page.Picture = &img
		}
	}
	if kicker != "" {
		page.Blocks = append(page.Blocks, layout.Paragraph{Style: c.styled("cover-kicker", "cover-foot"), Text: layout.Plain(kicker),
			Origin: layout.Origin{Field: "title"}})
	}
	width := c.design.CoverWidth()
	size, _ := c.design.StyleSize("cover-title")
	lines := balanced(title, size, width)
	page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-title", Text: broken(lines), Origin: layout.Origin{Field: "title"}})
	if names := c.coverCountries(title); names != "" {
		page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-subtitle", Text: layout.Plain(names)})
	}
	if label != "" {
		page.Blocks = append(page.Blocks, layout.Paragraph{Style: "cover-subtitle", Text: layout.Plain(editionWord(label)),
			Origin: layout.Origin{Field: "edition"}})
	}
	page.Blocks = append(page.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	head := c.coverHead(len(lines)) + c.underTitle(len(page.Blocks)-2)
	if page.Picture != nil {
		page.Art = c.coverPanel(head)
	} else if art, ok := c.coverArcs(head); ok {
		page.Art = &art
	}
	page.Foot = c.logos()
	if s := oneLine(d.Imprint.Publisher); s != "" {
		page.Foot = append(page.Foot, layout.Paragraph{Style: "cover-foot", Text: []layout.Inline{layout.Text{Text: s, Bold: true}},
			Origin: layout.Origin{Field: "imprint.publisher"}})
	}
	return []layout.Section{{Anchor: "partie-cover", Title: "Couverture", Matter: layout.CoverMatter, HideFromContents: true,
		Blocks: []layout.Block{page}}}
}

// coverTitle sets apart the word that says what the book is: "Répertoire",
// "Partenariats de coopération décentralisée franco-japonais".
func coverTitle(title string) (kicker, rest string) {
	for _, head := range []string{"Répertoire des ", "Répertoire de ", "Répertoire d’"} {
		if r, ok := strings.CutPrefix(title, head); ok && r != "" {
			return "RÉPERTOIRE", repertoire.Capital(r)
		}
	}
	return "", title
}

// coverBackground is the colour of the cover; older designs have the accent alone.
func (c *composer) coverBackground() layout.Color {
	if n := c.design.ColorNamed("night"); n != c.design.ColorNamed("ink") {
		return n
	}
	return c.design.ColorNamed("accent")
}

// styled gives a style, or another where a frozen design lacks it.
func (c *composer) styled(name, other layout.Style) layout.Style {
	if c.design.HasStyle(name) {
		return name
	}
	return other
}

// coverHead is how far down the title and what is under it reach.
func (c *composer) coverHead(lines int) float64 {
	scale := min(max(c.design.Page.H/680, 0.95), 1.12)
	return (150 + 34*float64(lines)) * scale
}

// underTitle is what more than one line under the title takes.
func (c *composer) underTitle(lines int) float64 {
	size, _ := c.design.StyleSize("cover-subtitle")
	return 1.5 * size * float64(max(lines-1, 0))
}

// coverPanel is the background of the title over a photograph.
func (c *composer) coverPanel(head float64) *layout.Drawing {
	const bleed = 9.0
	size := c.design.Page
	return &layout.Drawing{W: size.W, H: size.H, Decorative: true, Shapes: []layout.Shape{
		chart.Rect(-bleed, -bleed, size.W+2*bleed, head+bleed, c.coverBackground(), chart.NoColor, 0)}}
}

// balanced breaks a title into as few lines as it needs, of about one length.
func balanced(title string, size, width float64) []string {
	const many = 99
	n := len(chart.Wrap(title, size, width, true, many))
	low, high := width*0.4, width
	// No line is narrower than a word.
	for _, w := range strings.Fields(title) {
		low = min(max(low, chart.TextWidth(w, size, true)+1), width)
	}
	for range 12 {
		mid := (low + high) / 2
		if len(chart.Wrap(title, size, mid, true, many)) > n {
			low = mid
		} else {
			high = mid
		}
	}
	return chart.Wrap(title, size, high, true, many)
}

func broken(lines []string) []layout.Inline {
	var out []layout.Inline
	for i, l := range lines {
		if i > 0 {
			out = append(out, layout.Break{})
		}
		out = append(out, layout.Text{Text: l, NoHyphen: true})
	}
	return out
}

// editionWord writes "Édition de septembre 2023", and leaves alone a label
// that already says what it is.
func editionWord(label string) string {
	if strings.Contains(strings.ToLower(label), "dition") {
		return repertoire.Capital(label)
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
