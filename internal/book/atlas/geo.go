package atlas

import "math"

// Point is a place in degrees, WGS 84.
type Point struct{ Lon, Lat float64 }

// Ring is a closed outline; the last point need not repeat the first.
type Ring []Point

// Outline is the land of one country.
type Outline struct {
	ISO   string // ISO 3166-1 alpha-2
	Rings []Ring
}

// Box is a range of degrees. East may exceed 180 when the range crosses the
// antimeridian.
type Box struct{ West, South, East, North float64 }

var noBox = Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

func (b Box) empty() bool { return b.West > b.East || b.South > b.North }

func (b Box) with(p Point) Box {
	return Box{min(b.West, p.Lon), min(b.South, p.Lat), max(b.East, p.Lon), max(b.North, p.Lat)}
}

func (b Box) union(o Box) Box {
	return Box{min(b.West, o.West), min(b.South, o.South), max(b.East, o.East), max(b.North, o.North)}
}

func (b Box) meets(o Box) bool {
	return b.West <= o.East && o.West <= b.East && b.South <= o.North && o.South <= b.North
}

func (b Box) has(p Point) bool {
	return p.Lon >= b.West && p.Lon <= b.East && p.Lat >= b.South && p.Lat <= b.North
}

// grown widens the box by a share of its size and at least by deg degrees.
func (b Box) grown(share, deg float64) Box {
	dx, dy := max((b.East-b.West)*share, deg), max((b.North-b.South)*share, deg)
	return Box{b.West - dx, max(b.South-dy, -89), b.East + dx, min(b.North+dy, 89)}
}

func boxOf(r Ring) Box {
	b := noBox
	for _, p := range r {
		b = b.with(p)
	}
	return b
}

// area is in square degrees shrunk by the cosine of the latitude, so that
// rings of one country compare fairly.
func area(r Ring) float64 {
	sum := 0.0
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += p.Lon*q.Lat - q.Lon*p.Lat
	}
	b := boxOf(r)
	return math.Abs(sum) / 2 * math.Cos((b.South+b.North)/2*math.Pi/180)
}

// unwrap moves what lies west of the antimeridian beyond 180° when rings and
// points spread over both sides of it (Fiji, Russia), so that the map is one piece.
func unwrap(rings []Ring, points []Point) ([]Ring, []Point) {
	b := noBox
	for _, r := range rings {
		b = b.union(boxOf(r))
	}
	if b.East-b.West < 300 {
		return rings, points
	}
	shift := func(p Point) Point {
		if p.Lon < 0 {
			p.Lon += 360
		}
		return p
	}
	out := make([]Ring, len(rings))
	for i, r := range rings {
		out[i] = make(Ring, len(r))
		for k, p := range r {
			out[i][k] = shift(p)
		}
	}
	pts := make([]Point, len(points))
	for i, p := range points {
		pts[i] = shift(p)
	}
	return out, pts
}

// mainBox is the box of a country as people picture it: its largest land and
// whatever lies near it or counts beside it, not the far islets (Easter Island
// would make Chile a hair), and every point to be shown.
func mainBox(rings []Ring, points []Point) Box {
	if len(rings) == 0 {
		b := noBox
		for _, p := range points {
			b = b.with(p)
		}
		return b
	}
	areas := make([]float64, len(rings))
	largest := 0
	for i, r := range rings {
		areas[i] = area(r)
		if areas[i] > areas[largest] {
			largest = i
		}
	}
	b := boxOf(rings[largest])
	taken := make([]bool, len(rings))
	taken[largest] = true
	for grew := true; grew; {
		grew = false
		near := b.grown(0.08, 0.3)
		for i, r := range rings {
			if taken[i] {
				continue
			}
			rb := boxOf(r)
			if areas[i] > areas[largest]*0.06 || areas[i] > areas[largest]*0.0005 && near.meets(rb) {
				taken[i], grew = true, true
				b = b.union(rb)
			}
		}
	}
	for _, p := range points {
		b = b.with(p)
	}
	return b
}

// frame places degrees on paper: points, y downward, origin top left.
type frame struct {
	box          Box
	cos          float64
	scale        float64 // points a degree of latitude
	x0, y0, w, h float64 // rectangle on paper
}

// fit centres the box in the rectangle, margin included.
func fit(b Box, x0, y0, w, h, margin float64) frame {
	cos := math.Cos((b.South + b.North) / 2 * math.Pi / 180)
	dx, dy := max((b.East-b.West)*cos, 0.05), max(b.North-b.South, 0.05)
	s := min((w-2*margin)/dx, (h-2*margin)/dy)
	// The box becomes what the whole rectangle shows.
	cx, cy := (b.West+b.East)/2, (b.South+b.North)/2
	hw, hh := w/2/s/cos, h/2/s
	return frame{Box{cx - hw, cy - hh, cx + hw, cy + hh}, cos, s, x0, y0, w, h}
}

// heightFor is the height that gives box its true shape at width w, held
// between lo and hi.
func heightFor(b Box, w, lo, hi float64) float64 {
	cos := math.Cos((b.South + b.North) / 2 * math.Pi / 180)
	dx, dy := max((b.East-b.West)*cos, 0.05), max(b.North-b.South, 0.05)
	return min(max(w*dy/dx, lo), hi)
}

// xy is a place on paper.
type xy struct{ x, y float64 }

func (f frame) at(p Point) xy {
	return xy{f.x0 + (p.Lon-f.box.West)*f.cos*f.scale, f.y0 + (f.box.North-p.Lat)*f.scale}
}

// kilometres is the length on paper of km kilometres.
func (f frame) kilometres(km float64) float64 { return km / 111.2 * f.scale }
