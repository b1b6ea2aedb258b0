package paper

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Design and Format are those of letters, for layout.LoadDesign.
const (
	Design = "courrier"
	Format = "A4"
)

// letter makes a one-section document headed by both parties.
func letter(title string, on repertoire.Date, seller order.Seller, subject string, blocks []layout.Block) layout.Document {
	return layout.Document{
		Meta:     layout.Meta{Title: title, Author: seller.Name, Subject: subject, Date: string(on)},
		Sections: []layout.Section{{Anchor: "document", Title: title, Matter: layout.BodyMatter, Blocks: blocks}},
	}
}

// parties sets the sender on the left, whom the letter is for on the right.
func parties(s order.Seller, to []layout.Block) layout.Block {
	return layout.Side{Shares: []float64{1, 0.95}, Gap: 24, Cells: [][]layout.Block{sender(s), to}}
}

func sender(s order.Seller) []layout.Block {
	out := []layout.Block{line("sender-name", s.Name)}
	add := func(label, value string) {
		if value != "" {
			out = append(out, layout.Paragraph{Style: "sender", Text: []layout.Inline{layout.Text{Text: label}, code(value)}})
		}
	}
	for _, l := range append([]string{s.Status}, s.Address.Written()...) {
		if l != "" {
			out = append(out, line("sender", l))
		}
	}
	switch {
	case s.SIRET != "":
		add("SIRET ", grouped(s.SIRET))
	default:
		add("SIREN ", grouped(s.SIREN))
	}
	add("TVA intracommunautaire ", s.VATNumber)
	add("Téléphone ", s.Phone)
	add("", s.Email)
	return out
}

// recipient names a buyer with an address.
func recipient(b order.Buyer, a order.Address) []layout.Block {
	out := []layout.Block{layout.Space{Lines: 2},
		layout.Paragraph{Style: "recipient", Text: []layout.Inline{layout.Text{Text: b.Name, Bold: true, NoHyphen: true}}}}
	if b.Contact != "" {
		out = append(out, line("recipient", "À l’attention de "+b.Contact))
	}
	for _, l := range a.Written() {
		out = append(out, line("recipient", l))
	}
	if b.SIRET != "" {
		out = append(out, layout.Paragraph{Style: "sender", Text: []layout.Inline{layout.Text{Text: "SIRET "}, code(grouped(b.SIRET))}})
	} else if b.SIREN != "" {
		out = append(out, layout.Paragraph{Style: "sender", Text: []layout.Inline{layout.Text{Text: "SIREN "}, code(grouped(b.SIREN))}})
	}
	if b.VATNumber != "" {
		out = append(out, layout.Paragraph{Style: "sender",
			Text: []layout.Inline{layout.Text{Text: "TVA intracommunautaire "}, code(b.VATNumber)}})
	}
	return out
}

// fact is a labelled value of the small table at the head of a document.
type fact struct{ label, value string }

func facts(list []fact) layout.Block {
	t := layout.Table{Style: "facts", Columns: []layout.TableColumn{{Width: 150}, {Share: 1}}}
	for _, f := range list {
		if f.value == "" {
			continue
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			{Header: true, Blocks: []layout.Block{layout.Para(f.label)}},
			{Blocks: []layout.Block{layout.Paragraph{Text: []layout.Inline{code(f.value)}}}}}})
	}
	return t
}

func title(s string) layout.Block { return layout.Heading{Level: 1, Text: layout.Plain(s)} }

func line(style layout.Style, s string) layout.Block {
	return layout.Paragraph{Style: style, Text: []layout.Inline{layout.Text{Text: s, NoHyphen: true}}}
}

// code is text left as it is.
func code(s string) layout.Inline { return layout.Text{Text: s, Verbatim: true, NoHyphen: true} }

func cell(s string) layout.Cell {
	return layout.Cell{Blocks: []layout.Block{layout.Paragraph{Text: []layout.Inline{layout.Text{Text: s, NoHyphen: true}}}}}
}

func head(names ...string) []layout.TableRow {
	row := layout.TableRow{}
	for _, n := range names {
		row.Cells = append(row.Cells, layout.Cell{Header: true, Blocks: []layout.Block{layout.Para(n)}})
	}
	return []layout.TableRow{row}
}

// grouped writes a SIREN or SIRET as people read it: 732 829 320 00074.
func grouped(s string) string {
	var out []string
	for len(s) > 3 && len(out) < 3 {
		out, s = append(out, s[:3]), s[3:]
	}
	if s != "" {
		out = append(out, s)
	}
	return strings.Join(out, "\u00a0")
}
