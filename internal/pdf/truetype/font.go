package truetype

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrFormat says that a font is not TrueType with glyf outlines, or broken.
var ErrFormat = errors.New("not a usable TrueType font")

// Font is a parsed font; it keeps the bytes it was parsed from.
type Font struct {
	tables     map[string][]byte
	unitsPerEm int
	numGlyphs  int
	numMetrics int
	loca       []uint32
}

// Parse reads data; it copies nothing.
func Parse(data []byte) (*Font, error) {
	if len(data) < 12 || binary.BigEndian.Uint32(data) != 0x00010000 {
		return nil, ErrFormat
	}
	f := &Font{tables: map[string][]byte{}}
	n := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return nil, ErrFormat
	}
	for i := range n {
		e := data[12+16*i:]
		off, length := uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if off+length > uint64(len(data)) {
			return nil, fmt.Errorf("table %q: %w", e[:4], ErrFormat)
		}
		f.tables[string(e[:4])] = data[off : off+length]
	}
	for tag, size := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "loca": 4, "glyf": 0, "OS/2": 78, "post": 32} {
		if t, ok := f.tables[tag]; !ok || len(t) < size {
			return nil, fmt.Errorf("table %q: %w", tag, ErrFormat)
		}
	}
	return f, f.read()
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func i16(b []byte, at int) int { return int(int16(binary.BigEndian.Uint16(b[at:]))) }

func (f *Font) read() error {
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.unitsPerEm = u16(head, 18)
	f.numGlyphs = u16(f.tables["maxp"], 4)
	f.numMetrics = u16(hhea, 34)
	if f.unitsPerEm < 16 || f.numGlyphs == 0 || f.numMetrics == 0 ||
		len(f.tables["hmtx"]) < 4*f.numMetrics+2*max(0, f.numGlyphs-f.numMetrics) {
		return ErrFormat
	}
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	f.loca = make([]uint32, f.numGlyphs+1)
	long := i16(head, 50) != 0
	if long && len(loca) < 4*len(f.loca) || !long && len(loca) < 2*len(f.loca) {
		return ErrFormat
	}
	for i := range f.loca {
		if long {
			f.loca[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			f.loca[i] = 2 * uint32(u16(loca, 2*i))
		}
		if f.loca[i] > uint32(len(glyf)) || i > 0 && f.loca[i] < f.loca[i-1] {
			return ErrFormat
		}
	}
	return nil
}

// NumGlyphs is how many glyphs the font has.
func (f *Font) NumGlyphs() int { return f.numGlyphs }

// glyph gives the outline data of a glyph, empty for a blank one.
func (f *Font) glyph(gid int) []byte {
	if gid < 0 || gid >= f.numGlyphs {
		return nil
	}
	return f.tables["glyf"][f.loca[gid]:f.loca[gid+1]]
}
