package scenes

import "math"

// sky is what the light of a scene comes from.
type sky struct {
	high, middle, low rgb
	horizon           float64 // where low is reached
	sun               pt
	sunSize, glow     float64
	light             rgb
	clouds            float64 // share of the sky, 0 none
	seed              int
}

func (c *canvas) sky(s sky) {
	c.all(func(x, y float64) rgb {
		t := y / s.horizon
		v := mix(s.high, s.middle, t/0.62)
		if t > 0.62 {
			v = mix(s.middle, s.low, (t-0.62)/0.38)
		}
		if s.clouds > 0 && t < 1.1 {
			// Clouds are flat, and flatter far away.
			n := waves(x*3.1, y*(9+14*t), 5, s.seed)
			k := ease(min(max((n+s.clouds-0.55)*2.6, 0), 1)) * (0.75 - 0.35*t)
			v = mix(v, mix(hex(0xffffff), s.light, 0.45+0.4*t), k)
		}
		if s.glow > 0 {
			d := math.Hypot(x-s.sun.x, y-s.sun.y)
			v = mix(v, s.light, 0.85*math.Exp(-d*d/(s.glow*s.glow)))
		}
		return v
	})
	if s.sunSize > 0 {
		c.fill(flat(mix(hex(0xffffff), s.light, 0.3)), disc(s.sun.x, s.sun.y, s.sunSize))
	}
}

// ridge is a line of hills: the height at x, and paint under it.
type ridge struct {
	y, rise, rough float64 // where it stands, how high it goes, how many hills
	seed           int
	top, foot      rgb
}

func (r ridge) at(x float64) float64 {
	return r.y - r.rise*(0.5+0.5*waves(x*r.rough, 0.5, 5, r.seed))
}

func (c *canvas) ridge(r ridge) {
	line := []pt{{-0.01, c.high + 0.01}}
	steps := c.w / 3
	for i := range steps + 1 {
		x := -0.01 + 1.02*float64(i)/float64(steps)
		line = append(line, pt{x, r.at(x)})
	}
	line = append(line, pt{1.01, c.high + 0.01})
	c.fill(down(r.y-r.rise, r.y+r.rise*0.8, r.top, r.foot), line)
}

// water mirrors what is above a line, broken by small waves.
func (c *canvas) water(y0, y1, calm float64, tint rgb) {
	top, bottom := int(y0*float64(c.w)), min(int(y1*float64(c.w)), c.h)
	for y := top; y < bottom; y++ {
		depth := float64(y-top) / float64(max(bottom-top, 1))
		for x := range c.w {
			fx, fy := float64(x)/float64(c.w), float64(y)/float64(c.w)
			shift := waves(fx*7, fy*90, 3, 5) * (0.004 + 0.02*depth) * (1 - calm)
			from := top - int(float64(y-top)*0.9) + int(shift*float64(c.w))
			from = min(max(from, 0), top-1)
			side := min(max(x+int(shift*float64(c.w)*0.6), 0), c.w-1)
			i := c.img.PixOffset(side, from)
			v := rgb{float64(c.img.Pix[i]) / 255, float64(c.img.Pix[i+1]) / 255, float64(c.img.Pix[i+2]) / 255, 1}
			v = mix(v, tint, 0.28+0.3*depth)
			if n := waves(fx*11, fy*160, 2, 9); n > 0.52 {
				v = mix(v, hex(0xffffff), (n-0.52)*0.7*(1-calm))
			}
			c.blend(x, y, v, 1)
		}
	}
}

// ground is a field or a square from a line to the foot of the picture.
func (c *canvas) ground(y float64, near, far rgb, seed int) {
	c.fill(func(x, at float64) rgb {
		t := (at - y) / (c.high - y)
		v := mix(far, near, t)
		return mix(v, hex(0x000000), 0.07*waves(x*6/(0.25+t), t*14, 4, seed)+0.03)
	}, box(-0.01, y, 1.01, c.high+0.01))
}

// birds fly in a loose group.
func (c *canvas) birds(x, y, size float64, n, seed int, ink rgb) {
	for i := range n {
		bx, by := x+(chance(i, 1, seed)-0.5)*size*14, y+(chance(i, 2, seed)-0.5)*size*6
		s := size * (0.6 + 0.6*chance(i, 3, seed))
		for _, side := range []float64{-1, 1} {
			c.fill(flat(ink), []pt{{bx, by}, {bx + side*s*0.5, by - s*0.34}, {bx + side*s, by - s*0.16}, {bx + side*s*0.5, by - s*0.22}})
		}
	}
}
