package book

import (
	"regexp"
	"strconv"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Texts may hold figures as fields, which the book counts when it is made:
// {partenariats}, {fiches}, {pays}, {collectivités} and {pages}. A figure typed
// by hand is compared with what the book has, and told when it is another.

// pagesField is set when the pages are known, by the typesetter.
const pagesField = "{pages}"

// filled replaces the fields of a text but that of the pages.
func (c *composer) filled(s string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	real := c.countingReal()
	n := len(real.entries)
	s = opened(s, map[string]string{"{partenariats}": opening(n, "partenariat", "partenariats", false),
		"{fiches}": opening(len(c.entries), "fiche", "fiches", true), "{pays}": opening(len(real.present()), "pays", "pays", false)})
	french := len(real.sites(func(e *entry) []repertoire.Authority { return e.french }))
	abroad := len(real.sites(func(e *entry) []repertoire.Authority { return e.foreign }))
	return strings.NewReplacer(
		"{partenariats}", count(n, "partenariat", "partenariats"), "{fiches}", count(len(c.entries), "fiche", "fiches"),
		"{pays}", count(len(real.present()), "pays", "pays"),
		"{collectivités}", count(french+abroad, "collectivité", "collectivités"),
		"{collectivités françaises}", count(french, "collectivité française", "collectivités françaises"),
		"{collectivités partenaires}", count(abroad, "collectivité partenaire", "collectivités partenaires"),
	).Replace(s)
}

// opened writes the fields that begin a text in words: no sentence opens with a
// figure.
func opened(s string, words map[string]string) string {
	for field, w := range words {
		if rest, ok := strings.CutPrefix(s, field); ok {
			s = w + rest
		}
		for _, end := range []string{". ", "! ", "? ", "\n\n"} {
			s = strings.ReplaceAll(s, end+field, end+w)
		}
	}
	return s
}

// paged puts the number of pages into running text.
func paged(text []layout.Inline) []layout.Inline {
	var out []layout.Inline
	for _, in := range text {
		t, ok := in.(layout.Text)
		if !ok || !strings.Contains(t.Text, pagesField) {
			out = append(out, in)
			continue
		}
		rest := t.Text
		for {
			before, after, found := strings.Cut(rest, pagesField)
			if before != "" {
				t.Text = before
				out = append(out, t)
			}
			if !found {
				break
			}
			t.Text = "\u00a0pages"
			out = append(out, layout.PageRef{Anchor: layout.PageCount}, t)
			rest = after
		}
	}
	return out
}

// typedFigure finds the figures a person typed before a word the book counts.
var typedFigure = regexp.MustCompile(`(?i)(\d[\d \x{a0}\x{202f}]*)[ \x{a0}]+(partenariats?|fiches?|pays|pages?)\b`)

// checkFigures tells of figures typed in a text of the book about itself that
// the book does not bear out. Those of pages are compared once it is laid out
// (see PageClaims).
func (c *composer) checkFigures(text string, o layout.Origin) {
	if c.compared[text] {
		return // the same text stands in the guide and on the back
	}
	if c.compared == nil {
		c.compared = map[string]bool{}
	}
	c.compared[text] = true
	real := c.countingReal()
	for _, m := range typedFigure.FindAllStringSubmatch(text, -1) {
		typed := digits(m[1])
		word := strings.TrimSuffix(strings.ToLower(m[2]), "s")
		have, field := 0, ""
		switch word {
		case "partenariat":
			have, field = len(real.entries), "{partenariats}"
		case "fiche":
			have, field = len(c.entries), "{fiches}"
		case "pay":
			have, field = len(real.present()), "{pays}"
		default:
			c.report.pageClaims = append(c.report.pageClaims, pageClaim{typed, o})
			continue
		}
		if typed != have {
			c.notice(NoticeFigure, o, "Ce texte dit « %s » et le livre en compte %s : corrigez-le, ou écrivez %s, que le programme compte.",
				oneLine(m[0]), thousandsOf(have), field)
		}
	}
}

func digits(s string) int {
	n, _ := strconv.Atoi(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s))
	return n
}

// pageClaim is a number of pages that a text gives.
type pageClaim struct {
	typed  int
	origin layout.Origin
}

// PageClaims tells of the texts that give the book another number of pages than
// it has.
func (r Report) PageClaims(pages int) []Notice {
	var out []Notice
	for _, x := range r.pageClaims {
		if x.typed != pages {
			out = append(out, Notice{NoticeFigure, x.origin,
				"Ce texte dit « " + strconv.Itoa(x.typed) + " pages » et le livre en a " + strconv.Itoa(pages) +
					" : corrigez-le, ou écrivez {pages}, que le programme compte."})
		}
	}
	return out
}
