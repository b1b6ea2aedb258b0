package raster

import "math"

// scanner turns outlines into coverage by the signed-area method: each edge
// leaves, in the pixels it crosses, how much it covers to its right; a running
// sum along the row is the winding.
type scanner struct {
	x0, y0 int // corner of the buffer on the page, pixels
	w, h   int
	cells  []float32 // w+1 a row: the last takes what falls on the right edge
}

// reset makes the scanner cover a box of pixels, empty.
func (s *scanner) reset(x0, y0, x1, y1 int) {
	s.x0, s.y0, s.w, s.h = x0, y0, max(0, x1-x0), max(0, y1-y0)
	n := (s.w + 1) * s.h
	if cap(s.cells) < n {
		s.cells = make([]float32, n)
		return
	}
	s.cells = s.cells[:n]
	clear(s.cells)
}

// edge adds a line from a to b, in pixels of the page.
func (s *scanner) edge(ax, ay, bx, by float64) {
	ax, ay, bx, by = ax-float64(s.x0), ay-float64(s.y0), bx-float64(s.x0), by-float64(s.y0)
	if ay == by || s.w == 0 || s.h == 0 {
		return
	}
	dir := float32(1)
	if ay > by {
		dir = -1
		ax, ay, bx, by = bx, by, ax, ay
	}
	if by <= 0 || ay >= float64(s.h) {
		return
	}
	slope := (bx - ax) / (by - ay)
	if ay < 0 {
		ax, ay = ax-ay*slope, 0
	}
	if by > float64(s.h) {
		by = float64(s.h)
	}
	for y := int(ay); y < s.h && float64(y) < by; y++ {
		top, bottom := max(ay, float64(y)), min(by, float64(y+1))
		if bottom <= top {
			continue
		}
		s.row(y, ax+(top-ay)*slope, ax+(bottom-ay)*slope, float32(bottom-top)*dir)
	}
}

// row adds the part of an edge inside one row: from x0 to x1, height d signed.
func (s *scanner) row(y int, x0, x1 float64, d float32) {
	if x0 > x1 {
		x0, x1 = x1, x0
	}
	cells := s.cells[y*(s.w+1) : (y+1)*(s.w+1)]
	// Left of the buffer an edge covers all of the row, right of it nothing.
	limit := float64(s.w)
	if x0 < 0 {
		outside := float32(1)
		if x1 > 0 {
			outside = float32(-x0 / (x1 - x0))
		}
		cells[0] += d * outside
		d -= d * outside
		x0, x1 = 0, max(0, x1)
	}
	if x1 > limit {
		if x0 >= limit {
			return
		}
		d -= d * float32((x1-limit)/(x1-x0))
		x1 = limit
	}
	first, last := int(x0), int(math.Ceil(x1))
	if last <= first+1 {
		mid := float32((x0+x1)/2 - float64(first))
		cells[first] += d * (1 - mid)
		if first+1 < len(cells) {
			cells[first+1] += d * mid
		}
		return
	}
	inv := 1 / (x1 - x0)
	for x := first; x < last; x++ {
		l, r := max(x0, float64(x)), min(x1, float64(x+1))
		share := float32((r - l) * inv)
		mid := float32((l+r)/2 - float64(x))
		cells[x] += d * share * (1 - mid)
		cells[x+1] += d * share * mid
	}
}

// coverage calls paint with the alpha of each row, 0…1 as bytes.
func (s *scanner) coverage(evenOdd bool, paint func(y int, alpha []uint8)) {
	line := make([]uint8, s.w)
	for y := range s.h {
		cells := s.cells[y*(s.w+1) : (y+1)*(s.w+1)]
		sum, any := float32(0), false
		for x := range line {
			sum += cells[x]
			v := sum
			if v < 0 {
				v = -v
			}
			if evenOdd {
				if v = v - 2*float32(int(v/2)); v > 1 {
					v = 2 - v
				}
			} else if v > 1 {
				v = 1
			}
			line[x] = uint8(v*255 + 0.5)
			any = any || line[x] != 0
		}
		if any {
			paint(s.y0+y, line)
		}
	}
}
