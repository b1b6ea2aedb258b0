package derive

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// squares draws a row of unit squares whose shared sides have corners between.
func squares(n int, wiggle func(i int) float64) []shape {
	side := func(k int) (down []lonlat) {
		for i := range 11 {
			down = append(down, lonlat{float64(k) + wiggle(k*11+i)*0.01, 1 - float64(i)/10})
		}
		return down
	}
	var out []shape
	for k := range n {
		r := append(ring{}, side(k)...)
		right := side(k + 1)
		for i := range right {
			r = append(r, right[len(right)-1-i])
		}
		out = append(out, shape{name: string(rune('a' + k)), rings: []ring{r}})
	}
	return out
}

// sides counts each side without its direction.
func sides(shapes []shape) map[[2]lonlat]int {
	count := map[[2]lonlat]int{}
	for _, s := range shapes {
		for _, r := range s.rings {
			for i, a := range r {
				b := r[(i+1)%len(r)]
				if less(b, a) {
					a, b = b, a
				}
				count[[2]lonlat{a, b}]++
			}
		}
	}
	return count
}

// TestNeighboursStillFit: after thinning, an inner side belongs to both of its
// neighbours, so the map shows no gap.
func TestNeighboursStillFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wiggles := rapid.SliceOfN(rapid.Float64Range(-1, 1), 44, 44).Draw(t, "wiggles")
		shapes := squares(3, func(i int) float64 { return wiggles[i] })
		thin := simplify(shapes, rapid.Float64Range(0, 0.05).Draw(t, "tolerance"))
		for side, n := range sides(thin) {
			inner := math.Round(side[0][0]) == math.Round(side[1][0]) && side[0][0] > 0.5 && side[0][0] < 2.5
			if inner && n != 2 {
				t.Fatalf("%v belongs to %d", side, n)
			}
		}
		if rings := dissolve(thin); len(rings) != 1 {
			t.Fatalf("the squares merge into %d rings", len(rings))
		}
	})
}

func TestSimplifyThins(t *testing.T) {
	shapes := squares(2, func(int) float64 { return 0 })
	thin := simplify(shapes, 0.01)
	for _, s := range thin {
		if len(s.rings) != 1 || len(s.rings[0]) > 6 || math.Abs(area(s.rings[0])-1) > 0.01 {
			t.Errorf("%s: %v", s.name, s.rings)
		}
	}
	tiny := []shape{{rings: []ring{{{0, 0}, {0.001, 0}, {0.001, 0.001}}}}}
	if got := simplify(tiny, 1); len(got[0].rings) != 1 {
		t.Error("an island country vanished")
	}
}

func TestDissolveKeepsHoles(t *testing.T) {
	// Eight squares round an empty one.
	var around []shape
	for x := range 3 {
		for y := range 3 {
			if x != 1 || y != 1 {
				fx, fy := float64(x), float64(y)
				around = append(around, shape{rings: []ring{{{fx, fy}, {fx + 1, fy}, {fx + 1, fy + 1}, {fx, fy + 1}}}})
			}
		}
	}
	total := 0.0
	rings := dissolve(around)
	for _, r := range rings {
		total += area(r)
	}
	if len(rings) != 2 || total != 10 {
		t.Errorf("%d rings of %v square degrees in all", len(rings), total)
	}
}

func TestUnwrappedCutsAtTheMeridian(t *testing.T) {
	fiji := ring{{179, -17}, {-179, -17}, {-179, -16}, {179, -16}}
	got := unwrapped([]ring{fiji})
	if len(got) != 2 {
		t.Fatalf("%v", got)
	}
	for _, r := range got {
		if math.Abs(area(r)-1) > 1e-9 {
			t.Errorf("%v", r)
		}
		for _, p := range r {
			if p[0] < -180 || p[0] > 180 {
				t.Errorf("%v", p)
			}
		}
	}
	pole := ring{{-170, -80}, {-60, -75}, {60, -78}, {170, -80}}
	if got := unwrapped([]ring{pole}); len(got) != 0 {
		t.Errorf("a ring round the pole became %v", got)
	}
	plain := ring{{0, 0}, {1, 0}, {1, 1}}
	if got := unwrapped([]ring{plain}); len(got) != 1 || len(got[0]) != 3 {
		t.Errorf("%v", got)
	}
}

func TestRingsOfGeoJSON(t *testing.T) {
	g := geometry{"MultiPolygon", json.RawMessage(
		`[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]],[[5.2,5.1],[5.4,5.1],[5.4,5.2],[5.2,5.1]]]]`)}
	got, err := g.rings()
	if err != nil || len(got) != 3 || len(got[0]) != 3 {
		t.Errorf("%v, %v", got, err)
	}
}
