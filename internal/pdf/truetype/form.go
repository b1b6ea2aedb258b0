package truetype

import (
	"encoding/binary"
	"maps"
	"slices"
)

// TrueType makes a font file of some characters, for a form whose reader types:
// it has the character map by which a program finds what is typed. Glyphs keep
// their numbers.
func (f *Font) TrueType(runes map[rune]uint16) ([]byte, error) {
	tables, err := f.kept(WebFont{Runes: runes})
	if err != nil {
		return nil, err
	}
	tables["cmap"] = planeMap(runes)
	return sfnt(tables), nil
}

// planeMap is a format 4 table of the characters of the first plane.
func planeMap(runes map[rune]uint16) []byte {
	list := slices.Sorted(maps.Keys(runes))
	var ends, starts, deltas []uint16
	for i := 0; i < len(list) && list[i] < 0xffff; {
		j := i + 1
		for j < len(list) && list[j] < 0xffff && list[j] == list[j-1]+1 && runes[list[j]] == runes[list[j-1]]+1 {
			j++
		}
		starts, ends = append(starts, uint16(list[i])), append(ends, uint16(list[j-1]))
		deltas = append(deltas, runes[list[i]]-uint16(list[i]))
		i = j
	}
	starts, ends, deltas = append(starts, 0xffff), append(ends, 0xffff), append(deltas, 1)
	n, power, shift := len(ends), 1, 0
	for power*2 <= n {
		power *= 2
		shift++
	}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	for _, v := range []int{4, 16 + 8*n, 0, 2 * n, 2 * power, shift, 2 * (n - power)} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	put := func(list []uint16) {
		for _, v := range list {
			b = binary.BigEndian.AppendUint16(b, v)
		}
	}
	put(ends)
	b = append(b, 0, 0)
	put(starts)
	put(deltas)
	put(make([]uint16, n)) // no glyph list: every segment has its delta
	return b
}
