package raster

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
	"testing"

	"repertoire/assets"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

func loadFont(t testing.TB) *layout.Font {
	t.Helper()
	data, err := assets.Font("NotoSerif-Regular")
	if err != nil {
		t.Fatal(err)
	}
	f, err := layout.ParseFont(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var none = layout.Color{None: true}

func pagesWith(items ...layout.Item) *layout.Pages {
	return &layout.Pages{Size: layout.Size{W: 72, H: 72}, Pages: []*layout.Page{{Items: items}}}
}

func box(x, y, w, h float64) []layout.PathOp {
	return []layout.PathOp{{Kind: 'M', X: x, Y: y}, {Kind: 'L', X: x + w, Y: y}, {Kind: 'L', X: x + w, Y: y + h},
		{Kind: 'L', X: x, Y: y + h}, {Kind: 'Z'}}
}

// gray paints pages at 72 dpi and gives the value of a pixel.
func gray(t *testing.T, p *layout.Pages, x, y int) uint8 {
	t.Helper()
	img, err := Page(p, 0, 72)
	if err != nil {
		t.Fatal(err)
	}
	return img.RGBAAt(x, y).R
}

func TestShapes(t *testing.T) {
	hole := append(box(10, 10, 40, 40), box(20, 20, 20, 20)...)
	line := []layout.PathOp{{Kind: 'M', X: 0, Y: 30}, {Kind: 'L', X: 72, Y: 30}}
	corner := []layout.PathOp{{Kind: 'M', X: 10, Y: 60}, {Kind: 'L', X: 10, Y: 10}, {Kind: 'L', X: 60, Y: 10}}
	for name, c := range map[string]struct {
		path layout.Path
		x, y int
		want uint8
	}{
		"inside":            {layout.Path{Ops: box(10, 10, 40, 40), Stroke: none}, 30, 30, 0},
		"outside":           {layout.Path{Ops: box(10, 10, 40, 40), Stroke: none}, 60, 30, 255},
		"half a pixel":      {layout.Path{Ops: box(10.5, 10, 40, 40), Stroke: none}, 10, 30, 127},
		"beyond the edges":  {layout.Path{Ops: box(-100, -100, 300, 300), Stroke: none}, 71, 71, 0},
		"left of the page":  {layout.Path{Ops: box(-100, 0, 110, 72), Stroke: none}, 9, 30, 0},
		"not right of it":   {layout.Path{Ops: box(-100, 0, 110, 72), Stroke: none}, 10, 30, 255},
		"even-odd hole":     {layout.Path{Ops: hole, Stroke: none, EvenOdd: true}, 30, 30, 255},
		"even-odd ring":     {layout.Path{Ops: hole, Stroke: none, EvenOdd: true}, 15, 30, 0},
		"nonzero overlap":   {layout.Path{Ops: hole, Stroke: none}, 30, 30, 0},
		"stroke":            {layout.Path{Ops: line, Fill: none, Width: 2}, 30, 29, 0},
		"beside the stroke": {layout.Path{Ops: line, Fill: none, Width: 2}, 30, 32, 255},
		"a dash":            {layout.Path{Ops: line, Fill: none, Width: 2, Dash: []float64{10, 5}}, 5, 29, 0},
		"a gap":             {layout.Path{Ops: line, Fill: none, Width: 2, Dash: []float64{10, 5}}, 12, 29, 255},
		"a later dash":      {layout.Path{Ops: line, Fill: none, Width: 2, Dash: []float64{10, 5}}, 20, 29, 0},
		"mitred corner":     {layout.Path{Ops: corner, Fill: none, Width: 8}, 6, 6, 0},
		"no width":          {layout.Path{Ops: line, Fill: none}, 30, 30, 255},
	} {
		t.Run(name, func(t *testing.T) {
			if got := gray(t, pagesWith(&c.path), c.x, c.y); got != c.want {
				t.Errorf("pixel %d,%d is %d, want %d", c.x, c.y, got, c.want)
			}
		})
	}
}

func TestPicture(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 40, 40))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range 40 {
		for x := range 20 {
			img.SetRGBA(x, y, color.RGBA{A: 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	whole := &layout.Picture{X: 10, Y: 10, W: 40, H: 40, Data: buf.Bytes()}
	if l, r := gray(t, pagesWith(whole), 20, 30), gray(t, pagesWith(whole), 40, 30); l > 10 || r < 245 {
		t.Errorf("whole picture: %d and %d", l, r)
	}
	cropped := *whole
	cropped.Crop = [4]float64{0.5, 0, 1, 1}
	if l := gray(t, pagesWith(&cropped), 15, 30); l < 245 {
		t.Errorf("the right half is white, got %d", l)
	}
	broken := *whole
	broken.Data = buf.Bytes()[:buf.Len()/2]
	if v := gray(t, pagesWith(&broken), 30, 30); v != missing.R {
		t.Errorf("a broken picture shows %d", v)
	}
}

func TestRefusals(t *testing.T) {
	p := pagesWith()
	for _, c := range []struct {
		page int
		dpi  float64
		kind repertoire.Kind
	}{{1, 72, repertoire.NotFound}, {-1, 72, repertoire.NotFound}, {0, 0, repertoire.Refused}, {0, 1e6, repertoire.Refused}} {
		_, err := Page(p, c.page, c.dpi)
		var e *repertoire.Error
		if !errors.As(err, &e) || e.Kind != c.kind {
			t.Errorf("page %d at %g: %v", c.page, c.dpi, err)
		}
	}
}

// textPage fills an A4 page with lines, as a book does.
func textPage(t testing.TB) *layout.Pages {
	f := loadFont(t)
	p := &layout.Pages{Size: layout.Size{W: 595, H: 842}, Fonts: []*layout.Font{f}, Pages: []*layout.Page{{}}}
	const text = "La commune de Saint-Étienne entretient depuis 1959 un jumelage avec Wuppertal : échanges, fêtes."
	for l := range 55 {
		g := &layout.Glyphs{Size: 10, X: 50, Y: 60 + 13.3*float64(l), Text: text}
		for at, r := range text {
			id, _ := f.GlyphOf(r)
			g.Run = append(g.Run, layout.Glyph{ID: id, Advance: f.Advance(id) / float64(f.UnitsPerEm) * 10, Start: int32(at),
				End: int32(at + len(string(r)))})
		}
		p.Pages[0].Items = append(p.Pages[0].Items, g)
	}
	return p
}

func TestConcurrentUse(t *testing.T) {
	r := New(textPage(t))
	want, err := r.Page(0, 50)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if got, err := r.Page(0, 50); err != nil || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("another image, or %v", err)
			}
		}()
	}
	wg.Wait()
}

// BenchmarkPage is to stay under 30 ms a page of text at 100 dpi.
func BenchmarkPage(b *testing.B) {
	r := New(textPage(b))
	for b.Loop() {
		if _, err := r.Page(0, 100); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstPage has no glyph in its cache: also under 30 ms.
func BenchmarkFirstPage(b *testing.B) {
	p := textPage(b)
	for b.Loop() {
		if _, err := Page(p, 0, 100); err != nil {
			b.Fatal(err)
		}
	}
}
