package scenes

// face is somebody nobody is.
type face struct {
	back, light  rgb // behind
	skin, shadow rgb
	hair         rgb
	coat, shirt  rgb
	long         bool // hair to the shoulders
	glasses      bool
}

var faces = []face{
	{back: hex(0x2f5b7c), light: hex(0x9fc3d6), skin: hex(0xe3b48f), shadow: hex(0xb57f5f), hair: hex(0x3a2820), coat: hex(0x24344d),
		shirt: hex(0xf3efe8), long: true},
	{back: hex(0x8a4f33), light: hex(0xe8c08c), skin: hex(0x8a5a3d), shadow: hex(0x5c3826), hair: hex(0x1d1512), coat: hex(0x2f5d4f),
		shirt: hex(0xf7ead2), glasses: true},
}

// portrait paints head and shoulders before a soft light.
func (c *canvas) portrait(f face) {
	c.all(func(x, y float64) rgb {
		d := (x-0.66)*(x-0.66) + (y-0.36)*(y-0.36)
		return mix(f.light, f.back, min(d*2.6+0.1*waves(x*3, y*3, 3, 9), 1))
	})
	lit := func(x0, x1 float64, a, b rgb) paint { return across(x0, x1, b, a) } // the light comes from the right
	if f.long {
		c.fill(lit(0.25, 0.75, f.hair, mix(f.hair, hex(0x000000), 0.4)),
			smooth(pt{0.5, 0.2}, pt{0.68, 0.27}, pt{0.735, 0.5}, pt{0.75, 0.78},
				pt{0.62, 0.86}, pt{0.38, 0.86}, pt{0.25, 0.78}, pt{0.265, 0.5}, pt{0.32, 0.27}))
	}
	c.fill(lit(0.1, 0.9, f.coat, mix(f.coat, hex(0x000000), 0.45)), smooth(pt{0.38, 0.86}, pt{0.62, 0.86}, pt{0.82, 0.94}, pt{0.95, 1.1},
		pt{0.98, 1.4}, pt{0.02, 1.4}, pt{0.05, 1.1}, pt{0.18, 0.94}))
	c.fill(flat(f.shirt), []pt{{0.4, 0.85}, {0.6, 0.85}, {0.63, 0.92}, {0.5, 1.16}, {0.37, 0.92}})
	c.fill(lit(0.4, 0.6, mix(f.skin, f.shadow, 0.45), f.shadow),
		smooth(pt{0.42, 0.68}, pt{0.58, 0.68}, pt{0.595, 0.88}, pt{0.5, 0.97}, pt{0.405, 0.88}))
	for _, side := range []float64{-1, 1} { // lapels
		c.fill(flat(mix(f.coat, hex(0x000000), 0.2)),
			[]pt{{0.5 + side*0.1, 0.86}, {0.5 + side*0.2, 0.9}, {0.5 + side*0.17, 1.05}, {0.5 + side*0.012, 1.25},
				{0.5, 1.2}})
		c.fill(flat(mix(f.skin, f.shadow, 0.3+0.35*(1-side)/2)), oval(0.5+side*0.178, 0.52, 0.026, 0.05)) // ears
	}
	c.fill(lit(0.3, 0.72, f.skin, mix(f.skin, f.shadow, 0.85)), smooth(pt{0.5, 0.255}, pt{0.635, 0.31}, pt{0.675, 0.47}, pt{0.645, 0.63},
		pt{0.565, 0.735}, pt{0.5, 0.755}, pt{0.435, 0.735}, pt{0.355, 0.63}, pt{0.325, 0.47}, pt{0.365, 0.31}))
	c.fill(flat(f.shadow.with(0.25)), smooth(pt{0.47, 0.5}, pt{0.5, 0.47}, pt{0.512, 0.56}, pt{0.535, 0.605}, pt{0.5, 0.618},
		pt{0.465, 0.605})) // nose
	for _, side := range []float64{-1, 1} {
		x := 0.5 + side*0.078
		c.fill(flat(mix(f.hair, f.shadow, 0.25)), smooth(pt{x - 0.045, 0.462}, pt{x, 0.444}, pt{x + 0.045, 0.458}, pt{x, 0.456})) // brows
		c.fill(flat(hex(0xf7f2ec)), oval(x, 0.498, 0.029, 0.0125))
		c.fill(flat(mix(f.hair, hex(0x000000), 0.4)), disc(x, 0.498, 0.0125))
		c.fill(flat(hex(0xffffff).with(0.8)), disc(x+0.005, 0.494, 0.0032))
		c.fill(flat(mix(f.shadow, f.hair, 0.5)), smooth(pt{x - 0.034, 0.494}, pt{x, 0.481}, pt{x + 0.034, 0.492}, pt{x, 0.4865}))
		if f.glasses {
			rim := mix(f.hair, hex(0x000000), 0.5)
			c.fill(flat(rim), oval(x, 0.5, 0.056, 0.042), reversed(oval(x, 0.5, 0.0515, 0.0375)))
			c.fill(flat(hex(0xffffff).with(0.12)), oval(x, 0.5, 0.0515, 0.0375))
			c.fill(flat(rim), band(pt{x + side*0.054, 0.496}, pt{0.5 + side*0.178, 0.49}, 0.0055, 0.0055))
		}
	}
	if f.glasses {
		c.fill(flat(mix(f.hair, hex(0x000000), 0.5)), band(pt{0.476, 0.494}, pt{0.524, 0.494}, 0.0055, 0.0055))
	}
	lips := mix(f.shadow, hex(0xa04038), 0.5)
	c.fill(flat(lips), smooth(pt{0.44, 0.656}, pt{0.48, 0.648}, pt{0.5, 0.652}, pt{0.52, 0.648}, pt{0.56, 0.656}, pt{0.5, 0.684}))
	c.fill(flat(mix(lips, hex(0x2a1010), 0.5)), smooth(pt{0.436, 0.655}, pt{0.5, 0.664}, pt{0.564, 0.655}, pt{0.5, 0.667}))
	// The hair over the forehead.
	if f.long {
		c.fill(lit(0.28, 0.72, mix(f.hair, hex(0xffffff), 0.1), mix(f.hair, hex(0x000000), 0.35)),
			smooth(pt{0.5, 0.195}, pt{0.665, 0.265}, pt{0.715, 0.47},
				pt{0.668, 0.44}, pt{0.63, 0.36}, pt{0.53, 0.32}, pt{0.42, 0.345}, pt{0.345, 0.42}, pt{0.285, 0.5}, pt{0.33, 0.27}))
		return
	}
	c.fill(lit(0.28, 0.72, mix(f.hair, hex(0xffffff), 0.08), mix(f.hair, hex(0x000000), 0.35)),
		smooth(pt{0.5, 0.205}, pt{0.645, 0.255}, pt{0.692, 0.43},
			pt{0.672, 0.475}, pt{0.64, 0.36}, pt{0.5, 0.315}, pt{0.36, 0.36}, pt{0.328, 0.475}, pt{0.308, 0.43}, pt{0.355, 0.255}))
}

// reversed is a hole in what is filled.
func reversed(in []pt) []pt {
	out := make([]pt, len(in))
	for i, p := range in {
		out[len(in)-1-i] = p
	}
	return out
}
