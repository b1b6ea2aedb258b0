package orders

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/order"
)

// An invoice past its due day is asked for by a draft, once a day, and the day
// is noted; one that is not late is left alone.
func TestARemindedInvoice(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	o, err := d.Add(ctx, OrderDraft{Details: order.Buyer{Name: "Librairie du Port", SIRET: "73282932000074", Email: "port@example.fr",
		Billing: order.Address{Lines: []string{"3, quai du Port"}, PostCode: "13002", City: "Marseille"}},
		Items: []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "rappel.eml")
	_, err = d.Remind(ctx, o.Number(), out)
	refusedWith(t, err, "attend son paiement")
	if _, err := d.Fulfil(ctx, o.Number(), FulfilOptions{}, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Invoice(ctx, o.Number(), ""); err != nil {
		t.Fatal(err)
	}
	_, err = d.Remind(ctx, o.Number(), out)
	refusedWith(t, err, "n’est pas en retard")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused reminder left a draft")
	}
	d.base.Now = func() time.Time { return time.Date(2026, 5, 4, 9, 0, 0, 0, time.Local) }
	if _, err := d.Remind(ctx, o.Number(), out); err != nil {
		t.Fatal(err)
	}
	draft, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(draft), "X-Unsent: 1") || !strings.Contains(string(draft), "F2026-0001") {
		t.Errorf("the draft (%v):\n%.400s", err, draft)
	}
	_, err = d.Remind(ctx, o.Number(), out)
	refusedWith(t, err, "déjà été relancée")
	if again, err := d.Get(ctx, o.Number()); err != nil || len(again.Reminded) != 1 || again.Reminded[0] != "2026-05-04" {
		t.Errorf("noted %v, %v", again.Reminded, err)
	}
}

// Two presses on « Servir » at once: one serves, the other is refused, and the
// files of the first stay.
func TestTwoDeliveriesAtOnce(t *testing.T) {
	d := counter(t)
	o, err := d.Add(t.Context(), OrderDraft{Buyer: "215903501", Details: order.Buyer{Email: "ri@lille.example.fr", Member: true},
		Items: []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		done Fulfilled
		err  error
	}
	answers := make(chan answer, 2)
	for range 2 {
		go func() {
			done, err := d.Fulfil(context.Background(), o.Number(), FulfilOptions{}, quiet)
			answers <- answer{done, err}
		}()
	}
	a, b := <-answers, <-answers
	if (a.err == nil) == (b.err == nil) {
		t.Fatalf("%v and %v", a.err, b.err)
	}
	for _, file := range append(a.done.Files, b.done.Files...) {
		if _, err := os.Stat(file); err != nil {
			t.Errorf("a delivered file is gone: %v", err)
		}
	}
}
