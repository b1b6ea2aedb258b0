package atlas

import (
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// territory is a part of the French Republic shown in a box of its own.
type territory struct {
	name   string
	box    Box
	always bool // départements d’outre-mer; the others only when they have a point
}

// mainland is metropolitan France, Corsica included.
var mainland = Box{-5.3, 41.2, 9.8, 51.2}

func territories() []territory {
	return []territory{
		{"Guadeloupe", Box{-61.9, 15.8, -60.95, 16.55}, true},
		{"Martinique", Box{-61.3, 14.35, -60.75, 14.92}, true},
		{"Guyane", Box{-54.65, 2.05, -51.55, 5.85}, true},
		{"La Réunion", Box{55.15, -21.42, 55.9, -20.83}, true},
		{"Mayotte", Box{44.95, -13.05, 45.35, -12.6}, true},
		{"St-Pierre-et-M.", Box{-56.55, 46.7, -56.05, 47.2}, false},
		{"St-Martin, St-B.", Box{-63.2, 17.85, -62.75, 18.15}, false},
		{"Polynésie fr.", Box{-152.4, -18.1, -148.9, -16.2}, false},
		{"Nouv.-Calédonie", Box{163.4, -22.8, 168.2, -19.4}, false},
		{"Wallis-et-Futuna", Box{-178.3, -14.5, -176, -13}, false},
	}
}

// France draws metropolitan France with its overseas territories in boxes at
// the left, as school atlases do. l.Main holds the outlines of FR and of the
// territories that have an ISO code of their own.
func France(l Land, size Size, ink chart.Ink) (layout.Drawing, bool) {
	places := l.Places
	rings := l.rings()
	if len(rings) == 0 && len(places) == 0 {
		return layout.Drawing{}, false
	}
	boxes := insets(rings, places)
	left, side, perColumn := insetGrid(len(boxes), size)
	w := size.Width - left
	h := heightFor(mainland.grown(0.01, 0.1), w, w*0.6, size.MaxHeight)
	d := layout.Drawing{W: size.Width, H: h, Width: 1, Alt: alt("Carte "+l.Subject, places)}
	f := fit(mainland, left, 0, w, h, 5)
	own, pts := inside(places, mainland)
	crowds := crowdsOf(f, pts)
	row := 0.0
	if len(crowds) > 0 {
		row = min(w*closeShare, size.MaxHeight*0.34)
		h = heightFor(mainland.grown(0.01, 0.1), w, w*0.5, size.MaxHeight-row-closeGap)
		f = fit(mainland, left, 0, w, h, 5)
		d.H = h + closeGap + row
	}
	for _, o := range l.Context {
		if o.ISO == "FR" {
			continue
		}
		if ops := f.land(o.Rings, coast); ops != nil {
			d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Faint, Stroke: ink.Line, Width: 0.25})
		}
	}
	if ops := f.land(rings, coast); ops != nil {
		d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Muted, Width: 0.4})
	}
	d.Shapes = append(d.Shapes, divisions(f, l.Divisions, ink)...)
	bar, blocked := scaleBar(f, ink)
	d.Shapes = append(d.Shapes, bar...)
	for i, t := range boxes {
		x, y := float64(i/perColumn)*(side+insetGap), float64(i%perColumn)*(side+insetGap)
		in := fit(t.box, x, y, side, side, 8)
		if ops := in.land(rings, coast); ops != nil {
			d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Muted, Width: 0.4})
		}
		d.Shapes = append(d.Shapes, chart.Rect(x+0.2, y+0.2, side-0.4, side-0.4, chart.NoColor, ink.Line, 0.4),
			&layout.Label{X: x + 3, Y: y + 7, Text: t.name, Size: min(5.4, 5.4*(side-5)/chart.TextWidth(t.name, 5.4, false)),
				Align: layout.AlignLeft, Fill: ink.Muted, Halo: ink.Paper})
		own, pts := inside(places, t.box)
		// A box is too small for names: numbers, and the legend says the rest.
		for k := range own {
			own[k].Name = own[k].short()
			own[k].Number = 0
		}
		d.Shapes = append(d.Shapes, marks(in, own, pts, nil, []rect{{x, y, x + side, y + 9}}, ink)...)
	}
	frames, close := closeFrames(f, crowds, pts, left, w, row)
	d.Shapes = append(d.Shapes, close.corners(ink)...)
	d.Shapes = append(d.Shapes, marks(f, own, pts, crowds, append(blocked, close.blocked()...), ink)...)
	near := l
	near.Places = own
	for i, in := range frames {
		d.Shapes = append(d.Shapes, closeMap(in, i, near, rings, pts, crowds[i], ink)...)
	}
	return d, true
}

const insetGap = 5.0

// insetGrid sizes the boxes so that they stand beside the mainland without
// making the map any taller: smaller boxes first, then a second column.
func insetGrid(n int, size Size) (left, side float64, perColumn int) {
	if n == 0 {
		return 0, 0, 1
	}
	for _, columns := range []int{1, 2} {
		perColumn = (n + columns - 1) / columns
		for side = 54; side >= 34; side -= 2 {
			left = float64(columns)*(side+insetGap) + insetGap
			w := size.Width - left
			if float64(perColumn)*(side+insetGap)-insetGap <= heightFor(mainland.grown(0.01, 0.1), w, w*0.6, size.MaxHeight) {
				return left, side, perColumn
			}
		}
	}
	return left, side, perColumn
}

func inside(places []Place, b Box) ([]Place, []Point) {
	var own []Place
	var pts []Point
	for _, p := range places {
		if b.has(p.At) {
			own = append(own, p)
			pts = append(pts, p.At)
		}
	}
	return own, pts
}

// insets are the territories that have land to show, or a point.
func insets(rings []Ring, places []Place) []territory {
	var out []territory
	for _, t := range territories() {
		own, _ := inside(places, t.box)
		land := false
		for _, r := range rings {
			land = land || boxOf(r).meets(t.box)
		}
		if len(own) > 0 || land && t.always {
			out = append(out, t)
		}
	}
	return out
}

// PartOfFrance keeps of the French lands what a small map should show: the
// mainland when a place lies there, else the territory of the first place.
func PartOfFrance(rings []Ring, places []Place) ([]Ring, []Place) {
	box := mainland
	found := false
	for _, p := range places {
		found = found || mainland.has(p.At)
	}
	if !found && len(places) > 0 {
		for _, t := range territories() {
			if t.box.has(places[0].At) {
				box = t.box
				break
			}
		}
	}
	var land []Ring
	for _, r := range rings {
		if b := boxOf(r); b.West >= box.West-1 && b.East <= box.East+1 && b.South >= box.South-1 && b.North <= box.North+1 {
			land = append(land, r)
		}
	}
	own, _ := inside(places, box)
	return land, own
}
