package layout_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"repertoire/assets"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

func TestHardCasesHaveNoFaults(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, hardCases())
	look(t, "hard", p)
	for _, w := range faults(p) {
		t.Errorf("warning %s on page %d: %s (%s)", w.Kind, w.Page, w.Message, w.Origin.Title)
	}
}

// broken gives the bundled fonts, except those it damages or lacks.
type broken struct{ lacks, damages string }

func (b broken) Font(name string) ([]byte, error) {
	data, err := assets.Font(name)
	switch {
	case name == b.lacks:
		return nil, errors.New("absente")
	case name == b.damages:
		return data[:len(data)/3], err
	}
	return data, err
}

func TestFontsMissingOrDamaged(t *testing.T) {
	newSetter(t, "institutionnel", "A5")
	d, err := layout.LoadDesign("institutionnel", "A5")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []broken{{lacks: "NotoSerif-Bold"}, {damages: "NotoSans-Regular"}} {
		_, err := layout.New(b, d)
		if repertoire.KindOf(err) != repertoire.Damaged || !strings.Contains(err.Error(), b.lacks+b.damages) {
			t.Errorf("%+v: %v", b, err)
		}
	}
	// A fallback font that cannot be read costs its characters, reported, and
	// nothing else.
	s, err := layout.New(broken{damages: "NotoNaskhArabic-Regular"}, d)
	if err != nil {
		t.Fatal(err)
	}
	o := layout.Origin{Entry: "1", Title: "Lille – Nouakchott"}
	p := lay(t, s, layout.Document{Sections: []layout.Section{
		{Blocks: []layout.Block{layout.Paragraph{Text: layout.Plain("avec نواكشوط ici"), Origin: o}}}}})
	if len(p.Warnings) != 1 || p.Warnings[0].Kind != layout.WarnMissingGlyph || p.Warnings[0].Origin.Title != o.Title {
		t.Errorf("warnings %+v", p.Warnings)
	}
	for _, it := range p.Pages[0].Items {
		if g, ok := it.(*layout.Glyphs); ok {
			for _, gl := range g.Run {
				if gl.ID == 0 {
					t.Errorf("the empty box is drawn in %q", g.Text)
				}
			}
		}
	}
}

// The cover fills the page and its bleed, cropped in the middle.
func TestCover(t *testing.T) {
	s := newSetter(t, "institutionnel", "A4")
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.CoverMatter, Title: "Couverture",
		Blocks: []layout.Block{layout.FullPage{
			Background: layout.Color{C: 100, B: 255}, Picture: &layout.Image{Data: photo(3000, 3600), Alt: "Rizières"},
			Blocks: []layout.Block{layout.Paragraph{Style: "cover-title", Text: layout.Plain("Répertoire")}},
			Foot:   []layout.Block{layout.Paragraph{Style: "cover-foot", Text: layout.Plain("CUF")}},
		}}}}})
	if len(p.Pages) != 1 || p.Pages[0].Label != "" || len(p.Warnings) != 0 {
		t.Fatalf("%d pages, warnings %v", len(p.Pages), p.Warnings)
	}
	for _, it := range p.Pages[0].Items {
		pic, ok := it.(*layout.Picture)
		if !ok {
			continue
		}
		shape := float64(pic.PixelW) * (pic.Crop[2] - pic.Crop[0]) / (float64(pic.PixelH) * (pic.Crop[3] - pic.Crop[1]))
		if pic.X != -p.Bleed || pic.W != p.Size.W+2*p.Bleed || math.Abs(shape-pic.W/pic.H) > 0.001 {
			t.Errorf("picture at %.1f, %.1f wide, part shown %.3f for a box %.3f", pic.X, pic.W, shape, pic.W/pic.H)
		}
	}
}
