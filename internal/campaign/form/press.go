package form

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/pdf/truetype"
	"repertoire/internal/repertoire"
)

// Press writes questionnaires as workbooks and as PDF forms. Its fonts, and the
// parts that many workbooks have in common, are made once and serve them all: two
// thousand are written in one go.
type Press struct {
	source  layout.FontSource
	packing packing
	once    sync.Once
	err     error
	plain   *typeface
	bold    *typeface
}

// NewPress makes a press that takes its fonts from there.
func NewPress(source layout.FontSource) *Press { return &Press{source: source} }

func (p *Press) ready() error {
	p.once.Do(func() {
		if p.plain, p.err = cast(p.source, "NotoSans-Regular"); p.err == nil {
			p.bold, p.err = cast(p.source, "NotoSans-SemiBold")
		}
	})
	return p.err
}

// typeface is a font as forms embed it.
type typeface struct {
	name    string
	glyphs  map[rune]uint16
	widths  map[rune]float64 // thousandths of an em
	program *object.Stream
	unicode *object.Stream
	// The dictionaries that need no number of an object.
	descriptor, composite object.Dict
	simple                object.Array // widths of WinAnsiEncoding, from 32
}

// drawn is what a form can draw: Latin with all its accents, Greek and
// Cyrillic. What else is typed the reader's program draws with its own fonts.
var drawn = [][2]rune{{0x20, 0x7e}, {0xa0, 0x24f}, {0x2c6, 0x2dd}, {0x370, 0x3ff}, {0x400, 0x45f}, {0x1e00, 0x1eff}, {0x2010, 0x2026},
	{0x2030, 0x203a},
	{0x20ac, 0x20ac}, {0x2116, 0x2122}, {0x2212, 0x2212}}

func cast(source layout.FontSource, name string) (*typeface, error) {
	data, err := source.Font(name)
	if err != nil {
		return nil, err
	}
	parsed, err := layout.ParseFont(data)
	if err != nil {
		return nil, err
	}
	file, err := truetype.Parse(data)
	if err != nil {
		return nil, err
	}
	f := &typeface{name: "REPFRM+" + name, glyphs: map[rune]uint16{}, widths: map[rune]float64{}}
	milli := func(v float64) float64 { return math.Round(v*1e6/float64(parsed.UnitsPerEm)) / 1e3 }
	for _, span := range drawn {
		for r := span[0]; r <= span[1]; r++ {
			if g, ok := parsed.GlyphOf(r); ok {
				f.glyphs[r], f.widths[r] = g, milli(parsed.Advance(g))
			}
		}
	}
	cut, err := file.TrueType(f.glyphs)
	if err != nil {
		return nil, err
	}
	f.program = object.Deflated(object.NewDict("Length1", len(cut)), cut)
	f.unicode = object.Deflated(&object.Dict{}, f.toUnicode())
	at := func(v int) int { return int(milli(float64(v))) }
	f.descriptor = *object.NewDict("Type", object.Name("FontDescriptor"), "FontName", object.Name(f.name), "Flags", 32, // not symbolic
		"FontBBox", object.Array{at(parsed.BBox[0]), at(parsed.BBox[1]), at(parsed.BBox[2]), at(parsed.BBox[3])}, "ItalicAngle", 0,
		"Ascent", at(parsed.Ascent), "Descent", at(parsed.Descent), "CapHeight", at(parsed.CapHeight), "StemV",
		50+parsed.Weight*parsed.Weight/4225)
	f.composite = *object.NewDict("Type", object.Name("Font"), "Subtype", object.Name("CIDFontType2"), "BaseFont", object.Name(f.name),
		"CIDSystemInfo", object.NewDict("Registry", object.String("Adobe"), "Ordering", object.String("Identity"), "Supplement", 0),
		"CIDToGIDMap", object.Name("Identity"), "DW", 0, "W", f.byGlyph())
	for b := 32; b < 256; b++ {
		f.simple = append(f.simple, f.widths[charmap.Windows1252.DecodeByte(byte(b))])
	}
	return f, nil
}

// byGlyph lists the widths of runs of glyphs.
func (f *typeface) byGlyph() object.Array {
	width := map[uint16]float64{}
	var order []uint16
	for r, g := range f.glyphs {
		if _, twice := width[g]; !twice {
			order = append(order, g)
		}
		width[g] = f.widths[r]
	}
	slices.Sort(order)
	var out object.Array
	for i := 0; i < len(order); {
		run := object.Array{width[order[i]]}
		j := i + 1
		for j < len(order) && order[j] == order[j-1]+1 {
			run = append(run, width[order[j]])
			j++
		}
		out = append(out, int(order[i]), run)
		i = j
	}
	return out
}

func (f *typeface) toUnicode() []byte {
	text := map[uint16]rune{}
	var order []uint16
	for r, g := range f.glyphs {
		was, twice := text[g]
		if !twice {
			order = append(order, g)
		}
		if !twice || r < was {
			text[g] = r
		}
	}
	slices.Sort(order)
	b := []byte(
		"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
			"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for block := range slices.Chunk(order, 100) {
		b = fmt.Appendf(b, "%d beginbfchar\n", len(block))
		for _, g := range block {
			b = fmt.Appendf(b, "<%04X> <%04X>\n", g, text[g])
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}

// fit is a character that the font has for one that it may not have.
func (f *typeface) fit(r rune) rune {
	if _, ok := f.glyphs[r]; ok {
		return r
	}
	switch r {
	case '\u202f', '\u2009', '\t':
		return ' '
	}
	return '·'
}

// draws tells whether the font has every character of a text.
func (f *typeface) draws(text string) bool {
	for _, r := range text {
		if r != '\n' && r != '·' && f.fit(r) == '·' {
			return false
		}
	}
	return true
}

// width measures a text of a size, in points.
func (f *typeface) width(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		w += f.widths[f.fit(r)]
	}
	return w * size / 1000
}

// show writes the operator that draws a text.
func (f *typeface) show(b []byte, text string) []byte {
	b = append(b, '<')
	for _, r := range text {
		b = fmt.Appendf(b, "%04X", f.glyphs[f.fit(r)])
	}
	return append(b, "> Tj\n"...)
}

// lines breaks a text into lines no wider than that; a word that is wider alone
// is cut.
func (f *typeface) lines(text string, size, wide float64) []string {
	var out []string
	space := f.width(" ", size)
	for paragraph := range strings.SplitSeq(repertoire.Clean(text), "\n") {
		line, used := "", 0.0
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' || r == '\t' }) {
			w := f.width(word, size)
			if line != "" && used+space+w > wide {
				out, line, used = append(out, line), "", 0
			}
			if line != "" {
				line, used = line+" ", used+space
			}
			for w > wide {
				head, rest := f.cut(word, size, wide)
				out, word = append(out, head), rest
				w = f.width(word, size)
			}
			line, used = line+word, used+w
		}
		out = append(out, line)
	}
	return out
}

func (f *typeface) cut(word string, size, wide float64) (head, rest string) {
	w := 0.0
	for i, r := range word {
		w += f.widths[f.fit(r)] * size / 1000
		if w > wide && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// add puts the font's objects into a file: the composite font that the form is
// drawn with, and the simple one that programs type with.
func (f *typeface) add(d *object.Draft) (drawn, typed object.Ref) {
	descriptor := f.descriptor
	descriptor.Pairs = append(slices.Clone(descriptor.Pairs), object.Pair{Key: "FontFile2", Value: d.Add(f.program)})
	about := d.Add(&descriptor)
	composite := f.composite
	composite.Pairs = append(slices.Clone(composite.Pairs), object.Pair{Key: "FontDescriptor", Value: about})
	drawn = d.Add(object.NewDict("Type", object.Name("Font"), "Subtype", object.Name("Type0"), "BaseFont", object.Name(f.name), "Encoding",
		object.Name("Identity-H"),
		"DescendantFonts", object.Array{d.Add(&composite)}, "ToUnicode", d.Add(f.unicode)))
	typed = d.Add(object.NewDict("Type", object.Name("Font"), "Subtype", object.Name("TrueType"), "BaseFont", object.Name(f.name),
		"Encoding", object.Name("WinAnsiEncoding"), "FirstChar", 32, "LastChar", 255, "Widths", f.simple, "FontDescriptor", about))
	return drawn, typed
}
