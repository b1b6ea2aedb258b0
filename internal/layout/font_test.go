package layout

import "testing"

func TestParseFontReadsWhatThePDFNeeds(t *testing.T) {
	f := testFont(t, "NotoSerif-Italic")
	if f.Name != "NotoSerif-Italic" || !f.Italic || f.UnitsPerEm != 1000 || f.ItalicAngle >= 0 {
		t.Errorf("got %q italic %v upem %d angle %v", f.Name, f.Italic, f.UnitsPerEm, f.ItalicAngle)
	}
	if f.Ascent <= 0 || f.Descent >= 0 || f.CapHeight < 600 || f.NumGlyphs < 1000 || f.BBox[2] <= f.BBox[0] {
		t.Errorf("metrics look wrong: %+v", f.BBox)
	}
	if w := testFont(t, "NotoSerif-Bold").Weight; w != 700 {
		t.Errorf("bold weight is %d", w)
	}
}

func TestOutlineIsClosedAndInTheBox(t *testing.T) {
	f := testFont(t, "NotoSerif-Regular")
	g, ok := f.GlyphOf('é')
	if !ok {
		t.Fatal("no é")
	}
	ops := f.Outline(g)
	if len(ops) < 10 || ops[0].Kind != 'M' || ops[len(ops)-1].Kind != 'Z' {
		t.Fatalf("outline of é: %d steps", len(ops))
	}
	for _, op := range ops {
		if op.X < float64(f.BBox[0]) || op.X > float64(f.BBox[2]) {
			t.Errorf("step outside the font's box: %+v", op)
		}
	}
	if space, _ := f.GlyphOf(' '); f.Outline(space) != nil {
		t.Error("a space has an outline")
	}
	if f.Outline(65535) != nil {
		t.Error("a glyph that does not exist has an outline")
	}
}

func TestDamagedFontIsAnError(t *testing.T) {
	data, err := testFont(t, "NotoSerif-Regular").File()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{nil, []byte("not a font"), data[:100], data[:len(data)/2]} {
		if f, err := ParseFont(b); err == nil && f.NumGlyphs == 0 {
			t.Errorf("%d bytes parsed as %q", len(b), f.Name)
		}
	}
}
