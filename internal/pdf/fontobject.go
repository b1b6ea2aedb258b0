package pdf

import (
	"fmt"
	"math"

	"repertoire/internal/pdf/object"
)

// font rewrites gopdf's objects of one font: the embedded file stays, the
// dictionaries around it and ToUnicode are ours.
func (f *finisher) font(ref object.Ref, face *face, index int) error {
	type0 := f.dict(ref)
	name := object.Name(fmt.Sprintf("face%d", f.drawn.faceNumber[index]))
	if type0.Get("Subtype") != object.Name("Type0") || type0.Get("Encoding") != object.Name("Identity-H") || type0.Get("BaseFont") != name {
		return fmt.Errorf("not the composite font %s", name)
	}
	descendants, _ := type0.Get("DescendantFonts").(object.Array)
	if len(descendants) != 1 {
		return fmt.Errorf("%d descendants", len(descendants))
	}
	cid := f.dict(descendants[0])
	descriptor := f.dict(cid.Get("FontDescriptor"))
	program, ok := descriptor.Get("FontFile2").(object.Ref)
	if _, isStream := f.draft.Objects[program.Num].(*object.Stream); cid.Get("Subtype") != object.Name("CIDFontType2") ||
		cid.Get("BaseFont") != name || !ok || !isStream {
		return fmt.Errorf("no embedded program")
	}
	unicode, ok := type0.Get("ToUnicode").(object.Ref)
	if !ok {
		return fmt.Errorf("no ToUnicode")
	}
	base := object.Name(subsetTag(face.subset) + face.name)
	type0.Set("BaseFont", base)
	cid.Set("BaseFont", base)
	cid.Set("CIDToGIDMap", object.Name("Identity"))
	widths := make(object.Array, len(face.width))
	for i, w := range face.width {
		widths[i] = w
	}
	cid.Set("W", object.Array{0, widths})
	cid.Set("DW", 0)
	f.descriptor(descriptor, face, base)
	f.draft.Objects[unicode.Num] = object.Deflated(&object.Dict{}, toUnicode(face))
	return nil
}

// Flags of a font descriptor (ISO 32000-1 table 123).
const (
	flagFixedPitch = 1 << 0
	flagSerif      = 1 << 1
	flagSymbolic   = 1 << 2
	flagItalic     = 1 << 6
)

func (f *finisher) descriptor(d *object.Dict, face *face, base object.Name) {
	src := face.source
	milli := func(v int) int { return int(math.Round(float64(v) * 1000 / float64(src.UnitsPerEm))) }
	flags := flagSymbolic
	if src.FixedPitch {
		flags |= flagFixedPitch
	}
	if src.Serif {
		flags |= flagSerif
	}
	if src.Italic {
		flags |= flagItalic
	}
	d.Set("FontName", base)
	d.Set("Flags", flags)
	d.Set("FontBBox", object.Array{milli(src.BBox[0]), milli(src.BBox[1]), milli(src.BBox[2]), milli(src.BBox[3])})
	d.Set("ItalicAngle", src.ItalicAngle)
	d.Set("Ascent", milli(src.Ascent))
	d.Set("Descent", milli(src.Descent))
	d.Set("CapHeight", milli(src.CapHeight))
	d.Set("XHeight", milli(src.XHeight))
	// No table holds the stem width; this is the usual estimate by weight.
	d.Set("StemV", 50+src.Weight*src.Weight/4225)
}

// toUnicode writes the CMap from glyphs to the texts they stand for.
func toUnicode(face *face) []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	// A block holds at most 100 entries.
	for first := 0; first < len(face.text); first += 100 {
		block := face.text[first:min(first+100, len(face.text))]
		b = fmt.Appendf(b, "%d beginbfchar\n", len(block))
		for i, text := range block {
			b = append(appendHex16(append(b, '<'), uint16(1+first+i)), "> "...)
			if text == "" {
				text = "\ufffd" // a glyph that stands for nothing: Preflight says so
			}
			b = append(appendUnits(b, text), '\n')
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
