package atlas

import (
	"fmt"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// Place is a numbered, named point of a map.
type Place struct {
	Number int // as in the legend; 0 for none
	Name   string
	At     Point
	Ink    layout.Color // of its dot; the zero value is that of the map
}

func (p Place) dot(ink chart.Ink) layout.Color {
	if p.Ink == (layout.Color{}) {
		return ink.Strong
	}
	return p.Ink
}

func (p Place) label() string {
	if p.Number == 0 {
		return p.Name
	}
	return fmt.Sprintf("%d\u00a0%s", p.Number, p.Name)
}

func (p Place) short() string {
	if p.Number == 0 {
		return p.Name
	}
	return fmt.Sprint(p.Number)
}

// Land is what a map of one or several countries shows.
type Land struct {
	Subject string    // "du Sénégal", for the text alternative
	Main    []Outline // the countries in question
	Context []Outline // neighbours, drawn faint; may hold the main ones too
	// Divisions are inner borders of the main land, drawn as quiet lines.
	Divisions []Outline
	Places    []Place
}

// Size is the room of a map, in points.
type Size struct{ Width, MaxHeight float64 }

const (
	mapLabel = 6.6
	// coast is the tolerance of outlines on paper: below what an eye sees.
	coast = 0.22
)

// rings are the outlines of what is drawn.
func (l Land) rings() []Ring {
	var out []Ring
	for _, o := range l.Main {
		out = append(out, o.Rings...)
	}
	return out
}

// points are where its places lie.
func (l Land) points() []Point {
	out := make([]Point, len(l.Places))
	for i, p := range l.Places {
		out[i] = p.At
	}
	return out
}

// Country draws the land with its places. Without outline and without places
// it returns false: there is nothing to show.
func Country(l Land, size Size, ink chart.Ink) (layout.Drawing, bool) {
	rings, pts := l.rings(), l.points()
	rings, pts = unwrap(rings, pts)
	b := mainBox(rings, pts)
	if b.empty() {
		return layout.Drawing{}, false
	}
	b = b.grown(0.03, 0.15)
	h := heightFor(b, size.Width, size.Width*0.5, size.MaxHeight)
	f := fit(b, 0, 0, size.Width, h, 6)
	crowds := crowdsOf(f, pts)
	row := 0.0
	if len(crowds) > 0 {
		// Crowded places are shown again, larger, under the map.
		row = min(size.Width*closeShare, size.MaxHeight*0.34)
		h = heightFor(b, size.Width, size.Width*0.5, size.MaxHeight-row-closeGap)
		f = fit(b, 0, 0, size.Width, h, 6)
	}
	d := layout.Drawing{W: size.Width, H: h, Width: 1, Alt: alt("Carte "+l.Subject, l.Places)}
	skip := map[string]bool{}
	for _, o := range l.Main {
		if len(o.Rings) > 0 {
			skip[o.ISO] = true
		}
	}
	for _, o := range l.Context {
		if skip[o.ISO] {
			continue
		}
		if ops := f.land(o.Rings, coast); ops != nil {
			d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Faint, Stroke: ink.Line, Width: 0.25})
		}
	}
	if len(l.Main) == 1 {
		if ops := f.land(rings, coast); ops != nil {
			d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Muted, Width: 0.4})
		}
	} else {
		for _, o := range l.Main {
			r, _ := unwrap(o.Rings, nil)
			if ops := f.land(r, coast); ops != nil {
				d.Shapes = append(d.Shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Muted, Width: 0.4})
			}
		}
	}
	d.Shapes = append(d.Shapes, divisions(f, l.Divisions, ink)...)
	bar, blocked := scaleBar(f, ink)
	d.Shapes = append(d.Shapes, bar...)
	frames, inset := closeFrames(f, crowds, pts, 0, size.Width, row)
	d.Shapes = append(d.Shapes, inset.corners(ink)...)
	blocked = append(blocked, inset.blocked()...)
	d.Shapes = append(d.Shapes, marks(f, l.Places, pts, crowds, blocked, ink)...)
	for i, in := range frames {
		d.Shapes = append(d.Shapes, closeMap(in, i, l, rings, pts, crowds[i], ink)...)
	}
	if len(frames) > 0 {
		d.H = h + closeGap + row
	}
	return d, true
}

func divisions(f frame, list []Outline, ink chart.Ink) []layout.Shape {
	var shapes []layout.Shape
	for _, o := range list {
		if ops := f.land(o.Rings, coast); ops != nil {
			shapes = append(shapes, &layout.Path{Ops: ops, Fill: chart.NoColor, Stroke: ink.Paper, Width: 0.45})
		}
	}
	return shapes
}

// marks draws the points, leader lines and labels.
func marks(f frame, places []Place, pts []Point, crowds [][]int, blocked []rect, ink chart.Ink) []layout.Shape {
	spots := make([]spot, len(places))
	for i, p := range places {
		spots[i] = spot{f.at(pts[i]), p.label(), p.short()}
	}
	// Those of an inset are named there.
	for _, crowd := range crowds {
		for _, i := range crowd {
			spots[i].text, spots[i].short = "", ""
		}
	}
	// A hundred names on a page cannot be read: the legend carries them.
	if len(places) > 60 {
		for i := range spots {
			spots[i].text = spots[i].short
		}
	}
	labels := placeLabels(spots, mapLabel, rect{f.x0 + 1, f.y0 + 1, f.x0 + f.w - 1, f.y0 + f.h - 1}, blocked)
	var shapes []layout.Shape
	for _, l := range labels {
		if l.lead {
			shapes = append(shapes, chart.Line(round(l.from.x), round(l.from.y), round(l.to.x), round(l.to.y), ink.Muted, 0.35))
		}
	}
	for i, s := range spots {
		shapes = append(shapes, chart.Disc(round(s.at.x), round(s.at.y), dotRadius, places[i].dot(ink), ink.Paper, 0.4))
	}
	for _, l := range labels {
		if l.text != "" {
			shapes = append(shapes, &layout.Label{X: round(l.x), Y: round(l.y), Text: l.text, Size: mapLabel, Bold: true, Align: l.align,
				Fill: ink.Text, Halo: ink.Paper})
		}
	}
	return shapes
}

// scaleBar draws a bar of round kilometres at the foot of the map.
func scaleBar(f frame, ink chart.Ink) ([]layout.Shape, []rect) {
	km := 0.0
	for _, k := range []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000} {
		if f.kilometres(k) <= f.w*0.22 {
			km = k
		}
	}
	if km == 0 {
		return nil, nil
	}
	w := f.kilometres(km)
	x, y := f.x0+4, f.y0+f.h-4
	text := fmt.Sprintf("%g\u00a0km", km)
	if km >= 1000 {
		text = fmt.Sprintf("%g\u202f000\u00a0km", km/1000)
	}
	return []layout.Shape{
		chart.Line(round(x), round(y), round(x+w), round(y), ink.Text, 0.6),
		chart.Line(round(x), round(y-2), round(x), round(y), ink.Text, 0.6),
		chart.Line(round(x+w), round(y-2), round(x+w), round(y), ink.Text, 0.6),
		&layout.Label{X: round(x), Y: round(y - 3.5), Text: text, Size: 5.8, Align: layout.AlignLeft, Fill: ink.Text, Halo: ink.Paper},
	}, []rect{{x - 2, y - 11, x + max(w, chart.TextWidth(text, 5.8, false)) + 2, y + 2}}
}

// alt says in words what a map shows.
func alt(what string, places []Place) string {
	if len(places) == 0 {
		return what + "."
	}
	names := make([]string, 0, len(places))
	for _, p := range places {
		names = append(names, strings.ReplaceAll(p.label(), "\u00a0", " "))
	}
	return fmt.Sprintf("%s. Y sont situées : %s.", what, strings.Join(names, " ; "))
}
