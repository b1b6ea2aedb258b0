package order

import (
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// Payment is money that came for an order, or went back.
type Payment struct {
	Date   repertoire.Date `json:"date"`
	Amount Cents           `json:"amount"` // negative for a refund
	Means  string          `json:"means,omitempty"`
	At     time.Time       `json:"at"`
	By     string          `json:"by,omitempty"`
}

// Received is what was paid, refunds taken off. An order noted as paid before
// payments were kept one by one was paid whole.
func (o *Order) Received() Cents {
	var sum Cents
	for _, p := range o.Payments {
		sum += p.Amount
	}
	if len(o.Payments) == 0 && o.PaidOn != "" {
		return o.Totals().Gross
	}
	return sum
}

// TakenBack is what credit notes took off the invoice.
func (o *Order) TakenBack() Cents {
	if o.Credit != "" && o.Credited == 0 {
		return o.Totals().Gross
	}
	return o.Credited
}

// Due is what the buyer still owes of the invoice; negative when money is owed
// to them. Before the invoice, what was paid is owed to them.
func (o *Order) Due() Cents {
	var billed Cents
	if o.Invoice != "" {
		billed = o.Totals().Gross - o.TakenBack()
	}
	return billed - o.Received()
}

// Pay notes the payment of all that is due.
func (o *Order) Pay(s Settings, on repertoire.Date, means string, at time.Time, by string) error {
	return o.Receive(s, Payment{Date: on, Means: means}, at, by)
}

// Receive notes a payment, or with a negative amount a refund; 0 is all that is
// due. It may come before the invoice, be a part of it or more than it.
func (o *Order) Receive(s Settings, p Payment, at time.Time, by string) error {
	due := o.Due()
	if o.Invoice == "" {
		due = o.Totals().Gross - o.Received()
	}
	switch {
	case o.State() == Cancelled && p.Amount >= 0:
		return refused("amount",
			"La commande %s est annulée : elle ne reçoit plus de paiement. Un remboursement se note par un montant négatif. Rien n’a été enregistré.", o.Number())
	case o.Free():
		return refused("amount", "La commande %s est gratuite : il n’y a rien à encaisser. Rien n’a été enregistré.", o.Number())
	case p.Amount == 0 && due <= 0:
		return refused("amount",
			"La commande %s n’a rien à payer : %s déjà reçus. Donnez un montant si le paiement est en trop, négatif pour un remboursement. Rien n’a été enregistré.", o.Number(), o.Received().French())
	case p.Amount > MaxUnit*MaxLines || -p.Amount > o.Received():
		return refused("amount", "%s n’est pas possible : la commande %s a reçu %s. Rien n’a été enregistré.", p.Amount.French(),
			o.Number(), o.Received().French())
	case p.Date.Before(o.Date):
		return refused("date", "Le paiement ne peut pas être daté du %s, avant la commande %s du %s. Rien n’a été enregistré.",
			p.Date.Field(), o.Number(), o.Date.Field())
	}
	if err := s.RefuseClosed(p.Date); err != nil {
		return err
	}
	if p.Amount == 0 {
		p.Amount = due
	}
	if p.Means = strings.TrimSpace(p.Means); len(o.Payments) == 0 && o.PaidOn != "" {
		o.Payments = append(o.Payments, Payment{Date: o.PaidOn, Amount: o.Totals().Gross, Means: o.PaidBy, At: at.UTC()})
	}
	p.At, p.By = at.UTC().Truncate(time.Millisecond), by
	o.Payments = append(o.Payments, p)
	o.settle(at, by, p.Means)
	return nil
}

// settle brings an invoiced order to "payée" when nothing is due any more, and
// back when a refund leaves something due.
func (o *Order) settle(at time.Time, by, note string) {
	step := Step{At: at.UTC().Truncate(time.Millisecond), By: by, Note: note}
	switch {
	case o.State() == Invoiced && o.Due() <= 0:
		step.State = Paid
		if n := len(o.Payments); n > 0 {
			o.PaidOn, o.PaidBy = o.Payments[n-1].Date, o.Payments[n-1].Means
		}
	case o.State() == Paid && o.Due() > 0:
		step.State = Invoiced
		o.PaidOn, o.PaidBy = "", ""
	default:
		return
	}
	o.Steps = append(o.Steps, step)
}
