package layout

import (
	"reflect"
	"unsafe"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// spellCoverages writes the glyph ranges of the layout tables out as lists.
//
// go-text v0.3.5 keeps a digest of the glyphs each lookup covers, to skip the
// lookups that cannot match. A range stops being added as soon as one of the
// digest's three masks is full, where HarfBuzz waits for all three: after a
// range of 64 glyphs, later ones are lost, and with them whatever the font does
// to their glyphs (Noto Naskh Arabic: yeh keeps its isolated form in mid-word).
// Lists are added glyph by glyph, without that test.
//
// The coverages of most positioning tables are fields that are not exported:
// they are reached by their address. TestShapesAsHarfBuzz says when a new
// version of the library makes this needless.
func spellCoverages(f *font.Font) {
	for _, l := range f.GSUB.Lookups {
		for i, st := range l.Subtables {
			if spelt, ok := spellStruct(reflect.ValueOf(st)).Interface().(tables.GSUBLookup); ok {
				l.Subtables[i] = spelt
			}
		}
	}
	for _, l := range f.GPOS.Lookups {
		for i, st := range l.Subtables {
			if spelt, ok := spellStruct(reflect.ValueOf(st)).Interface().(tables.GPOSLookup); ok {
				l.Subtables[i] = spelt
			}
		}
	}
}

// spellStruct copies a subtable with its coverages spelt out.
func spellStruct(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Struct {
		return v
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range out.NumField() {
		at := out.Field(i)
		field := reflect.NewAt(at.Type(), unsafe.Pointer(at.UnsafeAddr())).Elem()
		if list, ok := field.Interface().([]tables.Coverage); ok {
			// The first input glyph is what a lookup is looked up by.
			if len(list) > 0 {
				list[0] = spelt(list[0])
			}
			continue
		}
		if field.Kind() != reflect.Interface || field.IsNil() {
			continue
		}
		if c, ok := field.Interface().(tables.Coverage); ok {
			field.Set(reflect.ValueOf(spelt(c)))
		} else {
			field.Set(spellStruct(field.Elem()))
		}
	}
	return out
}

// spelt gives a coverage of ranges as a list of the same glyphs with the same
// indexes; one that is not in order stays as it is.
func spelt(c tables.Coverage) tables.Coverage {
	ranges, ok := c.(tables.Coverage2)
	if !ok {
		return c
	}
	var list tables.Coverage1
	next := -1
	for _, r := range ranges.Ranges {
		if int(r.StartCoverageIndex) != len(list.Glyphs) || int(r.StartGlyphID) <= next || r.EndGlyphID < r.StartGlyphID {
			return c
		}
		for g := int(r.StartGlyphID); g <= int(r.EndGlyphID); g++ {
			list.Glyphs = append(list.Glyphs, tables.GlyphID(g))
		}
		next = int(r.EndGlyphID)
	}
	return list
}
