package scenes

import (
	"fmt"
	"math"
	"slices"
)

// Sizes in pixels: three hundred to the inch over the column of text of every
// format, and over the cover of 170 × 240 mm with its bleed.
const (
	wide, tall           = 1680, 1120
	coverWide, coverTall = 2100, 2960
	faceWide, faceTall   = 880, 1100
)

// drawn are the pictures by name.
var drawn = map[string]struct {
	w, h int
	draw func(*canvas)
}{
	"fleuve":     {coverWide, coverTall, river},
	"port":       {wide, tall, harbour},
	"rizieres":   {wide, tall, terraces},
	"baobabs":    {wide, tall, savanna},
	"marche":     {wide, tall, market},
	"ecole":      {wide, tall, school},
	"monastere":  {wide, tall, mountain},
	"pont":       {wide, tall, bridge},
	"tissage":    {wide, tall, weaving},
	"portrait-1": {faceWide, faceTall, func(c *canvas) { c.portrait(faces[0]) }},
	"portrait-2": {faceWide, faceTall, func(c *canvas) { c.portrait(faces[1]) }},
}

// Names lists the pictures.
func Names() []string {
	var out []string
	for n := range drawn {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// Draw gives a picture by its name.
func Draw(name string) ([]byte, error) {
	d, ok := drawn[name]
	if !ok {
		return nil, fmt.Errorf("scenes: no picture called %q", name)
	}
	c := newCanvas(d.w, d.h)
	d.draw(c)
	return c.jpeg()
}

// river is the cover: hills behind hills in the evening, a river that turns
// between them, two canoes.
func river(c *canvas) {
	const horizon = 0.93
	sun := pt{0.68, 0.86}
	c.sky(sky{high: hex(0x1d3a5c), middle: hex(0x6f7fa3), low: hex(0xf3c08a), horizon: horizon, sun: sun, sunSize: 0.047, glow: 0.3,
		light: hex(0xffd79a), clouds: 0.62, seed: 3})
	haze := hex(0xe9a878)
	for i := range 5 {
		t := float64(i) / 4
		ink := mix(mix(haze, hex(0x5b5f85), 0.55), hex(0x14283f), t)
		c.ridge(ridge{y: horizon - 0.005 + 0.012*t, rise: 0.2 - 0.034*float64(i), rough: 2.4 + 1.2*float64(i), seed: 40 + i*7, top: ink,
			foot: mix(ink, haze, 0.45-0.3*t)})
	}
	c.water(horizon, c.high+0.01, 0.35, hex(0x203b57))
	// What the sun leaves on the water.
	for i := range 120 {
		t := chance(i, 1, 8)
		y := horizon + 0.01 + t*0.3
		w := (0.015 + 0.06*t) * (0.4 + chance(i, 2, 8))
		c.fill(flat(hex(0xffe2ad).with(0.34*(1-t))), oval(sun.x+(chance(i, 3, 8)-0.5)*(0.04+0.16*t), y, w, 0.0016+0.001*t))
	}
	c.canoe(0.36, 1.1, 0.17, hex(0x101c2b), 3)
	c.canoe(0.59, 1.02, 0.085, hex(0x1a2a3c), 2)
	// The near bank and its reeds.
	c.fill(down(1.2, c.high, hex(0x152335), hex(0x0a1320)),
		smooth(pt{-0.1, 1.22}, pt{0.16, 1.25}, pt{0.4, 1.31}, pt{0.8, 1.345}, pt{1.1, 1.33},
			pt{1.1, 1.6}, pt{-0.1, 1.6}))
	for i := range 260 {
		x := chance(i, 4, 2) * 1.04
		foot := 1.24 + 0.1*min(x/0.7, 1) + 0.05*chance(i, 5, 2)
		h := (0.05 + 0.1*chance(i, 6, 2)) * (1.25 - x)
		lean := (chance(i, 7, 2) - 0.45) * h * 0.6
		c.fill(flat(mix(hex(0x0e1a28), hex(0x2a3a44), chance(i, 8, 2)*0.6)), band(pt{x, foot}, pt{x + lean, foot - h}, 0.0045, 0.0012))
	}
	c.birds(0.3, 0.66, 0.02, 9, 6, hex(0x24364f))
}

// harbour is a small port in the morning.
func harbour(c *canvas) {
	const sea = 0.36
	c.sky(sky{high: hex(0x4b86b8), middle: hex(0x9cc4dc), low: hex(0xf4ead4), horizon: sea, sun: pt{0.2, 0.3}, glow: 0.22,
		light: hex(0xfff2d2), clouds: 0.75, seed: 12})
	c.ridge(ridge{y: sea, rise: 0.09, rough: 2.2, seed: 5, top: hex(0x8aa7b8), foot: hex(0xb9c9cd)})
	c.ridge(ridge{y: sea + 0.004, rise: 0.045, rough: 4, seed: 15, top: hex(0x5e8290), foot: hex(0x8fa9a8)})
	walls := []rgb{hex(0xf3e7d3), hex(0xe9c9a0), hex(0xf0d9c4), hex(0xdfe3dc), hex(0xe7b98f), hex(0xf6efe2)}
	roofs := []rgb{hex(0xb4553a), hex(0xa1472f), hex(0xc06a45), hex(0x8d4433)}
	c.fill(down(sea-0.09, sea, hex(0x7f9a63), hex(0x5f7a4c)), smooth(pt{0.43, sea + 0.004}, pt{0.5, sea - 0.03}, pt{0.62, sea - 0.062},
		pt{0.8, sea - 0.075}, pt{1.1, sea - 0.1}, pt{1.1, sea + 0.004}))
	for row := range 3 {
		for i := range 11 - row*2 {
			w := 0.042 + 0.02*chance(i, row, 3)
			x := 0.5 + 0.045*float64(i) + 0.02*float64(row) + 0.012*chance(i, row, 4)
			y := sea + 0.006 - 0.034*float64(2-row)
			c.house(x, y, w, 0.034+0.02*chance(i, row, 6), walls[(i*5+row)%len(walls)], roofs[(i+row)%len(roofs)], 2+(i+row)%2)
		}
	}
	c.fill(flat(hex(0xf4f0e6)), band(pt{0.455, sea}, pt{0.455, sea - 0.13}, 0.024, 0.016)) // the lighthouse
	c.fill(flat(hex(0xb4553a)), box(0.446, sea-0.152, 0.464, sea-0.128), disc(0.455, sea-0.153, 0.01))
	c.fill(flat(hex(0xb4553a)), box(0.4445, sea-0.086, 0.4655, sea-0.062))
	c.water(sea+0.006, c.high+0.01, 0.25, hex(0x2d6e8e))
	c.boat(0.16, 0.44, 0.1, hex(0x23455e), hex(0xfbf4e4))
	c.boat(0.33, 0.405, 0.055, hex(0x7a3326), hex(0xf7e8c9))
	c.boat(0.72, 0.475, 0.13, hex(0x1d5066), hex(0xfdf8ee))
	c.boat(0.9, 0.425, 0.07, hex(0x3b2f2a), hex(0xf3d9b0))
	// The quay in front.
	c.fill(down(0.575, c.high, hex(0xb9a78d), hex(0x8b7a65)), []pt{{-0.01, 0.6}, {0.52, 0.575}, {0.64, 0.625}, {0.58, 0.68}, {-0.01, 0.68}})
	for i := range 6 {
		x := 0.05 + 0.09*float64(i)
		c.fill(flat(hex(0x3b3733)), oval(x, 0.594-0.004*float64(i), 0.012, 0.006),
			box(x-0.008, 0.57-0.004*float64(i), x+0.008, 0.594-0.004*float64(i)))
	}
	for i, cloth := range []rgb{hex(0xb4553a), hex(0x2d5f80), hex(0xe0a13c)} {
		c.person(0.16+0.055*float64(i), 0.628+0.008*float64(i%2), 0.09, cloth, hex(0x6b4a36))
	}
	c.birds(0.34, 0.12, 0.016, 11, 2, hex(0x5b7386))
}

// terraces are rice fields that follow a hill.
func terraces(c *canvas) {
	c.sky(sky{high: hex(0x6aa5c9), middle: hex(0xb7d8e2), low: hex(0xf3f1df), horizon: 0.3, glow: 0.2, sun: pt{0.8, 0.18},
		light: hex(0xfff6dc), clouds: 0.85, seed: 21})
	for i := range 3 {
		t := float64(i) / 2
		ink := mix(hex(0x9db9c4), hex(0x3f6b52), t)
		c.ridge(ridge{y: 0.32 + 0.02*t, rise: 0.17 - 0.03*t, rough: 2.2 + t, seed: 60 + i, top: ink, foot: mix(ink, hex(0xd9e2cc), 0.5)})
	}
	edge := func(k, x float64) float64 { // the line of step k
		return 0.31 + 0.033*k + 0.0016*k*k + (0.016+0.004*k)*waves(x*(3.4-0.12*k)+k*0.21, 3, 3, 70)
	}
	for i := range 12 {
		k := float64(i)
		line, under := []pt{}, []pt{}
		for s := range 241 {
			x := -0.01 + 1.02*float64(s)/240
			line = append(line, pt{x, edge(k, x)})
			under = append([]pt{{x, edge(k+1, x) + 0.004}}, under...)
		}
		rice, mirror := mix(hex(0x9dbb4f), hex(0x5f8f35), k/12), mix(hex(0xcfe3e4), hex(0x8fb7c2), k/12)
		c.fill(func(x, y float64) rgb {
			wet := ease(min(max(waves(x*4+k*1.7, k*2.3, 3, 81)*2.2+0.35, 0), 1))
			v := mix(rice, mirror, wet)
			if wet < 0.6 {
				v = mix(v, hex(0x2f5a24), 0.22*chance(int(x*420), int(y*900), 4))
			}
			return v
		}, append(slices.Clone(line), under...))
		bank := slices.Clone(line)
		for s := len(line) - 1; s >= 0; s-- {
			bank = append(bank, pt{line[s].x, line[s].y + 0.005 + 0.0012*k})
		}
		c.fill(flat(mix(hex(0x5c6b35), hex(0x3d4a22), k/12)), bank)
	}
	for i := range 5 {
		x := 0.1 + 0.17*float64(i) + 0.05*chance(i, 1, 9)
		k := 2 + float64(i*3%5)
		c.tree(x, edge(k, x)+0.006, 0.055+0.012*k, 30+i, hex(0x6f9a45), hex(0x2c4d2a), hex(0x4a3826))
	}
	for i, at := range []pt{{0.3, 0.53}, {0.36, 0.54}, {0.68, 0.585}} {
		cloth := []rgb{hex(0xc8503a), hex(0x2e5d86), hex(0xe3b23c)}[i]
		c.person(at.x, at.y, 0.07, cloth, hex(0x5a3d2c))
		c.fill(flat(hex(0xd8b978)), []pt{{at.x - 0.017, at.y - 0.062}, {at.x, at.y - 0.077}, {at.x + 0.017, at.y - 0.062}})
	}
}

// savanna is an alley of baobabs at the end of the day.
func savanna(c *canvas) {
	c.sky(sky{high: hex(0x2f4a78), middle: hex(0xc77f73), low: hex(0xffc46b), horizon: 0.46, sun: pt{0.55, 0.4}, sunSize: 0.045,
		glow: 0.26, light: hex(0xffdc8c), clouds: 0.66, seed: 31})
	c.ridge(ridge{y: 0.465, rise: 0.035, rough: 3, seed: 33, top: hex(0x9c5a52), foot: hex(0xc7855c)})
	c.ground(0.46, hex(0x5a3020), hex(0xc98a55), 35)
	for i := range 9 {
		side := float64(i%2)*2 - 1
		depth := 1 - float64(i/2)/5
		x := 0.55 + side*(0.1+0.38*(1-depth))*1.05
		size := 0.1 + 0.42*(1-depth)*(1-depth) + 0.1*(1-depth)
		ink := mix(hex(0x7d4640), hex(0x2a1718), 1-depth)
		c.baobab(x, 0.47+0.13*(1-depth), size, 90+i, ink, mix(ink, hex(0x2f4a2c), 0.45))
		c.fill(flat(hex(0x2a1512).with(0.28)), oval(x-0.1*size, 0.475+0.13*(1-depth), size*0.35, size*0.025))
	}
	// The track, and those who come home.
	c.fill(down(0.46, c.high, hex(0xeab277).with(0.55), hex(0xb06a3f).with(0.75)),
		[]pt{{0.545, 0.465}, {0.56, 0.465}, {0.86, c.high + 0.01},
			{0.24, c.high + 0.01}})
	for i, at := range []pt{{0.535, 0.545}, {0.565, 0.55}, {0.6, 0.541}} {
		c.person(at.x, at.y, 0.06, []rgb{hex(0x57263a), hex(0x1d4a5c), hex(0xd07a2e)}[i], hex(0x2a1a17))
		c.fill(flat(hex(0x3a1d18).with(0.4)), oval(at.x-0.02, at.y+0.003, 0.03, 0.004))
	}
	c.birds(0.26, 0.14, 0.013, 8, 4, hex(0x5a3a4e))
}

// market is a square with its stalls.
func market(c *canvas) {
	c.sky(sky{high: hex(0x5f9fd0), middle: hex(0xa9cfe6), low: hex(0xf2ede0), horizon: 0.34, clouds: 0.7, seed: 41, light: hex(0xffffff)})
	walls := []rgb{hex(0xe9cfa6), hex(0xd99f77), hex(0xf1e2c8), hex(0xc9846a), hex(0xe6d7bd), hex(0xd8b48a), hex(0xefe6d6)}
	x := -0.03
	for i := 0; x < 1.02; i++ {
		w := 0.13 + 0.05*chance(i, 1, 5)
		h := 0.2 + 0.09*chance(i, 2, 5)
		wall := walls[i%len(walls)]
		c.fill(down(0.42-h, 0.42, mix(wall, hex(0xffffff), 0.12), mix(wall, hex(0x54402f), 0.12)), box(x, 0.42-h, x+w, 0.43))
		c.fill(flat(mix(wall, hex(0x5a2f20), 0.6)), box(x-0.004, 0.42-h-0.012, x+w+0.004, 0.42-h))
		for floor := range 3 {
			for k := range 3 {
				wx, wy := x+w*(0.2+0.3*float64(k)), 0.42-h+0.03+0.062*float64(floor)
				if wy > 0.36 {
					continue
				}
				c.fill(flat(hex(0x2f4254)), box(wx-0.011, wy, wx+0.011, wy+0.036))
				c.fill(flat([]rgb{hex(0x3f7a6e), hex(0x4d6d93), hex(0xa4503b)}[i%3]), box(wx-0.021, wy, wx-0.011, wy+0.036),
					box(wx+0.011, wy, wx+0.021, wy+0.036))
			}
		}
		x += w
	}
	c.ground(0.42, hex(0xa98c6c), hex(0xd8c3a2), 44)
	for i, at := range []pt{{0.02, 0.5}, {0.27, 0.485}, {0.52, 0.49}, {0.76, 0.5}} {
		inks := []rgb{hex(0xc8402f), hex(0x2b6c9b), hex(0xd9932a), hex(0x2f7d57)}
		c.awning(at.x, at.y, 0.22, inks[i], hex(0xf7f0e2), 50+i)
	}
	c.awning(0.08, 0.625, 0.3, hex(0x2f7d57), hex(0xf7f0e2), 61)
	c.awning(0.6, 0.635, 0.33, hex(0xb8352f), hex(0xf7f0e2), 66)
	cloth := []rgb{hex(0x2b5d86), hex(0xe0a13c), hex(0x8c3b5b), hex(0x3c7a4e), hex(0xd05a3a), hex(0xf0e4d0), hex(0x5a4a8a)}
	skin := []rgb{hex(0x8a5a3c), hex(0xd9a77f), hex(0x5b3b2a), hex(0xc98d63)}
	for i := range 14 {
		px, py := 0.03+0.95*chance(i, 3, 7), 0.52+0.05*float64(i%4)+0.02*chance(i, 4, 7)
		size := 0.075 + (py-0.5)*0.42
		c.fill(flat(hex(0x4a3524).with(0.3)), oval(px+size*0.12, py, size*0.28, size*0.05))
		c.person(px, py, size, cloth[i%len(cloth)], skin[i%len(skin)])
	}
}

// school is a yard with its pupils under a large tree.
func school(c *canvas) {
	c.sky(sky{high: hex(0x4f95cf), middle: hex(0x9fcbe8), low: hex(0xeff3ea), horizon: 0.4, clouds: 0.72, seed: 51, light: hex(0xffffff)})
	c.ridge(ridge{y: 0.4, rise: 0.08, rough: 2.6, seed: 52, top: hex(0x87a99a), foot: hex(0xb7c9ac)})
	c.ground(0.4, hex(0xb8794a), hex(0xdcae7c), 53)
	wall, roof := hex(0xf0d9b0), hex(0x9c4a34)
	c.fill(down(0.24, 0.43, mix(wall, hex(0xffffff), 0.15), mix(wall, hex(0x8a6a45), 0.18)), box(0.3, 0.25, 0.96, 0.43))
	c.fill(flat(roof), []pt{{0.275, 0.255}, {0.33, 0.19}, {0.94, 0.19}, {0.985, 0.255}})
	c.fill(down(0.25, 0.285, hex(0x3b2a1e).with(0.5), hex(0x3b2a1e).with(0)), box(0.3, 0.255, 0.96, 0.285))
	for i := range 5 {
		x := 0.335 + 0.125*float64(i)
		if i == 2 {
			c.fill(flat(hex(0x2f6f7d)), box(x+0.012, 0.3, x+0.062, 0.43))
			c.fill(flat(hex(0xe9c24d)), disc(x+0.053, 0.37, 0.0035))
			continue
		}
		c.fill(flat(hex(0x2f6f7d)), box(x, 0.3, x+0.075, 0.37))
		c.fill(flat(hex(0xbfe0e6)), box(x+0.006, 0.306, x+0.035, 0.364), box(x+0.04, 0.306, x+0.069, 0.364))
	}
	for i := range 6 {
		x := 0.3 + 0.132*float64(i)
		c.fill(flat(mix(wall, hex(0x6d5236), 0.35)), box(x-0.004, 0.255, x+0.004, 0.435))
	}
	c.tree(0.16, 0.5, 0.46, 71, hex(0x79a84a), hex(0x2f5530), hex(0x5b3d28))
	c.fill(flat(hex(0x4a2f1e).with(0.28)), oval(0.2, 0.51, 0.2, 0.02))
	cloth := []rgb{hex(0x2b6cab), hex(0xf2f0ea), hex(0xd84f3a), hex(0xf0b93a), hex(0x3d8a5c)}
	skin := []rgb{hex(0x5b3b2a), hex(0x7a4e34), hex(0x4a2f22)}
	for i := range 16 {
		x, y := 0.12+0.8*chance(i, 1, 13), 0.475+0.13*chance(i, 2, 13)
		size := 0.06 + (y-0.47)*0.35
		c.fill(flat(hex(0x4a2f1e).with(0.3)), oval(x+size*0.15, y, size*0.3, size*0.05))
		c.person(x, y, size, cloth[i%len(cloth)], skin[i%len(skin)])
	}
	c.fill(flat(hex(0xd84f3a)), disc(0.58, 0.597, 0.01))
}

// mountain is a church with a pointed drum before a double summit in snow.
func mountain(c *canvas) {
	c.sky(sky{high: hex(0x3f6ea8), middle: hex(0x9bb9d8), low: hex(0xf6d9bd), horizon: 0.46, sun: pt{0.1, 0.34}, glow: 0.3,
		light: hex(0xffe3bd), clouds: 0.6, seed: 61})
	peak := func(x, top, base, w float64, ink rgb, seed int) {
		line := []pt{{x - w, base}}
		height := func(px float64) float64 {
			d := math.Abs(px-x) / w
			return base - (base-top)*math.Pow(1-d, 1.35) + 0.012*waves(px*26, 1, 4, seed)*(1-d)
		}
		for i := range 161 {
			px := x - w + 2*w*float64(i)/160
			line = append(line, pt{px, height(px)})
		}
		line = append(line, pt{x + w, base})
		c.fill(func(px, py float64) rgb {
			v := mix(ink, hex(0xd6c3bb), (py-top)/(base-top)*0.75)
			snow := top + (base-top)*(0.42+0.16*waves(px*19, 2, 4, seed+1))
			if py < snow {
				light := 0.5 + 1.3*waves(px*34-py*20, py*12, 4, seed+2) + (x-px)/w*1.2
				v = mix(mix(hex(0x8fa4c4), hex(0xfffaf0), light), v, ease(min(max((py-snow+0.02)/0.02, 0), 1)))
			}
			return v
		}, line)
	}
	peak(0.8, 0.2, 0.47, 0.3, hex(0x6b7fa6), 300)
	peak(0.47, 0.08, 0.475, 0.5, hex(0x5c719c), 310)
	c.ridge(ridge{y: 0.475, rise: 0.05, rough: 3, seed: 62, top: hex(0x8f8c86), foot: hex(0xc3a884)})
	c.ground(0.47, hex(0x8a6a35), hex(0xd9b877), 63)
	c.ridge(ridge{y: 0.6, rise: 0.11, rough: 1.7, seed: 66, top: hex(0xa98a4c), foot: hex(0x6a5528)})
	stone, shade, roof := hex(0xd9a27c), hex(0x9c6a50), hex(0x7d4a3a)
	y := 0.535
	c.fill(across(0.14, 0.36, stone, shade), box(0.15, y-0.1, 0.35, y))
	c.fill(flat(roof), []pt{{0.14, y - 0.098}, {0.25, y - 0.15}, {0.36, y - 0.098}})
	c.fill(across(0.2, 0.3, mix(stone, hex(0xffffff), 0.1), shade), box(0.205, y-0.215, 0.295, y-0.12))
	c.fill(across(0.19, 0.31, mix(roof, hex(0xffffff), 0.12), mix(roof, hex(0x000000), 0.25)),
		[]pt{{0.195, y - 0.213}, {0.25, y - 0.335}, {0.305, y - 0.213}})
	c.fill(flat(hex(0x4a3a30)), box(0.2485, y-0.365, 0.2515, y-0.33), box(0.241, y-0.353, 0.259, y-0.35))
	for i := range 3 {
		x := 0.222 + 0.028*float64(i)
		c.fill(flat(hex(0x4a2f28)), box(x-0.005, y-0.185, x+0.005, y-0.14), disc(x, y-0.185, 0.005))
	}
	c.fill(flat(hex(0x4a2f28)), box(0.236, y-0.062, 0.264, y), disc(0.25, y-0.062, 0.014))
	for i := range 4 {
		c.conifer([]float64{0.09, 0.115, 0.385, 0.41}[i], y+0.012, 0.1+0.03*float64(i%2), mix(hex(0x2c4a3a), hex(0x4d6b4a), float64(i)/6))
	}
	for i := range 300 {
		x, gy := chance(i, 1, 67), 0.575+0.09*chance(i, 2, 67)
		c.fill(flat([]rgb{hex(0xc8402f), hex(0xe9c24d), hex(0xf6efe2)}[i%3].with(0.8)),
			disc(x, gy+0.02*waves(x*3, 1, 2, 5), 0.0018+0.0018*(gy-0.57)*12))
	}
}

// bridge is a garden with its red bridge, in spring.
func bridge(c *canvas) {
	c.sky(sky{high: hex(0x77a9d6), middle: hex(0xbcd9ea), low: hex(0xfbeee6), horizon: 0.33, clouds: 0.68, seed: 71, light: hex(0xffffff)})
	cone := []pt{{0.42, 0.35}}
	for i := range 61 {
		t := float64(i)/60*2 - 1
		cone = append(cone, pt{0.68 + t*0.27, 0.345 - 0.21*math.Pow(1-math.Abs(t), 1.5)})
	}
	c.fill(func(x, y float64) rgb {
		if y < 0.205+0.014*waves(x*40, 1, 3, 3) {
			return hex(0xfafcff)
		}
		return mix(hex(0x7f9cc0), hex(0xd5dde2), (y-0.14)/0.2)
	}, append(cone, pt{0.94, 0.35}))
	c.ridge(ridge{y: 0.35, rise: 0.075, rough: 3.4, seed: 72, top: hex(0x6f9a78), foot: hex(0xa9c4a0)})
	for i := range 16 {
		c.conifer(0.02+0.064*float64(i)+0.02*chance(i, 1, 3), 0.362, 0.07+0.05*chance(i, 2, 3),
			mix(hex(0x3a6648), hex(0x5b8560), chance(i, 3, 3)))
	}
	c.water(0.362, c.high+0.01, 0.6, hex(0x5f8f8a))
	arc := func(y0, thick float64) []pt {
		var top, under []pt
		for i := range 61 {
			t := float64(i)/60*2 - 1
			x, y := 0.5+t*0.3, y0-0.105*(1-t*t)
			top, under = append(top, pt{x, y}), append([]pt{{x, y + thick}}, under...)
		}
		return append(top, under...)
	}
	red, dark := hex(0xc5392f), hex(0x8a241f)
	c.fill(flat(dark), arc(0.475, 0.022))
	for i := range 15 {
		t := float64(i)/14*2 - 1
		x, y := 0.5+t*0.29, 0.465-0.105*(1-t*t*0.94)
		c.fill(flat(red), band(pt{x, y + 0.012}, pt{x, y - 0.048}, 0.008, 0.007))
	}
	c.fill(flat(red), arc(0.425, 0.009), arc(0.447, 0.006), arc(0.468, 0.011))
	for _, x := range []float64{0.33, 0.44, 0.56, 0.67} {
		t := (x - 0.5) / 0.3
		c.fill(flat(dark), band(pt{x, 0.487 - 0.105*(1-t*t)}, pt{x, 0.51}, 0.011, 0.011))
	}
	c.fill(flat(hex(0x8a241f).with(0.22)), smooth(pt{0.22, 0.515}, pt{0.5, 0.565}, pt{0.78, 0.515}, pt{0.5, 0.545}))
	bank := func(points ...pt) { c.fill(down(0.43, 0.66, hex(0x86a95c), hex(0x4d7038)), smooth(points...)) }
	bank(pt{-0.1, 0.45}, pt{0.12, 0.455}, pt{0.235, 0.49}, pt{0.2, 0.53}, pt{0.1, 0.6}, pt{0.02, 0.7}, pt{-0.1, 0.7})
	bank(pt{1.1, 0.44}, pt{0.9, 0.45}, pt{0.77, 0.485}, pt{0.82, 0.53}, pt{0.93, 0.58}, pt{1.0, 0.7}, pt{1.1, 0.7})
	blossom := func(x, y, size float64, seed int) {
		c.tree(x, y, size, seed, hex(0xfbd7de), hex(0xd98aa2), hex(0x4a3530))
	}
	blossom(0.09, 0.5, 0.36, 81)
	blossom(0.93, 0.49, 0.31, 82)
	blossom(0.02, 0.56, 0.26, 83)
	for i := range 160 {
		x, y := chance(i, 1, 85), 0.5+0.16*chance(i, 2, 85)
		c.fill(flat(hex(0xf9cdd8).with(0.85)), oval(x, y, 0.0026, 0.0015))
	}
	for i := range 7 {
		x, y := 0.3+0.07*float64(i)+0.02*chance(i, 3, 8), 0.585+0.05*chance(i, 4, 8)
		c.fill(flat(hex(0x3f7a52)), oval(x, y, 0.02, 0.0065))
		if i%2 == 0 {
			c.fill(flat(hex(0xf3a9bd)), oval(x, y-0.005, 0.006, 0.005))
		}
	}
}

// weaving is cloth on a loom, seen from near.
func weaving(c *canvas) {
	inks := []rgb{hex(0x1f4e79), hex(0xc8502f), hex(0xe8b04a), hex(0xf4ead6), hex(0x7a2f4a), hex(0x2f7d6b)}
	bands := []struct {
		ink   int
		width float64
	}{{0, .07}, {3, .012}, {1, .045}, {2, .02}, {1, .02}, {3, .012}, {0, .09}, {5, .03}, {3, .01}, {4, .06}, {2, .014}, {4, .02}, {3, .012}}
	total := 0.0
	for _, b := range bands {
		total += b.width
	}
	colour := func(u float64) rgb {
		u = math.Mod(u+10*total, total)
		for _, b := range bands {
			if u < b.width {
				return inks[b.ink]
			}
			u -= b.width
		}
		return inks[0]
	}
	const thread = 0.0042
	c.all(func(x, y float64) rgb {
		// The cloth lies a little aslant and in soft folds.
		fold := 0.012*math.Sin(x*9+y*3) + 0.02*waves(x*2, y*2, 3, 5)
		u, v := x*0.97+y*0.22+fold, y*0.97-x*0.2+fold*0.6
		i, j := math.Floor(u/thread), math.Floor(v/thread)
		fu, fv := u/thread-i, v/thread-j
		over := int(i+j)&1 == 0
		ink := colour(v)
		round := math.Sin(fu * math.Pi)
		if over {
			ink = colour(u * 1.3)
			round = math.Sin(fv * math.Pi)
		}
		// Lozenges of another colour, as weavers count them.
		if d := math.Abs(math.Mod(u+10, 0.16)-0.08) + math.Abs(math.Mod(v+10, 0.2)-0.1); d < 0.03 || d > 0.05 && d < 0.056 {
			ink = mix(ink, inks[2], 0.85)
		}
		light := 0.66 + 0.34*round + 0.5*fold*8
		ink = mix(hex(0x0d0a10), ink, min(light, 1))
		return mix(ink, hex(0xffffff), max(0, light-1)*0.5)
	})
	c.fill(across(0, 1, hex(0x8a5a34), hex(0x5d3a20)), []pt{{-0.01, 0.5}, {1.01, 0.42}, {1.01, 0.475}, {-0.01, 0.56}})
	c.fill(flat(hex(0xd9a566).with(0.35)), []pt{{-0.01, 0.505}, {1.01, 0.425}, {1.01, 0.433}, {-0.01, 0.514}})
	c.fill(down(0.5, 0.62, hex(0x000000).with(0.45), hex(0x000000).with(0)),
		[]pt{{-0.01, 0.56}, {1.01, 0.475}, {1.01, 0.53}, {-0.01, 0.62}})
}
