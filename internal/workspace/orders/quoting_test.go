package orders

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/post"
	"repertoire/internal/workspace/history"
)

// portBookshop is a buyer whom every paper can be sent to.
func portBookshop() order.Buyer {
	return order.Buyer{Name: "Librairie du Port", SIRET: "73282932000074", Email: "port@example.fr",
		Billing: order.Address{Lines: []string{"3, quai du Port"}, PostCode: "13002", City: "Marseille"}}
}

func taken(t *testing.T, d *Room, in OrderDraft) order.Order {
	t.Helper()
	if in.Items == nil {
		in.Items = []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}
	}
	o, err := d.Add(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// A quote has a number of its own and a term; printed again it is the same, and
// another price or a term that passed makes another.
func TestAQuoteHasItsNumberAndTerm(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	one, two := taken(t, d, OrderDraft{Details: portBookshop()}), taken(t, d, OrderDraft{Buyer: "73282932000074"})
	out := filepath.Join(t.TempDir(), "devis.pdf")
	for range 2 {
		if made, err := d.Paper(ctx, one.Number(), PaperQuote, out); err != nil || made.Title != "Devis DV2026-0001" {
			t.Fatalf("%+v, %v", made, err)
		}
	}
	o, err := d.Quote(ctx, two.Number(), "2026-03-31")
	if err != nil || len(o.Quotes) != 1 || o.Quotes[0].Number() != "DV2026-0002" || o.Quotes[0].Until != "2026-03-31" ||
		o.Quotes[0].Gross != 1200 {
		t.Fatalf("%+v, %v", o.Quotes, err)
	}
	_, err = d.Quote(ctx, two.Number(), "2026-03-01")
	refusedWith(t, err, "est passé")
	// A deletion gives no number a second time.
	if _, err := d.Cancel(ctx, two.Number(), "renoncé", "", false); err != nil {
		t.Fatal(err)
	}
	_, err = d.Quote(ctx, two.Number(), "")
	refusedWith(t, err, "trop tard")
	d.base.Now = func() time.Time { return time.Date(2026, 5, 20, 9, 0, 0, 0, time.Local) }
	past, err := history.New(d.base).Of(ctx, one.ID)
	if err != nil || len(past) != 2 || past[0].Label != "Devis de la commande C2026-0001" || past[0].Fields[0].Label != "Devis" {
		t.Errorf("its history: %+v, %v", past, err)
	}
	if made, err := d.Paper(ctx, one.Number(), PaperQuote, out); err != nil || made.Title != "Devis DV2026-0003" {
		t.Errorf("past its term: %+v, %v", made, err)
	}
	s, _ := d.Settings(ctx)
	s.InvoiceSeries = "DV"
	_, err = d.SaveSettings(ctx, s)
	refusedWith(t, err, "celle des devis")
}

// Each document is sent by a draft that carries it; the invoice's file holds its
// XML.
func TestEachDocumentHasItsDraft(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	o := taken(t, d, OrderDraft{Details: portBookshop()})
	read := func(kind OrderPaper) post.Letter {
		t.Helper()
		made, err := d.Letter(ctx, o.Number(), kind, "")
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		raw, err := os.ReadFile(made.File)
		if err != nil || !bytes.Contains(raw, []byte("X-Unsent: 1")) {
			t.Fatalf("%s: %v", kind, err)
		}
		l, err := post.ReadLetter("x.eml", raw)
		if err != nil || len(l.Attachments) != 1 || !bytes.HasPrefix(l.Attachments[0].Data, []byte("%PDF-")) {
			t.Fatalf("%s: %d files, %v", kind, len(l.Attachments), err)
		}
		return l
	}
	if l := read(PaperQuote); !strings.Contains(l.Subject, "DV2026-0001") || !strings.Contains(l.Text, "valable jusqu’au 1er mai 2026") ||
		l.Attachments[0].Name != "dv2026-0001.pdf" {
		t.Errorf("%+v %s", l.Subject, l.Text)
	}
	if l := read(PaperConfirmation); !strings.Contains(l.Text, "C2026-0001") {
		t.Error(l.Text)
	}
	_, err := d.Letter(ctx, o.Number(), PaperInvoice, "")
	refusedWith(t, err, "n’a pas de facture")
	if _, err := d.Fulfil(ctx, o.Number(), FulfilOptions{}, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Invoice(ctx, o.Number(), ""); err != nil {
		t.Fatal(err)
	}
	if l := read(PaperInvoice); !strings.Contains(l.Subject, "F2026-0001") || !strings.Contains(l.Text, "au plus tard le 1er avril 2026") ||
		!bytes.Contains(l.Attachments[0].Data, []byte("factur-x.xml")) {
		t.Errorf("%+v %s", l.Subject, l.Text)
	}
	if _, err := d.Cancel(ctx, o.Number(), "erreur", "", false); err != nil {
		t.Fatal(err)
	}
	if l := read(PaperCredit); !strings.Contains(l.Subject, "AV2026-0001") || !strings.Contains(l.Text, "sur la facture F2026-0001") {
		t.Errorf("%+v %s", l.Subject, l.Text)
	}
	nobody := taken(t, d, OrderDraft{Details: order.Buyer{Name: "Sans adresse"}})
	_, err = d.Letter(ctx, nobody.Number(), PaperQuote, "")
	refusedWith(t, err, "adresse électronique")
	if again, err := d.Get(ctx, nobody.Number()); err != nil || len(again.Quotes) != 0 {
		t.Error("a refused draft took the number of a quote")
	}
}

// Another name on a known SIRET is this order's alone: the buyer is not renamed,
// and what is completed on the buyer reaches the order without replacing what the
// order said.
func TestDetailsForOneOrderAlone(t *testing.T) {
	d := counter(t)
	ctx := t.Context()
	first := taken(t, d, OrderDraft{Details: portBookshop()})
	other := order.Buyer{Name: "Port, service des achats", SIRET: "73282932000074", Email: "achats@example.fr"}
	_, err := d.Add(ctx, OrderDraft{Details: other, Items: []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}})
	refusedWith(t, err, "dit autre chose")
	second := taken(t, d, OrderDraft{Details: other, Differing: ForThisOrder})
	if second.Buyer.Name != other.Name || second.Buyer.Billing.City != "Marseille" || second.Buyer.ID != first.Buyer.ID {
		t.Fatalf("%+v", second.Buyer)
	}
	if apart, err := d.Apart(ctx, second); err != nil || len(apart) != 2 {
		t.Errorf("%v, %v", apart, err)
	}
	known, err := d.Buyer(ctx, "73282932000074")
	if err != nil || known.Name != "Librairie du Port" || known.Version != 1 {
		t.Fatalf("%+v, %v", known, err)
	}
	known.Email, known.Phone, known.Billing.Lines = "nouveau@example.fr", "01 40 00 00 00", []string{"5, quai du Port"}
	if _, err := d.SaveBuyer(ctx, known); err != nil {
		t.Fatal(err)
	}
	got, _ := d.Get(ctx, second.Number())
	if got.Buyer.Name != other.Name || got.Buyer.Email != other.Email || got.Buyer.Phone != "01 40 00 00 00" ||
		got.Buyer.Billing.Lines[0] != "5, quai du Port" {
		t.Errorf("%+v", got.Buyer)
	}
	if got, _ = d.Get(ctx, first.Number()); got.Buyer.Email != "nouveau@example.fr" {
		t.Errorf("%+v", got.Buyer)
	}
}

// An address that is too long, or missing, is named and does not stop the others.
func TestLabelsNameWhatTheyLeaveOut(t *testing.T) {
	d := counter(t)
	if _, err := d.Move(t.Context(), "mars 2026", 20, order.PrintRun, ""); err != nil {
		t.Fatal(err)
	}
	paper := []OrderItem{{Edition: "mars 2026", Format: order.Paper, Quantity: 1}}
	long := portBookshop()
	long.Name, long.SIRET, long.Billing.Lines = "Bibliothèque", "",
		[]string{strings.Repeat("Bâtiment très long au fond de la cour ", 4), "a", "b", "c", strings.Repeat("Rue sans fin ", 8)}
	taken(t, d, OrderDraft{Details: portBookshop(), Items: paper})
	taken(t, d, OrderDraft{Details: long, Items: paper})
	taken(t, d, OrderDraft{Details: order.Buyer{Name: "Sans adresse"}, Items: paper})
	out := filepath.Join(t.TempDir(), "etiquettes.pdf")
	made, err := d.Labels(t.Context(), nil, "L7160", 0, out)
	if err != nil || made.Labels != 1 || len(made.Left) != 2 {
		t.Fatalf("%+v, %v", made, err)
	}
	for _, x := range made.Left {
		if x.Order != "C2026-0002" && x.Order != "C2026-0003" || x.Why == "" {
			t.Errorf("%+v", x)
		}
	}
	_, err = d.Labels(t.Context(), []string{"C2026-0002"}, "L7160", 0, out)
	refusedWith(t, err, "Bibliothèque")
}

// What an invoice would lack is said before it is issued.
func TestWarningsBeforeTheInvoice(t *testing.T) {
	d := counter(t)
	swiss := order.Buyer{Name: "Ville de Nyon", Billing: order.Address{Lines: []string{"Place du Château 3"}, PostCode: "1260",
		City: "Nyon", Country: "CH"}}
	o := taken(t, d, OrderDraft{Details: swiss})
	if w := o.Warnings(); len(w) != 1 || !strings.Contains(w[0], "BR-FR-12") {
		t.Errorf("%q", w)
	}
	lille := taken(t, d, OrderDraft{Buyer: "215903501"})
	if w := lille.Warnings(); len(w) != 1 || !strings.Contains(w[0], "SIRET") {
		t.Errorf("%q", w)
	}
	port := taken(t, d, OrderDraft{Details: portBookshop()})
	if w := port.Warnings(); len(w) != 0 {
		t.Errorf("%q", w)
	}
}
