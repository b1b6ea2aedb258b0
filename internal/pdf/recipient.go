package pdf

import (
	"repertoire/internal/layout"
)

// recipientSize is the size of the line at the foot, in points.
const recipientSize = 6.5

// recipientLine sets "Exemplaire de …" centred at the foot of the page, in
// the font of the book that has most of its characters. The font is listed
// once more for it, so that the subsets of the book do not change.
func recipientLine(p *layout.Pages, name string) (*layout.Glyphs, []*layout.Font) {
	text := "Exemplaire de " + name
	var font *layout.Font
	best := -1
	for _, f := range p.Fonts {
		n := 0
		for _, r := range text {
			if f.Has(r) {
				n++
			}
		}
		if n > best {
			font, best = f, n
		}
	}
	if font == nil {
		return nil, p.Fonts
	}
	g := &layout.Glyphs{Font: len(p.Fonts), Size: recipientSize, Text: text, Fill: layout.Color{K: 60, R: 110, G: 110, B: 110}}
	width := 0.0
	for at, r := range text {
		id, _ := font.GlyphOf(r)
		advance := font.Advance(id) * recipientSize / float64(font.UnitsPerEm)
		g.Run = append(g.Run, layout.Glyph{ID: id, Advance: advance, Start: at, End: at + len(string(r))})
		width += advance
	}
	g.X, g.Y = (p.Size.W-width)/2, p.Size.H-4*millimetre
	return g, append(append([]*layout.Font(nil), p.Fonts...), font)
}
