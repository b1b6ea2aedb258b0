package atlas

import (
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// World draws a small world with some countries set off: where on Earth the
// book is about. highlight holds ISO codes; home ("FR") is drawn in a second tone.
func World(outlines []Outline, highlight map[string]bool, home, subject string, width float64, ink chart.Ink) (layout.Drawing, bool) {
	if len(outlines) == 0 {
		return layout.Drawing{}, false
	}
	// Antarctica and the Arctic islands would take a third of the height.
	b := Box{-170, -56, 180, 78}
	h := heightFor(b, width, 20, width*0.5)
	f := fit(b, 0, 0, width, h, 1)
	d := layout.Drawing{W: width, H: h, Alt: "Planisphère : " + subject + " par rapport à la France."}
	var marked []layout.Shape
	for _, o := range outlines {
		ops := f.land(o.Rings, 0.35)
		if ops == nil {
			continue
		}
		switch {
		case highlight[o.ISO]:
			marked = append(marked, &layout.Path{Ops: ops, Fill: ink.Strong, Stroke: ink.Strong, Width: 0.3})
		case o.ISO == home:
			marked = append(marked, &layout.Path{Ops: ops, Fill: ink.Medium, Stroke: ink.Medium, Width: 0.3})
		default:
			d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Paper, Width: 0.25})
		}
	}
	d.Shapes = append(d.Shapes, marked...)
	return d, true
}

// Locators draws the small maps of entries, and keeps the land they share: a
// hundred of them show the same country in the same frame. The zero value is ready;
// it is not safe for concurrent use.
type Locators struct{ lands map[landKey][]layout.PathOp }

// landKey is a land in a frame: rings are told by their first point.
type landKey struct {
	frame frame
	first *Point
	rings int
}

func (l *Locators) land(f frame, rings []Ring) []layout.PathOp {
	if len(rings) == 0 || len(rings[0]) == 0 {
		return f.land(rings, 0.4)
	}
	key := landKey{f, &rings[0][0], len(rings)}
	ops, ok := l.lands[key]
	if !ok {
		ops = f.land(rings, 0.4)
		if l.lands == nil {
			l.lands = map[landKey][]layout.PathOp{}
		}
		l.lands[key] = ops
	}
	return ops
}

// Draw makes the map of a country in a square of side points with its places as bare
// points: where an entry's authority lies.
func (l *Locators) Draw(subject string, rings []Ring, places []Place, side float64, ink chart.Ink) (layout.Drawing, bool) {
	pts := make([]Point, len(places))
	for i, p := range places {
		pts[i] = p.At
	}
	rings, pts = unwrap(rings, pts)
	b := mainBox(rings, pts)
	if len(rings) == 0 || len(places) == 0 || b.empty() {
		return layout.Drawing{}, false
	}
	f := fit(b, 0, 0, side, side, 2)
	// A wide country needs no square: the room above and below is given back.
	if h := heightFor(b, side-4, side*0.45, side-4) + 4; h < side {
		f = fit(b, 0, 0, side, h, 2)
	}
	d := layout.Drawing{W: side, H: f.h, Alt: alt("Situation "+subject, places)}
	if ops := l.land(f, rings); ops != nil {
		d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Line, Width: 0.3})
	}
	for _, p := range pts {
		at := f.at(p)
		d.Shapes = append(d.Shapes, chart.Disc(round(at.x), round(at.y), 2.4, ink.Strong, ink.Paper, 0.6))
	}
	return d, true
}

// Silhouette is land alone with its places as points: the picture of a cover
// that has none. Countries that one map cannot hold stand in a row.
func Silhouette(main []Outline, places []Place, size Size, fill, line, dot layout.Color) (layout.Drawing, bool) {
	if Apart(main) {
		return row(main, places, size, fill, line, dot)
	}
	var rings []Ring
	for _, o := range main {
		rings = append(rings, o.Rings...)
	}
	pts := make([]Point, len(places))
	for i, p := range places {
		pts[i] = p.At
	}
	rings, pts = unwrap(rings, pts)
	b := mainBox(rings, pts)
	if b.empty() || len(rings) == 0 {
		return layout.Drawing{}, false
	}
	h := heightFor(b.grown(0.02, 0.05), size.Width, min(size.Width*0.4, size.MaxHeight), size.MaxHeight)
	f := fit(b, 0, 0, size.Width, h, 4)
	d := layout.Drawing{W: size.Width, H: h, Width: 1}
	if ops := f.land(rings, 0.3); ops != nil {
		d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: fill, Stroke: line, Width: 0.4})
	}
	for _, p := range pts {
		at := f.at(p)
		d.Shapes = append(d.Shapes, chart.Disc(round(at.x), round(at.y), 2.2, dot, chart.NoColor, 0))
	}
	return d, true
}

// Mix gives a colour between two, share of the second.
func Mix(a, b layout.Color, share float64) layout.Color {
	v := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return layout.Color{C: v(a.C, b.C), M: v(a.M, b.M), Y: v(a.Y, b.Y), K: v(a.K, b.K), R: v(a.R, b.R), G: v(a.G, b.G), B: v(a.B, b.B)}
}
