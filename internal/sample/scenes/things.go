package scenes

import "math"

// tree is a crown of many leaves on a trunk.
func (c *canvas) tree(x, y, size float64, seed int, leaf, shade, trunk rgb) {
	c.fill(flat(trunk), band(pt{x, y}, pt{x, y - size*0.6}, size*0.09, size*0.05))
	for i := range 70 {
		a, r := chance(i, 1, seed)*2*math.Pi, math.Sqrt(chance(i, 2, seed))
		px, py := x+math.Cos(a)*r*size*0.42, y-size*0.74+math.Sin(a)*r*size*0.32
		light := 0.5 + 0.5*(y-size*0.74-py)/(size*0.32) + 0.25*(chance(i, 3, seed)-0.5)
		c.fill(flat(mix(shade, leaf, light)), disc(px, py, size*(0.06+0.06*chance(i, 4, seed))))
	}
}

// conifer is a fir or a cypress.
func (c *canvas) conifer(x, y, size float64, ink rgb) {
	c.fill(flat(ink), band(pt{x, y}, pt{x, y - size*0.2}, size*0.05, size*0.05))
	for i := range 4 {
		t := float64(i) / 4
		w := size * (0.24 - 0.15*t)
		c.fill(flat(ink), []pt{{x - w, y - size*(0.1+0.2*t)}, {x + w, y - size*(0.1+0.2*t)}, {x, y - size*(0.45+0.55*t)}})
	}
}

// baobab has a trunk like a bottle and a thin crown.
func (c *canvas) baobab(x, y, size float64, seed int, ink, leaf rgb) {
	w := size * 0.13
	c.fill(flat(ink), smooth(pt{x - w*1.25, y}, pt{x - w, y - size*0.3}, pt{x - w*0.75, y - size*0.62}, pt{x, y - size*0.68},
		pt{x + w*0.75, y - size*0.62}, pt{x + w, y - size*0.3}, pt{x + w*1.25, y}, pt{x, y + size*0.02}))
	for i := range 13 {
		t := float64(i)/12*2 - 1
		end := pt{x + t*size*0.42, y - size*(0.84+0.13*(1-t*t)) + size*0.06*(chance(i, 1, seed)-0.5)}
		c.fill(flat(ink), band(pt{x + t*w*0.55, y - size*0.6}, end, size*0.045, size*0.012))
		for k := range 7 {
			c.fill(flat(leaf), oval(end.x+(chance(i, 10+k, seed)-0.5)*size*0.16, end.y+(chance(i, 20+k, seed)-0.6)*size*0.06,
				size*0.055, size*0.022))
		}
	}
}

// house has a face, a side in shade, a roof and openings.
func (c *canvas) house(x, y, w, h float64, wall, roof rgb, windows int) {
	c.fill(flat(wall), box(x, y-h, x+w, y))
	c.fill(flat(mix(wall, hex(0x202838), 0.22)), box(x+w*0.82, y-h, x+w, y))
	c.fill(flat(roof), []pt{{x - w*0.06, y - h}, {x + w*0.14, y - h*1.34}, {x + w*0.86, y - h*1.34}, {x + w*1.06, y - h}})
	for i := range windows {
		wx := x + w*0.76*(float64(i)+0.5)/float64(windows) + w*0.02
		s := w * 0.3 / float64(windows)
		c.fill(flat(mix(roof, hex(0x18212f), 0.65)), box(wx-s/2, y-h*0.72, wx+s/2, y-h*0.36))
	}
}

// boat is a hull with one sail, and what the water keeps of it.
func (c *canvas) boat(x, y, size float64, hull, sail rgb) {
	c.fill(flat(hull), smooth(pt{x - size*0.5, y - size*0.12}, pt{x - size*0.3, y}, pt{x + size*0.3, y}, pt{x + size*0.55, y - size*0.14},
		pt{x, y - size*0.09}))
	c.fill(flat(hull), band(pt{x, y - size*0.06}, pt{x, y - size*1.05}, size*0.025, size*0.018))
	c.fill(across(x-size*0.1, x+size*0.5, sail, mix(sail, hex(0x304050), 0.25)),
		[]pt{{x + size*0.03, y - size}, {x + size*0.5, y - size*0.2},
			{x + size*0.03, y - size*0.16}})
	c.fill(flat(mix(sail, hex(0x304050), 0.12)), []pt{{x - size*0.03, y - size*0.9}, {x - size*0.34, y - size*0.22},
		{x - size*0.03, y - size*0.16}})
	c.fill(flat(hull.with(0.25)), oval(x, y+size*0.07, size*0.48, size*0.05))
}

// canoe is a long boat with people in it.
func (c *canvas) canoe(x, y, size float64, ink rgb, people int) {
	for i := range people {
		px := x + size*(float64(i)-float64(people-1)/2)*0.2
		c.person(px, y-size*0.02, size*0.26, ink, ink)
	}
	c.fill(flat(ink), smooth(pt{x - size*0.58, y - size*0.1}, pt{x - size*0.3, y + size*0.01}, pt{x + size*0.3, y + size*0.01},
		pt{x + size*0.58, y - size*0.1}, pt{x, y - size*0.05}))
	c.fill(flat(ink.with(0.3)), oval(x, y+size*0.05, size*0.5, size*0.028))
}

// person is somebody seen from far away.
func (c *canvas) person(x, y, size float64, cloth, skin rgb) {
	c.fill(flat(cloth), smooth(pt{x - size*0.13, y}, pt{x - size*0.15, y - size*0.4}, pt{x - size*0.11, y - size*0.72},
		pt{x, y - size*0.76},
		pt{x + size*0.11, y - size*0.72}, pt{x + size*0.15, y - size*0.4}, pt{x + size*0.13, y}))
	c.fill(flat(skin), disc(x, y-size*0.87, size*0.1))
}

// awning is a market stall with its cloth in stripes and its goods.
func (c *canvas) awning(x, y, w float64, a, b rgb, seed int) {
	h := w * 0.62
	c.fill(flat(hex(0x3b2f2a)), band(pt{x + w*0.04, y}, pt{x + w*0.04, y - h}, w*0.022, w*0.022),
		band(pt{x + w*0.96, y}, pt{x + w*0.96, y - h}, w*0.022, w*0.022))
	c.fill(down(y-h, y, hex(0x2c2622).with(0.75), hex(0x2c2622).with(0.35)), box(x+w*0.05, y-h*0.8, x+w*0.95, y-h*0.3))
	const stripes = 9
	for i := range stripes {
		x0, x1 := x+w*float64(i)/stripes, x+w*float64(i+1)/stripes
		ink := a
		if i%2 == 1 {
			ink = b
		}
		c.fill(down(y-h*1.22, y-h*0.8, mix(ink, hex(0xffffff), 0.15), mix(ink, hex(0x000000), 0.12)),
			[]pt{{x0 + (x+w/2-x0)*0.12, y - h*1.22}, {x1 + (x+w/2-x1)*0.12, y - h*1.22}, {x1, y - h*0.86}, {x0, y - h*0.86}})
		c.fill(flat(mix(ink, hex(0x000000), 0.1)), oval((x0+x1)/2, y-h*0.86, (x1-x0)/2, h*0.07))
	}
	c.fill(down(y-h*0.34, y, hex(0x9a6b43), hex(0x6d4628)), box(x+w*0.03, y-h*0.32, x+w*0.97, y))
	goods := []rgb{hex(0xd9482b), hex(0xe8a33a), hex(0x6f9f3c), hex(0xc9d05a), hex(0x8c3b5b), hex(0xe5703a)}
	for crate := range 6 {
		ink := goods[(crate+seed)%len(goods)]
		for k := range 34 {
			gx := x + w*(0.09+0.82*(float64(crate)+0.08+0.84*chance(k, crate, seed))/6)
			gy := y - h*0.33 - h*0.12*chance(k, crate+9, seed)*(1-math.Abs(chance(k, crate, seed)-0.5))
			c.fill(flat(mix(ink, hex(0xffffff), 0.35*chance(k, crate+3, seed)-0.05)), disc(gx, gy, w*0.017))
		}
	}
}
