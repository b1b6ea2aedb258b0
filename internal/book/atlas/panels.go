package atlas

import (
	"math"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

const (
	// farApart is how many times the room of countries themselves one map of them
	// all would take: beyond, it shows the sea.
	farApart   = 6.0
	panelGap   = 12.0
	panelTitle = 13.0
)

// Apart tells whether countries lie so far from each other that each needs a map
// of its own.
func Apart(list []Outline) bool {
	all, sum, n := noBox, 0.0, 0
	for _, o := range list {
		if len(o.Rings) == 0 {
			continue
		}
		b := mainBox(o.Rings, nil)
		all = all.union(b)
		sum += room(b)
		n++
	}
	return n > 1 && room(all) > farApart*sum
}

// room is the size of a box on a map, in square degrees.
func room(b Box) float64 {
	if b.empty() {
		return 0
	}
	return (b.East - b.West) * math.Cos((b.South+b.North)/2*math.Pi/180) * (b.North - b.South)
}

// Panel is the map of one country among others.
type Panel struct {
	Title string
	Land  Land
}

// Panels draws a map a country, two or three abreast, each under its name.
func Panels(list []Panel, size Size, subject string, ink chart.Ink) (layout.Drawing, bool) {
	columns := 2
	if len(list) > 4 {
		columns = 3
	}
	rows := (len(list) + columns - 1) / columns
	width := (size.Width - panelGap*float64(columns-1)) / float64(columns)
	high := (size.MaxHeight-panelGap*float64(rows-1))/float64(rows) - panelTitle
	d := layout.Drawing{W: size.Width, Width: 1}
	var places []Place
	y := 0.0
	for i := 0; i < len(list); i += columns {
		tall := 0.0
		for k, p := range list[i:min(i+columns, len(list))] {
			x := (width + panelGap) * float64(k)
			one, ok := Country(p.Land, Size{width, min(high, width*1.15)}, ink)
			if !ok {
				continue
			}
			places = append(places, p.Land.Places...)
			d.Shapes = append(d.Shapes, &layout.Label{X: round(x), Y: round(y + 8.5), Text: p.Title, Size: 8.6, Bold: true,
				Align: layout.AlignLeft, Fill: ink.Strong, Halo: ink.Paper})
			d.Shapes = append(d.Shapes, moved(one.Shapes, x, y+panelTitle)...)
			d.Shapes = append(d.Shapes, chart.Rect(round(x), round(y+panelTitle), round(width), round(one.H), chart.NoColor, ink.Line, 0.4))
			tall = max(tall, one.H)
		}
		y += panelTitle + tall + panelGap
	}
	d.H, d.Alt = y-panelGap, alt("Cartes "+subject, places)
	return d, len(places) > 0
}

// moved puts shapes elsewhere.
func moved(shapes []layout.Shape, dx, dy float64) []layout.Shape {
	out := make([]layout.Shape, 0, len(shapes))
	for _, s := range shapes {
		switch s := s.(type) {
		case *layout.Path:
			out = append(out, shifted(s, dx, dy))
		case *layout.Label:
			l := *s
			l.X, l.Y = round(l.X+dx), round(l.Y+dy)
			out = append(out, &l)
		}
	}
	return out
}

// row draws lands beside each other, each as large as its share of the row, for
// countries that one map cannot hold.
func row(main []Outline, places []Place, size Size, fill, line, dot layout.Color) (layout.Drawing, bool) {
	d := layout.Drawing{W: size.Width, Width: 1}
	columns := min(len(main), 3)
	if len(main) == 4 {
		columns = 2
	}
	width := (size.Width - panelGap*float64(columns-1)) / float64(columns)
	rows := (len(main) + columns - 1) / columns
	high := min((size.MaxHeight-panelGap*float64(rows-1))/float64(rows), width*1.3)
	for i, o := range main {
		b := mainBox(o.Rings, nil).grown(0.3, 0.5)
		var own []Place
		for _, p := range places {
			if b.has(p.At) {
				own = append(own, p)
			}
		}
		one, ok := Silhouette([]Outline{o}, own, Size{width, high}, fill, line, dot)
		if !ok {
			continue
		}
		d.Shapes = append(d.Shapes, moved(one.Shapes, (width+panelGap)*float64(i%columns),
			(high+panelGap)*float64(i/columns)+(high-one.H)/2)...)
	}
	d.H = (high+panelGap)*float64(rows) - panelGap
	return d, len(d.Shapes) > 0
}
