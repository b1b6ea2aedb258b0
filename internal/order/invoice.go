package order

import (
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// Kind tells an invoice from a credit note.
type Kind string

// The kinds, as stored.
const (
	KindInvoice Kind = "facture"
	KindCredit  Kind = "avoir"
)

// Invoice is an invoice or a credit note, whole: it can be printed again years
// later whatever became of the order, the buyer and the settings. Once it has a
// number nothing in it changes.
type Invoice struct {
	ID     repertoire.ID `json:"id"`
	Kind   Kind          `json:"kind"`
	Series string        `json:"series"`
	Year   int           `json:"year"`
	// Count is the place in the series and year: the store gives it, in the
	// transaction that keeps the invoice. 0 is an invoice not issued.
	Count int             `json:"count"`
	Date  repertoire.Date `json:"date"` // of issue
	Sold  repertoire.Date `json:"sold"` // of delivery
	Due   repertoire.Date `json:"due"`

	Order       repertoire.ID   `json:"order"`
	OrderNumber string          `json:"order_number"`
	OrderDate   repertoire.Date `json:"order_date"`
	Commitment  string          `json:"commitment,omitempty"`
	Reference   string          `json:"reference,omitempty"`
	// Credits is the invoice that a credit note takes back.
	Credits       repertoire.ID   `json:"credits,omitempty"`
	CreditsNumber string          `json:"credits_number,omitempty"`
	CreditsDate   repertoire.Date `json:"credits_date,omitempty"`
	Reason        string          `json:"reason,omitempty"`

	Seller  Seller `json:"seller"`
	Buyer   Buyer  `json:"buyer"`
	Regime  Regime `json:"regime"`
	Mention string `json:"mention,omitempty"` // of a regime without VAT
	Basis   Basis  `json:"basis"`
	Lines   []Line `json:"lines"`
	Totals  Totals `json:"totals"` // positive in a credit note too
	// Prepaid is what had been paid when the invoice was issued, never more than
	// it comes to.
	Prepaid   Cents  `json:"prepaid,omitempty"`
	Penalties string `json:"penalties"`
}

// Record gives what the store keeps an invoice as.
func (v *Invoice) Record() (repertoire.Aggregate, repertoire.ID, string) {
	name := "Facture " + v.Number()
	if v.Kind == KindCredit {
		name = "Avoir " + v.Number()
	}
	return repertoire.AggInvoice, v.ID, name
}

// Number is what people call it: "F2026-0001"; "" before it is issued.
func (v *Invoice) Number() string {
	if v.Count == 0 {
		return ""
	}
	return Number(v.Series, v.Year, v.Count)
}

// Signed is the amount as accounts see it: a credit note's is negative.
func (v *Invoice) Signed(c Cents) Cents {
	if v.Kind == KindCredit {
		return -c
	}
	return c
}

// Bill makes the invoice of an order that has been delivered, without a number
// yet, and brings the order to "facturée". Save both in one change.
func (o *Order) Bill(s Settings, on repertoire.Date, at time.Time, by string) (*Invoice, error) {
	switch {
	case o.Invoice != "":
		return nil, repertoire.Refuse("La commande %s est déjà facturée : aucun numéro n’a été pris. Pour la corriger, annulez-la (un avoir sera émis) et refaites-la.", o.Number())
	case !o.State().delivered():
		return nil, repertoire.Refuse("La commande %s est « %s » : elle se facture une fois expédiée ou transmise. Aucun numéro n’a été pris.", o.Number(), States.Label(o.State()))
	case o.Free():
		return nil, repertoire.Refuse("La commande %s est gratuite : il n’y a rien à facturer, et aucun numéro n’a été pris.", o.Number())
	case on.Before(o.Delivered):
		return nil, refused("date", "La facture ne peut pas être datée du %s, avant la livraison du %s. Aucun numéro n’a été pris.", on.Field(), o.Delivered.Field())
	case o.Buyer.Billing.IsZero():
		return nil, refused("billing", "Il manque l’adresse de l’acheteur %s, qu’une facture doit porter : aucun numéro n’a été pris. Complétez l’acheteur de la commande.", o.Buyer.Name)
	}
	if err := s.Ready(); err != nil {
		return nil, err
	}
	if err := s.RefuseClosed(on); err != nil {
		return nil, err
	}
	v := &Invoice{
		ID: repertoire.NewID(), Kind: KindInvoice, Series: s.InvoiceSeries, Year: on.Year(), Date: on, Sold: o.Delivered,
		Due: after(on, s.DueDays), Order: o.ID, OrderNumber: o.Number(), OrderDate: o.Date, Commitment: o.Commitment, Reference: o.Reference,
		Seller: s.Seller, Buyer: o.Buyer, Regime: o.Regime, Mention: o.Regime.Mention(), Basis: o.Basis,
		Lines: slices.Clone(o.Lines), Totals: o.Totals(), Penalties: s.Penalties,
	}
	o.Invoice = v.ID
	return v, o.Advance(Invoiced, at, by, "")
}

// Credit makes the credit note that takes a whole invoice back.
func (v *Invoice) Credit(s Settings, on repertoire.Date, reason string) (*Invoice, error) {
	switch {
	case v.Kind != KindInvoice || v.Count == 0:
		return nil, repertoire.Refuse("Un avoir reprend une facture émise ; celle-ci n’en est pas une. Rien n’a été enregistré.")
	case on.Before(v.Date):
		return nil, refused("date", "L’avoir ne peut pas être daté du %s, avant la facture %s du %s. Aucun numéro n’a été pris.", on.Field(), v.Number(), v.Date.Field())
	case reason == "":
		return nil, refused("reason", "Un avoir dit pourquoi il est émis : donnez le motif de l’annulation. Aucun numéro n’a été pris.")
	}
	if err := s.RefuseClosed(on); err != nil {
		return nil, err
	}
	c := *v
	c.ID, c.Kind, c.Series, c.Year, c.Count = repertoire.NewID(), KindCredit, s.CreditSeries, on.Year(), 0
	c.Date, c.Due, c.Reason = on, on, reason
	c.Credits, c.CreditsNumber, c.CreditsDate = v.ID, v.Number(), v.Date
	return &c, nil
}

// Cancel brings the order to "annulée". When it was invoiced, invoice is that
// invoice and the result the credit note to save in the same change.
func (o *Order) Cancel(s Settings, invoice *Invoice, on repertoire.Date, at time.Time, by, reason string) (*Invoice, error) {
	var credit *Invoice
	if o.Invoice != "" && o.State() != Cancelled {
		var err error
		if credit, err = invoice.Credit(s, on, reason); err != nil {
			return nil, err
		}
		o.Credit = credit.ID
	}
	return credit, o.Advance(Cancelled, at, by, reason)
}

// Pay notes the payment.
func (o *Order) Pay(s Settings, on repertoire.Date, means string, at time.Time, by string) error {
	if o.State() == Invoiced {
		if err := s.RefuseClosed(on); err != nil {
			return err
		}
	}
	if err := o.Advance(Paid, at, by, means); err != nil {
		return err
	}
	o.PaidOn, o.PaidBy = on, means
	return nil
}

// after gives the day so many days later.
func after(d repertoire.Date, days int) repertoire.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return repertoire.DateOf(t.AddDate(0, 0, days))
}
