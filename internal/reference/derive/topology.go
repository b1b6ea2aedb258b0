package derive

import (
	"encoding/json"
	"math"
	"sort"
)

// lonlat is a corner of a ring, in degrees.
type lonlat [2]float64

// ring is a closed line: its last corner joins the first, which is not repeated.
type ring []lonlat

// shape is a named set of rings, filled by the even-odd rule (holes included).
type shape struct {
	country, code, name string
	rings               []ring
}

// geometry is the part of GeoJSON that outlines use.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// rings reads a Polygon or a MultiPolygon.
func (g geometry) rings() ([]ring, error) {
	var polygons [][][]lonlat
	switch g.Type {
	case "Polygon":
		polygons = make([][][]lonlat, 1)
		if err := json.Unmarshal(g.Coordinates, &polygons[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Coordinates, &polygons); err != nil {
			return nil, err
		}
	}
	var out []ring
	for _, p := range polygons {
		for _, r := range p {
			if open := opened(r); len(open) >= 3 {
				out = append(out, open)
			}
		}
	}
	return out, nil
}

// opened drops the closing corner and repeated ones, and rounds to 1e-6 degree:
// the sources' neighbours differ by the noise of their sums.
func opened(r []lonlat) ring {
	var out ring
	for _, p := range r {
		p = lonlat{math.Round(p[0]*1e6) / 1e6, math.Round(p[1]*1e6) / 1e6}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// simplify thins shapes that share borders, so that neighbours still fit: a
// line between two junctions is thinned once, whoever asks. tolerance is in
// degrees; rings smaller than its square vanish unless they are a shape's only one.
func simplify(shapes []shape, tolerance float64) []shape {
	junction := junctions(shapes)
	done := make(map[[2]lonlat][]thinned)
	out := make([]shape, len(shapes))
	for i, s := range shapes {
		out[i] = s
		out[i].rings = nil
		var largest ring
		for _, r := range s.rings {
			thin := thinRing(r, junction, tolerance, done)
			if area(thin) > area(largest) {
				largest = thin
			}
			if len(thin) >= 4 && area(thin) > tolerance*tolerance {
				out[i].rings = append(out[i].rings, thin)
			}
		}
		if len(out[i].rings) == 0 && len(largest) >= 3 {
			out[i].rings = []ring{largest}
		}
		if len(out[i].rings) == 0 && len(s.rings) > 0 {
			out[i].rings = s.rings[:1]
		}
	}
	return out
}

// junctions are the corners where borders part: those with another set of
// neighbours in another ring.
func junctions(shapes []shape) map[lonlat]bool {
	type pair [2]lonlat
	first := make(map[lonlat]pair)
	out := make(map[lonlat]bool)
	for _, s := range shapes {
		for _, r := range s.rings {
			for i, p := range r {
				around := pair{r[(i+len(r)-1)%len(r)], r[(i+1)%len(r)]}
				if less(around[1], around[0]) {
					around[0], around[1] = around[1], around[0]
				}
				if seen, ok := first[p]; !ok {
					first[p] = around
				} else if seen != around {
					out[p] = true
				}
			}
		}
	}
	return out
}

func less(a, b lonlat) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

// thinned is a line already thinned, kept by its ends and a corner between.
type thinned struct {
	from []lonlat
	line []lonlat
}

func thinRing(r ring, junction map[lonlat]bool, tolerance float64, done map[[2]lonlat][]thinned) ring {
	start := -1
	for i, p := range r {
		if junction[p] {
			start = i
			break
		}
	}
	if start < 0 {
		// An island: start from its lowest corner, whoever draws it.
		start = 0
		for i, p := range r {
			if less(p, r[start]) {
				start = i
			}
		}
	}
	var out ring
	line := []lonlat{r[start]}
	for i := 1; i <= len(r); i++ {
		p := r[(start+i)%len(r)]
		line = append(line, p)
		if junction[p] || i == len(r) {
			thin := thinLine(line, tolerance, done)
			out = append(out, thin[:len(thin)-1]...)
			line = []lonlat{p}
		}
	}
	return out
}

// thinLine thins in one direction only, so that both neighbours get the same corners.
func thinLine(line []lonlat, tolerance float64, done map[[2]lonlat][]thinned) []lonlat {
	first, last := line[0], line[len(line)-1]
	turned := less(last, first) || first == last && less(line[len(line)-2], line[1])
	forward := line
	if turned {
		forward = reversed(line)
	}
	key := [2]lonlat{forward[0], forward[len(forward)-1]}
	for _, t := range done[key] {
		if len(t.from) == len(forward) && t.from[len(forward)/2] == forward[len(forward)/2] {
			return directed(t.line, turned)
		}
	}
	thin := peucker(forward, tolerance)
	done[key] = append(done[key], thinned{forward, thin})
	return directed(thin, turned)
}

func directed(line []lonlat, turned bool) []lonlat {
	if turned {
		return reversed(line)
	}
	return line
}

func reversed(line []lonlat) []lonlat {
	out := make([]lonlat, len(line))
	for i, p := range line {
		out[len(line)-1-i] = p
	}
	return out
}

// peucker is Douglas and Peucker's line simplification (1973). Closed lines
// are cut at the corner farthest from their start first.
func peucker(line []lonlat, tolerance float64) []lonlat {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	type span struct{ a, b int }
	stack := []span{{0, len(line) - 1}}
	if line[0] == line[len(line)-1] {
		far, best := 0, -1.0
		for i, p := range line {
			if d := math.Hypot(p[0]-line[0][0], p[1]-line[0][1]); d > best {
				far, best = i, d
			}
		}
		keep[far] = true
		stack = []span{{0, far}, {far, len(line) - 1}}
	}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		at, best := -1, tolerance
		for i := s.a + 1; i < s.b; i++ {
			if d := distance(line[i], line[s.a], line[s.b]); d > best {
				at, best = i, d
			}
		}
		if at >= 0 {
			keep[at] = true
			stack = append(stack, span{s.a, at}, span{at, s.b})
		}
	}
	var out []lonlat
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// distance from p to the segment ab, longitudes shrunk by the latitude.
func distance(p, a, b lonlat) float64 {
	shrink := math.Cos(a[1] * math.Pi / 180)
	px, py := (p[0]-a[0])*shrink, p[1]-a[1]
	bx, by := (b[0]-a[0])*shrink, b[1]-a[1]
	if n := bx*bx + by*by; n > 0 {
		t := math.Max(0, math.Min(1, (px*bx+py*by)/n))
		px, py = px-t*bx, py-t*by
	}
	return math.Hypot(px, py)
}

// area of a ring in square degrees, unsigned.
func area(r ring) float64 {
	sum := 0.0
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(sum) / 2
}

// dissolve merges shapes into one: the sides that two of them share vanish.
func dissolve(shapes []shape) []ring {
	sides := make(map[[2]lonlat]bool)
	for _, s := range shapes {
		for _, r := range s.rings {
			for i, a := range r {
				b := r[(i+1)%len(r)]
				if sides[[2]lonlat{b, a}] {
					delete(sides, [2]lonlat{b, a})
				} else if sides[[2]lonlat{a, b}] {
					delete(sides, [2]lonlat{a, b})
				} else {
					sides[[2]lonlat{a, b}] = true
				}
			}
		}
	}
	return stitch(sides)
}

// stitch joins directed sides end to end into rings, in a fixed order.
func stitch(sides map[[2]lonlat]bool) []ring {
	next := make(map[lonlat][]lonlat)
	var starts []lonlat
	for s := range sides {
		next[s[0]] = append(next[s[0]], s[1])
		starts = append(starts, s[0])
	}
	sort.Slice(starts, func(i, j int) bool { return less(starts[i], starts[j]) })
	for _, list := range next {
		sort.Slice(list, func(i, j int) bool { return less(list[i], list[j]) })
	}
	var out []ring
	for _, start := range starts {
		var r ring
		for p := start; len(next[p]) > 0; {
			list := next[p]
			r = append(r, p)
			next[p] = list[1:]
			p = list[0]
			if p == start && len(next[p]) == 0 {
				break
			}
		}
		if len(r) >= 3 {
			out = append(out, r)
		}
	}
	return out
}
