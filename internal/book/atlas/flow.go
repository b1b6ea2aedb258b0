package atlas

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// Link joins a place in France to one abroad.
type Link struct {
	Home, Abroad Point
	Ink          layout.Color // the zero value is the chart's
}

// Flows is what a map of links needs: two lands, their divisions and neighbours.
type Flows struct {
	Home, HomeDivisions     []Outline
	Abroad, AbroadDivisions []Outline
	Context                 []Outline
	HomeName, AbroadName    string   // titles of the two maps
	AbroadNames             []string // of each of Abroad, for lands too far apart for one map
	Links                   []Link
	Alt                     string
}

const (
	flowTitle = 14.0 // height of the name over a map
	flowGap   = 16.0 // between the two maps
	// mostFlows is how many arcs a page bears before they hide each other; the dots
	// are all there.
	mostFlows = 260
)

// Flow draws France above, the partners' land below, and an arc for each link.
// Inner parts of both are the darker the more links they have. Two maps rather
// than one: from France to Japan one map would show the sea.
func Flow(l Flows, size Size, ink chart.Ink) (layout.Drawing, bool) {
	var homes, abroads []Point
	for _, k := range l.Links {
		homes, abroads = append(homes, k.Home), append(abroads, k.Abroad)
	}
	if len(l.Links) == 0 || len(l.Home) == 0 || len(l.Abroad) == 0 {
		return layout.Drawing{}, false
	}
	room := size.MaxHeight - 2*flowTitle - flowGap
	upper := mainland.grown(0.01, 0.1)
	// Each map gets its true shape; the taller gives when both do not fit.
	top := heightFor(upper, size.Width*0.74, room*0.3, room*0.5)
	d := layout.Drawing{W: size.Width, Width: 1, Alt: l.Alt}
	home := fit(upper, 0, flowTitle, size.Width, top, 2)
	lands := l.lands(abroads, 2*flowTitle+top+flowGap, size.Width, room*0.28, room-top)
	bottom := lands[0].h
	d.H = top + bottom + 2*flowTitle + flowGap
	d.Shapes = append(d.Shapes, shaded(home, l.Home, l.HomeDivisions, homes, ink)...)
	for _, a := range lands {
		d.Shapes = append(d.Shapes, shaded(a.frame, a.land, l.AbroadDivisions, abroads, ink)...)
	}
	title := func(x, y float64, name string) {
		d.Shapes = append(d.Shapes, &layout.Label{X: round(x), Y: y + 9, Text: name, Size: 8.6, Bold: true, Align: layout.AlignLeft,
			Fill: ink.Strong, Halo: ink.Paper})
	}
	title(0, 0, l.HomeName)
	for _, a := range lands {
		title(a.x0, flowTitle+top+flowGap, a.name)
	}
	far := farPlaces(home, l.Links)
	var arcs, dots []layout.Shape
	drawn := map[string]bool{}
	step := max(1, (len(l.Links)+mostFlows-1)/mostFlows)
	for i, k := range l.Links {
		a, ok := far[k.Home]
		if !ok {
			a = home.at(k.Home)
		}
		b := landOf(lands, k.Abroad).at(k.Abroad)
		tint := k.Ink
		if tint == (layout.Color{}) {
			tint = ink.Strong
		}
		if i%step == 0 {
			arcs = append(arcs, flowArc(a, b, tint))
		}
		for n, at := range []xy{a, b} {
			key := fmt.Sprintf("%d %.1f %.1f", n, at.x, at.y)
			if !drawn[key] {
				drawn[key] = true
				dots = append(dots, chart.Disc(round(at.x), round(at.y), 1.9, ink.Strong, ink.Paper, 0.5))
			}
		}
	}
	d.Shapes = append(append(d.Shapes, arcs...), dots...)
	d.Shapes = append(d.Shapes, farNames(far, ink)...)
	return d, true
}

// abroadLand is a land abroad in its frame.
type abroadLand struct {
	frame
	land []Outline
	name string
}

// lands frames the lands abroad: one map of all, or one a country where they lie
// far apart.
func (l Flows) lands(points []Point, y, width, lo, hi float64) []abroadLand {
	if !Apart(l.Abroad) || len(l.AbroadNames) != len(l.Abroad) {
		b := mainBox(ringsOf(l.Abroad), points).grown(0.03, 0.2)
		return []abroadLand{{fit(b, 0, y, width, heightFor(b, width, lo, hi), 2), l.Abroad, l.AbroadName}}
	}
	n := float64(len(l.Abroad))
	w := (width - panelGap*(n-1)) / n
	high := min(max(lo, w*1.1), hi)
	var out []abroadLand
	for i, o := range l.Abroad {
		b := mainBox(o.Rings, nil).grown(0.06, 0.2)
		out = append(out, abroadLand{fit(b, (w+panelGap)*float64(i), y, w, high, 2), []Outline{o}, l.AbroadNames[i]})
	}
	return out
}

// landOf is the frame that shows a point: that whose middle is nearest, of those
// that hold it.
func landOf(lands []abroadLand, p Point) frame {
	best, least := lands[0].frame, math.Inf(1)
	for _, a := range lands {
		d := math.Hypot(p.Lon-(a.box.West+a.box.East)/2, p.Lat-(a.box.South+a.box.North)/2)
		if d < least {
			best, least = a.frame, d
		}
	}
	return best
}

func ringsOf(outlines []Outline) []Ring {
	var out []Ring
	for _, o := range outlines {
		out = append(out, o.Rings...)
	}
	return out
}

// flowArc leaves its place downward and bends toward the other, so that arcs of
// neighbours spread instead of crossing.
func flowArc(a, b xy, tint layout.Color) layout.Shape {
	dy := b.y - a.y
	return &layout.Path{Fill: chart.NoColor, Stroke: tint, Width: 0.7, Ops: []layout.PathOp{{Kind: 'M', X: round(a.x), Y: round(a.y)},
		{Kind: 'C', X1: round(a.x), Y1: round(a.y + dy*0.45), X2: round(b.x), Y2: round(b.y - dy*0.45), X: round(b.x), Y: round(b.y)}}}
}

// shaded draws land with its divisions, the darker the more points they hold.
func shaded(f frame, land, divisions []Outline, points []Point, ink chart.Ink) []layout.Shape {
	var out []layout.Shape
	if ops := f.land(ringsOf(land), coast); ops != nil {
		out = append(out, &layout.Path{Ops: ops, Fill: ink.Faint, Stroke: ink.Muted, Width: 0.4})
	}
	counts := make([]int, len(divisions))
	most := 0
	for i, o := range divisions {
		for _, p := range points {
			if o.holds(p) {
				counts[i]++
			}
		}
		most = max(most, counts[i])
	}
	for i, o := range divisions {
		if ops := f.land(o.Rings, coast); ops != nil {
			out = append(out, &layout.Path{Ops: ops, Fill: shade(ink, counts[i], most), Stroke: ink.Paper, Width: 0.5})
		}
	}
	return out
}

// shade is one of five steps from nothing to the most: more cannot be told apart.
func shade(ink chart.Ink, n, most int) layout.Color {
	if n == 0 || most == 0 {
		return ink.Faint
	}
	step := math.Ceil(4*float64(n)/float64(most)) / 4
	return Mix(ink.Faint, ink.Medium, 0.15+0.55*step)
}

// holds tells whether a point lies in an outline, by the even-odd rule.
func (o Outline) holds(p Point) bool {
	in := false
	for _, r := range o.Rings {
		for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
			if (r[i].Lat > p.Lat) != (r[j].Lat > p.Lat) && p.Lon < (r[j].Lon-r[i].Lon)*(p.Lat-r[i].Lat)/(r[j].Lat-r[i].Lat)+r[i].Lon {
				in = !in
			}
		}
	}
	return in
}

// farPlaces gives a place at the left of the mainland to what lies overseas, a
// row a territory: an arc has to start somewhere.
func farPlaces(f frame, links []Link) map[Point]xy {
	out := map[Point]xy{}
	row := map[string]int{}
	for _, k := range links {
		if mainland.grown(0.02, 0.1).has(k.Home) {
			continue
		}
		name := territoryOf(k.Home)
		if _, ok := row[name]; !ok {
			row[name] = len(row)
		}
		out[k.Home] = xy{f.x0 + 4, f.y0 + 16 + 13*float64(row[name])}
	}
	return out
}

func territoryOf(p Point) string {
	for _, t := range territories() {
		if t.box.grown(0.1, 0.2).has(p) {
			return t.name
		}
	}
	return "Outre-mer"
}

func farNames(far map[Point]xy, ink chart.Ink) []layout.Shape {
	names := map[float64]string{}
	var rows []float64
	for p, at := range far {
		if _, ok := names[at.y]; !ok {
			rows = append(rows, at.y)
		}
		names[at.y] = territoryOf(p)
	}
	// A map has no order; the page must.
	slices.Sort(rows)
	var out []layout.Shape
	for _, y := range rows {
		out = append(out, &layout.Label{X: 10, Y: y + 2.3, Text: strings.TrimSpace(names[y]), Size: mapLabel, Align: layout.AlignLeft,
			Fill: ink.Text, Halo: ink.Paper})
	}
	return out
}
