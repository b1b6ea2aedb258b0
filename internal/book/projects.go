package book

import (
	"fmt"

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
	out := []layout.Block{layout.Heading{Level: 5, Style: "h5", Text: head, Origin: o("title")}}
	var facts []fact
	add := func(label, field, value string) {
		if value = oneLine(value); value != "" {
			facts = append(facts, fact{label, layout.Plain(value), field})
		}
	}
	add("Période", "start", capital(period(x.Start, x.End)))
	add("Lieux", "places", x.Places)
	add("Opérateur", "operator", x.Operator)
	add("Bénéficiaires", "beneficiaries", x.Beneficiaries)
	if t := c.themeLine(x.Themes); len(t) > 0 {
		facts = append(facts, fact{"Thématiques", t, "themes"})
	}
	if len(x.Funding) == 0 {
		add("Budget", "budget", x.Budget.French())
	}
	if c.ownPages {
		out = append(out, factsTable(facts, o)...)
	} else {
		out = append(out, factsLine(facts, o)...)
	}
	out = append(out, c.markdown(x.Description, 6, o("description"))...)
	for _, t := range []struct{ label, field, text string }{{"Résultats", "results", x.Results}, {"Difficultés", "difficulties", x.Difficulties}} {
		out = append(out, runIn(t.label, c.markdown(t.text, 6, o(t.field)), o(t.field))...)
	}
	return append(out, c.funding(x, o)...)
}

// factsLine runs facts on in one paragraph, where room is scarce.
func factsLine(facts []fact, o func(string) layout.Origin) []layout.Block {
	var text []layout.Inline
	for _, f := range facts {
		if len(text) > 0 {
			text = append(text, layout.Text{Text: "\u2002·\u2002", Color: "muted"})
		}
		text = append(append(text, layout.Text{Text: f.label + " : ", Color: "muted"}), f.value...)
	}
	if len(text) == 0 {
		return nil
	}
	return []layout.Block{layout.Paragraph{Style: "facts", Text: text, Origin: o("")}}
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

// funding sets the funders with their amounts, right aligned, and the total
// when all amounts are in one currency.
func (c *composer) funding(x repertoire.Project, o func(string) layout.Origin) []layout.Block {
	if len(x.Funding) == 0 {
		return nil
	}
	cell := func(s string, head bool, field string, extra ...layout.Inline) layout.Cell {
		return layout.Cell{Header: head, Blocks: []layout.Block{layout.Paragraph{Style: cellStyle(head), Text: append(layout.Plain(s), extra...), Origin: o(field)}}}
	}
	t := layout.Table{
		Columns: []layout.TableColumn{{Share: 0.46}, {Share: 0.32}, {Share: 0.22, Align: layout.AlignRight}}, Origin: o("funding"),
		Head: []layout.TableRow{{Cells: []layout.Cell{cell("Financeur", true, "funding"), cell("Nature", true, "funding"), cell("Montant", true, "funding")}}},
	}
	total, same := repertoire.Money{}, true
	for i, f := range x.Funding {
		field := fmt.Sprintf("funding.%d", i)
		kind := ""
		if f.Kind != "" {
			kind = repertoire.FundingKinds.Label(f.Kind)
		}
		if f.InKind {
			if kind != "" {
				kind += ", "
			}
			kind += "valorisé"
		}
		name := oneLine(f.Funder)
		if name == "" {
			name = "Financeur non précisé"
		}
		amount := f.Amount.French()
		if amount == "" {
			amount = "n. c."
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{cell(name, false, field), cell(kind, false, field), cell(amount, false, field)}})
		switch {
		case f.Amount.IsZero():
		case total.Currency == "" || total.Currency == f.Amount.Currency:
			total.Currency, total.Cents = f.Amount.Currency, total.Cents+f.Amount.Cents
		default:
			same = false
		}
	}
	bold := func(label, value, field string) {
		one := func(s string) layout.Cell {
			return layout.Cell{Blocks: []layout.Block{layout.Paragraph{Style: "table", Text: []layout.Inline{layout.Text{Text: s, Bold: true}}, Origin: o(field)}}}
		}
		l := one(label)
		l.Span = 2
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{l, one(value)}})
	}
	switch {
	case !x.Budget.IsZero():
		bold("Budget du projet", x.Budget.French(), "budget")
	case same && len(x.Funding) > 1 && !total.IsZero():
		bold("Total des financements", total.French(), "funding")
	}
	return []layout.Block{t}
}
