package book

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

// letters keeps what identifies a text, whatever its lines and spaces.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func pageText(p *layout.Page) string {
	var b strings.Builder
	for _, item := range p.Items {
		if g, ok := item.(*layout.Glyphs); ok {
			b.WriteString(g.Text)
		}
	}
	return letters(b.String())
}

// TestIndexPages: where an index sends its reader, the name is printed.
func TestIndexPages(t *testing.T) {
	set, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	setter, design := newSetter(t, "")
	for _, d := range set.Directories {
		if d.Slug != "japon" && d.Slug != "amerique-latine-caraibe" {
			continue
		}
		in := sampleInput(t, set, d, design)
		doc, _ := compose(t, in)
		pages := lay(t, setter, doc)
		checked := 0
		eachIndex(doc, func(e layout.IndexEntry) {
			name := letters(strings.SplitN(e.Text[0].(layout.Text).Text, " (", 2)[0])
			if len(e.Text) > 1 && e.Text[0].(layout.Text).Italic {
				name = "" // another name of a place: the entry prints its usual one
			}
			for _, anchor := range e.Targets {
				at, ok := pages.Anchors[anchor]
				if !ok {
					t.Errorf("%s: no page for %s", d.Slug, anchor)
					continue
				}
				// The parties stand where the entry begins; an operator anywhere in it.
				on := []int{at.Page}
				if len(e.Text) == 1 {
					on = pages.Entries[strings.TrimPrefix(anchor, "fiche-")]
				}
				found := false
				for _, i := range on {
					found = found || strings.Contains(pageText(pages.Pages[i]), name)
				}
				if !found {
					t.Errorf("%s: %q is not on page %s, where its index leads", d.Slug, inlineText(e.Text), pages.Pages[at.Page].Label)
				}
				checked++
			}
		})
		if checked < 60 {
			t.Errorf("%s: only %d index lines were checked", d.Slug, checked)
		}
	}
}

// eachIndex visits the lines of the authority indexes.
func eachIndex(doc layout.Document, do func(layout.IndexEntry)) {
	var walk func(blocks []layout.Block)
	walk = func(blocks []layout.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case layout.Group:
				walk(b.Blocks)
			case layout.Index:
				for _, e := range b.Entries {
					if e.Letter != "" {
						do(e)
					}
				}
			}
		}
	}
	for _, s := range doc.Sections {
		walk(s.Blocks)
	}
}

// generated is a répertoire of n invented partnerships.
func generated(t testing.TB, slug string, n int, texts sample.Texts, design layout.Design) Input {
	t.Helper()
	set, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	var french, foreign []repertoire.Authority
	for _, a := range set.Authorities {
		if a.French() && !a.Fictitious {
			french = append(french, a)
		} else if !a.Fictitious {
			foreign = append(foreign, a)
		}
	}
	for _, d := range set.Directories {
		if d.Slug != slug {
			continue
		}
		in := sampleInput(t, set, d, design)
		in.Partnerships = nil
		g, err := sample.NewGenerator(1, d, french, foreign, texts)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			x := g.Record(i)
			in.Partnerships = append(in.Partnerships, x.Partnership)
			for _, a := range x.Authorities {
				in.Authorities[a.ID] = a
			}
		}
		return in
	}
	t.Fatal("no directory " + slug)
	return Input{}
}

// The promise of the two books at either end: 180 entries in 180–220 pages, 13
// long ones in 90–110.
func TestGeneratedBooks(t *testing.T) {
	setter, design := newSetter(t, "")
	for _, c := range []struct {
		slug     string
		n        int
		texts    sample.Texts
		min, max int
	}{{"japon", 180, sample.TextsShort, 180, 220}, {"mauritanie", 13, sample.TextsLong, 90, 110}} {
		doc, report := compose(t, generated(t, c.slug, c.n, c.texts, design))
		pages := lay(t, setter, doc)
		if n := len(pages.Pages); n < c.min || n > c.max {
			t.Errorf("%s: %d pages, want %d to %d (densities %v)", c.slug, n, c.min, c.max, report.Densities)
		}
		t.Logf("%s: %d pages (densities %v)", c.slug, len(pages.Pages), report.Densities)
		worthTheirPaper(t, c.slug, pages, design)
		paint(t, c.slug, pages)
	}
}

// BenchmarkCompose is to stay under 150 ms for 180 entries: a tenth of what a
// 200-page book may take.
func BenchmarkCompose(b *testing.B) {
	_, design := newSetter(b, "")
	in := generated(b, "japon", 180, sample.TextsUsual, design)
	for b.Loop() {
		if _, _, err := Compose(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSheet is to stay under 10 ms: a fifth of what an edited entry may
// take to be seen again.
func BenchmarkSheet(b *testing.B) {
	_, design := newSetter(b, "")
	in := generated(b, "japon", 1, sample.TextsUsual, design)
	for b.Loop() {
		if _, _, err := Sheet(in, in.Partnerships[0].ID); err != nil {
			b.Fatal(err)
		}
	}
}
