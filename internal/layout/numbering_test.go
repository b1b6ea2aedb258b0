package layout_test

import (
	"fmt"
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
		blocks = append(blocks, layout.Index{Columns: 2,
			Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Tous"), Targets: anchors}}})
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter,
			Blocks: append([]layout.Block{layout.Contents{Levels: 3}}, blocks...)}}})
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
