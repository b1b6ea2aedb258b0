package paper

import (
	"strconv"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// priced is what quotes, confirmations, invoices and credit notes show alike.
type priced struct {
	lines  []order.Line
	basis  order.Basis
	totals order.Totals
	// mention is that of a regime without VAT: no column speaks of it then.
	mention string
	// elsewhere are the mentions of lines that go abroad or overseas.
	elsewhere []string
	paid      order.Cents // before the document was issued
	// due names the amount to pay: "Net à payer", "Total à rembourser".
	due string
}

// blocks gives the table of lines, that of VAT and the totals.
func (p priced) blocks() []layout.Block {
	unit, amount := "Prix unitaire HT", "Montant HT"
	taxed := p.basis == order.With && p.mention == ""
	if taxed {
		amount = "Montant TTC"
	}
	if p.mention != "" {
		unit, amount = "Prix unitaire", "Montant"
	}
	right := layout.AlignRight
	discounts := false
	for _, l := range p.lines {
		discounts = discounts || l.Discount > 0
	}
	names := []string{"Désignation", "Quantité", unit}
	t := layout.Table{Columns: []layout.TableColumn{{Share: 1}, {Width: 46, Align: right}, {Width: 62, Align: right}}}
	if discounts {
		names = append(names, "Remise")
		t.Columns = append(t.Columns, layout.TableColumn{Width: 42, Align: right})
	}
	if p.mention == "" {
		names = append(names, "TVA")
		t.Columns = append(t.Columns, layout.TableColumn{Width: 40, Align: right})
	}
	if taxed {
		names = append(names, "Prix unitaire TTC")
		t.Columns = append(t.Columns, layout.TableColumn{Width: 62, Align: right})
	}
	t.Columns = append(t.Columns, layout.TableColumn{Width: 68, Align: right})
	t.Head = head(append(names, amount)...)
	for _, l := range p.lines {
		row := layout.TableRow{Cells: []layout.Cell{cell(l.Name()), cell(repertoire.Thousands(int64(l.Quantity)))}}
		net := l.Unit
		if taxed {
			net = l.NetUnit(p.basis)
		}
		row.Cells = append(row.Cells, cell(net.French()))
		if discounts {
			off := ""
			if l.Discount > 0 {
				off = "−" + l.Discount.French()
			}
			row.Cells = append(row.Cells, cell(off))
		}
		if p.mention == "" {
			row.Cells = append(row.Cells, cell(l.Rate.French()))
		}
		if taxed {
			row.Cells = append(row.Cells, cell(l.Unit.French()))
		}
		row.Cells = append(row.Cells, cell(l.Amount().French()))
		t.Rows = append(t.Rows, row)
	}
	return []layout.Block{t, p.sums()}
}

// sums is the table of totals, in the right half of the page.
func (p priced) sums() layout.Block {
	t := layout.Table{Columns: []layout.TableColumn{{Share: 1}, {Width: 80, Align: layout.AlignRight}}}
	add := func(label string, c order.Cents, bold bool) {
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			{Header: true, Blocks: []layout.Block{layout.Paragraph{Text: []layout.Inline{layout.Text{Text: label, Bold: bold}}}}},
			{Blocks: []layout.Block{layout.Paragraph{Text: []layout.Inline{layout.Text{Text: c.French(), Bold: bold}}}}}}})
	}
	if p.mention != "" {
		add("Total", p.totals.Net, false)
	} else {
		add("Total HT", p.totals.Net, false)
		for _, v := range p.totals.Rates {
			if v.Tax != 0 || v.Rate != 0 {
				add("TVA "+v.Rate.French()+" sur "+v.Net.French(), v.Tax, false)
			} else {
				add("Sans TVA, sur "+v.Net.French(), v.Tax, false)
			}
		}
		add("Total TTC", p.totals.Gross, p.due == "")
	}
	if p.paid > 0 {
		add("Déjà payé", -p.paid, false)
	}
	if p.due != "" {
		add(p.due, p.totals.Gross-p.paid, true)
	}
	under := []layout.Block{layout.Space{Lines: 0.2}}
	for _, m := range p.elsewhere {
		under = append(under, line("body", m+"."))
	}
	if p.mention != "" {
		under = append(under, line("body", p.mention+"."))
	} else if p.totals.Tax == 0 && len(p.elsewhere) > 0 {
		under = append(under, line("legal", "Prix sans TVA."))
	} else if p.basis == order.With {
		under = append(under,
			line("legal",
				"Prix convenus TTC ; la TVA est calculée une fois par taux, sur le total, au centime le plus proche. Le prix unitaire HT est arrondi au centime."))
	} else {
		under = append(under, line("legal", "Prix HT ; la TVA est calculée une fois par taux, sur le total, au centime le plus proche."))
	}
	return layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{under, {t}}}
}

// quantities is the table of a delivery note: what is in the parcel, unpriced.
func quantities(lines []order.Line, format order.Format) layout.Block {
	t := layout.Table{Columns: []layout.TableColumn{{Share: 1}, {Width: 70, Align: layout.AlignRight}},
		Head: head("Désignation", "Exemplaires")}
	for _, l := range lines {
		if l.Postage || format != "" && l.Format != format {
			continue
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{cell(l.Name()), cell(strconv.Itoa(l.Quantity))}})
	}
	return t
}
