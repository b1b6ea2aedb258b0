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
	// Partial is a credit note that leaves, or left, something of its invoice.
	Partial bool `json:"partial,omitempty"`

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
		return nil, repertoire.Refuse(
			"La commande %s est déjà facturée : aucun numéro n’a été pris. Pour la corriger, annulez-la (un avoir sera émis) et refaites-la.", o.Number())
	case !o.State().delivered():
		return nil, repertoire.Refuse(
			"La commande %s est « %s » : elle se facture une fois expédiée ou transmise. Aucun numéro n’a été pris.", o.Number(),
			States.Label(o.State()))
	case o.Free():
		return nil, repertoire.Refuse("La commande %s est gratuite : il n’y a rien à facturer, et aucun numéro n’a été pris.", o.Number())
	case on.Before(o.Delivered):
		return nil, refused("date", "La facture ne peut pas être datée du %s, avant la livraison du %s. Aucun numéro n’a été pris.",
			on.Field(), o.Delivered.Field())
	case on.Year() < at.Year():
		return nil, refused("date",
			"La facture ne peut pas être datée du %s : l’année %d a commencé, et une facture porte la date où elle est émise. Aucun numéro n’a été pris.", on.Field(), at.Year())
	case o.Buyer.Billing.IsZero():
		return nil, refused("billing",
			"Il manque l’adresse de l’acheteur %s, qu’une facture doit porter : aucun numéro n’a été pris. Complétez l’acheteur de la commande.", o.Buyer.Name)
	}
	if err := s.Ready(); err != nil {
		return nil, err
	}
	if err := s.RefuseClosed(on); err != nil {
		return nil, err
	}
	taxed := *o
	if err := taxed.Tax(s, 0); err != nil {
		return nil, err
	}
	if !slices.Equal(taxed.Lines, o.Lines) {
		return nil, refused("vat",
			"La TVA de la commande %s ne va pas avec sa destination (%s) ; elle serait de %s, pour un total de %s au lieu de %s. Aucun numéro n’a été pris. Reprenez la TVA de la commande, ou choisissez-en le traitement, puis facturez.",
			o.Number(), o.Buyer.ShipTo().Zone().Name(), taxed.Totals().Tax.French(), taxed.Totals().Gross.French(),
			o.Totals().Gross.French())
	}
	v := &Invoice{
		ID: repertoire.NewID(), Kind: KindInvoice, Series: s.InvoiceSeries, Year: on.Year(), Date: on, Sold: o.Delivered,
		Due: after(on, s.DueDays), Order: o.ID, OrderNumber: o.Number(), OrderDate: o.Date, Commitment: o.Commitment,
		Reference: o.Reference,
		Seller:    s.Seller, Buyer: o.Buyer, Regime: o.Regime, Mention: o.Regime.Mention(), Basis: o.Basis,
		Lines: slices.Clone(o.Lines), Totals: o.Totals(), Penalties: s.Penalties,
	}
	v.Buyer.Standing = nil // no matter of an invoice
	v.Prepaid = max(0, min(o.Received(), v.Totals.Gross))
	if v.Prepaid == v.Totals.Gross { // the due day of a paid invoice is that of its payment
		v.Due = o.Payments[len(o.Payments)-1].Date
	}
	o.Invoice = v.ID
	if err := o.Advance(Invoiced, at, by, ""); err != nil {
		return nil, err
	}
	o.settle(at, by, "")
	return v, nil
}

// after gives the day so many days later.
func after(d repertoire.Date, days int) repertoire.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return repertoire.DateOf(t.AddDate(0, 0, days))
}
