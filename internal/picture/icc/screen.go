package icc

import (
	"fmt"
	"math"
)

// Camera turns the RGB of a camera's or a screen's profile into sRGB: phones
// photograph in Display P3, some cameras in Adobe RGB. Safe for concurrent
// use.
type Camera struct {
	linear [3][256]float64
	matrix [3][3]float64 // linear components to linear sRGB
	encode [4097]uint8
}

// NewCamera prepares the conversion from p, which must be an RGB profile of a
// matrix and curves; others are ErrUnsuitable.
func NewCamera(p *Profile) (*Camera, error) {
	if p.Space != "RGB " || p.PCS != "XYZ " {
		return nil, fmt.Errorf("space %q, connection space %q: %w", p.Space, p.PCS, ErrUnsuitable)
	}
	c := &Camera{}
	for i, channel := range []string{"r", "g", "b"} {
		xyz, trc := p.tags[channel+"XYZ"], p.tags[channel+"TRC"]
		if xyz == nil || trc == nil {
			return nil, fmt.Errorf("no matrix: %w", ErrUnsuitable)
		}
		if len(xyz) < 20 {
			return nil, ErrDamaged
		}
		f, _, err := readCurve(trc, 0)
		if err != nil {
			return nil, err
		}
		for v := range 256 {
			c.linear[i][v] = clamp(f(float64(v) / 255))
		}
		r, g, b := toSRGB([3]float64{fixed(xyz, 8), fixed(xyz, 12), fixed(xyz, 16)})
		c.matrix[0][i], c.matrix[1][i], c.matrix[2][i] = r, g, b
	}
	for i := range c.encode {
		c.encode[i] = uint8(math.Round(clamp(encoded(float64(i)/4096)) * 255))
	}
	return c, nil
}

// RGB converts a colour.
func (c *Camera) RGB(r, g, b uint8) (uint8, uint8, uint8) {
	lr, lg, lb := c.linear[0][r], c.linear[1][g], c.linear[2][b]
	var out [3]uint8
	for i := range out {
		m := &c.matrix[i]
		out[i] = c.encode[int(clamp(m[0]*lr+m[1]*lg+m[2]*lb)*4096+0.5)]
	}
	return out[0], out[1], out[2]
}

// IsSRGB says that the conversion changes nothing an eye could see.
func (c *Camera) IsSRGB() bool {
	for i := range 6 * 6 * 6 {
		v := [3]uint8{uint8(i / 36 * 51), uint8(i / 6 % 6 * 51), uint8(i % 6 * 51)}
		r, g, b := c.RGB(v[0], v[1], v[2])
		for k, got := range [3]uint8{r, g, b} {
			if d := int(got) - int(v[k]); d > 3 || d < -3 {
				return false
			}
		}
	}
	return true
}
