package pdf

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"repertoire/internal/raster"
)

// TestRasterAgreesWithPDF compares the preview with what poppler paints of the
// digital file.
func TestRasterAgreesWithPDF(t *testing.T) {
	t.Run("by hand", func(t *testing.T) { agrees(t, sample(t)) })
	t.Run("laid out", func(t *testing.T) {
		b := &book{t: t, pages: laidOut(t)}
		// The cover, the contents and the pages with pictures: enough.
		b.pages.Pages = b.pages.Pages[:min(6, len(b.pages.Pages))]
		for anchor, d := range b.pages.Anchors {
			d.Page = min(d.Page, len(b.pages.Pages)-1)
			b.pages.Anchors[anchor] = d
		}
		agrees(t, b)
	})
}

func agrees(t *testing.T, b *book) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(file, write(t, b, Options{}), 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "pdftoppm", "-r", "100", "-png", file, filepath.Join(dir, "p"))
	r := raster.New(b.pages)
	for i := range b.pages.Pages {
		ours, err := r.Page(i, 100)
		if err != nil {
			t.Fatal(err)
		}
		matches, _ := filepath.Glob(filepath.Join(dir, fmt.Sprintf("p-*%d.png", i+1)))
		if len(matches) != 1 {
			t.Fatalf("pdftoppm made no page %d", i+1)
		}
		theirs := readPNG(t, matches[0])
		mean, worst := difference(ours, theirs)
		t.Logf("page %d: mean %.3f, worst block %.1f", i, mean, worst)
		if mean > 1.5 || worst > 40 {
			t.Errorf("page %d differs: mean %.3f, worst block %.1f", i, mean, worst)
		}
	}
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// difference gives the mean difference of gray over the page and over the
// worst block of 8 × 8 pixels: antialiasing differs by nature, shapes and
// places must not.
func difference(a *image.RGBA, b image.Image) (mean, worst float64) {
	w, h := min(a.Rect.Dx(), b.Bounds().Dx()), min(a.Rect.Dy(), b.Bounds().Dy())
	gray := func(img image.Image, x, y int) float64 {
		r, g, b, _ := img.At(x, y).RGBA()
		return float64(r+g+b) / 3 / 257
	}
	total := 0.0
	for y := 0; y+8 <= h; y += 8 {
		for x := 0; x+8 <= w; x += 8 {
			sum := 0.0
			for dy := range 8 {
				for dx := range 8 {
					sum += gray(a, x+dx, y+dy) - gray(b, x+dx, y+dy)
				}
			}
			if sum < 0 {
				sum = -sum
			}
			total += sum
			worst = max(worst, sum/64)
		}
	}
	return total / float64(w*h), worst
}
