package chart

import (
	"math"
	"strconv"

	"repertoire/internal/layout"
)

// Families is how many families of themes have a colour and a sign.
const Families = 8

// Sign is the mark of a family of themes, 1 to Families, in a square of one
// point: it tells the families apart in grey, and to those who see no colours.
func Sign(family int) []layout.PathOp {
	switch family {
	case 1:
		return polygon(point{0.08, 0.08}, point{0.92, 0.08}, point{0.92, 0.92}, point{0.08, 0.92})
	case 2:
		return circleOps(0.5, 0.5, 0.47)
	case 3:
		return polygon(point{0.5, 0}, point{1, 0.92}, point{0, 0.92})
	case 4:
		return polygon(point{0.5, 0}, point{1, 0.5}, point{0.5, 1}, point{0, 0.5})
	case 5:
		return polygon(point{0, 0.08}, point{1, 0.08}, point{0.5, 1})
	case 6:
		return star(5, 0.52, 0.22)
	case 7:
		return append(polygon(point{0, 0.1}, point{1, 0.1}, point{1, 0.42}, point{0, 0.42}),
			polygon(point{0, 0.58}, point{1, 0.58}, point{1, 0.9}, point{0, 0.9})...)
	}
	const a, b = 0.34, 0.66
	return polygon(point{a, 0}, point{b, 0}, point{b, a}, point{1, a}, point{1, b}, point{b, b}, point{b, 1}, point{a, 1}, point{a, b},
		point{0, b}, point{0, a}, point{a, a})
}

type point struct{ x, y float64 }

func polygon(points ...point) []layout.PathOp {
	var out []layout.PathOp
	for i, p := range points {
		kind := byte('L')
		if i == 0 {
			kind = 'M'
		}
		out = append(out, layout.PathOp{Kind: kind, X: p.x, Y: p.y})
	}
	return append(out, layout.PathOp{Kind: 'Z'})
}

func star(arms int, out, in float64) []layout.PathOp {
	var points []point
	for i := range 2 * arms {
		r := out
		if i%2 == 1 {
			r = in
		}
		a := math.Pi * (float64(i)/float64(arms) - 0.5)
		points = append(points, point{0.5 + r*math.Cos(a), 0.52 + r*math.Sin(a)})
	}
	return polygon(points...)
}

func circleOps(x, y, r float64) []layout.PathOp {
	const k = 0.5522847498 // handle length of a quarter circle
	arc := func(x1, y1, x2, y2, x3, y3 float64) layout.PathOp {
		return layout.PathOp{Kind: 'C', X1: x1, Y1: y1, X2: x2, Y2: y2, X: x3, Y: y3}
	}
	return []layout.PathOp{{Kind: 'M', X: x + r, Y: y},
		arc(x+r, y+k*r, x+k*r, y+r, x, y+r), arc(x-k*r, y+r, x-r, y+k*r, x-r, y),
		arc(x-r, y-k*r, x-k*r, y-r, x, y-r), arc(x+k*r, y-r, x+r, y-k*r, x+r, y), {Kind: 'Z'}}
}

// placed moves and scales a sign.
func placed(ops []layout.PathOp, x, y, k float64, fill layout.Color) *layout.Path {
	out := &layout.Path{Fill: fill, Stroke: NoColor, Ops: make([]layout.PathOp, len(ops))}
	for i, op := range ops {
		op.X, op.Y, op.X1, op.Y1, op.X2, op.Y2 = x+op.X*k, y+op.Y*k, x+op.X1*k, y+op.Y1*k, x+op.X2*k, y+op.Y2*k
		out.Ops[i] = op
	}
	return out
}

// Pill is a word in a rounded frame: full in its colour, or only outlined.
type Pill struct {
	Text   string
	Fill   layout.Color // None for an outlined one
	Stroke layout.Color
	Sign   []layout.PathOp // before the word
}

const (
	pillSize   = 6.8
	pillHeight = 12.6
	pillPad    = 6.0
	pillGap    = 4.0
)

// Pills sets pills in rows no wider than width.
func Pills(pills []Pill, width float64, alt string) layout.Drawing {
	d := layout.Drawing{Alt: alt}
	x, y := 0.0, 0.0
	for _, p := range pills {
		sign := 0.0
		if len(p.Sign) > 0 {
			sign = pillSize + 2.5
		}
		text := Wrap(p.Text, pillSize, width-2*pillPad-sign, true, 1)
		if len(text) == 0 {
			continue
		}
		w := TextWidth(text[0], pillSize, true) + 2*pillPad + sign
		if x > 0 && x+w > width {
			x, y = 0, y+pillHeight+3
		}
		ink := p.Stroke
		if !p.Fill.None {
			ink = layout.Readable(p.Fill)
		}
		d.Shapes = append(d.Shapes, rounded(x+0.4, y+0.4, w-0.8, pillHeight-0.8, p.Fill, p.Stroke))
		if len(p.Sign) > 0 {
			d.Shapes = append(d.Shapes, placed(p.Sign, x+pillPad-1, y+(pillHeight-pillSize*0.82)/2, pillSize*0.82, ink))
		}
		d.Shapes = append(d.Shapes, &layout.Label{X: x + pillPad + sign, Y: y + pillHeight/2 + pillSize*0.36, Text: text[0], Size: pillSize,
			Bold: true, Align: layout.AlignLeft, Fill: ink, Halo: NoColor})
		x += w + pillGap
		d.W = max(d.W, x-pillGap)
	}
	d.H = y + pillHeight
	return d
}

// Key tells what the colours and the signs of pills mean, in two columns read
// down.
func Key(list []Pill, width float64, alt string, ink Ink) layout.Drawing {
	const size, row, sign = 7.8, 12.5, 7.0
	rows := (len(list) + 1) / 2
	d := layout.Drawing{W: width, H: row*float64(rows) + 2, Width: 1, Alt: alt}
	for i, p := range list {
		x, y := width/2*float64(i/rows), row*float64(i%rows)+2
		d.Shapes = append(d.Shapes, placed(p.Sign, x, y+(row-sign)/2-1, sign, p.Fill))
		if text := Wrap(p.Text, size, width/2-sign-10, false, 1); len(text) > 0 {
			d.Shapes = append(d.Shapes, &layout.Label{X: x + sign + 5, Y: y + row/2 + size*0.3, Text: text[0], Size: size,
				Align: layout.AlignLeft,
				Fill:  ink.Text, Halo: NoColor})
		}
	}
	return d
}

func rounded(x, y, w, h float64, fill, stroke layout.Color) *layout.Path {
	const k = 0.5522847498
	r := h / 2
	c := r * (1 - k)
	return &layout.Path{Fill: fill, Stroke: stroke, Width: 0.6, Ops: []layout.PathOp{
		{Kind: 'M', X: x + r, Y: y}, {Kind: 'L', X: x + w - r, Y: y},
		{Kind: 'C', X1: x + w - c, Y1: y, X2: x + w, Y2: y + c, X: x + w, Y: y + r},
		{Kind: 'C', X1: x + w, Y1: y + h - c, X2: x + w - c, Y2: y + h, X: x + w - r, Y: y + h},
		{Kind: 'L', X: x + r, Y: y + h},
		{Kind: 'C', X1: x + c, Y1: y + h, X2: x, Y2: y + h - c, X: x, Y: y + r},
		{Kind: 'C', X1: x, Y1: y + c, X2: x + c, Y2: y, X: x + r, Y: y}, {Kind: 'Z'}}}
}

// Timeline marks years on a line, evenly apart: conventions that follow each
// other matter, not the room between them.
func Timeline(years []int, width float64, line, dot, text layout.Color) layout.Drawing {
	const size = 6.4
	d := layout.Drawing{W: width, H: 18, Width: 1}
	step := width
	if len(years) > 1 {
		step = (width - 24) / float64(len(years)-1)
	}
	d.Shapes = append(d.Shapes, Line(2, 5, width-2, 5, line, 0.6))
	words := "Années des conventions :"
	for i, y := range years {
		x := 12 + step*float64(i)
		if len(years) == 1 {
			x = 12
		}
		d.Shapes = append(d.Shapes, placed(circleOps(0.5, 0.5, 0.5), x-2.4, 2.6, 4.8, dot),
			&layout.Label{X: x, Y: 16, Text: strconv.Itoa(y), Size: size, Align: layout.AlignCenter, Fill: text, Halo: NoColor})
		if i > 0 {
			words += ","
		}
		words += " " + strconv.Itoa(y)
	}
	d.Alt = words + "."
	return d
}

// Thin is one thin bar, a share of its width.
func Thin(share, width float64, fill layout.Color) layout.Drawing {
	const high = 3.6
	w := max(min(share, 1)*width, 0.8)
	return layout.Drawing{W: width, H: 7.4, Width: 1, Decorative: true,
		Shapes: []layout.Shape{Rect(0, 7.4-high-0.6, w, high, fill, NoColor, 0)}}
}
