package mapview

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// pen paints smooth shapes on an image. Coordinates are clipped to a little
// more than the image, as the rasteriser's arithmetic has an end.
type pen struct {
	to   *image.RGBA
	fill *vector.Rasterizer
	w, h float64
	// traced are the shapes since the last ink; painting only the rectangle
	// they lie in makes a small point a small work.
	traced [][]spot
}

func newPen(to *image.RGBA) *pen {
	b := to.Bounds()
	p := &pen{to: to, fill: vector.NewRasterizer(1, 1), w: float64(b.Dx()), h: float64(b.Dy())}
	p.fill.DrawOp = draw.Over
	return p
}

type spot struct{ x, y float64 }

// ink paints what was traced.
func (p *pen) ink(c color.Color) {
	if len(p.traced) == 0 {
		return
	}
	west, north, east, south := p.w, p.h, 0.0, 0.0
	for _, shape := range p.traced {
		for _, s := range shape {
			west, east = min(west, s.x), max(east, s.x)
			north, south = min(north, s.y), max(south, s.y)
		}
	}
	box := image.Rect(int(math.Floor(west)), int(math.Floor(north)), int(math.Ceil(east))+1,
		int(math.Ceil(south))+1).Intersect(p.to.Bounds())
	if !box.Empty() {
		p.fill.Reset(box.Dx(), box.Dy())
		dx, dy := float64(box.Min.X), float64(box.Min.Y)
		for _, shape := range p.traced {
			p.fill.MoveTo(float32(shape[0].x-dx), float32(shape[0].y-dy))
			for _, s := range shape[1:] {
				p.fill.LineTo(float32(s.x-dx), float32(s.y-dy))
			}
			p.fill.ClosePath()
		}
		p.fill.Draw(p.to, box, image.NewUniform(c), image.Point{})
	}
	p.traced = p.traced[:0]
}

// polygon traces a closed shape.
func (p *pen) polygon(points []spot) {
	if points = p.clip(points); len(points) >= 3 {
		p.traced = append(p.traced, points)
	}
}

// clip cuts a polygon at the edges of the image (Sutherland and Hodgman).
func (p *pen) clip(points []spot) []spot {
	const margin = 8
	inside := true
	for _, s := range points {
		inside = inside && s.x >= -margin && s.x <= p.w+margin && s.y >= -margin && s.y <= p.h+margin
	}
	if inside {
		return points
	}
	points = cut(points, func(s spot) float64 { return s.x + margin })
	points = cut(points, func(s spot) float64 { return p.w + margin - s.x })
	points = cut(points, func(s spot) float64 { return s.y + margin })
	return cut(points, func(s spot) float64 { return p.h + margin - s.y })
}

// cut keeps what of a polygon has a positive distance.
func cut(points []spot, distance func(spot) float64) []spot {
	out := make([]spot, 0, len(points)+4)
	for i, b := range points {
		a := points[(i+len(points)-1)%len(points)]
		da, db := distance(a), distance(b)
		if da*db < 0 {
			t := da / (da - db)
			out = append(out, spot{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t})
		}
		if db >= 0 {
			out = append(out, b)
		}
	}
	return out
}

// line traces a stroke along points; what lies outside the image is left out.
func (p *pen) line(points []spot, width float64) {
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if max(a.x, b.x) < -width || min(a.x, b.x) > p.w+width || max(a.y, b.y) < -width || min(a.y, b.y) > p.h+width {
			continue
		}
		dx, dy := b.x-a.x, b.y-a.y
		n := math.Hypot(dx, dy)
		if n < 0.01 {
			continue
		}
		ox, oy := -dy/n*width/2, dx/n*width/2
		p.polygon([]spot{{a.x + ox, a.y + oy}, {b.x + ox, b.y + oy}, {b.x - ox, b.y - oy}, {a.x - ox, a.y - oy}})
	}
}

// mark traces a point as a regular polygon of so many sides, one corner up.
func (p *pen) mark(x, y, r float64, sides int) {
	if x < -r || x > p.w+r || y < -r || y > p.h+r {
		return
	}
	points := make([]spot, sides)
	for i := range points {
		a := 2*math.Pi*float64(i)/float64(sides) - math.Pi/2
		points[i] = spot{x + r*math.Cos(a), y + r*math.Sin(a)}
	}
	p.polygon(points)
}

// arc gives the points of a curve from a to b that bends to its left, as far
// as a person needs to tell the way there from the way back.
func arc(a, b spot) []spot {
	dx, dy := b.x-a.x, b.y-a.y
	middle := spot{(a.x+b.x)/2 + dy*0.14, (a.y+b.y)/2 - dx*0.14}
	n := int(min(max(math.Hypot(dx, dy)/14, 4), 40))
	out := make([]spot, n+1)
	for i := range out {
		t := float64(i) / float64(n)
		u := 1 - t
		out[i] = spot{u*u*a.x + 2*u*t*middle.x + t*t*b.x, u*u*a.y + 2*u*t*middle.y + t*t*b.y}
	}
	return out
}
