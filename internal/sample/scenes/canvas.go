package scenes

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"

	"golang.org/x/image/vector"
)

// pt is a place on a canvas: the width is 1, y grows downward.
type pt struct{ x, y float64 }

// rgb is a colour with its strength, each from 0 to 1.
type rgb struct{ r, g, b, a float64 }

// paint gives the colour of a place.
type paint func(x, y float64) rgb

func hex(v uint32) rgb {
	return rgb{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255, 1}
}

func (c rgb) with(a float64) rgb { c.a = a; return c }

// mix goes from a to b as t goes from 0 to 1.
func mix(a, b rgb, t float64) rgb {
	t = min(max(t, 0), 1)
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t, a.a + (b.a-a.a)*t}
}

func flat(c rgb) paint { return func(float64, float64) rgb { return c } }

// down goes from one colour at y0 to another at y1.
func down(y0, y1 float64, top, bottom rgb) paint {
	return func(_, y float64) rgb { return mix(top, bottom, (y-y0)/(y1-y0)) }
}

// across goes from one colour at x0 to another at x1.
func across(x0, x1 float64, left, right rgb) paint {
	return func(x, _ float64) rgb { return mix(left, right, (x-x0)/(x1-x0)) }
}

// canvas is a picture being painted.
type canvas struct {
	img   *image.RGBA
	w, h  int
	high  float64 // height, the width being 1
	shape vector.Rasterizer
	mask  *image.Alpha
}

func newCanvas(w, h int) *canvas {
	return &canvas{img: image.NewRGBA(image.Rect(0, 0, w, h)), w: w, h: h, high: float64(h) / float64(w)}
}

// fill paints the inside of outlines, their edges smooth.
func (c *canvas) fill(p paint, outlines ...[]pt) {
	k := float64(c.w)
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, o := range outlines {
		for _, q := range o {
			x0, y0, x1, y1 = min(x0, q.x*k), min(y0, q.y*k), max(x1, q.x*k), max(y1, q.y*k)
		}
	}
	left, top := max(int(math.Floor(x0)), 0), max(int(math.Floor(y0)), 0)
	right, bottom := min(int(math.Ceil(x1))+1, c.w), min(int(math.Ceil(y1))+1, c.h)
	if right <= left || bottom <= top {
		return
	}
	w, h := right-left, bottom-top
	c.shape.Reset(w, h)
	for _, o := range outlines {
		for i, q := range o {
			x, y := float32(q.x*k-float64(left)), float32(q.y*k-float64(top))
			if i == 0 {
				c.shape.MoveTo(x, y)
			} else {
				c.shape.LineTo(x, y)
			}
		}
		c.shape.ClosePath()
	}
	if c.mask == nil || cap(c.mask.Pix) < w*h {
		c.mask = &image.Alpha{Pix: make([]byte, w*h)}
	}
	c.mask.Pix, c.mask.Stride, c.mask.Rect = c.mask.Pix[:w*h], w, image.Rect(0, 0, w, h)
	clear(c.mask.Pix)
	c.shape.Draw(c.mask, c.mask.Rect, image.Opaque, image.Point{})
	for y := range h {
		row := c.mask.Pix[y*w : y*w+w]
		for x, m := range row {
			if m != 0 {
				c.blend(left+x, top+y, p((float64(left+x)+0.5)/k, (float64(top+y)+0.5)/k), float64(m)/255)
			}
		}
	}
}

func (c *canvas) blend(x, y int, v rgb, share float64) {
	a := v.a * share
	i := c.img.PixOffset(x, y)
	p := c.img.Pix[i : i+4 : i+4]
	put := func(old byte, value float64) byte {
		return byte(min(max(float64(old)*(1-a)+value*255*a, 0), 255) + 0.5*a)
	}
	p[0], p[1], p[2], p[3] = put(p[0], v.r), put(p[1], v.g), put(p[2], v.b), 255
}

// all paints every place.
func (c *canvas) all(p paint) {
	k := float64(c.w)
	for y := range c.h {
		for x := range c.w {
			c.blend(x, y, p((float64(x)+0.5)/k, (float64(y)+0.5)/k), 1)
		}
	}
}

// finish darkens the corners a little and gives the whole a grain, so that soft
// skies do not print in steps.
func (c *canvas) finish() {
	for y := range c.h {
		dy := (float64(y)/float64(c.h) - 0.5) * 2
		for x := range c.w {
			dx := (float64(x)/float64(c.w) - 0.5) * 2
			dark := 1 - 0.07*(dx*dx+dy*dy)
			grain := (chance(x, y, 77) - 0.5) * 4.5
			i := c.img.PixOffset(x, y)
			for k := range 3 {
				c.img.Pix[i+k] = byte(min(max(float64(c.img.Pix[i+k])*dark+grain, 0), 255))
			}
		}
	}
}

// jpeg gives the bytes of the picture.
func (c *canvas) jpeg() ([]byte, error) {
	c.finish()
	var b bytes.Buffer
	err := jpeg.Encode(&b, c.img, &jpeg.Options{Quality: 86})
	return b.Bytes(), err
}

// disc, oval and box are outlines.
func disc(x, y, r float64) []pt { return oval(x, y, r, r) }

func oval(x, y, rx, ry float64) []pt {
	const n = 64
	out := make([]pt, n)
	for i := range out {
		a := float64(i) / n * 2 * math.Pi
		out[i] = pt{x + rx*math.Cos(a), y + ry*math.Sin(a)}
	}
	return out
}

func box(x0, y0, x1, y1 float64) []pt { return []pt{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}} }

// band is a line of a width that may change along it.
func band(from, to pt, w0, w1 float64) []pt {
	dx, dy := to.x-from.x, to.y-from.y
	l := math.Hypot(dx, dy)
	if l == 0 {
		return nil
	}
	nx, ny := -dy/l/2, dx/l/2
	return []pt{{from.x + nx*w0, from.y + ny*w0}, {to.x + nx*w1, to.y + ny*w1}, {to.x - nx*w1, to.y - ny*w1},
		{from.x - nx*w0, from.y - ny*w0}}
}

// smooth passes a soft closed line through points.
func smooth(through ...pt) []pt {
	const steps = 14
	n := len(through)
	var out []pt
	for i := range n {
		a, b, c, d := through[(i+n-1)%n], through[i], through[(i+1)%n], through[(i+2)%n]
		for s := range steps {
			t := float64(s) / steps
			out = append(out, pt{along(a.x, b.x, c.x, d.x, t), along(a.y, b.y, c.y, d.y, t)})
		}
	}
	return out
}

// along is the curve of Catmull and Rom between b and c.
func along(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// chance is a number from 0 to 1 that a place always has.
func chance(x, y, seed int) float64 {
	h := uint64(x)*0x9E3779B97F4A7C15 ^ uint64(y)*0xC2B2AE3D27D4EB4F ^ uint64(seed)*0x165667B19E3779F9
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 32
	return float64(h>>11) / (1 << 53)
}

// waves is a rough line from -1 to 1 whose roughness has the same look at every
// scale; in two dimensions it makes clouds.
func waves(x, y float64, octaves, seed int) float64 {
	sum, size, all := 0.0, 1.0, 0.0
	for o := range octaves {
		sum += size * lattice(x, y, seed+o*31)
		all += size
		size *= 0.5
		x, y = x*2.03, y*2.03
	}
	return sum / all
}

func lattice(x, y float64, seed int) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int(fx), int(fy)
	tx, ty := ease(x-fx), ease(y-fy)
	a, b := chance(ix, iy, seed), chance(ix+1, iy, seed)
	c, d := chance(ix, iy+1, seed), chance(ix+1, iy+1, seed)
	top, bottom := a+(b-a)*tx, c+(d-c)*tx
	return (top+(bottom-top)*ty)*2 - 1
}

func ease(t float64) float64 { return t * t * (3 - 2*t) }
