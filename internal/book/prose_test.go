package book

import (
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// TestFiguresOfTextsAreCounted: a text takes its figures from the book.
func TestFiguresOfTextsAreCounted(t *testing.T) {
	s := bareInput()
	s.in.Directory.Blurb = "Ce livre réunit {partenariats} et {pays} en {pages}. Il est à vous."
	doc, report := compose(t, s.in)
	text := dump(doc)
	if strings.Contains(text, "{partenariats}") || strings.Contains(text, "{pages}") {
		t.Error("a field is printed as typed")
	}
	if !strings.Contains(text, "3\u00a0partenariats") {
		t.Error("the partnerships are not counted")
	}
	if doc.Meta.Subject != "Il est à vous." {
		t.Errorf("subject %q", doc.Meta.Subject)
	}
	for _, n := range report.Notices {
		if n.Kind == NoticeFigure {
			t.Errorf("%s", n.Message)
		}
	}
	found := false
	for _, sec := range doc.Sections {
		for _, b := range sec.Blocks {
			if p, ok := b.(layout.Paragraph); ok {
				for _, in := range p.Text {
					ref, ok := in.(layout.PageRef)
					found = found || ok && ref.Anchor == layout.PageCount
				}
			}
		}
	}
	if !found {
		t.Error("the pages are not left to the typesetter")
	}
}

// TestTypedFiguresAreCompared: figures typed by hand that the book does not bear
// out are told.
func TestTypedFiguresAreCompared(t *testing.T) {
	s := bareInput()
	s.in.Directory.Blurb = "Plus de 180 partenariats sur 200 pages, dans 1 pays."
	_, report := compose(t, s.in)
	var told []string
	for _, n := range append(report.Notices, report.PageClaims(24)...) {
		if n.Kind == NoticeFigure {
			told = append(told, n.Message)
		}
	}
	all := strings.Join(told, "\n")
	if !strings.Contains(all, "180 partenariats") || !strings.Contains(all, "200 pages") {
		t.Errorf("told: %s", all)
	}
	if strings.Contains(all, "1 pays") {
		t.Errorf("a true figure is told: %s", all)
	}
	if n := report.PageClaims(200); len(n) > 0 {
		t.Errorf("200 pages are true: %v", n)
	}
}

// TestNoSentenceOpensWithAFigure: figures open no sentence of the program's own.
func TestNoSentenceOpensWithAFigure(t *testing.T) {
	for _, s := range []*inputs{bareInput(), longInput()} {
		doc, _ := compose(t, s.in)
		var walk func(blocks []layout.Block)
		walk = func(blocks []layout.Block) {
			for _, b := range blocks {
				switch b := b.(type) {
				case layout.Group:
					walk(b.Blocks)
				case layout.Paragraph:
					if len(b.Text) == 0 || b.Style != "" && b.Style != "lead" {
						continue
					}
					if x, ok := b.Text[0].(layout.Text); ok && x.Text != "" && x.Text[0] >= '0' && x.Text[0] <= '9' {
						t.Errorf("« %s »", x.Text)
					}
				}
			}
		}
		for _, sec := range doc.Sections {
			walk(sec.Blocks)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "aucun", 1: "un", 16: "seize", 17: "dix-sept", 21: "vingt et un", 30: "trente", 71: "soixante et onze", 77: "soixante-dix-sept",
		80: "quatre-vingts",
		81: "quatre-vingt-un", 91: "quatre-vingt-onze", 100: "cent", 101: "cent un", 180: "cent quatre-vingts",
		183: "cent quatre-vingt-trois", 200: "deux cents",
		201: "deux cent un", 999: "neuf cent quatre-vingt-dix-neuf", 1000: "mille", 1200: "mille deux cents", 80_000: "quatre-vingt mille",
		200_300: "deux cent mille trois cents",
	} {
		if got := inWords(n, false); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := opening(21, "fiche", "fiches", true); got != "Vingt et une\u00a0fiches" {
		t.Errorf("%q", got)
	}
}

// TestFamiliesCoverTheThemes: every great theme has a family, and white can be
// read on its colour.
func TestFamiliesCoverTheThemes(t *testing.T) {
	for _, design := range layout.Designs() {
		d, err := layout.LoadDesign(design, "")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[layout.Color]bool{}
		for n := 1; n <= 8; n++ {
			c := &composer{design: d}
			ink := c.familyColor(n)
			if r := layout.Contrast(ink, layout.Color{R: 255, G: 255, B: 255}); r < 4.5 {
				t.Errorf("%s: family %d has a contrast of %.1f", design, n, r)
			}
			if seen[ink] {
				t.Errorf("%s: family %d has the colour of another", design, n)
			}
			seen[ink] = true
		}
	}
	for _, code := range []string{"1", "2.5", "3.1.1", "4", "5", "6", "7", "8", "9", "10.1"} {
		if family(code) == 0 {
			t.Errorf("theme %s has no family", code)
		}
	}
}
