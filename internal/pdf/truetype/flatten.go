package truetype

import (
	"encoding/binary"
	"fmt"
	"math"
)

// deepest is how many composites may stand one inside the other: fonts have
// two or three, a file from outside might turn in circles.
const deepest = 8

// More flags of a component.
const (
	scaledOffset = 0x0800
)

// affine moves a point: x' = xx x + xy y + dx, y' = yx x + yy y + dy.
type affine struct{ xx, xy, yx, yy, dx, dy float64 }

func shifted(dx, dy int) affine { return affine{xx: 1, yy: 1, dx: float64(dx), dy: float64(dy)} }

// of gives what b then a do.
func (a affine) of(b affine) affine {
	return affine{
		xx: a.xx*b.xx + a.xy*b.yx, xy: a.xx*b.xy + a.xy*b.yy,
		yx: a.yx*b.xx + a.yy*b.yx, yy: a.yx*b.xy + a.yy*b.yy,
		dx: a.xx*b.dx + a.xy*b.dy + a.dx, dy: a.yx*b.dx + a.yy*b.dy + a.dy,
	}
}

// leaf is an outline of the font inside a composite, moved.
type leaf struct {
	glyph uint16
	at    affine
}

// leaves lists the outlines a glyph is made of, however deep. gopdf's own
// subsetter follows components one level and empties the rest, so no composite
// of ours may hold another (the dot of beh in Noto Naskh Arabic).
func (f *Font) leaves(gid uint16, at affine, depth int, out []leaf) ([]leaf, error) {
	if int(gid) >= f.numGlyphs || depth > deepest {
		return nil, fmt.Errorf("glyph %d, %d levels deep: %w", gid, depth, ErrFormat)
	}
	data := f.glyph(int(gid))
	if len(data) == 0 {
		return out, nil
	}
	if len(data) < 10 {
		return nil, ErrFormat
	}
	if i16(data, 0) >= 0 {
		return append(out, leaf{gid, at}), nil
	}
	var inner error
	err := components(data, func(record []byte) {
		if inner != nil {
			return
		}
		m, e := placement(record)
		if e != nil {
			inner = e
			return
		}
		out, inner = f.leaves(uint16(u16(record, 2)), at.of(m), depth+1, out)
	})
	if err == nil {
		err = inner
	}
	return out, err
}

// placement reads where a component goes and how it is turned.
func placement(record []byte) (affine, error) {
	flags := u16(record, 0)
	if flags&argsAreOffsets == 0 || flags&scaledOffset != 0 {
		return affine{}, fmt.Errorf("component placed by points: %w", ErrFormat)
	}
	m := affine{xx: 1, yy: 1}
	at := 6
	if flags&argsAreWords != 0 {
		if len(record) < 8 {
			return m, ErrFormat
		}
		m.dx, m.dy, at = float64(i16(record, 4)), float64(i16(record, 6)), 8
	} else {
		m.dx, m.dy = float64(int8(record[4])), float64(int8(record[5]))
	}
	size := map[bool]int{flags&haveScale != 0: 2, flags&haveXYScale != 0: 4, flags&haveTwoByTwo != 0: 8}[true]
	if len(record) < at+size {
		return m, ErrFormat
	}
	f2 := func(i int) float64 { return float64(i16(record, at+2*i)) / (1 << 14) }
	switch {
	case flags&haveScale != 0:
		m.xx, m.yy = f2(0), f2(0)
	case flags&haveXYScale != 0:
		m.xx, m.yy = f2(0), f2(1)
	case flags&haveTwoByTwo != 0:
		m.xx, m.yx, m.xy, m.yy = f2(0), f2(1), f2(2), f2(3)
	}
	return m, nil
}

// nested tells whether a composite holds another.
func (f *Font) nested(data []byte) bool {
	deep := false
	_ = components(data, func(record []byte) {
		in := f.glyph(u16(record, 2))
		deep = deep || len(in) >= 2 && i16(in, 0) < 0
	})
	return deep
}

// joined makes a composite of outlines; nil when there are none.
func (b *builder) joined(list []leaf, box []byte) []byte {
	if len(list) == 0 {
		return nil
	}
	out := append([]byte{0xff, 0xff}, box...)
	for i, l := range list {
		flags := argsAreWords | argsAreOffsets
		if i+1 < len(list) {
			flags |= moreComponents
		}
		turned := l.at.xx != 1 || l.at.xy != 0 || l.at.yx != 0 || l.at.yy != 1
		if turned {
			flags |= haveTwoByTwo
		}
		for _, v := range []int{flags, int(b.component(l.glyph)), int(math.Round(l.at.dx)), int(math.Round(l.at.dy))} {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
		if turned {
			for _, v := range []float64{l.at.xx, l.at.yx, l.at.xy, l.at.yy} {
				out = binary.BigEndian.AppendUint16(out, uint16(int16(math.Round(max(-2, min(v, 1.99993))*(1<<14)))))
			}
		}
	}
	return out
}

// Emptied gives the first composite of an embedded font that has a component
// without outline, or -1: a mark that another subsetter let fall. The tables
// are those of the file as they stand.
func Emptied(head, loca, glyf []byte, glyphs int) int {
	if len(head) < 54 {
		return -1
	}
	at := func(g int) int {
		if i16(head, 50) != 0 {
			if 4*g+4 > len(loca) {
				return -1
			}
			return int(binary.BigEndian.Uint32(loca[4*g:]))
		}
		if 2*g+2 > len(loca) {
			return -1
		}
		return 2 * u16(loca, 2*g)
	}
	outline := func(g int) []byte {
		from, to := at(g), at(g+1)
		if from < 0 || to < from || to > len(glyf) {
			return nil
		}
		return glyf[from:to]
	}
	for g := range glyphs {
		lost := false
		_ = components(outline(g), func(record []byte) {
			lost = lost || len(outline(u16(record, 2))) == 0
		})
		if lost {
			return g
		}
	}
	return -1
}
