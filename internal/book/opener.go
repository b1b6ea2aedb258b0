package book

import (
	"strconv"
	"strings"

	"repertoire/internal/book/atlas"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// A book of fewer characters than longBook is read from end to end: pages of
// colour between its parts would be more than the parts.
const longBook = 200_000

// openerParts are the parts that open on a page of colour, in books long enough.
var openerParts = map[string]bool{PartPresentation: true, PartFigures: true, PartEntries: true, PartIndexFrench: true}

// opened tells whether the parts of the book open on a page of their own.
func (c *composer) opened() bool {
	if !c.design.HasStyle("cover-kicker") {
		return false // a design frozen before they were
	}
	sum := 0
	for _, e := range c.entries {
		if e.density != repertoire.DensityTable {
			sum += weight(e) + openerHead
		}
	}
	return sum >= longBook
}

// openerHead is the text that the head of an entry and its facts stand for.
const openerHead = 600

// openers puts a page of colour before the main parts: number, title, the land
// the book is about. The part's own title moves there; the indexes, which are one
// part of several titles, keep theirs.
func (c *composer) openers(sections []layout.Section) []layout.Section {
	if !c.opened() {
		return sections
	}
	n := 0
	for i := range sections {
		s := &sections[i]
		key := strings.TrimPrefix(s.Anchor, "partie-") // short indexes, set as one, go without
		if !openerParts[key] || len(s.Blocks) == 0 {
			continue
		}
		n++
		s.Recto = true
		title, ok := s.Blocks[0].(layout.Heading)
		switch {
		case key == PartIndexFrench:
			s.Blocks = append([]layout.Block{c.opener(n, layout.Paragraph{Style: "cover-title", Text: layout.Plain("Index")}, 1)},
				s.Blocks...)
		case ok && title.Level == 1:
			size, _ := c.design.StyleSize("cover-title")
			lines := balanced(s.Title, size, c.design.CoverWidth())
			title.Style, title.Text = "cover-title", broken(lines)
			s.Blocks = append([]layout.Block{c.opener(n, title, len(lines))}, s.Blocks[1:]...)
		default:
			s.Blocks = append([]layout.Block{c.opener(n, layout.Paragraph{Style: "cover-title", Text: layout.Plain(s.Title)}, 1)},
				s.Blocks...)
		}
	}
	return sections
}

func (c *composer) opener(n int, title layout.Block, lines int) layout.FullPage {
	page := layout.FullPage{Background: c.coverBackground(), Blocks: []layout.Block{
		layout.Paragraph{Style: "cover-kicker", Text: layout.Plain("PARTIE\u00a0" + strconv.Itoa(n))}, title}}
	if art, ok := c.openerArt(c.coverHead(lines)); ok {
		page.Art = &art
	}
	return page
}

// openerArt is the outline of the land, large and pale, without a town.
func (c *composer) openerArt(head float64) (layout.Drawing, bool) {
	var main []atlas.Outline
	for _, iso := range c.present() {
		if r := c.land(iso); len(r) > 0 {
			main = append(main, atlas.Outline{ISO: iso, Rings: r})
		}
	}
	size := c.design.Page
	background := c.coverBackground()
	land := atlas.Mix(background, c.design.ColorNamed("paper"), 0.12)
	width := size.W * 0.86
	d, ok := atlas.Silhouette(main, nil, atlas.Size{Width: width, MaxHeight: size.H - head - 70}, land, chart.NoColor, chart.NoColor)
	if !ok {
		return d, false
	}
	return atlas.Placed(d, size.W-width*0.98, size.H-d.H-40, layout.Size{W: size.W, H: size.H}), true
}
