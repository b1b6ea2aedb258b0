package atlas

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// Whatever the points, no label meets another, a dot, or the edge of the map.
func TestLabelsNeverMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		spots := make([]spot, n)
		for i := range spots {
			name := rapid.SampledFrom([]string{"Lille", "Saint-Martin-Boulogne", "Évian-les-Bains", "Ô"}).Draw(t, "name")
			spots[i] = spot{xy{rapid.Float64Range(5, 295).Draw(t, "x"), rapid.Float64Range(5, 295).Draw(t, "y")},
				fmt.Sprintf("%d %s", i+1, name), fmt.Sprint(i + 1)}
		}
		bounds := rect{0, 0, 300, 300}
		keep := rect{0, 280, 40, 300}
		labels := placeLabels(spots, mapLabel, bounds, []rect{keep})
		for i, l := range labels {
			if l.text == "" {
				continue
			}
			if !l.box.within(bounds) || l.box.meets(keep) {
				t.Fatalf("label %q is outside the map or on what was kept free", l.text)
			}
			for j, o := range labels {
				if i < j && o.text != "" && l.box.meets(o.box) {
					t.Fatalf("labels %q and %q overlap", l.text, o.text)
				}
				if i != j && o.lead && crossesBox(o.from, o.to, l.box) {
					t.Fatalf("the line of %q crosses %q", o.text, l.text)
				}
			}
			for j, s := range spots {
				d := rect{s.at.x - dotRadius, s.at.y - dotRadius, s.at.x + dotRadius, s.at.y + dotRadius}
				// A number alone may: a point without one is worse.
				if l.box.meets(d) && l.text != spots[i].short {
					t.Fatalf("label %q covers point %d", l.text, j+1)
				}
			}
		}
	})
}

func TestLonePointIsNamedBesideIt(t *testing.T) {
	l := placeLabels([]spot{{xy{100, 100}, "1 Lille", "1"}}, mapLabel, rect{0, 0, 300, 300}, nil)[0]
	if l.text != "1 Lille" || l.lead || l.x < 100 || l.x > 106 {
		t.Errorf("a lone point is labelled %+v", l)
	}
}

func TestClipStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ring []xy
		for range rapid.IntRange(3, 30).Draw(t, "n") {
			ring = append(ring, xy{rapid.Float64Range(-200, 300).Draw(t, "x"), rapid.Float64Range(-200, 300).Draw(t, "y")})
		}
		for _, p := range clip(ring, 0, 0, 100, 80) {
			if p.x < -1e-6 || p.x > 100+1e-6 || p.y < -1e-6 || p.y > 80+1e-6 {
				t.Fatalf("%v is outside", p)
			}
		}
	})
}

// Simplifying moves no corner farther than the tolerance.
func TestSimplifyTolerance(t *testing.T) {
	var ring []xy
	for i := range 2000 {
		a := float64(i) / 2000 * 2 * math.Pi
		r := 100 + 5*math.Sin(40*a)
		ring = append(ring, xy{r * math.Cos(a), r * math.Sin(a)})
	}
	out := simplify(ring, 0.5)
	if len(out) > len(ring)/2 {
		t.Errorf("%d of %d points are left", len(out), len(ring))
	}
	for _, p := range ring {
		best := math.Inf(1)
		for i := range out {
			best = min(best, distance(p, out[i], out[(i+1)%len(out)]))
		}
		if best > 0.5+1e-9 {
			t.Fatalf("a point moved %.2f", best)
		}
	}
}

func square(w, s, e, n float64) Ring { return Ring{{w, s}, {e, s}, {e, n}, {w, n}} }

func TestMainBoxLeavesFarIslets(t *testing.T) {
	chile := []Ring{square(-75, -55, -67, -18), square(-109.5, -27.2, -109.2, -27)}
	if b := mainBox(chile, nil); b.West < -80 {
		t.Errorf("an islet makes the map run to %g°", b.West)
	}
	if b := mainBox(chile, []Point{{-109.4, -27.1}}); b.West > -109 {
		t.Error("a place to be shown must be on the map")
	}
}

func TestAntimeridian(t *testing.T) {
	fiji := []Outline{{ISO: "FJ", Rings: []Ring{square(177, -19, 180, -16), square(-180, -17, -179, -16)}}}
	d, ok := Country(Land{Subject: "des Fidji", Main: fiji, Places: []Place{{Number: 1, Name: "Suva", At: Point{178.4, -18.1}}}},
		Size{300, 400}, chart.Ink{})
	if !ok || d.H > 400 {
		t.Fatalf("%v, height %g", ok, d.H)
	}
	land := d.Shapes[0].(*layout.Path)
	west, east := math.Inf(1), math.Inf(-1)
	for _, o := range land.Ops {
		if o.Kind != 'Z' {
			west, east = min(west, o.X), max(east, o.X)
		}
	}
	if east-west < 60 {
		t.Errorf("the islands fill %g points of 300: the map went round the world", east-west)
	}
}

func TestFranceHasItsOverseas(t *testing.T) {
	land := []Outline{{ISO: "FR", Rings: []Ring{square(-4, 43, 8, 51)}}, {ISO: "GF", Rings: []Ring{square(-54.5, 2.2, -51.7, 5.7)}}}
	d, ok := France(Land{Subject: "de France", Main: land, Places: []Place{
		{Number: 1, Name: "Cayenne", At: Point{-52.3, 4.9}}, {Number: 2, Name: "Papeete", At: Point{-149.6, -17.5}},
		{Number: 3, Name: "Lille", At: Point{3, 50.6}}}}, Size{360, 400}, chart.Ink{})
	if !ok {
		t.Fatal("no map")
	}
	found := map[string]bool{}
	for _, s := range d.Shapes {
		if l, isLabel := s.(*layout.Label); isLabel {
			found[l.Text] = true
			if l.X < 0 || l.X > d.W || l.Y < 0 || l.Y > d.H {
				t.Errorf("%q lies off the drawing", l.Text)
			}
		}
	}
	for _, want := range []string{"Guyane", "Polynésie fr.", "1", "2", "3\u00a0Lille"} {
		if !found[want] {
			t.Errorf("%q is not on the map", want)
		}
	}
	if found["Mayotte"] {
		t.Error("a territory without outline nor place has no box")
	}
}

// Nothing to show is told, not drawn.
func TestEmptyMaps(t *testing.T) {
	if _, ok := Country(Land{}, Size{300, 300}, chart.Ink{}); ok {
		t.Error("a map of nothing")
	}
	if _, ok := France(Land{}, Size{300, 300}, chart.Ink{}); ok {
		t.Error("a France without outline nor place")
	}
	if _, ok := World(nil, nil, "FR", "", 100, chart.Ink{}); ok {
		t.Error("a world without land")
	}
	if d, ok := Country(Land{Places: []Place{{Number: 1, Name: "X", At: Point{10, 10}}}}, Size{300, 300}, chart.Ink{}); !ok || d.H <= 0 ||
		math.IsNaN(d.H) {
		t.Error("places without outline still make a map")
	}
}

// TestEveryDotHasItsNumber: thirty places in one corner, and each is named
// somewhere, on the map or in a close-up of it; of a hundred, those that found no
// room are listed for the caption.
func TestEveryDotHasItsNumber(t *testing.T) {
	land := []Outline{{ISO: "JP", Rings: []Ring{square(130, 31, 142, 45)}}}
	for _, n := range []int{40, 100} {
		var places []Place
		for i := range n {
			p := Point{135 + 0.14*float64(i%8), 34.2 + 0.16*float64(i/8)}
			if i%4 == 0 {
				p = Point{131 + float64(i)/12, 33 + float64(i)/11}
			}
			places = append(places, Place{Number: i + 1, Name: "Ville", At: p})
		}
		d, ok := Country(Land{Subject: "du Japon", Main: land, Places: places}, Size{360, 420}, chart.Ink{})
		if !ok {
			t.Fatal("no map")
		}
		if d.H > 421 {
			t.Errorf("%g points high, more than there is room for", d.H)
		}
		for _, s := range d.Shapes {
			if l, ok := s.(*layout.Label); ok && (l.X < 0 || l.X > d.W || l.Y < 0 || l.Y > d.H) {
				t.Errorf("label %q stands outside at %g, %g", l.Text, l.X, l.Y)
			}
		}
		lost := Unnamed(d, places)
		if n == 40 && len(lost) > 0 {
			t.Errorf("%d places of 40 have no number: %v", len(lost), lost)
		}
		t.Logf("%d of %d places unnamed", len(lost), n)
	}
}
