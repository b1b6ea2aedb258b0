package orders

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Waiting are the orders that have not left.
var Waiting = store.OrderQuery{States: []order.State{order.Received, order.Confirmed, order.Preparing}}

// OrderPaper names a document of an order.
type OrderPaper string

// The documents, as typed.
const (
	PaperQuote        OrderPaper = "devis"
	PaperConfirmation OrderPaper = "confirmation"
	PaperDelivery     OrderPaper = "livraison"
	PaperInvoice      OrderPaper = "facture"
	PaperCredit       OrderPaper = "avoir"
)

// OrderPapers lists them with their labels.
var OrderPapers = repertoire.Choices[OrderPaper]{{Value: PaperQuote, Label: "Devis"},
	{Value: PaperConfirmation, Label: "Confirmation de commande"},
	{Value: PaperDelivery, Label: "Bon de livraison"}, {Value: PaperInvoice, Label: "Facture"}, {Value: PaperCredit, Label: "Avoir"}}

// Written is a file that was made.
type Written struct {
	File   string `json:"file"`
	Title  string `json:"title"`
	Pages  int    `json:"pages"`
	SHA256 string `json:"sha256"`
}

// Paper writes a document of an order as a PDF. The same invoice gives the same
// bytes each time it is printed.
func (room *Room) Paper(ctx context.Context, ref string, kind OrderPaper, output string) (Written, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Written{}, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Written{}, err
	}
	doc, err := room.document(ctx, &o, s.Seller, kind, ref)
	if err != nil {
		return Written{}, err
	}
	return room.print(ctx, doc, output)
}

// document makes a document of an order. A quote is given its number when the
// order has none that holds.
func (room *Room) document(ctx context.Context, o *order.Order, seller order.Seller, kind OrderPaper, ref string) (layout.Document, error) {
	switch kind {
	case PaperQuote:
		q, err := room.standing(ctx, o)
		return paper.Quote(o, seller, q), err
	case PaperConfirmation:
		return paper.Confirmation(o, seller, room.today()), nil
	case PaperDelivery:
		if len(o.OnPaper()) == 0 {
			return layout.Document{}, repertoire.Refuse("La commande %s n’a rien sur papier : elle n’a pas de bon de livraison.",
				o.Number())
		}
		return paper.DeliveryNote(o, seller, repertoire.Date(cmp.Or(string(o.Delivered), string(room.today())))), nil
	case PaperInvoice, PaperCredit:
		v, err := room.issued(ctx, o, kind, ref)
		if err != nil {
			return layout.Document{}, err
		}
		return paper.Invoice(&v), nil
	}
	return layout.Document{}, repertoire.Refuse("Le document « %s » est inconnu : devis, confirmation, livraison, facture ou avoir.", kind)
}

// standing gives the quote of an order that holds today, or makes one; an order
// that has left keeps the last it had.
func (room *Room) standing(ctx context.Context, o *order.Order) (order.Quote, error) {
	q, holds := o.Standing(room.today())
	if n := len(o.Quotes); n > 0 && !holds && o.Delivered != "" {
		return o.Quotes[n-1], nil
	}
	if holds {
		return q, nil
	}
	made, err := room.Quote(ctx, string(o.ID), "")
	if err != nil {
		return q, err
	}
	*o = made
	return o.Quotes[len(o.Quotes)-1], nil
}

// Quote makes a quote of an order, under a number of its own; it holds until a
// day, "" for the usual time.
func (room *Room) Quote(ctx context.Context, ref string, until repertoire.Date) (order.Order, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return o, err
	}
	if err := o.Offer(room.today(), until); err != nil {
		return o, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Devis de la commande "+o.Number())
	return room.save(ctx, &c, &o)
}

// issued reads the invoice or the credit note of an order.
// The credit note meant is that whose number ref is, else the last.
func (room *Room) issued(ctx context.Context, o *order.Order, kind OrderPaper, ref string) (order.Invoice, error) {
	id, lacks := o.Invoice, "de facture"
	if kind == PaperCredit {
		id, lacks = o.Credit, "d’avoir"
		if n := len(o.Credits); id == "" && n > 0 {
			id = o.Credits[n-1]
		}
		notes, err := room.base.Store.InvoicesOf(ctx, o.ID)
		if err != nil {
			return order.Invoice{}, err
		}
		for _, v := range notes {
			if v.Kind == order.KindCredit && strings.EqualFold(v.Number(), strings.TrimSpace(ref)) {
				return v, nil
			}
		}
	}
	if id == "" {
		return order.Invoice{}, repertoire.Refuse("La commande %s n’a pas %s : elle est « %s ».", o.Number(), lacks,
			order.States.Label(o.State()))
	}
	return room.base.Store.Invoice(ctx, id)
}

// Labelled is a sheet of labels that was written, and whose labels are not on it.
type Labelled struct {
	Written
	Labels int       `json:"labels"`
	Left   []LeftOut `json:"left"`
}

// LeftOut is an order whose label was not printed, and why.
type LeftOut struct {
	Order string `json:"order"`
	Buyer string `json:"buyer"`
	Why   string `json:"why"`
}

// Labels writes the address labels of orders; none means all that have not left.
// An order without an address, or with one that is too long, is named and does
// not stop the others.
func (room *Room) Labels(ctx context.Context, refs []string, sheet string, skip int, output string) (Labelled, error) {
	s, err := paper.SheetNamed(sheet)
	if err != nil {
		return Labelled{}, err
	}
	orders, err := room.toLabel(ctx, refs)
	if err != nil {
		return Labelled{}, err
	}
	out := Labelled{Left: []LeftOut{}}
	leave := func(o order.Order, why string) { out.Left = append(out.Left, LeftOut{o.Number(), o.Buyer.Name, why}) }
	orders = slices.DeleteFunc(orders, func(o order.Order) bool {
		if o.Buyer.ShipTo().IsZero() {
			leave(o, "pas d’adresse : complétez l’acheteur")
			return true
		}
		return false
	})
	labels, err := room.lay(ctx, paper.Labels(orders, s, room.today()), s.Format)
	if err != nil {
		return Labelled{}, err
	}
	fit, tooLong := paper.Fitting(labels, orders)
	for _, o := range tooLong {
		leave(o, "l’adresse ne tient pas sur une étiquette de la planche "+s.Name+
			" : choisissez une planche plus grande, ou raccourcissez-la")
	}
	if len(fit) == 0 {
		return out, repertoire.Refuse("Aucune étiquette n’a été écrite : %s (%s), %s.", out.Left[0].Order, out.Left[0].Buyer,
			out.Left[0].Why)
	}
	if len(tooLong) > 0 {
		if labels, err = room.lay(ctx, paper.Labels(fit, s, room.today()), s.Format); err != nil {
			return Labelled{}, err
		}
	}
	pages, err := paper.Impose(labels, s, skip)
	if err != nil {
		return Labelled{}, err
	}
	out.Labels = len(fit)
	out.Written, err = room.finish(ctx, pages, output)
	return out, err
}

// toLabel finds the orders whose labels are asked for.
func (room *Room) toLabel(ctx context.Context, refs []string) ([]order.Order, error) {
	var orders []order.Order
	for _, ref := range refs {
		o, err := room.Get(ctx, ref)
		if err != nil {
			return nil, err
		}
		orders = append(orders, o)
	}
	if len(refs) == 0 {
		all, err := room.base.Store.Orders(ctx, Waiting)
		if err != nil {
			return nil, err
		}
		for _, o := range all {
			if len(o.OnPaper()) > 0 {
				orders = append(orders, o)
			}
		}
	}
	if len(orders) == 0 {
		return nil, repertoire.Refuse("Aucune commande sur papier n’attend son envoi : il n’y a pas d’étiquette à imprimer.")
	}
	return orders, nil
}

// JobTicket writes the printer's ticket of an edition; its files are read for
// their checksums.
func (room *Room) JobTicket(ctx context.Context, edition string, t paper.Ticket, files []string, output string) (Written, error) {
	e, err := room.shelf.frozen(ctx, edition)
	if err != nil {
		return Written{}, err
	}
	if t.Quantity < 1 || t.Quantity > 100_000 {
		return Written{}, repertoire.Refuse("Un tirage va de 1 à 100 000 exemplaires ; la fiche n’a pas été écrite.")
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Written{}, err
	}
	t.Edition = e
	if t.Pages == 0 {
		t.Pages = e.Pages
	}
	for _, f := range layout.Formats() {
		if t.PageSize == "" && f.Name == e.PageSize {
			t.PageSize = f.Title
		}
	}
	if t.Deliver.IsZero() {
		t.Deliver = s.Seller.Address
	}
	orders, err := room.base.Store.Orders(ctx, Waiting)
	if err != nil {
		return Written{}, err
	}
	for _, o := range orders {
		if o.OnPaper()[e.ID] > 0 {
			t.Orders = append(t.Orders, o.Number())
		}
	}
	for _, f := range files {
		data, err := base.ReadFile(f)
		if err != nil {
			return Written{}, err
		}
		sum := sha256.Sum256(data)
		t.Files = append(t.Files, paper.TicketFile{Name: filepath.Base(f), SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data))})
	}
	return room.print(ctx, paper.JobTicket(t, s.Seller, room.today()), output)
}

func (room *Room) print(ctx context.Context, doc layout.Document, output string) (Written, error) {
	pages, err := room.lay(ctx, doc, paper.Format)
	if err != nil {
		return Written{}, err
	}
	return room.finish(ctx, pages, output)
}

func (room *Room) lay(ctx context.Context, doc layout.Document, format string) (*layout.Pages, error) {
	design, err := layout.LoadDesign(paper.Design, format)
	if err != nil {
		return nil, err
	}
	setter, err := room.base.Setter(design)
	if err != nil {
		return nil, err
	}
	pages, err := setter.Lay(ctx, doc, nil)
	return pages, base.Stopped(err)
}

func (room *Room) finish(ctx context.Context, pages *layout.Pages, output string, attached ...pdf.Attachment) (Written, error) {
	data, _, err := pdf.Write(ctx, pages, pdf.Options{Variant: pdf.Digital, Attachments: attached})
	if err != nil {
		return Written{}, base.Stopped(err)
	}
	if err := base.WriteWhole(output, data); err != nil {
		return Written{}, err
	}
	sum := sha256.Sum256(data)
	return Written{File: output, Title: pages.Meta.Title, Pages: len(pages.Pages), SHA256: hex.EncodeToString(sum[:])}, nil
}

// Figures adds up a period: sales by edition, revenue by month, what is unpaid.
func (room *Room) Figures(ctx context.Context, p order.Period) (order.Figures, error) {
	var out order.Figures
	err := room.base.Store.View(ctx, func(r store.Reader) error {
		sold, err := r.Sold(ctx, p)
		if err != nil {
			return err
		}
		billed, err := r.Billed(ctx, p)
		if err != nil {
			return err
		}
		out = order.Tally(sold, billed, p)
		orders, invoices, err := r.Owing(ctx)
		out.Unpaid = order.Owing(orders, invoices, room.today())
		return err
	})
	return out, err
}

// Export writes the orders that q asks for as CSV, or with invoices the
// accountant's list of invoices and credit notes dated in q's days.
func (room *Room) Export(ctx context.Context, q OrderQuery, invoices bool, output string) error {
	list, err := room.base.Store.Invoices(ctx, pickDate(invoices, q.Since), pickDate(invoices, q.Until))
	if err != nil {
		return err
	}
	if invoices {
		return base.WriteWhole(output, order.InvoicesCSV(list))
	}
	orders, err := room.base.Store.Orders(ctx, q)
	if err != nil {
		return err
	}
	return base.WriteWhole(output, order.OrdersCSV(orders, numbersOf(list)))
}

// Numbers gives the numbers of all invoices and credit notes by ID.
func (room *Room) Numbers(ctx context.Context) (map[repertoire.ID]string, error) {
	return room.base.Store.InvoiceNumbers(ctx, "")
}

// NumbersOf gives those of one order.
func (room *Room) NumbersOf(ctx context.Context, o order.Order) (map[repertoire.ID]string, error) {
	return room.base.Store.InvoiceNumbers(ctx, o.ID)
}

func numbersOf(list []order.Invoice) map[repertoire.ID]string {
	out := make(map[repertoire.ID]string, len(list))
	for _, v := range list {
		out[v.ID] = v.Number()
	}
	return out
}

func (room *Room) everything(ctx context.Context) (orders []order.Order, invoices []order.Invoice, err error) {
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		var err error
		if orders, err = r.Orders(ctx, store.OrderQuery{}); err != nil {
			return err
		}
		invoices, err = r.Invoices(ctx, "", "")
		return err
	})
	return orders, invoices, err
}

func pickDate(yes bool, d repertoire.Date) repertoire.Date {
	if yes {
		return d
	}
	return ""
}
