package pdf

import (
	"math"
	"slices"
	"unicode/utf16"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
)

// text writes a run as one text object: glyphs of the subset in a TJ array,
// with adjustments where shaping or justification moved the pen.
func (a *artist) text(g *layout.Glyphs) {
	face := a.faceOf[g.Font]
	color := inkOfText(g.Fill)
	a.setFill(color)
	a.setOverprint(color.C == 0 && color.M == 0 && color.Y == 0 && color.K == 100)
	foreign := g.Lang != "" && g.Lang != language(a.pages.Meta) && a.opts.Variant == Digital && a.node > 0
	if n := a.roles[g.Node]; n != nil && n.Lang == g.Lang {
		foreign = false // its element says so
	}
	if foreign {
		a.pending = append(a.pending, "/Span <</Lang "...)
		a.pending = append(object.Append(a.pending, object.Text(g.Lang)), ">> BDC\n"...)
	}
	x, y := a.x(g.X), a.y(g.Y)
	a.ops("BT /F")
	a.pending = appendInt(a.pending, a.resource[g.Font])
	a.ops(" ", g.Size, "Tf 1 0 0 1 ", x, y, "Tm\n")
	t := setter{out: a.pending, face: face, size: g.Size}
	a.clusters = clusters(g, a.clusters)
	pen := 0.0
	for i := range a.clusters {
		c := &a.clusters[i]
		c.x = pen
		for _, glyph := range g.Run[c.first:c.end] {
			pen += glyph.Advance
		}
	}
	if g.RTL {
		// Glyphs come as they are seen, from left to right. Written in the
		// order they are read, with the pen going back, they give readers and
		// screen readers the text as it is spoken.
		slices.Reverse(a.clusters)
	}
	for _, c := range a.clusters {
		t.cluster(g, c)
	}
	t.closeArray()
	a.pending = append(t.out, "ET\n"...)
	if foreign {
		a.ops("EMC\n")
	}
	a.cover(g.Node, x, y-0.3*g.Size, x+pen, y+g.Size)
}

// inkOfText keeps text on one plate when it is meant to be black: four inks
// under small type show at the least misregister.
func inkOfText(c layout.Color) layout.Color {
	if c.K >= 80 && int(c.C)+int(c.M)+int(c.Y) > 0 {
		c.C, c.M, c.Y, c.K = 0, 0, 0, 100
	}
	return c
}

// setter writes the glyphs of one text object.
type setter struct {
	out    []byte
	face   *face
	size   float64
	actual float64 // where a reader's pen is
	rise   float64
	array  bool // inside [ ]
	text   bool // inside < >
}

// cluster writes the CID of a cluster where its glyphs are.
func (t *setter) cluster(g *layout.Glyphs, c cluster) {
	cid := t.face.cid(g, c, false)
	dx, dy := 0.0, 0.0
	if c.end-c.first == 1 {
		dx, dy = float64(g.Run[c.first].DX), float64(g.Run[c.first].DY)
	}
	if math.Abs(dy-t.rise) > 0.001 {
		t.closeArray()
		t.rise = dy
		t.out = append(object.AppendFloat(t.out, dy), " Ts\n"...)
	}
	// Whole thousandths of an em; what is rounded away is carried on, so that
	// the end of a line falls where layout put it.
	shift := c.x + dx - t.actual
	adjust := math.Round(shift * 1000 / t.size)
	if adjust != 0 {
		t.openArray()
		if t.text {
			t.out = append(t.out, '>')
			t.text = false
		}
		t.out = appendInt(t.out, -int(adjust))
		t.actual += adjust * t.size / 1000
	}
	t.openArray()
	if !t.text {
		t.out = append(t.out, '<')
		t.text = true
	}
	t.out = appendHex16(t.out, cid)
	t.actual += t.face.width[cid] * t.size / 1000
}

func (t *setter) openArray() {
	if !t.array {
		t.out = append(t.out, '[')
		t.array = true
	}
}

func (t *setter) closeArray() {
	if t.text {
		t.out = append(t.out, '>')
		t.text = false
	}
	if t.array {
		t.out = append(t.out, "] TJ\n"...)
		t.array = false
	}
}

const hexDigits = "0123456789ABCDEF"

func appendHex16(b []byte, v uint16) []byte {
	return append(b, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
}

// appendUnits writes the UTF-16 of s as a hexadecimal string.
func appendUnits(b []byte, s string) []byte {
	b = append(b, '<')
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex16(b, u)
	}
	return append(b, '>')
}
