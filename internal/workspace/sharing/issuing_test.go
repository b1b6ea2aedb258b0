//go:build unix

package sharing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// house is a shop that may invoice.
func house() *order.Settings {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison d’essai", SIREN: "732829320", VATNumber: "FR44732829320",
		Address: order.Address{Lines: []string{"1, rue des Essais"}, PostCode: "75001", City: "Paris"}}
	return &s
}

// order makes a delivered order that can be invoiced.
func (s *seat) order(id string) {
	s.t.Helper()
	o := anOrder(repertoire.ID(id), repertoire.DateOf(s.base.Now()))
	if err := o.Advance(order.Transmitted, s.base.Now(), "Awa", ""); err != nil {
		s.t.Fatal(err)
	}
	s.apply(o)
}

func anOrder(id repertoire.ID, day repertoire.Date) *order.Order {
	return &order.Order{ID: id, Date: day, Basis: order.With, Regime: order.RegimeBooks, Delivered: day,
		Buyer: order.Buyer{ID: "lille", Name: "Ville de Lille", SIREN: "215903501",
			Billing: order.Address{Lines: []string{"Place Augustin-Laurent"}, PostCode: "59000", City: "Lille"}},
		Lines: []order.Line{{Edition: order.Edition{ID: "e1", Title: "Répertoire"}, Format: order.Digital, Quantity: 1, Unit: 2500,
			Rate: 550}}}
}

// bill invoices an order as the counter does.
func (s *seat) bill(id string) (*order.Invoice, error) {
	o, err := s.base.Store.Order(s.t.Context(), repertoire.ID(id))
	if err != nil {
		return nil, err
	}
	settings, err := s.base.Store.SalesSettings(s.t.Context())
	if err != nil {
		return nil, err
	}
	v, err := o.Bill(settings, repertoire.DateOf(s.base.Now()), s.base.Now(), s.base.Author())
	if err != nil {
		return nil, err
	}
	c := s.base.Change(repertoire.CauseEdit, "Facture")
	for _, r := range []struct {
		record  any
		version int64
	}{{v, 0}, {&o, o.Version}} {
		op, err := store.Put(r.record, r.version)
		if err != nil {
			return nil, err
		}
		c.Ops = append(c.Ops, op)
	}
	if _, err := s.base.Apply(s.t.Context(), c); err != nil {
		return nil, err
	}
	issued, err := s.base.Store.Invoice(s.t.Context(), v.ID)
	return &issued, err
}

// TestTheServerNumbersInvoices has two desks invoice at once: one series without
// a gap or a double, and the same at both; a desk that cannot reach the server
// invoices nothing and keeps its order.
func TestTheServerNumbersInvoices(t *testing.T) {
	server, a, b := two(t, "invoices")
	a.apply(house())
	b.until("the shop is known", func(State) bool {
		s, err := b.base.Store.SalesSettings(t.Context())
		return err == nil && s.Seller.SIREN != ""
	})
	const each = 5
	var numbers []string
	var mu sync.Mutex
	var both sync.WaitGroup
	for i, s := range []*seat{a, b} {
		for n := range each {
			s.order(fmt.Sprint("o", i, n))
		}
		both.Go(func() {
			for n := range each {
				v, err := s.bill(fmt.Sprint("o", i, n))
				if repertoire.KindOf(err) == repertoire.Conflicting { // its order was renumbered as it came in
					v, err = s.bill(fmt.Sprint("o", i, n))
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				numbers = append(numbers, v.Number())
				mu.Unlock()
			}
		})
	}
	both.Wait()
	slices.Sort(numbers)
	year := a.base.Now().Year()
	for i, n := range numbers {
		if want := order.Number("F", year, i+1); n != want {
			t.Errorf("number %d is %s, not %s", i+1, n, want)
		}
	}
	a.order("late")
	a.until("all is sent", func(s State) bool { return s.Phase == UpToDate && s.Waiting == 0 })
	server.Kill()
	_, err := a.bill("late")
	if err == nil || !strings.Contains(err.Error(), "reste prête") {
		t.Errorf("without a server: %v", err)
	}
	if o, err := a.base.Store.Order(t.Context(), "late"); err != nil || o.Invoice != "" {
		t.Errorf("the order: %+v, %v", o.Invoice, err)
	}
	server.Up()
	v, err := a.bill("late")
	if err != nil || v.Count != 2*each+1 {
		t.Fatalf("%+v, %v", v, err)
	}
	b.until("the last is at the other desk", func(State) bool {
		there, err := b.base.Store.Invoice(t.Context(), v.ID)
		return err == nil && there.Number() == v.Number()
	})
}

// TestNumbersOnPaperCountForAllDesks: what one officer says was given last before
// the program came is not given again by another desk, and the gap comes in.
func TestNumbersOnPaperCountForAllDesks(t *testing.T) {
	_, a, b := two(t, "paper")
	a.apply(house())
	year := a.base.Now().Year()
	if _, err := a.base.Store.GiveLast(t.Context(), "F", year, 40, "Awa"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.room.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b.order("o1")
	b.until("the shop is known", func(State) bool {
		s, err := b.base.Store.SalesSettings(t.Context())
		return err == nil && s.Seller.SIREN != ""
	})
	v, err := b.bill("o1")
	if repertoire.KindOf(err) == repertoire.Conflicting {
		v, err = b.bill("o1")
	}
	if err != nil || v.Count != 41 {
		t.Fatalf("%+v, %v", v, err)
	}
	a.until("the invoice comes in", func(State) bool {
		got, err := a.base.Store.Invoice(t.Context(), v.ID)
		return err == nil && got.Count == 41
	})
	c := sit(t, "Zoé") // a desk that joins later meets the gap
	if _, err := c.room.Join(t.Context(), c.access(a.room.must(t).Address), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := c.base.Store.Invoice(t.Context(), v.ID); err != nil || got.Count != 41 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestALostAnswerIssuesOneInvoice cuts the line after the server has numbered.
func TestALostAnswerIssuesOneInvoice(t *testing.T) {
	m := office(t, "lostinvoice", 1)
	d := m.desks[0]
	s := house()
	c := d.change(repertoire.CauseEdit, "boutique")
	put(&c, s, 0)
	d.apply(c)
	d.exchange()
	l, err := d.store.Link(t.Context())
	d.must(err)
	invoice := &order.Invoice{ID: "f1", Kind: order.KindInvoice, Series: "F", Year: 2026, Date: "2026-03-01", Order: "o1", Seller: s.Seller}
	o := &order.Order{ID: "o1", Date: "2026-03-01", Year: 2026}
	c = d.change(repertoire.CauseEdit, "facture")
	put(&c, o, 0)
	put(&c, invoice, 0)
	if _, err := d.store.Apply(t.Context(), c); err == nil || !strings.Contains(err.Error(), "vient du serveur") {
		t.Errorf("a desk numbered by itself: %v", err)
	}
	hash, err := d.store.Followed(t.Context(), l.Head)
	d.must(err)
	push := func() repertoire.Shared {
		row, err := d.base.Push(t.Context(), share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: c, Head: l.Head, Hash: hash,
			Compose: func(last func(string, int) (int, error)) ([]repertoire.Op, error) {
				made, _, err := d.store.Rehearse(t.Context(), c, last)
				return made.Ops, err
			}})
		if err != nil {
			t.Fatal(err, errors.Unwrap(err))
		}
		return row
	}
	first, again := push(), push()
	if first.Number != again.Number {
		t.Errorf("issued as %d and as %d", first.Number, again.Number)
	}
	d.exchange()
	if v, err := d.store.Invoice(t.Context(), "f1"); err != nil || v.Count != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	m.meet()
}
