package truetype

import (
	"encoding/binary"
	"fmt"
	"sort"
)

// FirstRune is the character of glyph 0 in a subset; glyph n is FirstRune+n.
// The plane is private and beyond what any text holds.
const FirstRune = 0xF0000

// Flags of a composite glyph's component.
const (
	argsAreWords   = 0x0001
	argsAreOffsets = 0x0002
	haveScale      = 0x0008
	moreComponents = 0x0020
	haveXYScale    = 0x0040
	haveTwoByTwo   = 0x0080
	haveInstr      = 0x0100
	useMyMetrics   = 0x0200
)

// Part is one glyph of a shape, moved by DX, DY font units.
type Part struct {
	Glyph  uint16
	DX, DY int
}

// Shape is what one glyph of a subset looks like: a glyph of the font, or
// several laid over each other (a letter and its marks). Two equal shapes
// make two glyphs, so that each can stand for a text of its own.
type Shape []Part

// Advance is the sum of the advances of its glyphs in font units.
func (f *Font) Advance(s Shape) int {
	sum := 0
	for _, p := range s {
		sum += u16(f.tables["hmtx"], 4*min(int(p.Glyph), f.numMetrics-1))
	}
	return sum
}

// Subset makes a font whose glyph 1+i is shapes[i], glyph 0 is .notdef and
// the rest are the outlines they are made of: no composite holds another, since
// gopdf's own closure stops at the first level.
func (f *Font) Subset(shapes []Shape) ([]byte, error) {
	b := builder{font: f, number: map[uint16]uint16{}, next: len(shapes) + 1}
	b.copied(Part{})
	for _, s := range shapes {
		for _, p := range s {
			if int(p.Glyph) >= f.numGlyphs {
				return nil, fmt.Errorf("glyph %d of %d: %w", p.Glyph, f.numGlyphs, ErrFormat)
			}
		}
		if len(s) == 1 && s[0].DX == 0 && s[0].DY == 0 {
			b.copied(s[0])
		} else {
			b.composed(s)
		}
	}
	// Components are outlines; the list does not grow while it is copied.
	for i := 0; i < len(b.queue); i++ {
		b.copied(Part{Glyph: b.queue[i]})
	}
	if b.err != nil {
		return nil, b.err
	}
	if len(b.glyphs) > 0xffff {
		return nil, fmt.Errorf("%d glyphs: %w", len(b.glyphs), ErrFormat)
	}
	return f.assemble(b.glyphs, b.metrics), nil
}

// builder collects the glyphs of a subset.
type builder struct {
	font    *Font
	glyphs  [][]byte
	metrics []byte
	number  map[uint16]uint16 // of the glyphs used as components
	queue   []uint16          // those, in order
	next    int
	err     error
}

// component gives the number of a glyph used inside others.
func (b *builder) component(g uint16) uint16 {
	if int(g) >= b.font.numGlyphs {
		b.err = fmt.Errorf("component %d of %d glyphs: %w", g, b.font.numGlyphs, ErrFormat)
		return 0
	}
	n, ok := b.number[g]
	if !ok {
		n = uint16(b.next)
		b.next++
		b.number[g] = n
		b.queue = append(b.queue, g)
	}
	return n
}

func (b *builder) copied(p Part) {
	source := b.font.glyph(int(p.Glyph))
	var data []byte
	var err error
	if b.font.nested(source) {
		var list []leaf
		if list, err = b.font.leaves(p.Glyph, shifted(0, 0), 0, nil); err == nil {
			data = b.joined(list, source[2:10])
		}
	} else {
		data, err = unhinted(source, b.component)
	}
	if err != nil && b.err == nil {
		b.err = fmt.Errorf("glyph %d: %w", p.Glyph, err)
	}
	b.glyphs = append(b.glyphs, data)
	b.metrics = append(b.metrics, b.font.metric(int(p.Glyph))...)
}

// composed makes a composite glyph of the parts that have an outline.
func (b *builder) composed(s Shape) {
	var list []leaf
	box := [4]int{1 << 15, 1 << 15, -1 << 15, -1 << 15}
	for _, p := range s {
		data := b.font.glyph(int(p.Glyph))
		if len(data) < 10 {
			continue
		}
		for i := range 2 {
			d := [2]int{p.DX, p.DY}[i]
			box[i] = min(box[i], i16(data, 2+2*i)+d)
			box[2+i] = max(box[2+i], i16(data, 6+2*i)+d)
		}
		var err error
		if list, err = b.font.leaves(p.Glyph, shifted(p.DX, p.DY), 0, list); err != nil && b.err == nil {
			b.err = fmt.Errorf("glyph %d: %w", p.Glyph, err)
		}
	}
	if len(list) == 0 {
		box = [4]int{}
	}
	var edges []byte
	for _, v := range box {
		edges = binary.BigEndian.AppendUint16(edges, uint16(v))
	}
	b.glyphs = append(b.glyphs, b.joined(list, edges))
	b.metrics = binary.BigEndian.AppendUint16(b.metrics, uint16(min(b.font.Advance(s), 0xffff)))
	b.metrics = binary.BigEndian.AppendUint16(b.metrics, uint16(box[0]))
}

func (f *Font) metric(gid int) []byte {
	hmtx := f.tables["hmtx"]
	if gid < f.numMetrics {
		return hmtx[4*gid : 4*gid+4]
	}
	last := 4 * (f.numMetrics - 1)
	bearing := 4*f.numMetrics + 2*(gid-f.numMetrics)
	return []byte{hmtx[last], hmtx[last+1], hmtx[bearing], hmtx[bearing+1]}
}

// components calls visit with each component record of a composite glyph.
func components(data []byte, visit func(record []byte)) error {
	if len(data) < 10 || i16(data, 0) >= 0 {
		return nil
	}
	for at := 10; ; {
		if at+4 > len(data) {
			return ErrFormat
		}
		flags := u16(data, at)
		visit(data[at:])
		at += 4 + 2
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&haveScale != 0:
			at += 2
		case flags&haveXYScale != 0:
			at += 4
		case flags&haveTwoByTwo != 0:
			at += 8
		}
		if at > len(data) {
			return ErrFormat
		}
		if flags&moreComponents == 0 {
			return nil
		}
	}
}

// unhinted copies a glyph without instructions: the programs they call are
// left out of the subset, and print and modern screens ignore them.
func unhinted(data []byte, number func(uint16) uint16) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if len(data) < 10 {
		return nil, ErrFormat
	}
	contours := i16(data, 0)
	if contours < 0 {
		return composite(data, number)
	}
	at := 10 + 2*contours
	if at+2 > len(data) {
		return nil, ErrFormat
	}
	skip := u16(data, at)
	if at+2+skip > len(data) {
		return nil, ErrFormat
	}
	out := append([]byte(nil), data[:at]...)
	out = append(out, 0, 0)
	return append(out, data[at+2+skip:]...), nil
}

func composite(data []byte, number func(uint16) uint16) ([]byte, error) {
	out := append([]byte(nil), data...)
	end := 0
	err := components(out, func(b []byte) {
		binary.BigEndian.PutUint16(b[2:], number(uint16(u16(b, 2))))
		flags := u16(b, 0)
		// USE_MY_METRICS matters to hinting only: hmtx is already right.
		binary.BigEndian.PutUint16(b, uint16(flags&^(haveInstr|useMyMetrics)))
		size := 6
		if flags&argsAreWords != 0 {
			size += 2
		}
		switch {
		case flags&haveScale != 0:
			size += 2
		case flags&haveXYScale != 0:
			size += 4
		case flags&haveTwoByTwo != 0:
			size += 8
		}
		end = len(out) - len(b) + size
	})
	if err != nil || end > len(out) {
		return nil, ErrFormat
	}
	return out[:end], nil
}

func (f *Font) assemble(list [][]byte, hmtx []byte) []byte {
	var glyf, loca []byte
	for _, g := range list {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, g...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	glyphs := len(list)
	head := append([]byte(nil), f.tables["head"][:54]...)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := append([]byte(nil), f.tables["hhea"][:36]...)
	binary.BigEndian.PutUint16(hhea[34:], uint16(glyphs))
	maxp := append([]byte(nil), f.tables["maxp"]...)
	binary.BigEndian.PutUint16(maxp[4:], uint16(glyphs))
	if len(maxp) >= 32 {
		// zones, twilight, storage, functions, instructions, stack, size
		for i, v := range []uint16{1, 0, 0, 1, 0, 8, 0} {
			binary.BigEndian.PutUint16(maxp[14+2*i:], v)
		}
		// Composed shapes go past the limits the font states: points and
		// contours of composites, components, depth.
		for at, least := range map[int]int{10: 4 * u16(maxp, 6), 12: 4 * u16(maxp, 8), 28: 16, 30: 4} {
			binary.BigEndian.PutUint16(maxp[at:], uint16(min(0xffff, max(least, 2*u16(maxp, at)))))
		}
	}
	post := append([]byte(nil), f.tables["post"][:32]...)
	binary.BigEndian.PutUint32(post, 0x00030000)
	return sfnt(map[string][]byte{
		"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf,
		"OS/2": f.tables["OS/2"], "post": post, "cmap": cmap(glyphs), "name": name("Subset"),
		// gopdf writes these three whether the font has them or not; short
		// valid ones (turn dropout control on; nothing; nothing) are better
		// than empty entries.
		"prep": {0xb8, 0x01, 0xff, 0x85, 0xb0, 0x04, 0x8d}, "fpgm": {0xb0, 0x00, 0x21}, "cvt ": {0, 0},
	})
}

// cmap maps FirstRune+n to glyph n. The format 4 table is there because gopdf
// asks for one.
func cmap(glyphs int) []byte {
	b := []byte{0, 0, 0, 2}
	add16 := func(v ...int) {
		for _, x := range v {
			b = binary.BigEndian.AppendUint16(b, uint16(x))
		}
	}
	add32 := func(v ...uint32) {
		for _, x := range v {
			b = binary.BigEndian.AppendUint32(b, x)
		}
	}
	add16(3, 1)
	add32(20)
	add16(3, 10)
	add32(44)
	add16(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)
	add16(12, 0)
	add32(28, 0, 1, FirstRune, FirstRune+uint32(glyphs)-1, 0)
	return b
}

// name holds the PostScript name alone.
func name(s string) []byte {
	b := []byte{0, 0, 0, 1, 0, 18, 0, 3, 0, 1, 4, 9, 0, 6, 0, byte(2 * len(s)), 0, 0}
	for _, c := range []byte(s) {
		b = append(b, 0, c)
	}
	return b
}

func sfnt(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for t := range tables {
		tags = append(tags, t)
	}
	sort.Strings(tags)
	n := len(tags)
	power, shift := 1, 0
	for power*2 <= n {
		power *= 2
		shift++
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, power * 16, shift, (n - power) * 16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	var body []byte
	for _, t := range tags {
		data := tables[t]
		out = append(out, t...)
		padded := append([]byte(nil), data...)
		for len(padded)%4 != 0 {
			padded = append(padded, 0)
		}
		out = binary.BigEndian.AppendUint32(out, checksum(padded))
		out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body = append(body, padded...)
	}
	return append(out, body...)
}

func checksum(b []byte) uint32 {
	var sum uint32
	for i := 0; i+4 <= len(b); i += 4 {
		sum += binary.BigEndian.Uint32(b[i:])
	}
	return sum
}
