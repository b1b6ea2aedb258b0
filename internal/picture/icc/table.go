package icc

import (
	"encoding/binary"
	"fmt"
	"math"
)

// maxNodes bounds the grid of a table: real ones hold some hundred thousand.
const maxNodes = 8 << 20

// curve maps 0…1 to 0…1.
type curve func(x float64) float64

// table is a multidimensional transform: curves, a grid, curves, as all four
// kinds of lut tags can be written (matrices aside, which CMYK profiles leave
// at identity).
type table struct {
	in, out []curve
	grid    []int     // points along each input
	nodes   []float64 // 0…1, outputs fastest, last input next
	mid     []curve   // between grid and matrix (v4), nil when absent
	matrix  *[12]float64
	// lab16 says that Lab is encoded as v2 lut16 has it (L 100 = 0xFF00).
	lab16 bool
	// first says that the grid comes before the curves and the matrix.
	gridFirst bool
}

// table reads the tag as a transform of nIn to nOut channels.
func (p *Profile) table(tag string, nIn, nOut int) (*table, error) {
	t, ok := p.tags[tag]
	if !ok {
		return nil, fmt.Errorf("no %s: %w", tag, ErrUnsuitable)
	}
	var (
		out *table
		err error
	)
	switch string(t[:4]) {
	case "mft1", "mft2":
		out, err = parseLut(t, nIn, nOut)
	case "mAB ", "mBA ":
		out, err = parseModern(t, nIn, nOut)
	default:
		return nil, fmt.Errorf("%s of type %q: %w", tag, t[:4], ErrUnsuitable)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tag, err)
	}
	return out, nil
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }

// fixed reads an s15Fixed16.
func fixed(b []byte, at int) float64 {
	return float64(int32(binary.BigEndian.Uint32(b[at:]))) / 65536
}

// parseLut reads lut8 and lut16 (ICC.1:2001 6.5.7, 6.5.8).
func parseLut(t []byte, nIn, nOut int) (*table, error) {
	if len(t) < 52 || int(t[8]) != nIn || int(t[9]) != nOut || t[10] < 2 {
		return nil, ErrDamaged
	}
	wide := string(t[:4]) == "mft2"
	inEntries, outEntries, at, size := 256, 256, 48, 1
	if wide {
		inEntries, outEntries, at, size = u16(t, 48), u16(t, 50), 52, 2
	}
	g := int(t[10])
	count := nOut
	for range nIn {
		if count *= g; count > maxNodes {
			return nil, ErrDamaged
		}
	}
	if inEntries < 2 || outEntries < 2 || at+size*(inEntries*nIn+count+outEntries*nOut) > len(t) {
		return nil, ErrDamaged
	}
	read := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			if wide {
				v[i] = float64(u16(t, at)) / 65535
			} else {
				v[i] = float64(t[at]) / 255
			}
			at += size
		}
		return v
	}
	out := &table{lab16: wide}
	for range nIn {
		out.in = append(out.in, sampled(read(inEntries)))
		out.grid = append(out.grid, g)
	}
	out.nodes = read(count)
	for range nOut {
		out.out = append(out.out, sampled(read(outEntries)))
	}
	return out, nil
}

// sampled interpolates between equally spaced values.
func sampled(v []float64) curve {
	return func(x float64) float64 {
		x = clamp(x) * float64(len(v)-1)
		i := min(int(x), len(v)-2)
		f := x - float64(i)
		return v[i]*(1-f) + v[i+1]*f
	}
}

// clamp keeps x within 0…1; what is not a number, as a damaged curve can give,
// becomes 0.
func clamp(x float64) float64 {
	switch {
	case x >= 1:
		return 1
	case x > 0:
		return x
	}
	return 0
}

// parseModern reads lutAToB and lutBToA (ICC.1:2010 10.10, 10.11).
func parseModern(t []byte, nIn, nOut int) (*table, error) {
	if len(t) < 32 || int(t[8]) != nIn || int(t[9]) != nOut {
		return nil, ErrDamaged
	}
	out := &table{gridFirst: string(t[:4]) == "mAB "}
	b, matrix, m, clut, a := u32(t, 12), u32(t, 16), u32(t, 20), u32(t, 24), u32(t, 28)
	if clut == 0 || a == 0 || b == 0 {
		// A CMYK table without a grid cannot exist.
		return nil, ErrUnsuitable
	}
	nB, nA := nIn, nOut
	if out.gridFirst {
		nB, nA = nOut, nIn
	}
	bCurves, err := curves(t, b, nB)
	if err != nil {
		return nil, err
	}
	aCurves, err := curves(t, a, nA)
	if err != nil {
		return nil, err
	}
	if m != 0 {
		if out.mid, err = curves(t, m, 3); err != nil {
			return nil, err
		}
	}
	if matrix != 0 {
		if matrix+48 > len(t) {
			return nil, ErrDamaged
		}
		out.matrix = new([12]float64)
		for i := range out.matrix {
			out.matrix[i] = fixed(t, matrix+4*i)
		}
	}
	out.in, out.out = bCurves, aCurves
	if out.gridFirst {
		out.in, out.out = aCurves, bCurves
	}
	return out, out.readGrid(t, clut, nIn, nOut)
}

func (tb *table) readGrid(t []byte, at, nIn, nOut int) error {
	if at+20 > len(t) {
		return ErrDamaged
	}
	count := nOut
	for i := range nIn {
		g := int(t[at+i])
		if g < 2 {
			return ErrDamaged
		}
		tb.grid = append(tb.grid, g)
		if count *= g; count > maxNodes {
			return ErrDamaged
		}
	}
	size := int(t[at+16])
	at += 20
	if size != 1 && size != 2 || at+size*count > len(t) {
		return ErrDamaged
	}
	tb.nodes = make([]float64, count)
	for i := range tb.nodes {
		if size == 1 {
			tb.nodes[i] = float64(t[at+i]) / 255
		} else {
			tb.nodes[i] = float64(u16(t, at+2*i)) / 65535
		}
	}
	return nil
}

// curves reads n curves one after the other, each padded to four bytes.
func curves(t []byte, at, n int) ([]curve, error) {
	var out []curve
	for range n {
		c, size, err := readCurve(t, at)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
		at += (size + 3) &^ 3
	}
	return out, nil
}

func readCurve(t []byte, at int) (curve, int, error) {
	if at < 0 || at+12 > len(t) {
		return nil, 0, ErrDamaged
	}
	switch string(t[at : at+4]) {
	case "curv":
		n := u32(t, at+8)
		if n > 65536 || at+12+2*n > len(t) {
			return nil, 0, ErrDamaged
		}
		size := 12 + 2*n
		switch n {
		case 0:
			return func(x float64) float64 { return x }, size, nil
		case 1:
			gamma := float64(u16(t, at+12)) / 256
			return func(x float64) float64 { return math.Pow(clamp(x), gamma) }, size, nil
		}
		v := make([]float64, n)
		for i := range v {
			v[i] = float64(u16(t, at+12+2*i)) / 65535
		}
		return sampled(v), size, nil
	case "para":
		return parametric(t, at)
	}
	return nil, 0, ErrDamaged
}

// parametric reads the functions of ICC.1:2010 table 65.
func parametric(t []byte, at int) (curve, int, error) {
	kind := u16(t, at+8)
	counts := []int{1, 3, 4, 5, 7}
	if kind >= len(counts) || at+12+4*counts[kind] > len(t) {
		return nil, 0, ErrDamaged
	}
	var v [7]float64
	for i := range counts[kind] {
		v[i] = fixed(t, at+12+4*i)
	}
	g, a, b, c, d, e, f := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
	size := 12 + 4*counts[kind]
	switch kind {
	case 0:
		a, b, c, d, e, f = 1, 0, 0, 0, 0, 0
	case 1:
		if a == 0 {
			return nil, 0, ErrDamaged
		}
		c, d, e, f = 0, -b/a, 0, 0
	case 2:
		if a == 0 {
			return nil, 0, ErrDamaged
		}
		c, d, e, f = 0, -b/a, v[3], v[3]
	}
	return func(x float64) float64 {
		if x >= d {
			return math.Pow(max(0, a*x+b), g) + e
		}
		return c*x + f
	}, size, nil
}

// eval runs v through the table; out has one value for each output.
func (tb *table) eval(v []float64, out []float64) {
	var buf [4]float64
	x := buf[:len(v)]
	for i := range v {
		x[i] = clamp(tb.in[i](clamp(v[i])))
	}
	if tb.gridFirst {
		tb.interpolate(x, out)
		tb.middle(out)
	} else {
		tb.middle(x)
		tb.interpolate(x, out)
	}
	for i := range out {
		out[i] = clamp(tb.out[i](clamp(out[i])))
	}
}

// middle applies the three-channel curves and matrix of v4 tables, in the
// order of their direction.
func (tb *table) middle(x []float64) {
	curves := func() {
		for i, c := range tb.mid {
			x[i] = clamp(c(clamp(x[i])))
		}
	}
	if tb.gridFirst {
		curves()
	}
	if m := tb.matrix; m != nil {
		a, b, c := x[0], x[1], x[2]
		for i := range 3 {
			x[i] = clamp(m[3*i]*a + m[3*i+1]*b + m[3*i+2]*c + m[9+i])
		}
	}
	if !tb.gridFirst {
		curves()
	}
}

// interpolate is multilinear between the corners of the cell around x.
func (tb *table) interpolate(x, out []float64) {
	n := len(x)
	var base, step [4]int
	var frac [4]float64
	stride := len(out)
	for i := n - 1; i >= 0; i-- {
		p := x[i] * float64(tb.grid[i]-1)
		k := min(int(p), tb.grid[i]-2)
		base[i], step[i], frac[i] = k*stride, stride, p-float64(k)
		stride *= tb.grid[i]
	}
	for i := range out {
		out[i] = 0
	}
	for corner := range 1 << n {
		weight, at := 1.0, 0
		for i := range n {
			at += base[i]
			if corner>>i&1 == 1 {
				weight *= frac[i]
				at += step[i]
			} else {
				weight *= 1 - frac[i]
			}
		}
		if weight == 0 {
			continue
		}
		for c := range out {
			out[c] += weight * tb.nodes[at+c]
		}
	}
}
