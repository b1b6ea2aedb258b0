package order

import (
	"cmp"
	"slices"

	"repertoire/internal/repertoire"
)

// Sales is what one edition came to in a period.
type Sales struct {
	Edition Edition `json:"edition"`
	Paper   int     `json:"paper"`   // copies delivered
	Digital int     `json:"digital"` // copies delivered
	Free    int     `json:"free"`    // of those, copies free to members
	Net     Cents   `json:"net"`     // invoiced less credited, without VAT and postage
}

// Revenue is what a month came to, credit notes taken off.
type Revenue struct {
	Month    string `json:"month"` // "2026-03"
	Invoices int    `json:"invoices"`
	Credits  int    `json:"credits"`
	Net      Cents  `json:"net"`
	Tax      Cents  `json:"tax"`
	Gross    Cents  `json:"gross"`
	Rates    []VAT  `json:"rates"`
}

// Unpaid is an invoice that is still due.
type Unpaid struct {
	Order   string          `json:"order"`
	Invoice string          `json:"invoice"`
	Buyer   string          `json:"buyer"`
	Date    repertoire.Date `json:"date"`
	Due     repertoire.Date `json:"due"`
	Gross   Cents           `json:"gross"`
	Left    Cents           `json:"left"` // once part payments and credit notes are taken off
	Late    bool            `json:"late"`
}

// Figures are the numbers of a period.
type Figures struct {
	Since   repertoire.Date `json:"since,omitempty"`
	Until   repertoire.Date `json:"until,omitempty"`
	Sales   []Sales         `json:"sales"`   // most sold first
	Revenue []Revenue       `json:"revenue"` // by month
	Unpaid  []Unpaid        `json:"unpaid"`  // by due date, whatever the period
}

// Period is a run of days, both ends included; "" is no limit.
type Period struct{ Since, Until repertoire.Date }

func (p Period) has(d repertoire.Date) bool {
	return d != "" && d >= p.Since && (p.Until == "" || d <= p.Until)
}

// Alike is what several orders, or several invoices, have in common, and how
// many they are: ten thousand of them come in a few hundred kinds.
type Alike[T any] struct {
	Of    T
	Times int
}

// Tally adds up what was delivered and invoiced in a period. Of orders it asks
// the day of delivery, the state, the member and the lines; of invoices the kind,
// the day, the lines and the totals.
func Tally(orders []Alike[Order], invoices []Alike[Invoice], p Period) Figures {
	out := Figures{Since: p.Since, Until: p.Until, Sales: []Sales{}, Revenue: []Revenue{}, Unpaid: []Unpaid{}}
	byEdition := map[repertoire.ID]*Sales{}
	sales := func(e Edition) *Sales {
		if byEdition[e.ID] == nil {
			byEdition[e.ID] = &Sales{Edition: e}
		}
		return byEdition[e.ID]
	}
	for _, x := range orders {
		o := x.Of
		if !p.has(o.Delivered) || o.State() == Cancelled {
			continue
		}
		for _, l := range o.Lines {
			copies := l.Quantity * x.Times
			switch {
			case l.Postage:
				continue
			case l.Format == Paper:
				sales(l.Edition).Paper += copies
			default:
				sales(l.Edition).Digital += copies
			}
			if o.Member && l.Amount() == 0 {
				sales(l.Edition).Free += copies
			}
		}
	}
	months := map[string]*Revenue{}
	for _, x := range invoices {
		v := x.Of
		if !p.has(v.Date) {
			continue
		}
		for i, l := range v.Lines {
			if !l.Postage {
				sales(l.Edition).Net += v.Signed(v.Totals.Lines[i]) * Cents(x.Times)
			}
		}
		m := string(v.Date[:7])
		if months[m] == nil {
			months[m] = &Revenue{Month: m, Rates: []VAT{}}
		}
		months[m].add(v, x.Times)
	}
	for _, s := range byEdition {
		out.Sales = append(out.Sales, *s)
	}
	slices.SortFunc(out.Sales, func(a, b Sales) int {
		return cmp.Or(cmp.Compare(b.Paper+b.Digital, a.Paper+a.Digital), cmp.Compare(a.Edition.Name(), b.Edition.Name()),
			cmp.Compare(a.Edition.ID, b.Edition.ID))
	})
	for _, m := range months {
		out.Revenue = append(out.Revenue, *m)
	}
	slices.SortFunc(out.Revenue, func(a, b Revenue) int { return cmp.Compare(a.Month, b.Month) })
	return out
}

func (r *Revenue) add(v Invoice, times int) {
	if v.Kind == KindCredit {
		r.Credits += times
	} else {
		r.Invoices += times
	}
	signed := func(c Cents) Cents { return v.Signed(c) * Cents(times) }
	r.Net, r.Tax, r.Gross = r.Net+signed(v.Totals.Net), r.Tax+signed(v.Totals.Tax), r.Gross+signed(v.Totals.Gross)
	for _, x := range v.Totals.Rates {
		i := slices.IndexFunc(r.Rates, func(y VAT) bool { return y.Rate == x.Rate })
		if i < 0 {
			r.Rates = append(r.Rates, VAT{Rate: x.Rate})
			i = len(r.Rates) - 1
		}
		y := &r.Rates[i]
		y.Net, y.Tax, y.Gross = y.Net+signed(x.Net), y.Tax+signed(x.Tax), y.Gross+signed(x.Gross)
	}
	slices.SortFunc(r.Rates, func(a, b VAT) int { return cmp.Compare(a.Rate, b.Rate) })
}

// Owing lists what is unpaid today of orders that are invoiced, by due day.
func Owing(orders []Order, invoices []Invoice, today repertoire.Date) []Unpaid {
	due := map[repertoire.ID]Cents{}
	for _, o := range orders {
		if o.State() == Invoiced && o.Due() > 0 {
			due[o.Invoice] = o.Due()
		}
	}
	out := []Unpaid{}
	for _, v := range invoices {
		if due[v.ID] > 0 {
			out = append(out, Unpaid{Order: v.OrderNumber, Invoice: v.Number(), Buyer: v.Buyer.Name, Date: v.Date, Due: v.Due,
				Gross: v.Totals.Gross, Left: due[v.ID], Late: v.Due < today})
		}
	}
	slices.SortFunc(out, func(a, b Unpaid) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Invoice, b.Invoice)) })
	return out
}

// Levels adds stock movements up by edition; orders that have not left reserve
// copies. low is how many left, reserved ones taken off, are too few.
func Levels(movements []Movement, orders []Order, low int) []Level {
	at := map[repertoire.ID]*Level{}
	level := func(e Edition) *Level {
		if at[e.ID] == nil {
			at[e.ID] = &Level{Edition: e}
		}
		return at[e.ID]
	}
	for _, m := range movements {
		l := level(m.Edition)
		l.Copies += m.Quantity
		if m.Cause == PrintRun {
			l.Printed += m.Quantity
		}
	}
	for _, o := range orders {
		if o.State().rank() >= Shipped.rank() {
			continue
		}
		for _, e := range o.Editions(Paper) {
			level(e).Reserved += o.OnPaper()[e.ID]
		}
	}
	out := []Level{}
	for _, l := range at {
		l.Low = l.Copies-l.Reserved < low
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Level) int {
		return cmp.Or(cmp.Compare(a.Edition.Name(), b.Edition.Name()), cmp.Compare(a.Edition.ID, b.Edition.ID))
	})
	return out
}
