package atlas

import "repertoire/internal/layout"

// Plate is land in a rectangle on which points can be placed later: for maps
// whose points answer a reader. Coordinates are those of the rectangle.
type Plate struct {
	Name          string // of a territory in a box of its own, "" for the main map
	X, Y, W, H    float64
	Main, Context []layout.PathOp
	Divisions     []layout.PathOp

	f       frame
	box     Box
	shifted bool // the land crosses the antimeridian
}

// At places a point; false when it lies outside.
func (p *Plate) At(pt Point) (x, y float64, ok bool) {
	if p.shifted && pt.Lon < 0 {
		pt.Lon += 360
	}
	if !p.f.box.has(pt) || p.Name != "" && !p.box.has(pt) {
		return 0, 0, false
	}
	at := p.f.at(pt)
	return round(at.x), round(at.y), true
}

// CountryPlate sets the land of one or several countries. Without outline and
// without places it returns false. tolerance is what of a coast may be lost.
func CountryPlate(l Land, size Size, tolerance float64) (Plate, bool) {
	rings, pts := l.rings(), l.points()
	before := boxesOf(rings)
	rings, pts = unwrap(rings, pts)
	b := mainBox(rings, pts)
	if b.empty() {
		return Plate{}, false
	}
	b = b.grown(0.03, 0.15)
	h := heightFor(b, size.Width, size.Width*0.5, size.MaxHeight)
	p := Plate{W: size.Width, H: h, f: fit(b, 0, 0, size.Width, h, 6), shifted: before.East-before.West >= 300}
	p.draw(rings, l, tolerance)
	return p, true
}

// FrancePlates set metropolitan France and its overseas territories, those in
// boxes at the left.
func FrancePlates(l Land, size Size, tolerance float64) []Plate {
	rings := l.rings()
	if len(rings) == 0 && len(l.Places) == 0 {
		return nil
	}
	boxes := insets(rings, l.Places)
	left, side, perColumn := insetGrid(len(boxes), size)
	w := size.Width - left
	h := heightFor(mainland.grown(0.01, 0.1), w, w*0.6, size.MaxHeight)
	main := Plate{X: left, W: w, H: h, f: fit(mainland, left, 0, w, h, 5)}
	main.draw(rings, l, tolerance)
	out := []Plate{main}
	for i, t := range boxes {
		x, y := float64(i/perColumn)*(side+insetGap), float64(i%perColumn)*(side+insetGap)
		p := Plate{Name: t.name, X: x, Y: y, W: side, H: side, box: t.box, f: fit(t.box, x, y, side, side, 8)}
		p.Main = p.f.land(rings, tolerance)
		out = append(out, p)
	}
	return out
}

func (p *Plate) draw(rings []Ring, l Land, tolerance float64) {
	p.Main = p.f.land(rings, tolerance)
	main := map[string]bool{}
	for _, o := range l.Main {
		if len(o.Rings) > 0 {
			main[o.ISO] = true
		}
	}
	for _, o := range l.Context {
		if !main[o.ISO] && o.ISO != "" {
			p.Context = append(p.Context, p.f.land(o.Rings, tolerance)...)
		}
	}
	for _, o := range l.Divisions {
		p.Divisions = append(p.Divisions, p.f.land(o.Rings, tolerance*1.4)...)
	}
}

func boxesOf(rings []Ring) Box {
	b := noBox
	for _, r := range rings {
		b = b.union(boxOf(r))
	}
	return b
}
