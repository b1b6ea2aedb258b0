package atlas

import (
	"math"
	"sort"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// spot is a point on paper that wants a label.
type spot struct {
	at    xy
	text  string // "12 Lyon"
	short string // "12": what stays when there is no room for the name
}

// rect is a box on paper.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) meets(o rect) bool { return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1 }

func (r rect) within(o rect) bool {
	return r.x0 >= o.x0 && r.x1 <= o.x1 && r.y0 >= o.y0 && r.y1 <= o.y1
}

// placed is where a label went: its anchor on its baseline, its box, and
// whether a line leads to it. Text is "" when no room was found.
type placed struct {
	text     string
	x, y     float64
	align    layout.Align // what x is of the text: its left, middle or right
	box      rect
	lead     bool
	from, to xy
}

const (
	dotRadius = 1.7
	ascent    = 0.74 // of the size, of the box that must stay free
	descent   = 0.22
)

// placeLabels gives each spot a label that meets no other label, no dot and no
// leader line, inside bounds. The crowded ones choose first; each tries its
// eight neighbours, then farther places with a leader line, then the same with
// its short text.
func placeLabels(spots []spot, size float64, bounds rect, blocked []rect) []placed {
	out := make([]placed, len(spots))
	dots := make([]rect, len(spots))
	for i, s := range spots {
		dots[i] = rect{s.at.x - dotRadius, s.at.y - dotRadius, s.at.x + dotRadius, s.at.y + dotRadius}
	}
	p := placer{size: size, bounds: bounds, dots: dots, boxes: blocked}
	for _, i := range byCrowd(spots) {
		out[i] = p.place(i, spots[i])
	}
	return out
}

func byCrowd(spots []spot) []int {
	crowd := make([]int, len(spots))
	order := make([]int, len(spots))
	for i, s := range spots {
		order[i] = i
		for _, o := range spots {
			if math.Hypot(s.at.x-o.at.x, s.at.y-o.at.y) < 30 {
				crowd[i]++
			}
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return crowd[order[a]] > crowd[order[b]] })
	return order
}

type placer struct {
	size   float64
	bounds rect
	dots   []rect
	boxes  []rect
	lines  [][2]xy
}

func (p *placer) place(i int, s spot) placed {
	if s.text == "" {
		return placed{}
	}
	texts := []string{s.text}
	if s.short != "" && s.short != s.text {
		texts = append(texts, s.short)
	}
	for _, text := range texts {
		for _, c := range p.candidates(s.at, chart.TextWidth(text, p.size, true)) {
			if p.free(i, c) {
				c.text = text
				p.boxes = append(p.boxes, c.box)
				if c.lead {
					p.lines = append(p.lines, [2]xy{c.from, c.to})
				}
				return c
			}
		}
	}
	// A point had better hide a dot than stay without its number.
	dots := p.dots
	p.dots = nil
	defer func() { p.dots = dots }()
	for _, c := range p.candidates(s.at, chart.TextWidth(s.short, p.size, true)) {
		if p.free(i, c) {
			c.text = s.short
			p.boxes = append(p.boxes, c.box)
			if c.lead {
				p.lines = append(p.lines, [2]xy{c.from, c.to})
			}
			return c
		}
	}
	return placed{}
}

// candidates are in order of preference: to the right, as maps do, first.
func (p *placer) candidates(at xy, width float64) []placed {
	up, down := p.size*ascent, p.size*descent
	gap := dotRadius + 1.4
	// Anchored at the side of the point, a label keeps its distance whatever
	// the true width of its text.
	put := func(x, y float64, align layout.Align) placed {
		left := x
		switch align {
		case layout.AlignRight:
			left -= width
		case layout.AlignCenter:
			left -= width / 2
		}
		return placed{x: x, y: y, align: align, box: rect{left - 0.6, y - up, left + width + 0.6, y + down}}
	}
	mid := at.y + (up-down)/2
	out := []placed{
		put(at.x+gap, mid, layout.AlignLeft), put(at.x+gap*0.8, mid-p.size*0.5, layout.AlignLeft),
		put(at.x+gap*0.8, mid+p.size*0.55, layout.AlignLeft),
		put(at.x-gap, mid, layout.AlignRight), put(at.x-gap*0.8, mid-p.size*0.5, layout.AlignRight),
		put(at.x-gap*0.8, mid+p.size*0.55, layout.AlignRight),
		put(at.x, at.y-gap-down, layout.AlignCenter), put(at.x, at.y+gap+up, layout.AlignCenter),
	}
	for _, far := range []float64{9, 15, 22, 31, 42, 56, 72} {
		for _, k := range []int{0, 1, 15, 8, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11, 4, 12} {
			angle := float64(k) * math.Pi / 8
			end := xy{at.x + far*math.Cos(angle), at.y - far*math.Sin(angle)}
			c := put(end.x+1, end.y+(up-down)/2, layout.AlignLeft)
			if math.Cos(angle) < -0.01 {
				c = put(end.x-1, end.y+(up-down)/2, layout.AlignRight)
			}
			c.lead, c.from, c.to = true, at, end
			out = append(out, c)
		}
	}
	return out
}

func (p *placer) free(own int, c placed) bool {
	if !c.box.within(p.bounds) {
		return false
	}
	for _, b := range p.boxes {
		if c.box.meets(b) || c.lead && crossesBox(c.from, c.to, b) {
			return false
		}
	}
	for i, d := range p.dots {
		if c.box.meets(d) || i != own && c.lead && crossesBox(c.from, c.to, d) {
			return false
		}
	}
	for _, l := range p.lines {
		if crossesBox(l[0], l[1], c.box) || c.lead && crosses(c.from, c.to, l[0], l[1]) {
			return false
		}
	}
	return true
}

func crosses(a, b, c, d xy) bool {
	side := func(p, q, r xy) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

func crossesBox(a, b xy, r rect) bool {
	if a.x > r.x0 && a.x < r.x1 && a.y > r.y0 && a.y < r.y1 || b.x > r.x0 && b.x < r.x1 && b.y > r.y0 && b.y < r.y1 {
		return true
	}
	c := [4]xy{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}}
	for i := range c {
		if crosses(a, b, c[i], c[(i+1)%4]) {
			return true
		}
	}
	return false
}
