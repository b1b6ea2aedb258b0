package icc

import (
	"fmt"
	"math"
)

// points is the size of the prepared grid along each of red, green and blue.
// 33 keeps the error against the exact path under half a percent of ink.
const points = 33

// Converter turns sRGB into the inks of one press and back. It does not
// change once made: safe for concurrent use.
type Converter struct {
	toInk, toLab *table
	black        float64 // Y of the darkest ink the separation makes
	limit        int
	grid         [][4]float32 // points³ separations, 0…255
	blacks       [256]uint8   // K alone for a gray
}

// NewConverter prepares the conversion to the press of p. limit is the most
// ink on one spot, in percent.
func NewConverter(p *Profile, limit int) (*Converter, error) {
	if p.Space != "CMYK" || p.PCS != "Lab " || p.Class != "prtr" {
		return nil, fmt.Errorf("class %q, space %q, connection space %q: %w", p.Class, p.Space, p.PCS, ErrUnsuitable)
	}
	c := &Converter{limit: limit}
	var err error
	if c.toInk, err = p.first([]string{"B2A1", "B2A0"}, 3, 4); err != nil {
		return nil, err
	}
	if c.toLab, err = p.first([]string{"A2B1", "A2B0"}, 4, 3); err != nil {
		return nil, err
	}
	// The press's black is what its own separation of black looks like; its
	// tint is ignored, as black point compensation does.
	dark := c.lab(c.separate([3]float64{0, 0, 0}))
	c.black = toXYZ([3]float64{min(50, max(0, dark[0])), 0, 0})[1]
	c.prepare()
	c.prepareBlacks()
	return c, nil
}

func (p *Profile) first(tags []string, nIn, nOut int) (t *table, err error) {
	for _, tag := range tags {
		if _, ok := p.tags[tag]; ok {
			return p.table(tag, nIn, nOut)
		}
	}
	return p.table(tags[0], nIn, nOut)
}

// separate gives the inks of a Lab colour, 0…1.
func (c *Converter) separate(lab [3]float64) [4]float64 {
	in := c.toInk.encodeLab(lab)
	var out [4]float64
	c.toInk.eval(in[:], out[:])
	return out
}

// lab gives the colour of inks, 0…1.
func (c *Converter) lab(inks [4]float64) [3]float64 {
	var out [3]float64
	c.toLab.eval(inks[:], out[:])
	return c.toLab.decodeLab(out)
}

// exact separates an sRGB colour, components 0…1, without the grid.
func (c *Converter) exact(r, g, b float64) [4]float64 {
	xyz := fromSRGB(linear(r), linear(g), linear(b))
	for i := range xyz {
		xyz[i] = xyz[i]*(1-c.black) + white[i]*c.black
	}
	return c.separate(toLab(xyz))
}

func (c *Converter) prepare() {
	c.grid = make([][4]float32, points*points*points)
	const last = points - 1
	for i := range c.grid {
		r, g, b := i/(points*points), i/points%points, i%points
		inks := c.exact(float64(r)/last, float64(g)/last, float64(b)/last)
		for k := range inks {
			c.grid[i][k] = float32(inks[k] * 255)
		}
	}
}

// prepareBlacks finds, for each gray of the screen, the tint of black alone
// that looks as light between paper and solid black.
func (c *Converter) prepareBlacks() {
	var y [256]float64
	for k := range y {
		y[k] = toXYZ(c.lab([4]float64{3: float64(k) / 255}))[1]
	}
	paper, solid := y[0], y[255]
	for v := range c.blacks {
		want := solid + (paper-solid)*linear(float64(v)/255)
		best := 0
		for k := range y {
			if math.Abs(y[k]-want) < math.Abs(y[best]-want) {
				best = k
			}
		}
		c.blacks[v] = uint8(best)
	}
}

// Inks separates an sRGB colour: C, M, Y, K, 255 for solid.
func (c *Converter) Inks(r, g, b uint8) [4]uint8 {
	if r == 255 && g == 255 && b == 255 {
		return [4]uint8{} // white is paper, whatever rounding says
	}
	var base [3]int
	var f [3]float32
	for i, v := range [3]uint8{r, g, b} {
		p := float32(v) * (points - 1) / 255
		base[i] = min(int(p), points-2)
		f[i] = p - float32(base[i])
	}
	step := [3]int{points * points, points, 1}
	at := base[0]*step[0] + base[1]*step[1] + base[2]
	// Tetrahedral: walk from the low corner to the high one along the largest
	// fraction first.
	first, second, third := 0, 1, 2
	if f[first] < f[second] {
		first, second = second, first
	}
	if f[second] < f[third] {
		second, third = third, second
	}
	if f[first] < f[second] {
		first, second = second, first
	}
	n0, n1 := &c.grid[at], &c.grid[at+step[first]]
	n2 := &c.grid[at+step[first]+step[second]]
	n3 := &c.grid[at+step[first]+step[second]+step[third]]
	var out [4]uint8
	for k := range out {
		v := n0[k] + f[first]*(n1[k]-n0[k]) + f[second]*(n2[k]-n1[k]) + f[third]*(n3[k]-n2[k])
		out[k] = uint8(max(0, min(255, v+0.5)))
	}
	return Limit(out, c.limit)
}

// Black gives the tint of black alone for a gray of the screen, 255 solid.
func (c *Converter) Black(gray uint8) uint8 { return c.blacks[gray] }

// Screen gives the sRGB colour of inks, 255 for solid.
func (c *Converter) Screen(inks [4]uint8) (r, g, b uint8) {
	var v [4]float64
	for i := range v {
		v[i] = float64(inks[i]) / 255
	}
	xyz := toXYZ(c.lab(v))
	for i := range xyz {
		xyz[i] = (xyz[i] - white[i]*c.black) / (1 - c.black)
	}
	lr, lg, lb := toSRGB(xyz)
	return screenByte(lr), screenByte(lg), screenByte(lb)
}

func screenByte(v float64) uint8 { return uint8(math.Round(clamp(encoded(clamp(v))) * 255)) }

// Limit lowers the coloured inks until all four lay at most limit percent.
func Limit(inks [4]uint8, limit int) [4]uint8 {
	total := int(inks[0]) + int(inks[1]) + int(inks[2]) + int(inks[3])
	most := limit * 255 / 100
	colored := total - int(inks[3])
	if total <= most || colored == 0 {
		return inks
	}
	left := max(0, most-int(inks[3]))
	for i := range 3 {
		inks[i] = uint8(int(inks[i]) * left / colored)
	}
	return inks
}
