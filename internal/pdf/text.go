package pdf

import (
	"math"
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
	for _, c := range a.clusters {
		t.cluster(g, c)
	}
	t.closeArray()
	a.pending = append(t.out, "ET\n"...)
	if foreign {
		a.ops("EMC\n")
	}
	a.cover(g.Node, x, y-0.3*g.Size, x+t.wanted, y+g.Size)
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
	wanted float64 // where layout wants the pen, points from the start
	actual float64 // where a reader's pen is
	rise   float64
	array  bool // inside [ ]
	text   bool // inside < >
}

// cluster writes the glyphs of a cluster, under an ActualText when ToUnicode
// alone would tell another text.
func (t *setter) cluster(g *layout.Glyphs, c cluster) {
	glyphs := g.Run[c.first:c.end]
	spoken := len(glyphs) == 1 && (c.text == "" || sameText(c.text, t.face.text[t.face.cid[glyphs[0].ID]]))
	if !spoken {
		t.closeArray()
		t.out = append(t.out, "/Span <</ActualText "...)
		t.out = append(appendUTF16(t.out, c.text), ">> BDC\n"...)
	}
	for _, glyph := range glyphs {
		t.glyph(glyph)
	}
	if !spoken {
		t.closeArray()
		t.out = append(t.out, "EMC\n"...)
	}
}

// sameText treats the spaces of French typography as one: a font that draws
// them with one glyph needs no remark at each.
func sameText(a, b string) bool { return a == b || isSpaceText(a) && isSpaceText(b) }

func isSpaceText(s string) bool {
	switch s {
	case " ", "\u00a0", "\u202f", "\u2009":
		return true
	}
	return false
}

func (t *setter) glyph(g layout.Glyph) {
	cid := t.face.cid[g.ID]
	if math.Abs(g.DY-t.rise) > 0.001 {
		t.closeArray()
		t.rise = g.DY
		t.out = append(object.AppendFloat(t.out, g.DY), " Ts\n"...)
	}
	// Whole thousandths of an em; what is rounded away is carried on, so that
	// the end of a line falls where layout put it.
	shift := t.wanted + g.DX - t.actual
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
	t.wanted += g.Advance
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

// appendUTF16 writes s as a hexadecimal text string with its mark.
func appendUTF16(b []byte, s string) []byte { return appendUnits(b, "\ufeff"+s) }

// appendUnits writes the UTF-16 of s as a hexadecimal string.
func appendUnits(b []byte, s string) []byte {
	b = append(b, '<')
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex16(b, u)
	}
	return append(b, '>')
}
