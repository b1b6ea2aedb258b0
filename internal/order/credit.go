package order

import (
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// Credit makes the credit note that takes a whole invoice back.
func (v *Invoice) Credit(s Settings, on repertoire.Date, reason string) (*Invoice, error) {
	return v.CreditPart(s, nil, nil, on, reason)
}

// CreditPart makes a credit note of some copies of an invoice: taken is how many
// of each line, nil for all that earlier credit notes left. Whatever the parts,
// they add up to the invoice to the cent: each is what all that was taken back
// comes to, less what it came to before.
func (v *Invoice) CreditPart(s Settings, earlier []Invoice, taken []int, on repertoire.Date, reason string) (*Invoice, error) {
	switch {
	case v.Kind != KindInvoice || v.Count == 0:
		return nil, repertoire.Refuse("Un avoir reprend une facture émise ; celle-ci n’en est pas une. Rien n’a été enregistré.")
	case on.Before(v.Date):
		return nil, refused("date", "L’avoir ne peut pas être daté du %s, avant la facture %s du %s. Aucun numéro n’a été pris.",
			on.Field(), v.Number(), v.Date.Field())
	case reason == "":
		return nil, refused("reason", "Un avoir dit pourquoi il est émis : donnez le motif de l’annulation. Aucun numéro n’a été pris.")
	case taken != nil && len(taken) != len(v.Lines):
		return nil, refused("quantity", "La facture %s a %d lignes : donnez ce qui est repris de chacune. Aucun numéro n’a été pris.",
			v.Number(), len(v.Lines))
	}
	if err := s.RefuseClosed(on); err != nil {
		return nil, err
	}
	before := v.credited(earlier)
	after := slices.Clone(before)
	for i, l := range v.Lines {
		n := l.Quantity - before[i]
		if taken != nil {
			n = taken[i]
		}
		if n < 0 || n > l.Quantity-before[i] {
			return nil, refused("quantity",
				"L’avoir ne peut pas reprendre %d de « %s » : il en reste %d sur la facture %s. Aucun numéro n’a été pris.", n, l.Name(),
				l.Quantity-before[i], v.Number())
		}
		after[i] += n
	}
	if slices.Equal(before, after) {
		return nil, refused("quantity",
			"L’avoir ne reprend rien de la facture %s : donnez au moins un exemplaire. Aucun numéro n’a été pris.", v.Number())
	}
	c := *v
	c.ID, c.Kind, c.Series, c.Year, c.Count = repertoire.NewID(), KindCredit, s.CreditSeries, on.Year(), 0
	c.Date, c.Due, c.Reason, c.Prepaid = on, on, reason, 0
	c.Credits, c.CreditsNumber, c.CreditsDate = v.ID, v.Number(), v.Date
	c.Partial = slices.Max(before) > 0 || slices.ContainsFunc(v.left(after), func(n int) bool { return n > 0 })
	if c.Partial {
		c.take(v, before, after)
	}
	return &c, nil
}

// credited counts what credit notes took back of each line.
func (v *Invoice) credited(notes []Invoice) []int {
	out := make([]int, len(v.Lines))
	for _, c := range notes {
		for i, l := range c.Lines {
			if l.Of > 0 {
				i = l.Of - 1
			}
			out[i] += l.Quantity
		}
	}
	return out
}

// left counts what is left of each line.
func (v *Invoice) left(taken []int) []int {
	out := make([]int, len(v.Lines))
	for i, l := range v.Lines {
		out[i] = l.Quantity - taken[i]
	}
	return out
}

// Left counts the copies of each line that credit notes left on the invoice.
func (v *Invoice) Left(notes []Invoice) []int { return v.left(v.credited(notes)) }

// take fills a credit note with what lies between two states of its invoice.
func (c *Invoice) take(v *Invoice, before, after []int) {
	part := func(n []int) ([]Line, Totals) {
		lines := slices.Clone(v.Lines)
		for i := range lines {
			lines[i].Quantity = n[i]
		}
		return lines, Total(v.Basis, lines)
	}
	was, from := part(before)
	now, to := part(after)
	c.Lines, c.Totals = nil, Totals{Net: to.Net - from.Net, Tax: to.Tax - from.Tax, Gross: to.Gross - from.Gross, Rates: []VAT{}}
	for i, l := range now {
		if l.Quantity == was[i].Quantity {
			continue
		}
		amount := l.Amount() - was[i].Amount()
		l.Quantity -= was[i].Quantity
		l.Of = i + 1
		if l.Amount() != amount {
			l.Fixed, l.Nothing = amount, amount == 0
		}
		c.Lines = append(c.Lines, l)
	}
	for _, x := range to.Rates {
		if i := slices.IndexFunc(from.Rates, func(y VAT) bool { return y.Rate == x.Rate && y.VAT == x.VAT }); i >= 0 {
			y := from.Rates[i]
			x.Net, x.Tax, x.Gross = x.Net-y.Net, x.Tax-y.Tax, x.Gross-y.Gross
		}
		if slices.ContainsFunc(c.Lines, func(l Line) bool { return l.Rate == x.Rate && l.VAT == x.VAT }) {
			c.Totals.Rates = append(c.Totals.Rates, x)
		}
	}
	c.Totals.Lines = make([]Cents, len(c.Lines))
	for _, x := range c.Totals.Rates {
		share(c.Totals.Lines, c.Lines, c.Basis, x)
		level(c.Totals.Lines, c.Lines, x)
	}
}

// level puts on the largest line of a rate the cent by which its lines miss the
// amount of the rate.
func level(out []Cents, lines []Line, x VAT) {
	largest, sum := -1, Cents(0)
	for i, l := range lines {
		if l.Rate == x.Rate && l.VAT == x.VAT {
			sum += out[i]
			if largest < 0 || out[i] > out[largest] {
				largest = i
			}
		}
	}
	out[largest] += x.Net - sum
}

// TakeBack notes a credit note of part of the order's invoice on the order.
func (o *Order) TakeBack(c *Invoice, at time.Time, by string) {
	o.Credited = o.TakenBack() + c.Totals.Gross
	o.Credits = append(o.Credits, c.ID)
	o.settle(at, by, "Avoir")
}

// Cancel brings the order to "annulée". When it was invoiced, invoice is that
// invoice, earlier its credit notes, and the result the credit note of all that
// is left of it, to save in the same change; nil when nothing is left.
func (o *Order) Cancel(s Settings, invoice *Invoice, on repertoire.Date, at time.Time, by, reason string, earlier ...Invoice) (*Invoice,
	error) {
	var credit *Invoice
	if o.Invoice != "" && o.State() != Cancelled && o.TakenBack() < o.Totals().Gross {
		var err error
		if credit, err = invoice.CreditPart(s, earlier, nil, on, reason); err != nil {
			return nil, err
		}
		o.Credited = o.TakenBack() + credit.Totals.Gross
		o.Credit = credit.ID
	}
	return credit, o.Advance(Cancelled, at, by, reason)
}
