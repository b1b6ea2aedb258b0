package raster

import (
	"math"

	"repertoire/internal/layout"
)

// phases is how many positions within a pixel a glyph is made for, each way.
const phases = 4

// maxGlyphs bounds the cache; a zoom level of a book takes a few thousand.
const maxGlyphs = 30_000

// glyphKey names a glyph as painted.
type glyphKey struct {
	font   int
	id     uint16
	size   float32 // pixels to the em
	px, py uint8   // phase
}

// mask is the coverage of a glyph around its origin.
type mask struct {
	x, y, w, h int // of the corner, from the origin's pixel
	alpha      []uint8
}

func (c *canvas) text(g *layout.Glyphs) {
	if g.Fill.None || g.Font < 0 || g.Font >= len(c.renderer.pages.Fonts) {
		return
	}
	pen := g.X
	for _, glyph := range g.Run {
		x, y := (pen+float64(glyph.DX))*c.scale, (g.Y-float64(glyph.DY))*c.scale
		pen += glyph.Advance
		ix, px := phase(x)
		iy, py := phase(y)
		m := c.glyph(glyphKey{g.Font, glyph.ID, float32(g.Size * c.scale), px, py})
		c.stamp(m, ix, iy, g.Fill)
	}
}

// phase cuts a coordinate into a pixel and the nearest phase within it.
func phase(v float64) (int, uint8) {
	q := int(math.Round(max(-1e6, min(1e6, v)) * phases))
	whole := q / phases
	if q < 0 && q%phases != 0 {
		whole--
	}
	return whole, uint8(q - whole*phases)
}

// glyph returns the mask of a key, made once.
func (c *canvas) glyph(k glyphKey) *mask {
	r := c.renderer
	r.mu.Lock()
	m := r.glyphs[k]
	r.mu.Unlock()
	if m != nil {
		return m
	}
	m = makeMask(r.pages.Fonts[k.font], k)
	r.mu.Lock()
	if len(r.glyphs) >= maxGlyphs {
		clear(r.glyphs)
	}
	r.glyphs[k] = m
	r.mu.Unlock()
	return m
}

func makeMask(font *layout.Font, k glyphKey) *mask {
	scale := float64(k.size) / float64(font.UnitsPerEm)
	lines := flatten(font.Outline(k.id), scale, float64(k.px)/phases, float64(k.py)/phases, true)
	x0, y0, x1, y1 := bounds(lines, 0)
	if x1-x0 > 4000 || y1-y0 > 4000 {
		return &mask{}
	}
	var s scanner
	s.reset(x0, y0, x1, y1)
	fillEdges(&s, lines)
	m := &mask{x: x0, y: y0, w: s.w, h: s.h, alpha: make([]uint8, s.w*s.h)}
	s.coverage(false, func(y int, alpha []uint8) { copy(m.alpha[(y-y0)*m.w:], alpha) })
	return m
}

// stamp paints a mask with its origin at pixel x, y.
func (c *canvas) stamp(m *mask, x, y int, fill layout.Color) {
	b := c.img.Rect
	x0, x1 := max(x+m.x, b.Min.X), min(x+m.x+m.w, b.Max.X)
	if x0 >= x1 {
		return
	}
	for row := range m.h {
		py := y + m.y + row
		if py < b.Min.Y || py >= b.Max.Y {
			continue
		}
		start := row*m.w + x0 - x - m.x
		blend(c.img, x0, py, m.alpha[start:start+x1-x0], fill)
	}
}
