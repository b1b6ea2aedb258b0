package web

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"

	"repertoire/internal/book/atlas"
	"repertoire/internal/repertoire"
)

const (
	panelWidth  = 480.0
	panelHeight = 520.0
	coast       = 0.9  // what of a coast may be lost, in the panel's points
	near        = 13.0 // dots that stand nearer than this are one
)

// panel is one side of the map: its land, and dots that gather the places whose
// marks would cover each other.
type panel struct {
	Title  string
	W, H   float64
	plates []atlas.Plate
	Dots   []*dot
	lost   int // authorities without coordinates, or outside
}

// dot is a place of the map, or several that stand close.
type dot struct {
	X, Y    float64
	names   []string
	family  int // 0 when those of several
	entries []*entry
}

// makePanels draws France and the partner countries, and puts every authority on
// its side.
func (s *site) makePanels() []*panel {
	place := func(side func(*entry) []repertoire.Authority) (places []atlas.Place) {
		for _, e := range s.entries {
			for _, a := range side(e) {
				if a.Located() {
					places = append(places, atlas.Place{Name: a.Usual(), At: atlas.Point{Lon: *a.Longitude, Lat: *a.Latitude}})
				}
			}
		}
		return places
	}
	french := func(e *entry) []repertoire.Authority { return e.French }
	foreign := func(e *entry) []repertoire.Authority {
		var out []repertoire.Authority
		for _, a := range e.Foreign {
			if a.Country != "FR" {
				out = append(out, a)
			}
		}
		return out
	}
	size := atlas.Size{Width: panelWidth, MaxHeight: panelHeight}
	var out []*panel
	home := &panel{Title: "En France", plates: atlas.FrancePlates(atlas.Land{Main: s.reading.FrenchLand(),
		Divisions: s.reading.Divisions("FR"),
		Context:   s.reading.World(), Places: place(french)}, size, coast)}
	away := &panel{Title: "À l’étranger"}
	land := atlas.Land{Context: s.reading.World(), Places: place(foreign)}
	for _, g := range s.countries {
		land.Main = append(land.Main, atlas.Outline{ISO: g.Key, Rings: s.reading.Land(g.Key)})
	}
	if len(s.countries) == 1 {
		away.Title = repertoire.Capital(s.reading.Country(s.countries[0].Key).In)
		land.Divisions = s.reading.Divisions(s.countries[0].Key)
	}
	tolerance := coast
	if len(s.countries) > 3 {
		tolerance = coast * 1.3
	}
	if p, ok := atlas.CountryPlate(land, size, tolerance); ok && len(s.countries) > 0 {
		away.plates = []atlas.Plate{p}
	}
	for _, x := range []struct {
		p    *panel
		side func(*entry) []repertoire.Authority
	}{{home, french}, {away, foreign}} {
		s.fillPanel(x.p, x.side)
		if len(x.p.Dots) > 0 {
			out = append(out, x.p)
		}
	}
	return out
}

func (s *site) fillPanel(p *panel, side func(*entry) []repertoire.Authority) {
	for i := range p.plates {
		p.W, p.H = max(p.W, p.plates[i].X+p.plates[i].W), max(p.H, p.plates[i].Y+p.plates[i].H)
	}
	single := map[repertoire.ID]*dot{}
	var dots []*dot
	for _, e := range s.entries {
		for _, a := range side(e) {
			d := single[a.ID]
			if d == nil {
				x, y, ok := p.at(a)
				if !ok {
					p.lost++
					continue
				}
				d = &dot{X: x, Y: y, names: []string{a.Usual()}, family: e.Family}
				single[a.ID] = d
				dots = append(dots, d)
			}
			d.take(e)
		}
	}
	// The busiest places stay where they are and gather their neighbours.
	slices.SortStableFunc(dots, func(a, b *dot) int {
		return cmp.Or(-cmp.Compare(len(a.entries), len(b.entries)), cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X))
	})
	for _, d := range dots {
		if o := nearest(p.Dots, d); o != nil {
			o.names = append(o.names, d.names...)
			for _, e := range d.entries {
				o.take(e)
			}
			continue
		}
		p.Dots = append(p.Dots, d)
	}
	// Small ones are drawn over large ones; those of one look follow each other.
	slices.SortStableFunc(p.Dots, func(a, b *dot) int {
		return cmp.Or(-cmp.Compare(a.radius(), b.radius()), cmp.Compare(a.family, b.family))
	})
}

// nearest is the dot that another would cover.
func nearest(list []*dot, d *dot) *dot {
	for _, o := range list {
		if math.Hypot(o.X-d.X, o.Y-d.Y) < near {
			return o
		}
	}
	return nil
}

func (d *dot) take(e *entry) {
	if slices.Contains(d.entries, e) {
		return
	}
	d.entries = append(d.entries, e)
	if e.Family != d.family {
		d.family = 0
	}
}

func (p *panel) at(a repertoire.Authority) (x, y float64, ok bool) {
	if !a.Located() {
		return 0, 0, false
	}
	// A territory in a box of its own comes before the sea around the mainland.
	for i := len(p.plates) - 1; i >= 0; i-- {
		if x, y, ok := p.plates[i].At(atlas.Point{Lon: *a.Longitude, Lat: *a.Latitude}); ok {
			return x, y, true
		}
	}
	return 0, 0, false
}

// radius grows with the entries of a dot, so that its area tells how many.
func (d *dot) radius() float64 { return min(4.6+1.6*math.Sqrt(float64(len(d.entries)-1)), 12) }

// place gives the names of a dot and how many more it has.
func (d *dot) place() (names []string, more int) {
	if len(d.names) > 4 {
		return d.names[:3], len(d.names) - 3
	}
	return d.names, 0
}

// svg draws the panel. The map repeats what the list says, and is worked by
// pointer alone: to a screen reader it is one picture.
func (p *panel) svg(i int) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" data-panel="%d" viewBox="0 0 %s %s" role="img" aria-label="%s">`, i, short(p.W), short(p.H),
		html.EscapeString(fmt.Sprintf("Carte, %s : %s. La liste dit la même chose.", strings.ToLower(p.Title),
			counted(len(p.Dots), "lieu", "lieux"))))
	for _, plate := range p.plates {
		if plate.Name != "" {
			fmt.Fprintf(&b, `<rect class="inset" x="%s" y="%s" width="%s" height="%s" rx="2"/>`, short(plate.X), short(plate.Y),
				short(plate.W), short(plate.H))
		}
		for _, x := range []struct {
			class, d string
		}{{"around", halves(plate.Context)}, {"land", halves(plate.Main)}, {"border", halves(plate.Divisions)}} {
			if x.d != "" {
				id := ""
				if x.class == "land" && plate.Name == "" {
					id = fmt.Sprintf(` id="land-%d"`, i)
				}
				fmt.Fprintf(&b, `<path class="%s"%s transform="scale(.5)" d="%s"/>`, x.class, id, x.d)
			}
		}
		if plate.Name != "" {
			fmt.Fprintf(&b, `<text x="%s" y="%s">%s</text>`, short(plate.X+3), short(plate.Y+8), html.EscapeString(plate.Name))
		}
	}
	p.dots(&b)
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// dots writes the dots of one size and family as the round ends of one stroke,
// for there are thousands. facets.js makes circles of them, in their order, that
// can be pointed at and say their names.
func (p *panel) dots(b *strings.Builder) {
	b.WriteString(`<g class="dots">`)
	for i, d := range p.Dots {
		if last := i - 1; last < 0 || p.Dots[last].radius() != d.radius() || p.Dots[last].family != d.family {
			if last >= 0 {
				b.WriteString(`"/>`)
			}
			fmt.Fprintf(b, `<path class="t%d" stroke-width="%s" d="`, d.family, short(2*d.radius()))
		}
		fmt.Fprintf(b, `M%s %sh0`, decimal(int(d.X*10+0.5)), decimal(int(d.Y*10+0.5)))
	}
	if len(p.Dots) > 0 {
		b.WriteString(`"/>`)
	}
	b.WriteString(`</g>`)
}

// mostArcs is how many arcs the art of the first page bears.
const mostArcs = 60

// art is the picture of a first page that has no photograph: the land of panel i
// and the arcs that come from France to its towns, as on the book's cover.
func (p *panel) art(i int) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="art" viewBox="0 0 %s %s" preserveAspectRatio="xMaxYMid meet" aria-hidden="true"><use href="#land-%d"/><g>`,
		short(p.W), short(p.H), i)
	step := max(1, (len(p.Dots)+mostArcs-1)/mostArcs)
	for k := 0; k < len(p.Dots); k += step {
		d := p.Dots[k]
		x, y := -1.7*p.W, p.H*(0.45+0.3*float64(k)/float64(len(p.Dots)))
		rise := math.Hypot(d.X-x, d.Y-y) * 0.26
		fmt.Fprintf(&b, `<path class="t%d" d="M%s %sQ%s %s %s %s"/><circle cx="%[6]s" cy="%[7]s" r="3.4"/>`, d.family, short(math.Round(x)),
			short(math.Round(y)),
			short(math.Round((x+d.X)/2)), short(math.Round(min(y, d.Y)-rise)), decimal(int(d.X*10)), decimal(int(d.Y*10)))
	}
	b.WriteString(`</g></svg>`)
	return template.HTML(b.String())
}
