package book

import (
	"fmt"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// families gives the family of each great theme, the first level of the tree.
// The last one gathers what joins people: solidarity, crises, exchanges.
var families = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 8, "10": 8}

// family is the family of a theme by its code, 0 for none.
func family(code string) int {
	top, _, _ := strings.Cut(code, ".")
	return families[top]
}

// familyColor is the colour of a family in the book's design; the accent when
// the design has none (those that frozen editions keep).
func (c *composer) familyColor(n int) layout.Color {
	if n < 1 || n > chart.Families {
		return c.ink.Strong
	}
	if f := c.design.ColorNamed(fmt.Sprintf("theme%d", n)); f != c.design.ColorNamed("ink") {
		return f
	}
	return c.ink.Strong
}

// entryFamily is that of an entry's first theme.
func entryFamily(e *entry) int {
	for _, code := range themesOf(e) {
		if f := family(code); f > 0 {
			return f
		}
	}
	return 0
}

// tab marks the pages of an entry at their edge by its family.
func (c *composer) tab(e *entry) *layout.Tab {
	f := entryFamily(e)
	if f == 0 {
		return nil
	}
	return &layout.Tab{Fill: c.familyColor(f), Row: f - 1, Rows: chart.Families, Sign: chart.Sign(f)}
}

// pills name the themes of an entry and its state.
func (c *composer) pills(e *entry, width float64) []layout.Block {
	var list []chart.Pill
	var words []string
	for i, code := range e.p.Themes {
		t, ok := c.theme(code)
		if !ok || i >= 4 {
			continue
		}
		f := family(code)
		label := shorten(oneLine(t.Label), 42)
		list = append(list, chart.Pill{Text: label, Fill: c.familyColor(f), Stroke: chart.NoColor, Sign: chart.Sign(f)})
		words = append(words, oneLine(t.Label))
	}
	if s := linkWords(e); s != "" {
		list = append(list, chart.Pill{Text: s, Fill: chart.NoColor, Stroke: c.ink.Strong})
		words = append(words, s)
	}
	if len(list) == 0 {
		return nil
	}
	d := chart.Pills(list, width, "Thématiques et état : "+strings.Join(words, " ; ")+".")
	d.Origin = e.origin("themes")
	return []layout.Block{d}
}
