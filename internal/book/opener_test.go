package book

import (
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/sample"
)

// A long book's parts open on a page of colour that bears their title, numbered in
// order; a short book has none.
func TestLongBooksHaveOpeners(t *testing.T) {
	_, design := newSetter(t, "")
	for _, c := range []struct {
		slug  string
		n     int
		texts sample.Texts
		want  int
	}{{"japon", 180, sample.TextsShort, 4}, {"japon", 12, sample.TextsShort, 0}} {
		doc, _ := compose(t, generated(t, c.slug, c.n, c.texts, design))
		openers := 0
		for _, s := range doc.Sections {
			if len(s.Blocks) == 0 || s.Matter != layout.BodyMatter {
				continue
			}
			page, ok := s.Blocks[0].(layout.FullPage)
			if !ok {
				continue
			}
			openers++
			if !s.Recto {
				t.Errorf("%s opens on a left-hand page", s.Title)
			}
			if len(s.Blocks) < 2 || len(page.Blocks) != 2 {
				t.Errorf("%s: an opener of %d blocks before %d", s.Title, len(page.Blocks), len(s.Blocks)-1)
			}
		}
		if openers != c.want {
			t.Errorf("%d entries: %d openers, want %d", c.n, openers, c.want)
		}
	}
}
