package orders

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/safety"
	"repertoire/internal/workspace/searches"
)

// threeEditions is a shelf with three frozen editions; their copies are PDFs
// made on the spot.
type threeEditions struct{ d *Room }

func (s threeEditions) frozen(_ context.Context, ref string) (order.Edition, error) {
	for _, e := range []order.Edition{
		{ID: "e-mg", Label: "mars 2026", Directory: "madagascar", Title: "Répertoire franco-malgache", Pages: 212, PageSize: "170x240"},
		{ID: "e-sn", Label: "avril 2026", Directory: "senegal", Title: "Répertoire franco-sénégalais", Pages: 180, PageSize: "170x240"},
		{ID: "e-jp", Label: "mai 2026", Directory: "japon", Title: "Répertoire franco-japonais", Pages: 96, PageSize: "A5"},
	} {
		if ref == string(e.ID) || ref == e.Label {
			return e, nil
		}
	}
	return order.Edition{}, notFrozen(ref)
}

func (s threeEditions) named(ctx context.Context, words string) (order.Edition, bool) {
	for label, slug := range map[string]string{"mars 2026": "madagascar", "avril 2026": "senegal", "mai 2026": "japon"} {
		if strings.Contains(words, slug) {
			e, err := s.frozen(ctx, label)
			return e, err == nil
		}
	}
	return order.Edition{}, false
}

func (s threeEditions) copyFor(ctx context.Context, id repertoire.ID, recipient string, _ base.Progress) ([]byte, error) {
	pages, err := s.d.lay(ctx, paper.JobTicket(paper.Ticket{Edition: order.Edition{ID: id, Title: "Livre"}, Quantity: 1},
		order.Seller{Name: "x"}, "2026-03-02"), paper.Format)
	if err != nil {
		return nil, err
	}
	data, _, err := pdf.Write(ctx, pages, pdf.Options{Recipient: recipient})
	return data, err
}

func inMarch() time.Time { return time.Date(2026, 3, 2, 10, 0, 0, 0, time.Local) }

// openCounter opens the counter of a workspace, with three editions on the shelf.
func openCounter(ctx context.Context, dir string) (*Room, error) {
	b, err := base.Open(ctx, dir, base.OpenOptions{Author: "Awa", Now: inMarch})
	if err != nil {
		return nil, err
	}
	past, asked := history.New(b), searches.New(b)
	kept := records.New(b, past, asked)
	d := New(b, kept, books.New(b, past, asked, kept, "essai"))
	d.shelf = threeEditions{d}
	return d, nil
}

// counter is an open counter with a seller, prices and a clock on 2 March 2026.
func counter(t testing.TB) *Room {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "w")
	if _, err := base.Init(t.Context(), dir, base.InitOptions{Author: "Awa", Now: inMarch}); err != nil {
		t.Fatal(err)
	}
	d, err := openCounter(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.base.Close() })
	s, err := d.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Seller = order.Seller{Name: "Maison d’essai", SIREN: "732829320", VATNumber: "FR44732829320", Email: "commandes@essai.fr",
		Address: order.Address{Lines: []string{"1, rue des Essais"}, PostCode: "75001", City: "Paris"}}
	s.Prices = append(s.Prices, order.Price{Format: order.Paper, Unit: 2500},
		order.Price{Format: order.Paper, For: order.Members, Unit: 1500},
		order.Price{Directory: "senegal", Format: order.Paper, Unit: 3000},
		order.Price{Format: order.Digital, For: order.NonMembers, Unit: 1200})
	s.Postage = []order.PostageStep{{Copies: 2, Cost: 690}, {Copies: 10, Cost: 1290}}
	if _, err := d.SaveSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return d
}

func refusedWith(t *testing.T, err error, says string) {
	t.Helper()
	var e *repertoire.Error
	if !errors.As(err, &e) || e.Kind != repertoire.Refused && e.Kind != repertoire.NotFound || !strings.Contains(e.Message, says) {
		t.Errorf("got %v, want a refusal with %q", err, says)
	}
}

// A member's free digital order: the copy bears the name, its checksum is kept,
// a draft is ready, and there is nothing to invoice.
func TestAMembersFreeDigitalOrder(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	o, err := d.Add(ctx, OrderDraft{Buyer: "215903501", Details: order.Buyer{Email: "ri@lille.example.fr", Member: true},
		Items: []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	if o.Number() != "C2026-0001" || !o.Member || !o.Free() || o.Buyer.Name != "Lille" || len(o.Lines) != 1 ||
		o.Lines[0].Why != "tarif adhérent" {
		t.Fatalf("got %+v", o)
	}
	done, err := d.Fulfil(ctx, "C2026-0001", FulfilOptions{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if done.Order.State() != order.Transmitted || len(done.Order.Copies) != 1 || len(done.Files) != 2 ||
		!strings.HasSuffix(done.Files[1], ".eml") {
		t.Fatalf("got %+v", done)
	}
	states := []order.State{}
	for _, s := range done.Order.Steps {
		states = append(states, s.State)
	}
	if len(states) != 4 || states[1] != order.Confirmed || states[2] != order.Preparing {
		t.Errorf("steps %v", states)
	}
	if r, err := books.Preflight(ctx, done.Files[0]); err != nil || !r.OK {
		t.Errorf("the copy: %+v, %v", r, err)
	}
	if draft, err := os.ReadFile(done.Files[1]); err != nil || !bytes.Contains(draft, []byte("ri@lille.example.fr")) {
		t.Errorf("the draft: %v", err)
	}
	_, err = d.Invoice(ctx, string(o.ID), "")
	refusedWith(t, err, "gratuite")
	f, err := d.Figures(ctx, order.Period{})
	if err != nil || len(f.Sales) != 1 || f.Sales[0].Free != 1 || f.Sales[0].Digital != 1 || len(f.Revenue) != 0 {
		t.Errorf("figures %+v, %v", f, err)
	}
}

// A stranger's paper order of three editions, with postage and VAT, to the
// cent, then cancelled with a credit note.
func TestAParcelFromOrderToCreditNote(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	for _, e := range []string{"e-mg", "e-sn", "e-jp"} {
		if _, err := d.Move(ctx, e, 6, order.PrintRun, "Imprimerie"); err != nil {
			t.Fatal(err)
		}
	}
	o, err := d.Add(ctx, OrderDraft{Details: order.Buyer{Name: "Librairie des Ponts", SIRET: "732 829 320 00074",
		Billing: order.Address{Lines: []string{"3, quai du Port"}, PostCode: "13002", City: "Marseille"}},
		Items: []OrderItem{{Edition: "e-mg", Format: order.Paper, Quantity: 3, Discount: 500},
			{Edition: "e-sn", Format: order.Paper, Quantity: 1}, {Edition: "mai 2026", Format: order.Paper, Quantity: 2}},
		Reference: "BC 12"})
	if err != nil {
		t.Fatal(err)
	}
	if o, err = d.Quote(ctx, o.Number(), ""); err != nil {
		t.Fatal(err)
	}
	// 3 × 25,00 − 5 % = 71,25; 30,00; 2 × 25,00 = 50,00; postage of 6 copies 12,90.
	total := o.Totals()
	if total.Gross != 16415 || total.Net != 15559 || total.Tax != 856 || o.Member {
		t.Fatalf("totals %+v", total)
	}
	if levels, _ := d.Stock(ctx); levels[0].Reserved == 0 {
		t.Errorf("nothing is reserved: %+v", levels)
	}
	_, err = d.Invoice(ctx, o.Number(), "")
	refusedWith(t, err, "une fois expédiée")
	done, err := d.Fulfil(ctx, o.Number(), FulfilOptions{Tracking: "6A123"}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if done.Order.State() != order.Shipped || len(done.Low) != 2 {
		t.Errorf("got %s, low %+v", done.Order.State(), done.Low)
	}
	v, err := d.Invoice(ctx, o.Number(), "")
	if err != nil {
		t.Fatal(err)
	}
	if v.Number() != "F2026-0001" || v.Totals.Gross != 16415 || v.Due != "2026-04-01" {
		t.Errorf("got %s %+v due %s", v.Number(), v.Totals, v.Due)
	}
	_, err = d.Invoice(ctx, o.Number(), "")
	refusedWith(t, err, "déjà facturée")
	last, err := history.New(d.base).LastChange(ctx)
	if err != nil || last == nil {
		t.Fatal(last, err)
	}
	_, err = history.New(d.base).Undo(ctx, last.ID, history.UndoAsk)
	refusedWith(t, err, "avoir")
	out := t.TempDir()
	for _, kind := range []OrderPaper{PaperQuote, PaperConfirmation, PaperDelivery, PaperInvoice} {
		made, err := d.Paper(ctx, o.Number(), kind, filepath.Join(out, string(kind)+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if r, err := books.Preflight(ctx, made.File); err != nil || !r.OK {
			t.Errorf("%s: %+v %v", kind, r, err)
		}
	}
	if _, err := d.XML(ctx, o.Number(), PaperInvoice, filepath.Join(out, "facture.xml")); err != nil {
		t.Error(err)
	}
	again, err := d.Paper(ctx, o.Number(), PaperInvoice, filepath.Join(out, "encore.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	first, _ := os.ReadFile(filepath.Join(out, "facture.pdf"))
	second, _ := os.ReadFile(again.File)
	if !bytes.Equal(first, second) {
		t.Error("the invoice printed again is another file")
	}
	if _, err := d.Labels(ctx, []string{o.Number()}, "L7160", 2, filepath.Join(out, "etiquettes.pdf")); err != nil {
		t.Error(err)
	}
	f, _ := d.Figures(ctx, order.Period{})
	if len(f.Unpaid) != 1 || f.Unpaid[0].Gross != 16415 {
		t.Errorf("unpaid %+v", f.Unpaid)
	}
	_, err = d.Cancel(ctx, o.Number(), "", "", true)
	refusedWith(t, err, "motif")
	cancelled, err := d.Cancel(ctx, o.Number(), "colis refusé", "", true)
	if err != nil {
		t.Fatal(err)
	}
	if cancelled.Credit == nil || cancelled.Credit.Number() != "AV2026-0001" || cancelled.Credit.Totals.Gross != 16415 ||
		cancelled.Order.State() != order.Cancelled {
		t.Errorf("got %+v", cancelled)
	}
	_, err = d.Cancel(ctx, o.Number(), "encore", "", true)
	refusedWith(t, err, "déjà")
	_, err = d.Pay(ctx, o.Number(), "virement", "")
	refusedWith(t, err, "est annulée")
	if levels, _ := d.Stock(ctx); levels[0].Copies != 6 || levels[0].Reserved != 0 {
		t.Errorf("the copies are not back: %+v", levels)
	}
	f, _ = d.Figures(ctx, order.Period{})
	if len(f.Unpaid) != 0 || f.Revenue[0].Gross != 0 || f.Revenue[0].Credits != 1 || f.Sales[0].Net != 0 {
		t.Errorf("figures after the credit note %+v", f)
	}
	if err := d.Export(ctx, store.OrderQuery{}, true, filepath.Join(out, "factures.csv")); err != nil {
		t.Fatal(err)
	}
	csv, _ := os.ReadFile(filepath.Join(out, "factures.csv"))
	if !bytes.Contains(csv, []byte("F2026-0001;facture;02/03/2026")) || !bytes.Contains(csv, []byte("-164,15")) {
		t.Errorf("csv: %s", csv)
	}
	if r, err := safety.New(d.base, d.books, false).Check(ctx); err != nil || !r.OK {
		t.Errorf("check: %+v, %v", r, err)
	}
}

func TestBadOrdersLeaveNothing(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	one := func(change func(*OrderDraft)) error {
		in := OrderDraft{Details: order.Buyer{Name: "Librairie", Billing: order.Address{PostCode: "13002", City: "Marseille"}},
			Items: []OrderItem{{Edition: "e-mg", Format: order.Paper, Quantity: 1}}}
		change(&in)
		_, err := d.Add(ctx, in)
		return err
	}
	refusedWith(t, one(func(in *OrderDraft) { in.Details.SIRET = "73282932000075" }), "SIRET")
	refusedWith(t, one(func(in *OrderDraft) { in.Details.SIREN = "732829321" }), "SIREN")
	refusedWith(t, one(func(in *OrderDraft) { in.Buyer, in.Details = "732829321", order.Buyer{} }), "SIREN")
	refusedWith(t, one(func(in *OrderDraft) { in.Buyer, in.Details = "Ville imaginaire", order.Buyer{} }),
		"Ni un acheteur ni une collectivité")
	refusedWith(t, one(func(in *OrderDraft) { in.Items[0].Quantity = 1_000_000 }), "1000000")
	refusedWith(t, one(func(in *OrderDraft) { in.Items[0].Quantity = -1 }), "quantité")
	refusedWith(t, one(func(in *OrderDraft) { c := order.Cents(99_999_999); in.Items[0].Price = &c }), "prix unitaire")
	refusedWith(t, one(func(in *OrderDraft) { c := order.Cents(-1); in.Postage = &c }), "prix unitaire")
	refusedWith(t, one(func(in *OrderDraft) { in.Items[0].Edition = "brouillon" }), "pas une édition figée")
	refusedWith(t, one(func(in *OrderDraft) { in.Items = nil }), "lignes")
	refusedWith(t, one(func(in *OrderDraft) { in.Date = "2026-03-03" }), "pas encore venu")
	if list, err := d.List(ctx, store.OrderQuery{}); err != nil || len(list) != 0 {
		t.Errorf("orders are left: %+v, %v", list, err)
	}
	if buyers, err := d.Buyers(ctx, ""); err != nil || len(buyers) != 0 {
		t.Errorf("buyers are left: %+v, %v", buyers, err)
	}
	// More than the stock: neither the order nor the stock moves.
	if err := one(func(in *OrderDraft) {}); err != nil {
		t.Fatal(err)
	}
	_, err := d.Fulfil(ctx, "C2026-0001", FulfilOptions{}, quiet)
	refusedWith(t, err, "Il manque 1 exemplaire")
	if o, err := d.Get(ctx, "2026-1"); err != nil || o.State() != order.Received {
		t.Errorf("%s, %v", o.State(), err)
	}
	// A closed period takes no delivery, and stays closed.
	s, _ := d.Settings(ctx)
	s.ClosedUntil = "2026-03-02"
	if s, err = d.SaveSettings(ctx, s); err != nil {
		t.Fatal(err)
	}
	_, err = d.Fulfil(ctx, "C2026-0001", FulfilOptions{}, quiet)
	refusedWith(t, err, "close")
	s.ClosedUntil = ""
	_, err = d.SaveSettings(ctx, s)
	refusedWith(t, err, "ne se défait pas")
}

// Completing a buyer reaches the orders that are not invoiced.
func TestABuyerCompletedLater(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	c := order.Cents(1000)
	o, err := d.Add(ctx, OrderDraft{Buyer: "215903501",
		Items: []OrderItem{{Edition: "e-mg", Format: order.Digital, Quantity: 1, Price: &c}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Fulfil(ctx, o.Number(), FulfilOptions{Folder: t.TempDir()}, quiet); err != nil {
		t.Fatal(err)
	}
	_, err = d.Invoice(ctx, o.Number(), "")
	refusedWith(t, err, "l’adresse de l’acheteur")
	b, err := d.Buyer(ctx, "Lille")
	if err != nil {
		t.Fatal(err)
	}
	b.Billing = order.Address{PostCode: "59000", City: "Lille"}
	if b, err = d.SaveBuyer(ctx, b); err != nil {
		t.Fatal(err)
	}
	v, err := d.Invoice(ctx, o.Number(), "")
	if err != nil || v.Buyer.Billing.City != "Lille" || v.Totals.Gross != 1000 {
		t.Fatalf("%+v, %v", v, err)
	}
	b.Name = "Ville de Lille"
	if _, err := d.SaveBuyer(ctx, b); err != nil {
		t.Fatal(err)
	}
	if kept, _ := d.Get(ctx, o.Number()); kept.Buyer.Name != "Lille" {
		t.Error("the invoiced order followed the buyer")
	}
	if paid, err := d.Pay(ctx, o.Number(), "virement", ""); err != nil || paid.State() != order.Paid {
		t.Errorf("%s, %v", paid.State(), err)
	}
}

func quiet(int, int, string) {}
