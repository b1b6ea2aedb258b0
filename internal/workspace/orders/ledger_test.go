package orders

import (
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
)

// From Geneva: the country is kept, VAT is not due, the invoice says why; the
// buyer is not renamed in passing; the invoice's number finds its order; one
// copy of two is taken back and the rest paid.
func TestAnOrderFromGeneva(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	if _, err := d.Move(ctx, "e-mg", 6, order.PrintRun, ""); err != nil {
		t.Fatal(err)
	}
	in := OrderDraft{Details: order.Buyer{Name: "Ville de Genève", Email: "ri@geneve.example.ch",
		Billing: order.Address{Lines: []string{"4, rue X"}, PostCode: "1201", City: "Genève", Country: "ch"}},
		Items: []OrderItem{{Edition: "e-mg", Format: order.Paper, Quantity: 2}}}
	o, err := d.Add(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	// 25,00 with VAT is 23,70 without; so is the postage of 6,90: 6,54.
	if o.Lines[0].VAT != order.Export || o.Totals().Tax != 0 || o.Totals().Gross != 2*2370+654 || o.Buyer.Billing.CountryName != "Suisse" {
		t.Fatalf("%+v", o)
	}
	in.Details.Name, in.Buyer = "Genève (ville)", string(o.Buyer.ID)
	_, err = d.Add(ctx, in)
	refusedWith(t, err, "est déjà connu")
	in.Differing = KeepKnown
	if kept, err := d.Add(ctx, in); err != nil || kept.Buyer.Name != "Ville de Genève" {
		t.Errorf("%+v, %v", kept.Buyer, err)
	}
	if b, err := d.Buyer(ctx, string(o.Buyer.ID)); err != nil || b.Name != "Ville de Genève" {
		t.Errorf("the known buyer is %+v, %v", b, err)
	}
	if _, err := d.Fulfil(ctx, o.Number(), FulfilOptions{}, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Receive(ctx, o.Number(), order.Payment{Amount: 1000, Means: "chèque"}); err != nil {
		t.Fatal(err)
	}
	v, err := d.Invoice(ctx, o.Number(), "")
	if err != nil || v.Prepaid != 1000 {
		t.Fatalf("%+v, %v", v, err)
	}
	if found, err := d.Get(ctx, strings.ToLower(v.Number())); err != nil || found.ID != o.ID {
		t.Errorf("by its invoice: %v", err)
	}
	if list, err := d.List(ctx, OrderQuery{Text: v.Number()}); err != nil || len(list) != 1 || list[0].ID != o.ID {
		t.Errorf("searched by its invoice: %d, %v", len(list), err)
	}
	done, err := d.TakeBack(ctx, o.Number(), Taken{Copies: []int{1, 0}, Reason: "abîmé", Returned: true})
	if err != nil || done.Credit.Totals.Gross != 2370 || done.Order.Due() != v.Totals.Gross-1000-2370 {
		t.Fatalf("%+v, %v", done, err)
	}
	if made, err := d.Paper(ctx, done.Credit.Number(), PaperCredit, filepath.Join(t.TempDir(), "avoir.pdf")); err != nil ||
		made.Title != "Avoir "+done.Credit.Number() {
		t.Errorf("%+v, %v", made, err)
	}
	if paid, err := d.Pay(ctx, o.Number(), "virement", ""); err != nil || paid.State() != order.Paid || paid.Due() != 0 {
		t.Errorf("%s, %v", paid.State(), err)
	}
	cancelled, err := d.Cancel(ctx, o.Number(), "tout revient", "", true)
	if err != nil || cancelled.Credit == nil || cancelled.Credit.Totals.Gross != 2370+654 ||
		cancelled.Order.Due() != -(2370+2370+654-2370) {
		t.Errorf("%+v, %v", cancelled, err)
	}
	if levels, _ := d.Stock(ctx); levels[0].Copies != 6 {
		t.Errorf("%d copies are left of 6", levels[0].Copies)
	}
	if list, err := d.Journal(ctx, order.Period{}); err != nil || len(list) == 0 {
		t.Errorf("journal: %v", err)
	}
	if r, err := d.VATDue(ctx, order.Period{}); err != nil || len(r) != 0 {
		t.Errorf("VAT due on exports: %+v, %v", r, err)
	}
}

// A price of the list that is for everybody stays so when it is read again.
func TestSettingsAreNotLaidOverTheDefaults(t *testing.T) {
	d := counter(t)
	s, err := d.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Prices = []order.Price{{Format: order.Paper, Unit: 1999}}
	if s, err = d.SaveSettings(t.Context(), s); err != nil || len(s.Prices) != 1 || s.Prices[0].For != order.Everybody {
		t.Errorf("%+v, %v", s.Prices, err)
	}
}
