package layout_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// besideDoc has entries of every length with facts of every height.
func besideDoc(n int, facts func(int) int, lines func(int) int) layout.Document {
	r := rand.New(rand.NewPCG(7, 7))
	var blocks []layout.Block
	for i := range n {
		in := layout.Beside{}
		for k := range facts(i) {
			in.Facts = append(in.Facts, layout.Paragraph{Style: "facts-label", Text: layout.Plain(fmt.Sprintf("étiquette %d", k))},
				layout.Paragraph{Style: "facts", Text: layout.Plain(fmt.Sprintf("fait %d.%d", i, k))})
		}
		for range lines(i) {
			in.Blocks = append(in.Blocks, layout.Para(prose(r, 60)))
		}
		title := fmt.Sprintf("Fiche %d", i)
		blocks = append(blocks, layout.Group{Role: "entry", Running: title, Title: title, Apart: true, Anchor: fmt.Sprintf("f%d", i),
			Blocks: []layout.Block{
				layout.Heading{Level: 3, Style: "entry-title", Text: layout.Plain(title)}, in}})
	}
	return layout.Document{Sections: []layout.Section{{Title: "Fiches", Matter: layout.BodyMatter, Blocks: blocks}}}
}

// TestFactsStandBesideTheirText: every fact is on a page of its entry, in the
// outer third, over no other line of its column and under no foot.
func TestFactsStandBesideTheirText(t *testing.T) {
	for _, format := range []string{"170x240", "A4", "A5"} {
		s := newSetter(t, "institutionnel", format)
		r := rand.New(rand.NewPCG(1, 2))
		doc := besideDoc(40, func(int) int { return r.IntN(16) }, func(int) int { return r.IntN(14) })
		p := lay(t, s, doc)
		look(t, "beside-"+format, p)
		for _, w := range faults(p) {
			t.Errorf("%s: page %d: %s", format, w.Page, w.Message)
		}
		told := 0
		for i, pg := range p.Pages {
			var column []*layout.Glyphs
			for _, it := range pg.Items {
				g, ok := it.(*layout.Glyphs)
				if !ok || g.Node == 0 {
					continue
				}
				if strings.HasPrefix(g.Text, "fait ") {
					told++
				}
				if strings.HasPrefix(g.Text, "fait ") || strings.HasPrefix(g.Text, "étiquette") {
					column = append(column, g)
					right := g.X > p.Size.W/2
					if right != (i%2 == 0) {
						t.Fatalf("%s: page %d: « %s » stands at the inner edge", format, i, g.Text)
					}
					if g.Y > p.Size.H-55 {
						t.Fatalf("%s: page %d: « %s » stands under the foot", format, i, g.Text)
					}
				}
			}
			for a := range column {
				for b := range a {
					if d := column[a].Y - column[b].Y; d > -5 && d < 5 {
						t.Fatalf("%s: page %d: « %s » and « %s » stand on one another", format, i, column[a].Text, column[b].Text)
					}
				}
			}
		}
		want := 0
		for _, b := range doc.Sections[0].Blocks {
			want += len(b.(layout.Group).Blocks[1].(layout.Beside).Facts) / 2
		}
		if told != want {
			t.Errorf("%s: %d facts of %d are on the pages", format, told, want)
		}
	}
}

// TestEntriesLeaveNoHollowPage: entries that want a page of their own share one
// rather than leave it nearly empty.
func TestEntriesLeaveNoHollowPage(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	r := rand.New(rand.NewPCG(3, 4))
	p := lay(t, s, besideDoc(60, func(int) int { return 4 }, func(int) int { return 1 + r.IntN(22) }))
	last := len(p.Pages) - 1
	for _, w := range p.Warnings {
		if w.Kind == layout.WarnHollow && w.Page != last {
			t.Errorf("page %d: %s", w.Page, w.Message)
		}
	}
}

// TestFactsLongerThanTheirTextTakeHalf: a text of two lines beside twelve long
// facts leaves less white when each has half of the page; one longer than its
// facts keeps two thirds. Nothing of the first attempt is counted.
func TestFactsLongerThanTheirTextTakeHalf(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	r := rand.New(rand.NewPCG(5, 6))
	fact := strings.TrimSpace(prose(r, 14))
	entry := func(paragraphs int) layout.Document {
		in := layout.Beside{}
		for range 12 {
			in.Facts = append(in.Facts, layout.Paragraph{Style: "facts", Text: layout.Plain(fact)})
		}
		for range paragraphs {
			in.Blocks = append(in.Blocks, layout.Para(prose(r, 60)))
		}
		return layout.Document{Sections: []layout.Section{{Title: "Fiches", Matter: layout.BodyMatter, Blocks: []layout.Block{in}}}}
	}
	share := func(doc layout.Document) float64 {
		left := 1e9
		p := lay(t, s, doc)
		if words := len(strings.Fields(fact)) * 12; p.Words < words || p.Words > words+60*14+20 {
			t.Errorf("%d words: something was counted twice", p.Words)
		}
		for _, it := range p.Pages[0].Items {
			if g, ok := it.(*layout.Glyphs); ok && g.Node != 0 {
				if strings.HasPrefix(fact, strings.TrimSpace(g.Text)) && len(g.Text) > 8 {
					left = min(left, g.X)
				}
			}
		}
		return (p.Size.W - 62 - left) / (p.Size.W - 62 - 56)
	}
	if got := share(entry(1)); got < 0.45 || got > 0.52 {
		t.Errorf("facts longer than their text have %.2f of the width, want half", got)
	}
	if got := share(entry(14)); got < 0.28 || got > 0.36 {
		t.Errorf("facts shorter than their text have %.2f of the width, want a third", got)
	}
}
