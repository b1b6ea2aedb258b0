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
	haveScale      = 0x0008
	moreComponents = 0x0020
	haveXYScale    = 0x0040
	haveTwoByTwo   = 0x0080
	haveInstr      = 0x0100
	useMyMetrics   = 0x0200
)

// Subset makes a font of .notdef, the glyphs asked for and the components
// they are made of, however deep (gopdf's own closure stops at the first
// level). It returns the font and, for each old glyph, its new number.
func (f *Font) Subset(gids []uint16) ([]byte, map[uint16]uint16, error) {
	asked := append([]uint16{0}, gids...)
	sort.Slice(asked, func(i, j int) bool { return asked[i] < asked[j] })
	number := map[uint16]uint16{}
	var order []uint16
	add := func(g uint16) {
		if _, ok := number[g]; !ok {
			number[g] = uint16(len(order))
			order = append(order, g)
		}
	}
	for _, g := range asked {
		if int(g) >= f.numGlyphs {
			return nil, nil, fmt.Errorf("glyph %d of %d: %w", g, f.numGlyphs, ErrFormat)
		}
		add(g)
	}
	for i := 0; i < len(order); i++ {
		if err := components(f.glyph(int(order[i])), func(b []byte) { add(uint16(u16(b, 2))) }); err != nil {
			return nil, nil, err
		}
	}
	var glyf, loca, hmtx []byte
	for _, g := range order {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		data, err := unhinted(f.glyph(int(g)), number)
		if err != nil {
			return nil, nil, fmt.Errorf("glyph %d: %w", g, err)
		}
		glyf = append(glyf, data...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, f.metric(int(g))...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	return f.assemble(glyf, loca, hmtx, len(order)), number, nil
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
func unhinted(data []byte, number map[uint16]uint16) ([]byte, error) {
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

func composite(data []byte, number map[uint16]uint16) ([]byte, error) {
	out := append([]byte(nil), data...)
	end := 0
	err := components(out, func(b []byte) {
		binary.BigEndian.PutUint16(b[2:], number[uint16(u16(b, 2))])
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

func (f *Font) assemble(glyf, loca, hmtx []byte, glyphs int) []byte {
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
