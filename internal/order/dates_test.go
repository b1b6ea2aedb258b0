package order_test

import (
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// refusedAt fails unless err refuses the date.
func refusedAt(t *testing.T, what string, err error) {
	t.Helper()
	if repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("%s: %v", what, err)
	}
}

// Papers follow one another in time, and none enters a closed period, whose last
// day is closed too.
func TestPapersKeepTheirDates(t *testing.T) {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison d’essai", SIREN: "732829320", VATNumber: "FR44732829320",
		Address: order.Address{PostCode: "75001", City: "Paris"}}
	o := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Delivered: "2026-03-10", Basis: order.With,
		Regime: order.RegimeBooks,
		Lines:  []order.Line{{Edition: order.Edition{ID: "e", Title: "Livre"}, Format: order.Paper, Quantity: 1, Unit: 2500, Rate: 550}},
		Buyer:  order.Buyer{Name: "Ville d’essai", Billing: order.Address{PostCode: "59000", City: "Lille"}}}
	if err := o.Advance(order.Shipped, at, "x", ""); err != nil {
		t.Fatal(err)
	}
	_, err := o.Bill(s, "2026-03-09", at, "x")
	refusedAt(t, "an invoice before delivery", err)
	closed := s
	closed.ClosedUntil = "2026-03-31"
	_, err = o.Bill(closed, "2026-03-31", at, "x")
	refusedAt(t, "an invoice on the last closed day", err)
	v, err := o.Bill(s, "2026-03-20", at, "x")
	if err != nil {
		t.Fatal(err)
	}
	v.Count = 1
	_, err = v.Credit(s, "2026-03-19", "erreur")
	refusedAt(t, "a credit note before its invoice", err)
	_, err = v.Credit(closed, "2026-03-31", "erreur")
	refusedAt(t, "a credit note in a closed period", err)
	refusedAt(t, "a payment in a closed period", o.Pay(closed, "2026-03-31", "virement", at, "x"))
	if err := o.Pay(closed, "2026-04-01", "virement", at, "x"); err != nil || o.PaidOn != "2026-04-01" {
		t.Errorf("a payment on the first open day: %v, %s", err, o.PaidOn)
	}
}
