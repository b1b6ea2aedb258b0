package atlas

import (
	"math"
	"sort"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

const (
	closeShare   = 0.36 // height of a row of insets, of the map's width
	closeGap     = 8.0
	mostCloseups = 3
	crowdReach   = 15.0 // points of paper between neighbours of a crowd
	crowdLeast   = 5    // places that make a crowd
	crowdSpread  = 0.3  // of the map: a crowd wider than that is no crowd
)

// crowdsOf finds the places that lie too close to be named on a map: those
// joined by neighbours nearer than crowdReach. The largest come first; the
// places of a crowd are indexes.
func crowdsOf(f frame, pts []Point) [][]int {
	at := make([]xy, len(pts))
	for i, p := range pts {
		at[i] = f.at(p)
	}
	group := make([]int, len(pts))
	for i := range group {
		group[i] = -1
	}
	var out [][]int
	for i := range at {
		if group[i] >= 0 {
			continue
		}
		group[i] = len(out)
		crowd := []int{i}
		for k := 0; k < len(crowd); k++ {
			for j := range at {
				if group[j] < 0 && math.Hypot(at[crowd[k]].x-at[j].x, at[crowd[k]].y-at[j].y) < crowdReach {
					group[j] = len(out)
					crowd = append(crowd, j)
				}
			}
		}
		out = append(out, crowd)
	}
	kept := out[:0]
	for _, crowd := range out {
		b := noBox
		for _, i := range crowd {
			b = b.with(pts[i])
		}
		if len(crowd) >= crowdLeast && (b.East-b.West)*f.cos*f.scale < f.w*crowdSpread && (b.North-b.South)*f.scale < f.h*crowdSpread {
			sort.Ints(crowd)
			kept = append(kept, crowd)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return len(kept[i]) > len(kept[j]) })
	return kept[:min(len(kept), mostCloseups)]
}

// closeups are the parts of a map that are shown again under it.
type closeups struct {
	areas []rect // on the map
	names []string
}

// closeFrames lays out a row of frames under a map, one a crowd.
func closeFrames(f frame, crowds [][]int, pts []Point, left, width, row float64) ([]frame, closeups) {
	var frames []frame
	var in closeups
	n := float64(len(crowds))
	for i, crowd := range crowds {
		b := noBox
		for _, k := range crowd {
			b = b.with(pts[k])
		}
		b = b.grown(0.18, 0.12)
		w := (width - closeGap*(n-1)) / n
		frames = append(frames, fit(b, left+(w+closeGap)*float64(i), f.h+closeGap, w, row, 12))
		nw, se := f.at(Point{b.West, b.North}), f.at(Point{b.East, b.South})
		in.areas = append(in.areas, rect{nw.x - 2, nw.y - 2, se.x + 2, se.y + 2})
		in.names = append(in.names, string(rune('A'+i)))
	}
	return frames, in
}

// corners frames on the map what an inset shows, with its letter.
func (in closeups) corners(ink chart.Ink) []layout.Shape {
	var out []layout.Shape
	for i, r := range in.areas {
		out = append(out, chart.Rect(round(r.x0), round(r.y0), round(r.x1-r.x0), round(r.y1-r.y0), chart.NoColor, ink.Strong, 0.6),
			&layout.Label{X: round(r.x0 - 2), Y: round(r.y0 + 5), Text: in.names[i], Size: 7.5, Bold: true, Align: layout.AlignRight,
				Fill: ink.Strong, Halo: ink.Paper})
	}
	return out
}

func (in closeups) blocked() []rect {
	var out []rect
	for _, r := range in.areas {
		out = append(out, rect{r.x0 - 9, r.y0, r.x1, r.y1})
	}
	return out
}

// closeMap draws a crowd at a scale at which it can be named.
func closeMap(f frame, n int, l Land, rings []Ring, pts []Point, crowd []int, ink chart.Ink) []layout.Shape {
	shapes := []layout.Shape{chart.Rect(round(f.x0), round(f.y0), round(f.w), round(f.h), ink.Paper, chart.NoColor, 0)}
	for _, o := range l.Context {
		if ops := f.land(o.Rings, coast); ops != nil {
			shapes = append(shapes, &layout.Path{Ops: ops, Fill: ink.Faint, Stroke: ink.Line, Width: 0.25})
		}
	}
	if ops := f.land(rings, coast); ops != nil {
		shapes = append(shapes, &layout.Path{Ops: ops, Fill: ink.Soft, Stroke: ink.Muted, Width: 0.4})
	}
	shapes = append(shapes, divisions(f, l.Divisions, ink)...)
	shapes = append(shapes, chart.Rect(round(f.x0), round(f.y0), round(f.w), round(f.h), chart.NoColor, ink.Strong, 0.6),
		&layout.Label{X: round(f.x0 + 4), Y: round(f.y0 + 9), Text: string(rune('A' + n)), Size: 7.5, Bold: true, Align: layout.AlignLeft,
			Fill: ink.Strong, Halo: ink.Paper})
	places, at := make([]Place, len(crowd)), make([]Point, len(crowd))
	for i, k := range crowd {
		places[i], at[i] = l.Places[k], pts[k]
	}
	return append(shapes, marks(f, places, at, nil, []rect{{f.x0, f.y0, f.x0 + 12, f.y0 + 12}}, ink)...)
}

// Unnamed lists the places whose number found no room on a map, for its caption.
func Unnamed(d layout.Drawing, places []Place) []Place {
	seen := map[string]bool{}
	for _, sh := range d.Shapes {
		if l, ok := sh.(*layout.Label); ok {
			number, _, _ := strings.Cut(l.Text, "\u00a0")
			seen[number] = true
		}
	}
	var out []Place
	for _, p := range places {
		if !seen[p.short()] {
			out = append(out, p)
		}
	}
	return out
}
