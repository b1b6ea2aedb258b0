package layout

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// FontSource gives the bytes of a font file by its name ("NotoSerif-Regular").
type FontSource interface {
	Font(name string) ([]byte, error)
}

// Font is one parsed TrueType file. All lengths are in font units
// (UnitsPerEm to the em), y growing upward. Safe for concurrent use.
type Font struct {
	Name        string // PostScript name, "NotoSerif-Regular"
	Family      string // "Noto Serif"
	Weight      int    // 100–900
	Italic      bool
	Serif       bool
	FixedPitch  bool
	UnitsPerEm  int
	Ascent      int
	Descent     int // negative
	CapHeight   int
	XHeight     int
	BBox        [4]int // xMin, yMin, xMax, yMax
	ItalicAngle float64
	NumGlyphs   int
	// UnderlinePosition is the middle of an underline, negative below.
	UnderlinePosition  int
	UnderlineThickness int

	parsed *font.Font
	// read gives the bytes of the file again. They are large, and needed twice:
	// to parse, and to embed what a book uses.
	read func() ([]byte, error)
	// Faces with outlines, which shaping does without: those of a Japanese font
	// take 20 MiB parsed.
	drawers sync.Pool
	// A font.Face caches and is not safe for concurrent use: each caller
	// borrows one.
	faces sync.Pool
	// Shaping buffers, for the same reason.
	shapers sync.Pool
}

// ParseFont reads a TrueType file. The error says what is damaged.
func ParseFont(data []byte) (*Font, error) {
	return parseFont(data, func() ([]byte, error) { return data, nil })
}

// fontOf reads a font of a source, and keeps no more of its file than it needs.
func fontOf(source FontSource, name string) (*Font, error) {
	data, err := source.Font(name)
	if err != nil {
		return nil, err
	}
	return parseFont(data, func() ([]byte, error) { return source.Font(name) })
}

func parseFont(data []byte, read func() ([]byte, error)) (f *Font, err error) {
	// The parser is made of generated table readers; a file from outside must
	// not be able to bring the program down.
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("police illisible : %v", r)
		}
	}()
	ld, parsed, err := without(data, "glyf", "loca")
	if err != nil {
		return nil, fmt.Errorf("police illisible : %w", err)
	}
	spellCoverages(parsed)
	f = &Font{read: read, parsed: parsed, UnitsPerEm: int(parsed.Upem())}
	if f.UnitsPerEm == 0 {
		return nil, errors.New("police illisible : cadratin nul")
	}
	f.faces.New = func() any { return font.NewFace(parsed) }
	drawing := sync.OnceValue(f.outlines)
	f.drawers.New = func() any {
		if d := drawing(); d != nil {
			return font.NewFace(d)
		}
		return nil
	}
	f.shapers.New = func() any { return newShaper(parsed) }
	if err := f.readTables(ld); err != nil {
		return nil, err
	}
	return f, nil
}

// readTables takes from head, maxp, hhea, OS/2, post and name what the PDF
// font descriptor needs; OS/2 and post may be short or missing.
func (f *Font) readTables(ld *ot.Loader) error {
	table := func(tag string) []byte {
		b, err := ld.RawTable(ot.MustNewTag(tag))
		if err != nil {
			return nil
		}
		return b
	}
	head, maxp, hhea := table("head"), table("maxp"), table("hhea")
	if len(head) < 54 || len(maxp) < 6 || len(hhea) < 36 {
		return errors.New("police illisible : table head, maxp ou hhea manquante")
	}
	for i := range f.BBox {
		f.BBox[i] = int16At(head, 36+2*i)
	}
	macStyle := uint16At(head, 44)
	f.NumGlyphs = uint16At(maxp, 4)
	f.Ascent, f.Descent = int16At(hhea, 4), int16At(hhea, 6)
	f.Weight = 400
	if macStyle&1 != 0 {
		f.Weight = 700
	}
	f.Italic = macStyle&2 != 0
	if os2 := table("OS/2"); len(os2) >= 68 {
		f.Weight = uint16At(os2, 4)
		f.Italic = f.Italic || uint16At(os2, 62)&1 != 0
		// PANOSE: Latin text families with a serif style from 2 to 10.
		f.Serif = os2[32] == 2 && os2[33] >= 2 && os2[33] <= 10
		if len(os2) >= 90 {
			f.XHeight, f.CapHeight = int16At(os2, 86), int16At(os2, 88)
		}
	}
	if f.CapHeight == 0 {
		f.CapHeight = f.UnitsPerEm * 7 / 10
	}
	if f.XHeight == 0 {
		f.XHeight = f.UnitsPerEm / 2
	}
	if post := table("post"); len(post) >= 16 {
		f.ItalicAngle = float64(int32(binary.BigEndian.Uint32(post[4:]))) / 65536
		f.UnderlinePosition, f.UnderlineThickness = int16At(post, 8), int16At(post, 10)
		f.FixedPitch = binary.BigEndian.Uint32(post[12:]) != 0
	}
	names := readNames(table("name"))
	f.Name, f.Family = names[6], names[1]
	if f.Family == "" {
		f.Family = f.parsed.Describe().Family
	}
	if f.Name == "" {
		f.Name = f.Family
	}
	if f.Name == "" {
		return errors.New("police illisible : elle ne porte pas de nom")
	}
	return nil
}

// readNames returns the Windows Unicode names by name ID.
func readNames(b []byte) map[int]string {
	names := map[int]string{}
	if len(b) < 6 {
		return names
	}
	n, store := uint16At(b, 2), uint16At(b, 4)
	for i := range n {
		at := 6 + 12*i
		if at+12 > len(b) {
			break
		}
		id, size, off := uint16At(b, at+6), uint16At(b, at+8), store+uint16At(b, at+10)
		if uint16At(b, at) != 3 || off+size > len(b) {
			continue
		}
		if _, seen := names[id]; seen {
			continue
		}
		var s []rune
		for k := off; k+1 < off+size; k += 2 {
			s = append(s, rune(uint16At(b, k)))
		}
		names[id] = string(s)
	}
	return names
}

func uint16At(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
func int16At(b []byte, at int) int  { return int(int16(binary.BigEndian.Uint16(b[at:]))) }

// Has tells whether the font draws the character by itself.
func (f *Font) Has(r rune) bool {
	g, ok := f.parsed.NominalGlyph(r)
	return ok && g != 0
}

// GlyphOf returns the glyph of a character by the character map alone.
func (f *Font) GlyphOf(r rune) (uint16, bool) {
	g, ok := f.parsed.NominalGlyph(r)
	return uint16(g), ok && g != 0
}

// Advance is the width of a glyph in font units.
func (f *Font) Advance(gid uint16) float64 {
	face := f.faces.Get().(*font.Face)
	defer f.faces.Put(face)
	return float64(face.HorizontalAdvance(font.GID(gid)))
}

// Outline is the drawing of a glyph in font units, closed contours, y upward;
// nil for a blank glyph or one that is not in the font. TrueType's quadratic
// curves come as cubics.
func (f *Font) Outline(gid uint16) (ops []PathOp) {
	if int(gid) >= f.NumGlyphs {
		return nil
	}
	// A damaged composite must not stop a whole book: the glyph stays blank.
	defer func() {
		if recover() != nil {
			ops = nil
		}
	}()
	face, ok := f.drawers.Get().(*font.Face)
	if !ok {
		return nil
	}
	defer f.drawers.Put(face)
	o, ok := face.GlyphDataOutline(font.GID(gid))
	if !ok {
		return nil
	}
	var at ot.SegmentPoint
	open := false
	for _, s := range o.Segments {
		a := s.Args
		switch s.Op {
		case ot.SegmentOpMoveTo:
			if open {
				ops = append(ops, PathOp{Kind: 'Z'})
			}
			ops = append(ops, PathOp{Kind: 'M', X: float64(a[0].X), Y: float64(a[0].Y)})
			at, open = a[0], true
		case ot.SegmentOpLineTo:
			ops = append(ops, PathOp{Kind: 'L', X: float64(a[0].X), Y: float64(a[0].Y)})
			at = a[0]
		case ot.SegmentOpQuadTo:
			ops = append(ops, cubicOf(at, a[0], a[1]))
			at = a[1]
		case ot.SegmentOpCubeTo:
			ops = append(ops, PathOp{
				Kind: 'C',
				X1:   float64(a[0].X), Y1: float64(a[0].Y),
				X2: float64(a[1].X), Y2: float64(a[1].Y),
				X: float64(a[2].X), Y: float64(a[2].Y),
			})
			at = a[2]
		}
	}
	if open {
		ops = append(ops, PathOp{Kind: 'Z'})
	}
	return ops
}

// cubicOf raises a quadratic curve to the cubic that draws the same line.
func cubicOf(from, ctrl, to ot.SegmentPoint) PathOp {
	x0, y0 := float64(from.X), float64(from.Y)
	cx, cy := float64(ctrl.X), float64(ctrl.Y)
	x, y := float64(to.X), float64(to.Y)
	return PathOp{
		Kind: 'C',
		X1:   x0 + 2*(cx-x0)/3, Y1: y0 + 2*(cy-y0)/3,
		X2: x + 2*(cx-x)/3, Y2: y + 2*(cy-y)/3,
		X: x, Y: y,
	}
}
