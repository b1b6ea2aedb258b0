package book

import (
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// The specimen shows a real entry of the book, shortened, with its parts
// numbered and named underneath.
const (
	specimenText    = 160 // characters of a text shown
	specimenFunders = 2
	specimenThemes  = 2
)

// specimen is the page of "how to read" that shows an entry; nothing when the
// book has none with a text and facts.
func (c *composer) specimen() []layout.Block {
	e := c.telling()
	if e == nil {
		return nil
	}
	s := &specimen{c: c, e: e}
	head := s.head()
	text := s.texts()
	facts := s.facts()
	box := layout.Group{Role: "box", Keep: true, Blocks: append(head, layout.Space{Lines: 0.6},
		layout.Side{Shares: []float64{0.62, 0.38}, Gap: 12, Cells: [][]layout.Block{text, facts}})}
	key := make([]layout.Block, 0, len(s.said))
	for i, words := range s.said {
		key = append(key, layout.Paragraph{Style: "caption", Text: []layout.Inline{s.square(i + 1),
			layout.Text{Text: "\u00a0\u00a0" + words}}})
	}
	return []layout.Block{
		layout.Heading{Level: 2, Style: "h3", Text: layout.Plain("Une fiche de ce " + c.noun() + ", abrégée, et ses parties")},
		box, layout.Columned{Count: 3, Blocks: key}}
}

// telling is the entry that shows most of what entries can say, and is not set
// as a line of a table: the first in the order of the book among equals.
func (c *composer) telling() *entry {
	var best *entry
	most := 3 // less than this needs no explanation
	for _, e := range c.entries {
		if e.density == repertoire.DensityTable {
			continue
		}
		n := 0
		for _, has := range []bool{len(e.p.Themes) > 0, e.p.Objectives != "",
			e.p.Context != "" || e.p.History != "" || e.p.Description != "",
			len(e.p.Quotes) > 0, len(e.p.Projects) > 0, hasFunding(e), len(conventionYears(e)) > 1, len(e.p.Contacts) > 0,
			len(e.p.Links) > 0, e.p.Verified != "", len(e.french) > 0 && len(e.foreign) > 0, len(e.title) < 60,
			slices.ContainsFunc(e.foreign, func(a repertoire.Authority) bool { return a.Located() })} {
			if has {
				n++
			}
		}
		if n > most {
			best, most = e, n
		}
	}
	return best
}

// quoted puts a title between French quotation marks.
func quoted(s string) string { return "« " + s + " »" }

// specimen is one being made: what its numbers say, in their order.
type specimen struct {
	c    *composer
	e    *entry
	said []string
}

// number gives the next number, which says words.
func (s *specimen) number(words string) layout.Square {
	s.said = append(s.said, words)
	return s.square(len(s.said))
}

func (s *specimen) square(n int) layout.Square {
	return layout.Square{Fill: s.c.ink.Strong, Label: fmt.Sprint(n), Alt: fmt.Sprintf("Repère %d", n)}
}

// marked puts a number at the head of a text.
func (s *specimen) marked(words string, text ...layout.Inline) []layout.Inline {
	return append([]layout.Inline{s.number(words), layout.Text{Text: "\u00a0\u00a0"}}, text...)
}

func (s *specimen) head() []layout.Block {
	first := "la française d’abord"
	if s.c.in.Directory.ByPartner {
		first = "la française d’abord, même quand le livre suit les autres"
	}
	out := []layout.Block{layout.Paragraph{Style: "entry-title", Text: s.marked(
		"Les collectivités, "+first+".", layout.Text{Text: tied(s.e.title), NoHyphen: true})}}
	if t := s.c.territory(s.e); len(t) > 0 {
		out = append(out, layout.Paragraph{Style: s.c.styled("territory", "entry-subtitle"), Text: s.marked(
			"Leur territoire ; le département est toujours dit.", t...)})
	}
	few := *s.e
	few.p.Themes = few.p.Themes[:min(len(few.p.Themes), specimenThemes)]
	if s.e.p.Fictitious {
		if mark, ok := fictitious(s.e, true).(layout.Paragraph); ok {
			mark.Origin = layout.Origin{}
			out = append(out, mark)
		}
	}
	pills := s.c.pills(&few, s.c.design.TextWidth()-60)
	for _, b := range pills {
		if d, ok := b.(layout.Drawing); ok {
			d.Origin = layout.Origin{}
			words := "La nature du lien, son âge, son état."
			if len(s.e.p.Themes) > 0 {
				words = "Les thématiques par priorité, la nature du lien, son état."
			}
			out = append(out, layout.Side{Shares: []float64{0.04, 0.96}, Gap: 3, Cells: [][]layout.Block{
				{layout.Paragraph{Style: "facts", Text: []layout.Inline{s.number(words)}}}, {d}}})
		}
	}
	return out
}

func (s *specimen) texts() []layout.Block {
	p := s.e.p
	var out []layout.Block
	add := func(style layout.Style, words, text string) {
		if text = s.c.excerpt(text); text != "" {
			out = append(out, layout.Paragraph{Style: style, Text: s.marked(words, layout.Text{Text: text})})
		}
	}
	add("small", "Ce que les partenaires veulent faire.", p.Objectives)
	for _, t := range []string{p.Context, p.History, p.Description} {
		if t != "" {
			add("small", "Contexte, historique, description.", t)
			break
		}
	}
	if q := s.c.quotes(s.e); len(q) > 0 {
		add(s.c.styled("pull-quote", "quote"), "Une parole, et qui l’a dite.",
			quoted(strings.Trim(oneLine(p.Quotes[0].Text), "«» \u00a0\u202f")))
	}
	return append(out, s.project()...)
}

// project shows the fullest project and who pays for it.
func (s *specimen) project() []layout.Block {
	if len(s.e.p.Projects) == 0 {
		return nil
	}
	x := slices.MaxFunc(s.e.p.Projects, func(a, b repertoire.Project) int { return projectWeight(a) - projectWeight(b) })
	ink := s.c.familyColor(projectFamily(s.e, x))
	width := s.c.design.WideWidth()
	title := oneLine(x.Title)
	if title == "" {
		title = "Projet sans titre"
	}
	out := []layout.Block{layout.Space{Lines: 0.5}, layout.Drawing{W: width, H: 1.2, Width: 1, Decorative: true,
		Shapes: []layout.Shape{chart.Rect(0, 0, width, 1.2, ink, chart.NoColor, 0)}},
		layout.Paragraph{Style: s.c.styled("project-title", "h5"), Text: s.marked(
			"Un projet : dates, lieux, opérateur.", layout.Text{Text: shorten(title, 80)})}}
	var meta []string
	for _, m := range []string{repertoire.Capital(period(x.Start, x.End)), oneLine(x.Places), oneLine(x.Operator)} {
		if m != "" {
			meta = append(meta, m)
		}
	}
	if len(meta) > 0 {
		out = append(out, layout.Paragraph{Style: s.c.styled("project-meta", "facts"),
			Text: layout.Plain(shorten(strings.Join(meta, " · "), 120))})
	}
	if r := s.c.excerpt(x.Results); r != "" {
		out = append(out, layout.Paragraph{Style: s.c.styled("result", "facts"), Text: s.marked("Le résultat.", layout.Text{Text: r})})
	}
	if len(x.Funding) > 0 {
		short := x
		short.Funding = x.Funding[:min(len(x.Funding), specimenFunders)]
		out = append(out, layout.Paragraph{Style: "facts-label", Text: s.marked(
			"Qui paie : montants déclarés ; un apport en locaux ou en temps est dit valorisé.",
			layout.Text{Text: "Financements"})})
		out = append(out, s.c.funding(short, ink, func(string) layout.Origin { return layout.Origin{} })...)
	}
	return out
}

func projectWeight(x repertoire.Project) int {
	n := min(len(x.Funding), specimenFunders)
	if x.Results != "" {
		n += 3
	}
	if x.Operator != "" {
		n++
	}
	return n
}

func (s *specimen) facts() []layout.Block {
	var out []layout.Block
	add := func(words, label string, blocks ...layout.Block) {
		if len(blocks) > 0 {
			out = append(out, layout.Paragraph{Style: "facts-label", Text: s.marked(words, layout.Text{Text: label})})
			out = append(append(out, blocks...), layout.Space{Lines: 0.3})
		}
	}
	fact := func(words, label string, text []layout.Inline) {
		if len(text) > 0 {
			add(words, label, layout.Paragraph{Style: "facts", Text: text})
		}
	}
	var maps [][]layout.Block
	var shares []float64
	for _, d := range s.c.locatorDrawings(s.e, (s.c.design.FactWidth()-24)/2) {
		d.Align = layout.AlignCenter
		maps, shares = append(maps, []layout.Block{d}), append(shares, 1)
	}
	if len(maps) > 0 {
		add("Les deux territoires.", "Situation", layout.Side{Shares: shares, Cells: maps, Gap: 6})
	}
	if years := conventionYears(s.e); len(years) > 1 {
		if len(years) > 4 {
			years = append(years[:1], years[len(years)-3:]...)
		}
		add("Les conventions, dans le temps.", "Conventions",
			chart.Timeline(years, s.c.design.FactWidth(), s.c.ink.Line, s.c.familyColor(entryFamily(s.e)), s.c.ink.Text))
	}
	if len(s.e.french) > 0 {
		a := s.e.french[0]
		a.Website = ""
		fact("Les faits : niveau, population, période du lien.", "En France",
			append([]layout.Inline{layout.Text{Text: a.Usual(), Bold: true, NoHyphen: true}}, s.c.aboutAuthority(a, false)...))
	}
	if len(s.e.p.Contacts) > 0 {
		who := s.e.p.Contacts[0]
		who.Email, who.Phone = "", ""
		fact("Qui a accepté de paraître.", "Interlocuteurs", s.c.personText(s.e, who))
	}
	if online := s.c.online(s.e); len(online) > 0 {
		if d, ok := online[0].(layout.Drawing); ok {
			d.Origin, d.Width, d.Caption = layout.Origin{}, 1, nil
			label := layout.Paragraph{Style: "facts-label",
				Text: s.marked("Code à lire avec un téléphone.", layout.Text{Text: "La suite en ligne"})}
			out = append(out, layout.Side{Shares: []float64{0.34, 0.66}, Gap: 6, Cells: [][]layout.Block{{d}, {label}}},
				layout.Space{Lines: 0.3})
		}
	}
	if s.e.p.Verified != "" {
		fact("Le jour où la fiche a été confirmée.", "Vérification", layout.Plain("Fiche vérifiée "+whenWord(s.e.p.Verified)+"."))
	}
	return out
}

// excerpt is the beginning of a text in one run, cut between two words.
func (c *composer) excerpt(markdown string) string {
	var words []string
	var gather func([]layout.Block)
	gather = func(blocks []layout.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case layout.Paragraph:
				for _, in := range b.Text {
					if t, ok := in.(layout.Text); ok {
						words = append(words, strings.Fields(t.Text)...)
					}
				}
			case layout.List:
				for _, item := range b.Items {
					gather(item)
				}
			}
		}
	}
	gather(c.markdown(markdown, 6, layout.Origin{}))
	n := 0
	for i, w := range words {
		n += len([]rune(w)) + 1
		if n > specimenText && i > 0 {
			return strings.TrimRight(strings.Join(words[:i], " "), " ,;:–-") + "…"
		}
	}
	return strings.Join(words, " ")
}
