package layout_test

import (
	"math"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// Balanced columns do not leave a letter without its names.
func TestColumnsKeepHeadingsWithTheirLines(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	for n := 1; n < 30; n++ {
		var idx []layout.IndexEntry
		for i := range n {
			idx = append(idx, layout.IndexEntry{Letter: string(rune('A' + i)),
				Text: layout.Plain("Nom assez long pour tenir sur deux lignes d’index au moins"), Targets: []string{"s"}})
		}
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Anchor: "s", Matter: layout.BodyMatter,
			Blocks: []layout.Block{layout.Index{Columns: 3, Entries: idx}}}}})
		// A letter and the line after it have the same left edge.
		for i, pg := range p.Pages {
			letter := -1.0
			for _, it := range pg.Items {
				g, ok := it.(*layout.Glyphs)
				if !ok || g.Node == 0 {
					continue
				}
				if letter >= 0 && math.Abs(letter-g.X) > 1 {
					t.Fatalf("%d entries, page %d: %q stands apart from its letter", n, i, g.Text)
				}
				letter = -1
				if len(g.Text) == 1 && p.Fonts[g.Font].Name == "NotoSans-SemiBold" {
					letter = g.X
				}
			}
			if letter >= 0 {
				t.Fatalf("%d entries, page %d ends with a letter", n, i)
			}
		}
	}
}

// A float that does not fit goes to the top of the next page and the text
// fills the hole it would have left.
func TestFloatMovesToTheNextPage(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	text := func(n int) layout.Block {
		return layout.Para(strings.Repeat("La coopération décentralisée des villes et des régions. ", n))
	}
	for _, float := range []bool{false, true} {
		doc := layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{
			text(18), text(18), text(12), layout.Image{Data: photo(2400, 1500), Alt: "x", Float: float, Caption: layout.Plain("Légende")},
			text(18), text(20), text(20), text(30),
		}}}}
		p := lay(t, s, doc)
		lowest, picture := 0.0, -1
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				switch it := it.(type) {
				case *layout.Glyphs:
					if i == 0 && it.Node != 0 {
						lowest = max(lowest, it.Y)
					}
				case *layout.Picture:
					picture = i
					if i > 0 && it.Y > 70 {
						t.Errorf("float %v: the picture stands at %.0f", float, it.Y)
					}
				}
			}
		}
		if picture != 1 {
			t.Errorf("float %v: picture on page %d", float, picture)
		}
		if full := lowest > 550; full != float {
			t.Errorf("float %v: the first page ends at %.0f", float, lowest)
		}
	}
}
