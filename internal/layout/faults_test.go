package layout_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// TestFactLabelsStayWithTheirFacts: no page ends its column of facts with a label
// whose fact is over the page.
func TestFactLabelsStayWithTheirFacts(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	r := rand.New(rand.NewPCG(8, 9))
	p := lay(t, s, besideDoc(40, func(int) int { return 14 + r.IntN(40) }, func(int) int { return 6 + r.IntN(30) }))
	for i, pg := range p.Pages {
		lowest, what := 0.0, ""
		for _, it := range pg.Items {
			g, ok := it.(*layout.Glyphs)
			if ok && g.Node != 0 && (strings.HasPrefix(g.Text, "fait ") || strings.HasPrefix(g.Text, "étiquette")) && g.Y > lowest {
				lowest, what = g.Y, g.Text
			}
		}
		if strings.HasPrefix(what, "étiquette") {
			t.Errorf("page %d ends with « %s »", i, what)
		}
	}
}

// TestAPageWithOnlyATitleIsTold: a title alone on its page is not taken for a full
// one by the gate.
func TestAPageWithOnlyATitleIsTold(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Title: "Fiches", Matter: layout.BodyMatter, Blocks: []layout.Block{
		layout.Heading{Level: 1, Text: layout.Plain("Les partenariats")}, layout.PageBreak{},
		layout.Para(strings.Repeat("La coopération des villes et des régions. ", 90))}}}})
	for _, w := range p.Warnings {
		if w.Kind == layout.WarnHollow && w.Page == 0 {
			return
		}
	}
	t.Errorf("nothing is said of a page that holds a title alone: %v", p.Warnings)
}

// TestHollowPagesBeforeTheBodyAreTold: the last lines of a part of the front alone
// on a page are told of; a part of one short page is not.
func TestHollowPagesBeforeTheBodyAreTold(t *testing.T) {
	s := newSetter(t, "institutionnel", "A5")
	tail := layout.Section{Title: "Lire ce répertoire", Matter: layout.FrontMatter, Blocks: []layout.Block{
		layout.Para(strings.Repeat("La coopération des villes et des régions. ", 90)), layout.PageBreak{}, layout.Para("Une ligne.")}}
	short := layout.Section{Title: "Le mot du président", Matter: layout.FrontMatter, Blocks: []layout.Block{layout.Para("Deux mots.")}}
	full := layout.Section{Title: "Fiches", Matter: layout.BodyMatter,
		Blocks: []layout.Block{layout.Para(strings.Repeat("La coopération des villes et des régions. ", 30))}}
	p := lay(t, s, layout.Document{Sections: []layout.Section{short, tail, full}})
	var told []string
	for _, w := range p.Warnings {
		if w.Kind == layout.WarnHollow {
			told = append(told, p.Pages[w.Page].Label)
		}
	}
	last := ""
	for _, pg := range p.Pages {
		for _, it := range pg.Items {
			if g, ok := it.(*layout.Glyphs); ok && strings.HasPrefix(g.Text, "Une ligne.") {
				last = pg.Label
			}
		}
	}
	if len(told) != 1 || told[0] != last {
		t.Errorf("told of the pages %v, the last of the part is %s", told, last)
	}
}

// TestCardsPartRatherThanLeaveWhite: cards of more than half a page go over to the
// next one; were each kept whole, nearly half of every page would stay white. Their
// bar stays over their title.
func TestCardsPartRatherThanLeaveWhite(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	r := rand.New(rand.NewPCG(2, 2))
	bar := layout.Color{C: 50, R: 90}
	var blocks []layout.Block
	const cards, lines = 12, 20
	for i := range cards {
		card := layout.Group{Role: "card", Blocks: []layout.Block{
			layout.Heading{Level: 5, Style: "project-title", Text: layout.Plain(fmt.Sprintf("Projet %d", i)), Bar: bar}}}
		for range lines / 4 {
			card.Blocks = append(card.Blocks, layout.Para(prose(r, 44)))
		}
		blocks = append(blocks, card)
	}
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Title: "Fiches", Matter: layout.BodyMatter, Blocks: blocks}}})
	if most := cards * 3 / 4; len(p.Pages) > most {
		t.Errorf("%d pages for %d cards: they do not part", len(p.Pages), cards)
	}
	bars := 0
	for i, pg := range p.Pages {
		for _, it := range pg.Items {
			path, ok := it.(*layout.Path)
			if !ok || path.Fill != bar {
				continue
			}
			bars++
			near := false
			for _, other := range pg.Items {
				if g, ok := other.(*layout.Glyphs); ok && strings.HasPrefix(g.Text, "Projet") {
					d := g.Y - path.Ops[0].Y
					near = near || d > 4 && d < 20
				}
			}
			if !near {
				t.Errorf("page %d: a bar has no title under it", i)
			}
		}
	}
	if bars != cards {
		t.Errorf("%d bars for %d cards", bars, cards)
	}
}

// TestHeadsNameWhatIsOnThePage: after the heading of a next chapter, pages without
// an entry do not bear the name of the last one before it.
func TestHeadsNameWhatIsOnThePage(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	text := layout.Para(strings.Repeat("La coopération des villes et des régions. ", 200))
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Title: "Les partenariats", Matter: layout.BodyMatter, Blocks: []layout.Block{
		layout.Heading{Level: 2, Text: layout.Plain("Brésil"), Running: "Brésil"},
		layout.Group{Role: "entry", Running: "Dunkerque – Vitória", Title: "x", Blocks: []layout.Block{layout.Para("Un jumelage.")}},
		layout.PageBreak{}, layout.Heading{Level: 2, Text: layout.Plain("Chili"), Running: "Chili"}, text,
		layout.Group{Role: "entry", Running: "Bressuire – Arica", Title: "y", Blocks: []layout.Block{layout.Para("Un autre.")}}}}}})
	last := len(p.Pages) - 1
	if last < 3 {
		t.Fatalf("%d pages", last+1)
	}
	for i := 1; i <= last; i++ {
		head := ""
		for _, it := range p.Pages[i].Items {
			if g, ok := it.(*layout.Glyphs); ok && g.Node == 0 && g.Y < 60 {
				head += g.Text + "|"
			}
		}
		if strings.Contains(head, "Vitória") || i < last && strings.Contains(head, "Arica") || i == last && !strings.Contains(head, "Arica") {
			t.Errorf("page %d: %q", i, head)
		}
	}
}
