package mapview

import (
	"cmp"
	"math"
	"slices"

	"repertoire/internal/workspace/atlas"
)

// cluster is a point of the picture: the places that would cover one another.
type cluster struct {
	x, y   float64 // pixels
	r      float64
	french bool
	count  int     // partnerships, each once
	places []int32 // indexes in MapPoints.Places, largest first
}

// grain is how near places must be, in pixels at scale one, to be one point.
const grain = 16

// gather makes the points of a picture, the largest first; of gives the point
// each place went to. Places lie largest first, so that each takes in those
// smaller ones that fall in its cell.
func gather(m atlas.MapPoints, c camera, w, h int, density float64) (list []cluster, of []int32) {
	type cell struct {
		x, y   int32
		french bool
	}
	side := grain * density
	cells := make(map[cell]int32, min(len(m.Places), 4096))
	of = make([]int32, len(m.Places))
	stamp := make([]int32, len(m.Partnerships))
	members := [][]int32{}
	for i := range m.Places {
		p := &m.Places[i]
		x, y := c.at(p.Longitude, p.Latitude, w, h)
		key := cell{int32(math.Floor(x / side)), int32(math.Floor(y / side)), p.French}
		n, known := cells[key]
		if !known {
			n = int32(len(list))
			cells[key] = n
			list, members = append(list, cluster{french: p.French, x: x, y: y}), append(members, nil)
		}
		members[n] = append(members[n], int32(i))
		of[i] = n
	}
	for n := range list {
		l := &list[n]
		l.places = members[n]
		for _, i := range l.places {
			for _, k := range m.Places[i].Partnerships {
				if stamp[k] != int32(n)+1 {
					stamp[k] = int32(n) + 1
					l.count++
				}
			}
		}
		l.r = density * min(3.5+1.5*math.Sqrt(float64(l.count)), 20)
	}
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(list[b].count, list[a].count) })
	sorted, to := make([]cluster, len(list)), make([]int32, len(list))
	for rank, old := range order {
		sorted[rank], to[old] = list[old], int32(rank)
	}
	for i := range of {
		of[i] = to[of[i]]
	}
	return sorted, of
}

// under gives the point under a pixel, the smallest when they lie one upon
// another, since a small one is painted above; -1 for none.
func under(list []cluster, x, y, slack float64) int {
	for i := len(list) - 1; i >= 0; i-- {
		if math.Hypot(list[i].x-x, list[i].y-y) <= list[i].r+slack {
			return i
		}
	}
	return -1
}
