package atlas

import (
	"math"

	"repertoire/internal/layout"
)

// land turns rings into one path of the frame: projected, cut to the frame,
// simplified to what a press can show. nil when nothing is left.
func (f frame) land(rings []Ring, tolerance float64) []layout.PathOp {
	var ops []layout.PathOp
	for _, r := range rings {
		if len(r) < 3 || !boxOf(r).meets(f.box) {
			continue
		}
		pts := make([]xy, len(r))
		for i, p := range r {
			pts[i] = f.at(p)
		}
		pts = simplify(pts, tolerance)
		pts = clip(pts, f.x0, f.y0, f.x0+f.w, f.y0+f.h)
		// An islet under a third of a square point is dust in print.
		if len(pts) < 3 || math.Abs(paperArea(pts)) < 0.3 {
			continue
		}
		for i, p := range pts {
			kind := byte('L')
			if i == 0 {
				kind = 'M'
			}
			ops = append(ops, layout.PathOp{Kind: kind, X: round(p.x), Y: round(p.y)})
		}
		ops = append(ops, layout.PathOp{Kind: 'Z'})
	}
	return ops
}

// round keeps a hundredth of a point: what a PDF holds, and the same bytes on
// every machine.
func round(v float64) float64 { return math.Round(v*100) / 100 }

func paperArea(pts []xy) float64 {
	sum := 0.0
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum / 2
}

// simplify is Douglas–Peucker without recursion: coastlines of thousands of
// points come in.
func simplify(pts []xy, tolerance float64) []xy {
	n := len(pts)
	if n < 5 {
		return pts
	}
	keep := make([]bool, n)
	keep[0], keep[n-1] = true, true
	// A ring has no ends: the point farthest from the first makes the second.
	far, best := 0, -1.0
	for i, p := range pts {
		if d := math.Hypot(p.x-pts[0].x, p.y-pts[0].y); d > best {
			far, best = i, d
		}
	}
	keep[far] = true
	stack := [][2]int{{0, far}, {far, n - 1}}
	for len(stack) > 0 {
		a, b := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		at, worst := -1, tolerance
		for i := a + 1; i < b; i++ {
			if d := distance(pts[i], pts[a], pts[b]); d > worst {
				at, worst = i, d
			}
		}
		if at >= 0 {
			keep[at] = true
			stack = append(stack, [2]int{a, at}, [2]int{at, b})
		}
	}
	out := make([]xy, 0, n/4)
	for i, p := range pts {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// distance of p from the segment ab.
func distance(p, a, b xy) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	l := dx*dx + dy*dy
	if l == 0 {
		return math.Hypot(p.x-a.x, p.y-a.y)
	}
	t := min(max(((p.x-a.x)*dx+(p.y-a.y)*dy)/l, 0), 1)
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

// clip cuts a ring to a rectangle, edge after edge (Sutherland–Hodgman).
func clip(pts []xy, x0, y0, x1, y1 float64) []xy {
	type edge struct {
		inside func(xy) bool
		cut    func(a, b xy) xy
	}
	atX := func(x float64) func(a, b xy) xy {
		return func(a, b xy) xy { return xy{x, a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)} }
	}
	atY := func(y float64) func(a, b xy) xy {
		return func(a, b xy) xy { return xy{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y} }
	}
	for _, e := range []edge{
		{func(p xy) bool { return p.x >= x0 }, atX(x0)}, {func(p xy) bool { return p.x <= x1 }, atX(x1)},
		{func(p xy) bool { return p.y >= y0 }, atY(y0)}, {func(p xy) bool { return p.y <= y1 }, atY(y1)},
	} {
		var out []xy
		for i, p := range pts {
			q := pts[(i+1)%len(pts)]
			in, next := e.inside(p), e.inside(q)
			if in {
				out = append(out, p)
			}
			if in != next {
				out = append(out, e.cut(p, q))
			}
		}
		pts = out
		if len(pts) == 0 {
			return nil
		}
	}
	return pts
}
