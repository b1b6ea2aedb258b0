package mapview

import (
	"sync"

	"repertoire/internal/reference"
)

// territory is the land of a country ready to be painted.
type territory struct {
	country string
	rings   []ring
}

// ring is a closed line with the frame it fits in, so that what is out of
// sight costs nothing.
type ring struct {
	points []reference.Point
	frame  frame
}

// lands keeps outlines once asked for. Safe for concurrent use.
type lands struct {
	ask   func(iso string) []reference.Outline
	mu    sync.Mutex
	world []territory
	near  map[string][]territory
}

func newAtlas(ask func(iso string) []reference.Outline) *lands {
	return &lands{ask: ask, near: map[string][]territory{}}
}

// detailFrom is the scale from which the coarse coasts of the world show.
const detailFrom = 18

// land gives what of the world may be in view.
func (a *lands) land(view frame, detailed bool) []territory {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.world == nil {
		a.world = territories(a.ask(""))
	}
	var out []territory
	seen := map[string]bool{}
	for _, t := range a.world {
		if !t.in(view) {
			continue
		}
		if !detailed || t.country == "" {
			out = append(out, t)
			continue
		}
		if seen[t.country] {
			continue
		}
		seen[t.country] = true
		near, known := a.near[t.country]
		if !known {
			near = territories(a.ask(t.country))
			a.near[t.country] = near
		}
		if len(near) == 0 || t.country == "FR" {
			// The detailed France is Europe's alone; its overseas land stays coarse.
			out = append(out, t)
		}
		out = append(out, near...)
	}
	return out
}

func territories(list []reference.Outline) []territory {
	out := make([]territory, 0, len(list))
	for _, o := range list {
		t := territory{country: o.Country}
		for _, points := range o.Rings {
			t.rings = append(t.rings, ring{points, frameOf(points)})
		}
		out = append(out, t)
	}
	return out
}

func frameOf(points []reference.Point) frame {
	f := frame{180, 90, -180, -90}
	for _, p := range points {
		f.west, f.east = min(f.west, p.Lon), max(f.east, p.Lon)
		f.south, f.north = min(f.south, p.Lat), max(f.north, p.Lat)
	}
	return f
}

func (t territory) in(view frame) bool {
	for _, r := range t.rings {
		if r.frame.meets(view) {
			return true
		}
	}
	return false
}

func (f frame) meets(g frame) bool {
	return f.west <= g.east && f.east >= g.west && f.south <= g.north && f.north >= g.south
}
