package truetype

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"repertoire/assets"
	"repertoire/internal/layout"
)

func load(t testing.TB, name string) ([]byte, *Font, *layout.Font) {
	t.Helper()
	data, err := assets.Font(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := layout.ParseFont(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, f, whole
}

// moved shifts an outline.
func moved(ops []layout.PathOp, dx, dy float64) []layout.PathOp {
	out := append([]layout.PathOp(nil), ops...)
	for i := range out {
		if out[i].Kind == 'Z' {
			continue
		}
		out[i].X, out[i].Y = out[i].X+dx, out[i].Y+dy
		if out[i].Kind == 'C' {
			out[i].X1, out[i].Y1, out[i].X2, out[i].Y2 = out[i].X1+dx, out[i].Y1+dy, out[i].X2+dx, out[i].Y2+dy
		}
	}
	return out
}

func sameOutline(a, b []layout.PathOp) bool {
	if len(a) != len(b) {
		return false
	}
	near := func(p, q float64) bool { return math.Abs(p-q) < 0.01 }
	for i := range a {
		if a[i].Kind != b[i].Kind || !near(a[i].X, b[i].X) || !near(a[i].Y, b[i].Y) || !near(a[i].X1, b[i].X1) || !near(a[i].Y2, b[i].Y2) {
			return false
		}
	}
	return true
}

// TestSubsetKeepsOutlines makes subsets of any glyphs, alone and laid over
// each other, and compares every outline and advance with the font's.
func TestSubsetKeepsOutlines(t *testing.T) {
	for _, name := range []string{"NotoSerif-Regular", "NotoNaskhArabic-Regular", "NotoSansJP-Regular", "NotoSansKhmer-Regular"} {
		t.Run(name, func(t *testing.T) {
			_, f, whole := load(t, name)
			rapid.Check(t, func(t *rapid.T) {
				var shapes []Shape
				for range rapid.IntRange(1, 20).Draw(t, "shapes") {
					var s Shape
					for k := range rapid.IntRange(1, 3).Draw(t, "parts") {
						p := Part{Glyph: uint16(rapid.IntRange(0, f.NumGlyphs()-1).Draw(t, "glyph"))}
						if k > 0 {
							p.DX, p.DY = rapid.IntRange(-900, 900).Draw(t, "dx"), rapid.IntRange(-900, 900).Draw(t, "dy")
						}
						s = append(s, p)
					}
					shapes = append(shapes, s)
				}
				data, err := f.Subset(shapes)
				if err != nil {
					t.Fatal(err)
				}
				small, err := layout.ParseFont(data)
				if err != nil {
					t.Fatal(err)
				}
				for i, s := range shapes {
					var want []layout.PathOp
					advance := 0.0
					for _, p := range s {
						want = append(want, moved(whole.Outline(p.Glyph), float64(p.DX), float64(p.DY))...)
						advance += whole.Advance(p.Glyph)
					}
					if !sameOutline(small.Outline(uint16(i+1)), want) {
						t.Fatalf("shape %v is drawn otherwise", s)
					}
					if got := small.Advance(uint16(i + 1)); got != advance || float64(f.Advance(s)) != advance {
						t.Fatalf("shape %v advances by %g, want %g", s, got, advance)
					}
					if g, ok := small.GlyphOf(FirstRune + rune(i+1)); !ok || int(g) != i+1 {
						t.Fatalf("character of shape %d is glyph %d", i, g)
					}
				}
			})
		})
	}
}

// TestSubsetHoldsNoNestedComposite: gopdf empties what lies deeper than one
// level. The dot of beh stood there, and only pictures showed it.
func TestSubsetHoldsNoNestedComposite(t *testing.T) {
	for _, name := range []string{"NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSerif-Regular", "NotoSans-Regular",
		"NotoSansDevanagari-Regular"} {
		_, f, whole := load(t, name)
		var shapes []Shape
		deep := 0
		for g := range f.NumGlyphs() {
			shapes = append(shapes, Shape{{Glyph: uint16(g)}}, Shape{{Glyph: uint16(g)}, {Glyph: uint16(g), DX: 40, DY: -30}})
			if f.nested(f.glyph(g)) {
				deep++
			}
		}
		data, err := f.Subset(shapes)
		if err != nil {
			t.Fatal(err)
		}
		small, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := layout.ParseFont(data)
		if err != nil {
			t.Fatal(err)
		}
		for g := range small.NumGlyphs() {
			if small.nested(small.glyph(g)) {
				t.Fatalf("%s: glyph %d of the subset is a composite of composites", name, g)
			}
		}
		for g := range f.NumGlyphs() {
			if want := whole.Outline(uint16(g)); !sameOutline(drawn.Outline(uint16(1+2*g)), want) {
				t.Fatalf("%s: glyph %d is drawn otherwise", name, g)
			}
		}
		t.Logf("%s: %d composites of composites", name, deep)
	}
}

// TestEmptied empties the component of a composite, as a subsetter in a row did.
func TestEmptied(t *testing.T) {
	_, f, whole := load(t, "NotoSerif-Regular")
	g, _ := whole.GlyphOf('é')
	data, err := f.Subset([]Shape{{{Glyph: g}}})
	if err != nil {
		t.Fatal(err)
	}
	small, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	head, glyf := small.tables["head"], small.tables["glyf"]
	if at := Emptied(head, small.tables["loca"], glyf, small.NumGlyphs()); at != -1 {
		t.Errorf("glyph %d of a sound subset is said emptied", at)
	}
	loca := append([]byte(nil), small.tables["loca"]...)
	last := small.NumGlyphs()
	copy(loca[4*last:], loca[4*(last-1):4*last])
	if at := Emptied(head, loca, glyf, last); at != 1 {
		t.Errorf("the emptied accent is not seen: %d", at)
	}
}

// TestSubsetIsSmall keeps the Japanese font from filling the file.
func TestSubsetIsSmall(t *testing.T) {
	data, f, whole := load(t, "NotoSansJP-Regular")
	var shapes []Shape
	for _, r := range "日本の姉妹都市 横浜" {
		g, _ := whole.GlyphOf(r)
		shapes = append(shapes, Shape{{Glyph: g}})
	}
	small, err := f.Subset(shapes)
	if err != nil {
		t.Fatal(err)
	}
	if len(small) > 10_000 {
		t.Errorf("%d bytes of %d", len(small), len(data))
	}
}

func TestRefusals(t *testing.T) {
	data, f, _ := load(t, "NotoSerif-Regular")
	if _, err := f.Subset([]Shape{{{Glyph: 65535}}}); !errors.Is(err, ErrFormat) {
		t.Errorf("%v", err)
	}
	for name, bad := range map[string][]byte{"empty": nil, "text": []byte("Ceci n'est pas une police, loin de là."),
		"cut": data[:len(data)/2], "OpenType CFF": append([]byte("OTTO"), data[4:]...)} {
		if _, err := Parse(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	_, font, _ := load(f, "NotoSansHebrew-Regular")
	small, err := font.Subset([]Shape{{{Glyph: 5}}, {{Glyph: 6}, {Glyph: 7, DX: 10}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Fuzz(func(t *testing.T, data []byte) {
		f, err := Parse(data)
		if err != nil {
			return
		}
		var shapes []Shape
		for g := range min(f.NumGlyphs(), 20) {
			shapes = append(shapes, Shape{{Glyph: uint16(g)}, {Glyph: 0, DX: 3}})
		}
		_, _ = f.Subset(shapes)
	})
}
