package raster

import "math"

// miterLimit is PDF's default.
const miterLimit = 10

// strokeEdges adds the outline of a stroke: a quadrilateral for each segment
// and a wedge for each join, all turning the same way so that overlaps add up
// instead of cancelling. Caps are butt and joins mitred, as PDF defaults.
func strokeEdges(s *scanner, lines []polyline, width float64, dash []float64) {
	for _, l := range dashed(lines, dash) {
		pts := distinct(l.points, l.closed)
		n := len(pts)
		if n < 2 {
			continue
		}
		segments := n - 1
		if l.closed {
			segments = n
		}
		for i := range segments {
			a, b := pts[i], pts[(i+1)%n]
			nx, ny := normal(a, b, width/2)
			polygon(s, point{a.x + nx, a.y + ny}, point{b.x + nx, b.y + ny}, point{b.x - nx, b.y - ny}, point{a.x - nx, a.y - ny})
		}
		for i := range n {
			if !l.closed && (i == 0 || i == n-1) {
				continue
			}
			join(s, pts[(i+n-1)%n], pts[i], pts[(i+1)%n], width/2)
		}
	}
}

// normal is the vector of length r to the left of a→b.
func normal(a, b point, r float64) (x, y float64) {
	d := math.Hypot(b.x-a.x, b.y-a.y)
	return (b.y - a.y) / d * r, -(b.x - a.x) / d * r
}

// join fills the outer side of a corner at b.
func join(s *scanner, a, b, c point, r float64) {
	n1x, n1y := normal(a, b, r)
	n2x, n2y := normal(b, c, r)
	cross := n1x*n2y - n1y*n2x
	if math.Abs(cross) < 1e-9*r*r {
		return
	}
	if cross < 0 { // the outer side is the other one
		n1x, n1y, n2x, n2y = -n1x, -n1y, -n2x, -n2y
	}
	p, q := point{b.x + n1x, b.y + n1y}, point{b.x + n2x, b.y + n2y}
	// The tip lies along the sum of the normals; its length over r is the
	// miter ratio.
	mx, my := n1x+n2x, n1y+n2y
	square := mx*mx + my*my
	if square > 0 {
		k := 2 * r * r / square
		if 2*r/math.Sqrt(square) <= miterLimit {
			polygon(s, b, p, point{b.x + mx*k, b.y + my*k}, q)
			return
		}
	}
	polygon(s, b, p, q)
}

// polygon adds a convex polygon, always in the same direction.
func polygon(s *scanner, pts ...point) {
	area := 0.0
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		area += p.x*q.y - p.y*q.x
	}
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		if area < 0 {
			p, q = q, p
		}
		s.edge(p.x, p.y, q.x, q.y)
	}
}

func distinct(pts []point, closed bool) []point {
	var out []point
	for _, p := range pts {
		if len(out) == 0 || math.Hypot(p.x-out[len(out)-1].x, p.y-out[len(out)-1].y) > 1e-6 {
			out = append(out, p)
		}
	}
	for closed && len(out) > 1 && math.Hypot(out[0].x-out[len(out)-1].x, out[0].y-out[len(out)-1].y) <= 1e-6 {
		out = out[:len(out)-1]
	}
	return out
}

// dashed cuts lines into dashes; an empty or meaningless pattern is solid.
func dashed(lines []polyline, dash []float64) []polyline {
	total := 0.0
	for _, d := range dash {
		if d < 0 {
			return lines
		}
		total += d
	}
	if total <= 0.01 {
		return lines
	}
	var out []polyline
	for _, l := range lines {
		pts := l.points
		if l.closed {
			pts = append(append([]point(nil), pts...), pts[0])
		}
		k, left := 0, dash[0]
		cur := []point{pts[0]}
		for i := 1; i < len(pts); i++ {
			a, b := pts[i-1], pts[i]
			length := math.Hypot(b.x-a.x, b.y-a.y)
			for done := 0.0; length > 0; {
				if rest := length - done; rest < left {
					left -= rest
					cur = append(cur, b)
					break
				}
				done += left
				p := point{a.x + (b.x-a.x)*done/length, a.y + (b.y-a.y)*done/length}
				if k%2 == 0 {
					out = append(out, polyline{points: append(cur, p)})
				}
				cur = []point{p}
				k++
				left = dash[k%len(dash)]
				if done >= length {
					break
				}
			}
		}
		if k%2 == 0 && len(cur) > 1 {
			out = append(out, polyline{points: cur})
		}
	}
	return out
}
