package truetype

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// WebFont is what of a font goes on a page of the web.
type WebFont struct {
	Runes  map[rune]uint16 // characters and their glyphs
	Glyphs []uint16        // others that shaping leads to
	// Layout keeps the tables that shape a script; without them letters stand
	// side by side, moved by Pairs alone.
	Layout bool
	Pairs  map[[2]uint16]int // kerning in font units
}

// WOFF makes a web font (W3C, WOFF 1.0) of some glyphs. Glyphs keep their
// numbers, so that the font's own layout tables hold; the others are empty.
func (f *Font) WOFF(w WebFont) ([]byte, error) {
	tables, err := f.kept(w)
	if err != nil {
		return nil, err
	}
	return woff(tables)
}

// kept makes the tables of a font that has some glyphs.
func (f *Font) kept(w WebFont) (map[string][]byte, error) {
	keep := map[uint16]bool{0: true}
	queue := append([]uint16{0}, w.Glyphs...)
	for _, g := range w.Runes {
		queue = append(queue, g)
	}
	glyphs := make([][]byte, f.numGlyphs)
	last := uint16(0)
	for len(queue) > 0 {
		g := queue[0]
		queue = queue[1:]
		if int(g) >= f.numGlyphs {
			return nil, fmt.Errorf("glyph %d of %d: %w", g, f.numGlyphs, ErrFormat)
		}
		if glyphs[g] != nil {
			continue
		}
		data, err := unhinted(f.glyph(int(g)), func(part uint16) uint16 {
			if !keep[part] {
				keep[part] = true
				queue = append(queue, part)
			}
			return part
		})
		if err != nil {
			return nil, fmt.Errorf("glyph %d: %w", g, err)
		}
		keep[g], glyphs[g] = true, append([]byte{}, data...)
		last = max(last, g)
	}
	if !w.Layout {
		glyphs = glyphs[:last+1]
	}
	tables := f.webTables(glyphs, keep)
	tables["cmap"] = webCmap(w.Runes)
	if w.Layout {
		for _, t := range []string{"GSUB", "GPOS", "GDEF"} {
			if data, ok := f.tables[t]; ok {
				tables[t] = data
			}
		}
	} else if len(w.Pairs) > 0 {
		tables["kern"] = kern(w.Pairs)
	}
	return tables, nil
}

func (f *Font) webTables(glyphs [][]byte, keep map[uint16]bool) map[string][]byte {
	var glyf, loca, hmtx []byte
	for i, g := range glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, g...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		if keep[uint16(i)] {
			hmtx = append(hmtx, f.metric(i)...)
		} else {
			hmtx = append(hmtx, 0, 0, 0, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := append([]byte(nil), f.tables["head"][:54]...)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := append([]byte(nil), f.tables["hhea"][:36]...)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	maxp := append([]byte(nil), f.tables["maxp"]...)
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))
	post := append([]byte(nil), f.tables["post"][:32]...)
	binary.BigEndian.PutUint32(post, 0x00030000)
	return map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf,
		"OS/2": f.tables["OS/2"], "post": post, "name": name("Repertoire")}
}

// webCmap is a format 12 table alone: every browser reads it.
func webCmap(runes map[rune]uint16) []byte {
	list := slices.Sorted(maps.Keys(runes))
	var groups []byte
	n := 0
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j] == list[j-1]+1 && runes[list[j]] == runes[list[j-1]]+1 {
			j++
		}
		for _, v := range []uint32{uint32(list[i]), uint32(list[j-1]), uint32(runes[list[i]])} {
			groups = binary.BigEndian.AppendUint32(groups, v)
		}
		n++
		i = j
	}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0}
	for _, v := range []uint32{uint32(16 + len(groups)), 0, uint32(n)} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return append(b, groups...)
}

// kern is a horizontal table of pairs (format 0).
func kern(pairs map[[2]uint16]int) []byte {
	list := slices.Collect(maps.Keys(pairs))
	slices.SortFunc(list, func(a, b [2]uint16) int { return slices.Compare(a[:], b[:]) })
	list = list[:min(len(list), 10_000)]
	n, power, shift := len(list), 1, 0
	for power*2 <= n {
		power *= 2
		shift++
	}
	var b []byte
	for _, v := range []int{0, 1, 0, 14 + 6*n, 1, n, power * 6, shift, (n - power) * 6} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	for _, p := range list {
		for _, v := range []int{int(p[0]), int(p[1]), pairs[p]} {
			b = binary.BigEndian.AppendUint16(b, uint16(int16(v)))
		}
	}
	return b
}

// woff packs tables, each compressed where that makes it smaller.
func woff(tables map[string][]byte) ([]byte, error) {
	tags := slices.Sorted(maps.Keys(tables))
	plain := sfnt(tables)
	directory, body := []byte{}, []byte{}
	at := 44 + 20*len(tags)
	for _, t := range tags {
		data := tables[t]
		var packed bytes.Buffer
		z, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := z.Write(data); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		stored := packed.Bytes()
		if len(stored) >= len(data) {
			stored = data
		}
		padded := append([]byte(nil), data...)
		for len(padded)%4 != 0 {
			padded = append(padded, 0)
		}
		directory = append(directory, t...)
		for _, v := range []uint32{uint32(at + len(body)), uint32(len(stored)), uint32(len(data)), checksum(padded)} {
			directory = binary.BigEndian.AppendUint32(directory, v)
		}
		body = append(body, stored...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	out := []byte("wOFF\x00\x01\x00\x00")
	out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
	out = binary.BigEndian.AppendUint16(out, uint16(len(tags)))
	out = binary.BigEndian.AppendUint16(out, 0)
	out = binary.BigEndian.AppendUint32(out, uint32(len(plain)))
	out = append(out, 0, 1, 0, 0)
	out = append(out, make([]byte, 20)...)
	return append(append(out, directory...), body...), nil
}
