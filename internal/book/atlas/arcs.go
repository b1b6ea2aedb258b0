package atlas

import (
	"math"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// Look is the colours and the place of an art of arcs: the land stands at X, Y,
// as low as Bottom, and arcs come in at From.
type Look struct {
	Land, Line, Dot    layout.Color
	X, Y, From, Bottom float64
}

// mostArcs is how many arcs a cover bears before they hide each other.
const mostArcs = 70

// Arcs draws land with an arc to each of its places.
func Arcs(main []Outline, places []Place, size Size, look Look) (layout.Drawing, bool) {
	d, ok := Silhouette(main, places, size, look.Land, look.Line, look.Dot)
	if !ok {
		return d, false
	}
	dy := max(look.Y, look.Bottom-d.H)
	var land, dots, arcs []layout.Shape
	for _, s := range d.Shapes {
		p, ok := s.(*layout.Path)
		if !ok {
			continue
		}
		p = shifted(p, look.X, dy)
		if p.Fill == look.Dot {
			dots = append(dots, p)
		} else {
			land = append(land, p)
		}
	}
	step := max(1, (len(dots)+mostArcs-1)/mostArcs)
	for i := 0; i < len(dots); i += step {
		to := middle(dots[i].(*layout.Path))
		from := xy{look.From, dy + d.H*(0.35+0.2*float64(i)/float64(max(len(dots), 1)))}
		rise := math.Hypot(to.x-from.x, to.y-from.y) * 0.32
		ink := look.Dot
		if i < len(places) && places[i].Ink != (layout.Color{}) {
			ink = places[i].Ink
		}
		top := max(min(from.y, to.y)-rise, look.Y-20)
		arcs = append(arcs, &layout.Path{Fill: chart.NoColor, Stroke: ink, Width: 0.9,
			Ops: []layout.PathOp{{Kind: 'M', X: round(from.x), Y: round(from.y)},
				{Kind: 'C', X1: round(from.x + (to.x-from.x)*0.35), Y1: round(top), X2: round(from.x + (to.x-from.x)*0.78), Y2: round(top),
					X: round(to.x), Y: round(to.y)}}})
	}
	d.Shapes = append(append(land, arcs...), dots...)
	return d, true
}

// Placed moves a drawing of paths to x, y of a page and gives it the page's size.
func Placed(d layout.Drawing, x, y float64, page layout.Size) layout.Drawing {
	out := layout.Drawing{W: page.W, H: page.H, Decorative: true}
	for _, s := range d.Shapes {
		if p, ok := s.(*layout.Path); ok {
			out.Shapes = append(out.Shapes, shifted(p, x, y))
		}
	}
	return out
}

func shifted(p *layout.Path, dx, dy float64) *layout.Path {
	out := *p
	out.Ops = make([]layout.PathOp, len(p.Ops))
	for i, op := range p.Ops {
		op.X, op.Y, op.X1, op.Y1, op.X2, op.Y2 = op.X+dx, op.Y+dy, op.X1+dx, op.Y1+dy, op.X2+dx, op.Y2+dy
		out.Ops[i] = op
	}
	return &out
}

// middle of a dot.
func middle(p *layout.Path) xy {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, op := range p.Ops {
		if op.Kind != 'Z' {
			x0, y0, x1, y1 = min(x0, op.X), min(y0, op.Y), max(x1, op.X), max(y1, op.Y)
		}
	}
	return xy{(x0 + x1) / 2, (y0 + y1) / 2}
}
