package book

import (
	"fmt"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// projects sets what was done together, with who paid for it.
func (c *composer) projects(e *entry) []layout.Block {
	var out []layout.Block
	for i, x := range e.p.Projects {
		out = append(out, c.project(e, i, x)...)
	}
	label := "Projets"
	if len(e.p.Projects) == 1 {
		label = "Projet"
	}
	return c.labelled(label, out, e.origin("projects"))
}

// project is a card: title, when, where and with whom, what was done, the result
// in bold, the money as thin bars.
func (c *composer) project(e *entry, i int, x repertoire.Project) []layout.Block {
	o := func(field string) layout.Origin {
		at := fmt.Sprintf("projects.%d", i)
		if field != "" {
			at += "." + field
		}
		return e.origin(at)
	}
	title := oneLine(x.Title)
	if title == "" {
		title = "Projet sans titre"
	}
	head := []layout.Inline{layout.Text{Text: title}}
	if x.Fictitious && !e.p.Fictitious {
		head = append(head, layout.Text{Text: " (projet fictif)", Color: "accent"})
	}
	ink := c.familyColor(projectFamily(e, x))
	card := layout.Group{Role: "card", Origin: o("")}
	add := func(blocks ...layout.Block) { card.Blocks = append(card.Blocks, blocks...) }
	add(layout.Heading{Level: 5, Style: c.styled("project-title", "h5"), Text: head, Bar: ink, Origin: o("title")})
	var meta []layout.Inline
	fact := func(label, value string) {
		if value = oneLine(value); value == "" {
			return
		}
		if len(meta) > 0 {
			meta = append(meta, layout.Text{Text: "\u2002·\u2002"})
		}
		if label != "" {
			label += "\u00a0: "
		}
		meta = append(meta, layout.Text{Text: label + value})
	}
	fact("", repertoire.Capital(period(x.Start, x.End)))
	fact("", x.Places)
	fact("opérateur", x.Operator)
	fact("bénéficiaires", x.Beneficiaries)
	if len(x.Funding) == 0 {
		fact("budget", x.Budget.French())
	}
	if t := c.themeLine(x.Themes); len(t) > 0 {
		if len(meta) > 0 {
			meta = append(meta, layout.Text{Text: "\u2002·\u2002"})
		}
		meta = append(meta, t...)
	}
	if len(meta) > 0 {
		add(layout.Paragraph{Style: c.styled("project-meta", "facts"), Text: meta, Origin: o("")})
	}
	add(c.markdown(x.Description, 6, o("description"))...)
	add(runIn("Difficultés", c.markdown(x.Difficulties, 6, o("difficulties")), o("difficulties"))...)
	add(restyled(c.markdown(x.Results, 6, o("results")), c.styled("result", "facts"))...)
	add(c.funding(x, ink, o)...)
	return []layout.Block{card}
}

// projectFamily is that of a project's first theme, else of its entry's.
func projectFamily(e *entry, x repertoire.Project) int {
	for _, code := range x.Themes {
		if f := family(code); f > 0 {
			return f
		}
	}
	return entryFamily(e)
}

// runIn puts a label at the head of the first paragraph: "Résultats. Deux
// forages…"
func runIn(label string, blocks []layout.Block, o layout.Origin) []layout.Block {
	if len(blocks) == 0 {
		return nil
	}
	head := layout.Text{Text: label + ". ", Bold: true}
	if p, ok := blocks[0].(layout.Paragraph); ok && p.Style == "" {
		p.Text = append([]layout.Inline{head}, p.Text...)
		return append([]layout.Block{p}, blocks[1:]...)
	}
	head.Text = label + " :"
	return append([]layout.Block{layout.Paragraph{Text: []layout.Inline{head}, Origin: o}}, blocks...)
}

// funding sets the funders, a thin bar and the amount of each, and the total
// when all amounts are in one currency.
func (c *composer) funding(x repertoire.Project, ink layout.Color, o func(string) layout.Origin) []layout.Block {
	if len(x.Funding) == 0 {
		return nil
	}
	t := layout.Table{Bare: true, Columns: []layout.TableColumn{{Share: 0.52}, {Share: 0.18}, {Share: 0.3, Align: layout.AlignRight}},
		Origin: o("funding")}
	cell := func(s, field string, bold bool) layout.Cell {
		return layout.Cell{Blocks: []layout.Block{layout.Paragraph{Style: "table", Text: []layout.Inline{layout.Text{Text: s, Bold: bold}},
			Origin: o(field)}}}
	}
	most := repertoire.LargestFunding(x.Funding)
	total, same := repertoire.FundingTotal(x.Funding)
	room := c.design.WideWidth()*0.18 - 8
	for i, f := range x.Funding {
		field := fmt.Sprintf("funding.%d", i)
		amount, bar := f.Amount.French(), layout.Cell{}
		if amount == "" {
			amount = "n. c."
		} else {
			bar.Blocks = []layout.Block{chart.Thin(float64(f.Amount.Cents)/float64(max(most[f.Amount.Currency], 1)), room, ink)}
		}
		who := cell(funderWords(f), field, false)
		who.Header = true
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{who, bar, cell(amount, field, false)}})
	}
	sum := func(label, value, field string) {
		l := cell(label, field, true)
		l.Span, l.Header = 2, true
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{l, cell(value, field, true)}})
	}
	switch {
	case !x.Budget.IsZero():
		sum("Budget du projet", x.Budget.French(), "budget")
	case same && len(x.Funding) > 1:
		sum("Total des financements", total.French(), "funding")
	}
	return []layout.Block{t}
}

// funderWords names who pays, and how when the name does not say it.
func funderWords(f repertoire.Funding) string {
	name, kind := oneLine(f.Funder), ""
	if f.Kind != "" {
		kind = repertoire.FundingKinds.Label(f.Kind)
	}
	if name == "" {
		name, kind = kind, ""
	}
	if name == "" {
		name = "Financeur non précisé"
	}
	if kind != "" && !strings.Contains(repertoire.Fold(name), repertoire.Fold(kind)) {
		name += " (" + lower(kind) + ")"
	}
	if f.InKind {
		name += ", valorisé"
	}
	return name
}
