package layout_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// References whose own width moves the pages they print: the numbers must
// settle, and be true.
func TestNumbersSettle(t *testing.T) {
	s := newSetter(t, "sobre", "A5")
	for seed := range 40 {
		var blocks []layout.Block
		var anchors []string
		for i := range 60 {
			name := fmt.Sprint("r", i)
			anchors = append(anchors, name)
			text := []layout.Inline{txt(strings.Repeat("mot ", (i*7+seed*13)%60+20))}
			// Each names the pages of others, forwards and backwards.
			for k := range 12 {
				text = append(text, txt(" "), layout.PageRef{Anchor: fmt.Sprint("r", (i*5+k*11+seed)%60)})
			}
			blocks = append(blocks, layout.Heading{Level: 3, Text: layout.Plain("T"), Anchor: name}, layout.Paragraph{Text: text})
		}
		blocks = append(blocks, layout.Index{Columns: 2, Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Tous"), Targets: anchors}}})
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: append([]layout.Block{layout.Contents{Levels: 3}}, blocks...)}}})
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				l, ok := it.(*layout.Link)
				if !ok || l.Anchor == "" {
					continue
				}
				if want := p.Pages[p.Anchors[l.Anchor].Page].Label; l.Alt != want && !strings.HasPrefix(l.Alt, want+"–") {
					t.Fatalf("seed %d, page %d: %q printed for %s, which is on %s", seed, i, l.Alt, l.Anchor, want)
				}
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
			text(18), text(18), text(12), layout.Image{Data: photo(2400, 1500), Alt: "x", Float: float, Caption: layout.Plain("Légende")}, text(18), text(20), text(20),
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
