package orders

import (
	"context"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// invoiced reads the invoice of an order and its credit notes; the zero value
// when it has none.
func (room *Room) invoiced(ctx context.Context, o *order.Order) (invoice order.Invoice, notes []order.Invoice, err error) {
	if o.Invoice == "" {
		return invoice, nil, nil
	}
	list, err := room.base.Store.InvoicesOf(ctx, o.ID)
	for _, v := range list {
		if v.Kind == order.KindInvoice {
			invoice = v
		} else {
			notes = append(notes, v)
		}
	}
	return invoice, notes, err
}

// Documents reads the invoice of an order, then its credit notes.
func (room *Room) Documents(ctx context.Context, o order.Order) ([]order.Invoice, error) {
	return room.base.Store.InvoicesOf(ctx, o.ID)
}

// Pay notes that all that is due was paid; means is "virement", "chèque"…
func (room *Room) Pay(ctx context.Context, ref, means string, on repertoire.Date) (order.Order, error) {
	return room.Receive(ctx, ref, order.Payment{Date: on, Means: means})
}

// Receive notes a payment, or with a negative amount a refund; an amount of 0 is
// all that is due.
func (room *Room) Receive(ctx context.Context, ref string, p order.Payment) (order.Order, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return o, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return o, err
	}
	if p.Date, err = room.dayOf(p.Date, "encaissement"); err != nil {
		return o, err
	}
	label := "Paiement de la commande "
	if p.Amount < 0 {
		label = "Remboursement de la commande "
	}
	c := room.base.Change(repertoire.CauseEdit, label+o.Number())
	if err := o.Receive(s, p, c.At, room.base.Author()); err != nil {
		return o, err
	}
	return room.save(ctx, &c, &o)
}

// Taken is what a credit note takes back of an invoice.
type Taken struct {
	// Copies are those of each line of the invoice, in their order.
	Copies   []int
	Reason   string
	Date     repertoire.Date // "" is today
	Returned bool            // the paper copies came back to the stock
}

// TakeBack issues a credit note of some copies of an order's invoice.
func (room *Room) TakeBack(ctx context.Context, ref string, t Taken) (Cancelled, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Cancelled{}, err
	}
	if o.Invoice == "" || o.State() == order.Cancelled {
		return Cancelled{},
			repertoire.Refuse("La commande %s est « %s » : un avoir partiel reprend une facture émise. Rien n’a été enregistré.",
				o.Number(), strings.ToLower(order.States.Label(o.State())))
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Cancelled{}, err
	}
	if t.Date, err = room.dayOf(t.Date, "annulation"); err != nil {
		return Cancelled{}, err
	}
	invoice, notes, err := room.invoiced(ctx, &o)
	if err != nil {
		return Cancelled{}, err
	}
	credit, err := invoice.CreditPart(s, notes, t.Copies, t.Date, strings.TrimSpace(t.Reason))
	if err != nil {
		return Cancelled{}, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Avoir sur la facture "+invoice.Number())
	o.TakeBack(credit, c.At, room.base.Author())
	if err := base.Put(&c, credit, 0); err != nil {
		return Cancelled{}, err
	}
	if t.Returned {
		for _, m := range credit.Returns(t.Date) {
			if err := base.Put(&c, m, 0); err != nil {
				return Cancelled{}, err
			}
		}
	}
	out := Cancelled{}
	if out.Order, err = room.save(ctx, &c, &o); err != nil {
		return out, err
	}
	issued, err := room.base.Store.Invoice(ctx, credit.ID)
	out.Credit = &issued
	return out, err
}

// Journal lists the sales and payments of a period for the accountant.
func (room *Room) Journal(ctx context.Context, p order.Period) ([]order.Posting, error) {
	orders, invoices, err := room.everything(ctx)
	return order.Journal(orders, invoices, p), err
}

// ExportJournal writes the journal of a period as CSV, or in the columns of the
// FEC.
func (room *Room) ExportJournal(ctx context.Context, p order.Period, fec bool, output string) error {
	list, err := room.Journal(ctx, p)
	if err != nil {
		return err
	}
	if fec {
		return base.WriteWhole(output, order.JournalFEC(list))
	}
	return base.WriteWhole(output, order.JournalCSV(list))
}

// VATDue adds up the VAT that falls due in a period, by month and rate.
func (room *Room) VATDue(ctx context.Context, p order.Period) ([]order.VATDue, error) {
	orders, invoices, err := room.everything(ctx)
	return order.Exigible(orders, invoices, p), err
}

// Decide notes what the accountant decided of the VAT of copies of a format that
// go to a zone; an empty treatment takes the decision away.
func (room *Room) Decide(ctx context.Context, d order.Decision) (order.Settings, error) {
	s, err := room.Settings(ctx)
	if err != nil {
		return s, err
	}
	kept := []order.Decision{}
	for _, x := range s.Decisions {
		if x.Zone != d.Zone || x.Format != d.Format {
			kept = append(kept, x)
		}
	}
	if d.Treatment != "" {
		kept = append(kept, d)
	}
	s.Decisions = kept
	return room.SaveSettings(ctx, s)
}
