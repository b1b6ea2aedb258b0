package order

import (
	"cmp"
	"math/bits"
	"slices"

	"repertoire/internal/repertoire"
)

// VATDue is the VAT that falls due in a month at a rate (CGI art. 269): that of
// goods when they are delivered, that of services (digital copies) as they are
// paid.
type VATDue struct {
	Month string `json:"month"` // "2026-03"
	Rate  Rate   `json:"rate"`
	Tax   Cents  `json:"tax"`
}

// happening changes what an order's buyer was billed or paid.
type happening struct {
	on     repertoire.Date
	note   *Invoice
	amount Cents
}

// Exigible adds up the VAT that falls due in the months of a period. Over the
// whole life of an order that is paid, its sum is the VAT of its invoice less
// that of its credit notes, to the cent.
func Exigible(orders []Order, invoices []Invoice, p Period) []VATDue {
	of := map[repertoire.ID][]Invoice{}
	for _, v := range invoices {
		of[v.Order] = append(of[v.Order], v)
	}
	type key struct {
		month string
		rate  Rate
	}
	sums := map[key]Cents{}
	for _, o := range orders {
		o.fallsDue(of[o.ID], func(on repertoire.Date, rate Rate, tax Cents) {
			if tax != 0 && p.has(on) {
				sums[key{string(on[:7]), rate}] += tax
			}
		})
	}
	out := []VATDue{}
	for k, tax := range sums {
		out = append(out, VATDue{k.month, k.rate, tax})
	}
	slices.SortFunc(out, func(a, b VATDue) int { return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Rate, b.Rate)) })
	return out
}

// fallsDue tells each amount of VAT of an order that falls due and its day.
func (o *Order) fallsDue(notes []Invoice, due func(repertoire.Date, Rate, Cents)) {
	var list []happening
	for i := range notes {
		v := &notes[i]
		list = append(list, happening{on: v.Date, note: v})
	}
	if len(list) == 0 {
		return // what is paid before an invoice falls due with it
	}
	for _, p := range o.Paid() {
		list = append(list, happening{on: p.Date, amount: p.Amount})
	}
	slices.SortStableFunc(list, func(a, b happening) int { return cmp.Compare(a.on, b.on) })
	var paid, gross Cents
	billed, told := map[Rate]*split{}, map[Rate]*split{}
	for _, h := range list {
		paid += h.amount
		on := h.on
		if h.note != nil {
			gross += h.note.Signed(h.note.Totals.Gross)
			h.note.addTo(billed)
			if h.note.Kind == KindInvoice && h.note.Sold != "" {
				on = h.note.Sold
			}
		}
		for rate, x := range billed {
			before := told[rate]
			if before == nil {
				before = &split{}
				told[rate] = before
			}
			services := portion(x.tax, x.digital, x.net)
			paidFor := portion(services, min(max(paid, 0), gross), gross)
			due(on, rate, x.tax-services-before.tax)
			due(h.on, rate, paidFor-before.digital)
			before.tax, before.digital = x.tax-services, paidFor
		}
	}
}

// split is what was billed at a rate: its VAT, its amount without VAT, and what
// of that is services. Of what fell due, tax is that of goods, digital that of
// services.
type split struct{ tax, net, digital Cents }

// addTo adds an invoice to what was billed, or takes a credit note off. Postage
// goes with the goods it carries.
func (v *Invoice) addTo(billed map[Rate]*split) {
	paper := slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Format == Paper })
	for _, x := range v.Totals.Rates {
		s := billed[x.Rate]
		if s == nil {
			s = &split{}
			billed[x.Rate] = s
		}
		s.tax, s.net = s.tax+v.Signed(x.Tax), s.net+v.Signed(x.Net)
		for i, l := range v.Lines {
			if l.Rate == x.Rate && l.VAT == x.VAT && (l.Format == Digital || l.Postage && !paper) {
				s.digital += v.Signed(v.Totals.Lines[i])
			}
		}
	}
}

// portion is amount × part / whole to the nearest cent; nothing of nothing.
func portion(amount, part, whole Cents) Cents {
	if whole <= 0 || part <= 0 {
		return 0
	}
	if amount < 0 {
		return -portion(-amount, part, whole)
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	q, r := bits.Div64(hi, lo, uint64(whole))
	if 2*r >= uint64(whole) {
		q++
	}
	return Cents(q)
}
