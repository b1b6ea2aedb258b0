package raster

import (
	"math"

	"repertoire/internal/layout"
)

type point struct{ x, y float64 }

// polyline is a flattened subpath.
type polyline struct {
	points []point
	closed bool
}

// flatness is how far, in pixels, a curve may lie from its chords.
const flatness = 0.1

// flatten turns a path into lines under scale and offset; flip turns y around,
// as glyph outlines need.
func flatten(ops []layout.PathOp, scale, dx, dy float64, flip bool) []polyline {
	sy := scale
	if flip {
		sy = -scale
	}
	at := func(x, y float64) point { return point{x*scale + dx, y*sy + dy} }
	var out []polyline
	var cur polyline
	end := func() {
		if len(cur.points) > 1 {
			out = append(out, cur)
		}
		cur = polyline{}
	}
	for _, op := range ops {
		switch op.Kind {
		case 'M':
			end()
			cur.points = append(cur.points, at(op.X, op.Y))
		case 'L':
			cur.points = append(cur.points, at(op.X, op.Y))
		case 'C':
			if len(cur.points) == 0 {
				cur.points = append(cur.points, at(op.X1, op.Y1))
			}
			cur.points = curve(cur.points, at(op.X1, op.Y1), at(op.X2, op.Y2), at(op.X, op.Y))
		case 'Z':
			if len(cur.points) == 0 {
				continue
			}
			start := cur.points[0]
			cur.closed = true
			end()
			cur.points = append(cur.points, start)
		}
	}
	end()
	return out
}

// curve appends a cubic in as many chords as its bend asks for.
func curve(points []point, c1, c2, to point) []point {
	from := points[len(points)-1]
	// The second differences bound the distance to n equal chords by
	// bend/(8n²)·6.
	bend := max(math.Hypot(from.x-2*c1.x+c2.x, from.y-2*c1.y+c2.y), math.Hypot(c1.x-2*c2.x+to.x, c1.y-2*c2.y+to.y))
	n := min(100, max(1, int(math.Ceil(math.Sqrt(0.75*bend/flatness)))))
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		points = append(points, point{a*from.x + b*c1.x + c*c2.x + d*to.x, a*from.y + b*c1.y + c*c2.y + d*to.y})
	}
	return points
}

// bounds gives the box of pixels that lines touch, widened by margin.
func bounds(lines []polyline, margin float64) (x0, y0, x1, y1 int) {
	fx0, fy0, fx1, fy1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, l := range lines {
		for _, p := range l.points {
			fx0, fy0, fx1, fy1 = min(fx0, p.x), min(fy0, p.y), max(fx1, p.x), max(fy1, p.y)
		}
	}
	if fx0 > fx1 {
		return 0, 0, 0, 0
	}
	return pixel(math.Floor(fx0 - margin)), pixel(math.Floor(fy0 - margin)), pixel(math.Ceil(fx1 + margin)), pixel(math.Ceil(fy1 + margin))
}

// pixel keeps absurd coordinates from overflowing.
func pixel(v float64) int { return int(max(-1e6, min(1e6, v))) }

// fillEdges adds closed lines to the scanner.
func fillEdges(s *scanner, lines []polyline) {
	for _, l := range lines {
		for i, p := range l.points {
			q := l.points[(i+1)%len(l.points)]
			s.edge(p.x, p.y, q.x, q.y)
		}
	}
}
