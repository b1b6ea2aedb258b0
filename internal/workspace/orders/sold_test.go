package orders

import (
	"fmt"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// sold is a counter that has taken, delivered and invoiced n orders of 400
// buyers, one in three on paper; one in ten waits and one in four is unpaid.
func sold(t testing.TB, n int) *Room {
	t.Helper()
	d := counter(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := d.Settings(ctx)
	must(err)
	e, err := d.shelf.frozen(ctx, "mars 2026")
	must(err)
	c := d.base.Change(repertoire.CauseEdit, "Acheteurs")
	must(base.Put(&c, &order.Movement{ID: repertoire.NewID(), Edition: e, Quantity: 3 * n, Cause: order.PrintRun, Date: "2026-01-02"}, 0))
	buyers := make([]order.Buyer, 400)
	for i := range buyers {
		buyers[i] = order.Buyer{ID: repertoire.NewID(), Name: fmt.Sprintf("Commune d’Essai-sur-Loire %03d", i), SIREN: "732829320",
			Email: fmt.Sprintf("contact%d@essai.example.fr", i), Contact: "Service des relations internationales",
			Billing: order.Address{Lines: []string{"Hôtel de ville", "1, place de la Mairie"}, PostCode: "44000", City: "Nantes"}}
		must(base.Put(&c, &buyers[i], 0))
	}
	_, err = d.base.Apply(ctx, c)
	must(err)
	for from := 0; from < n; from += 1000 {
		taken := d.base.Change(repertoire.CauseEdit, "Commandes")
		var list []order.Order
		for i := from; i < min(n, from+1000); i++ {
			o := order.Order{ID: repertoire.NewID(), Buyer: buyers[i%len(buyers)], Date: "2026-01-15", Basis: s.Basis, Regime: s.Regime,
				Steps: []order.Step{{State: order.Received, At: taken.At.UTC(), By: "Awa"}}, Reference: fmt.Sprintf("BC-%05d", i)}
			l := order.Line{Edition: e, Format: order.Digital, Quantity: 1, Unit: 1200, Rate: 550, Why: "tarif"}
			if i%3 == 0 {
				l.Format, l.Unit, l.Quantity = order.Paper, 2500, 2
				o.Lines = append(o.Lines, order.Line{Postage: true, Quantity: 1, Unit: 690, Rate: 550})
			}
			o.Lines = append([]order.Line{l}, o.Lines...)
			must(base.Put(&taken, &o, 0))
			list = append(list, o)
		}
		_, err := d.base.Apply(ctx, taken)
		must(err)
		billed := d.base.Change(repertoire.CauseEdit, "Factures")
		for i, o := range list {
			if (from+i)%10 == 0 {
				continue
			}
			o, err := d.base.Store.Order(ctx, o.ID)
			must(err)
			o.Delivered = "2026-02-01"
			must(o.Advance(order.Shipped, billed.At, "Awa", ""))
			for _, m := range o.Takes("2026-02-01") {
				must(base.Put(&billed, m, 0))
			}
			v, err := o.Bill(s, "2026-02-10", billed.At, "Awa")
			must(err)
			must(base.Put(&billed, v, 0))
			if (from+i)%4 != 0 {
				must(o.Receive(s, order.Payment{Date: "2026-02-20", Amount: v.Totals.Gross, Means: "virement"}, billed.At, "Awa"))
			}
			must(base.Put(&billed, &o, o.Version))
		}
		_, err = d.base.Apply(ctx, billed)
		must(err)
	}
	return d
}
