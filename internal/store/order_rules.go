package store

import (
	"database/sql"
	"encoding/json"
	"errors"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// prepareInvoice gives an invoice its number. It runs in the transaction that
// writes the invoice, which holds the base's one write lock since it began: no
// other window can take the same number, and a crash takes both or neither.
// An issued invoice is neither changed nor deleted, not even by an undo.
func (a *applier) prepareInvoice(v *order.Invoice, was current) error {
	if was.found {
		issued, err := readSold[order.Invoice](was.body)
		if err != nil {
			return err
		}
		if v != nil {
			if body, err := Encode(v); err == nil && string(body) == string(was.body) {
				return nil
			}
		}
		_, _, name := issued.Record()
		return repertoire.Refuse(
			"%s est émise : elle ne se modifie pas, ne se supprime pas et ne s’annule pas. Annulez plutôt la commande : un avoir sera émis. Rien n’a été changé.", name)
	}
	if v == nil {
		return nil
	}
	if a.carrying {
		return a.carryNumber(v)
	}
	// Two desks that each take the next number would give it twice.
	if l, err := linkIn(a.ctx, a.tx); err != nil || l != nil && a.lastShared == nil {
		return errors.Join(err, refuseShared())
	}
	settings, err := a.salesSettings()
	if err != nil {
		return err
	}
	if err := settings.RefuseClosed(v.Date); err != nil {
		return err
	}
	next, last, err := a.number(series{v.Series, v.Year}, "la facture")
	if err != nil {
		return err
	}
	if a.lastShared != nil {
		shared, err := a.lastShared(v.Series, v.Year)
		if err != nil {
			return err
		}
		if next <= shared {
			next = shared + 1
			if err := raise(a.ctx, a.tx, series{v.Series, v.Year}, shared, ""); err != nil {
				return err
			}
		}
	}
	if v.Date < last.Date {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "date",
			Message: "Le " + v.Date.Field() + " est antérieur au dernier document de la série, daté du " +
				last.Date.Field() +
				" : les numéros suivent les dates. Aucun numéro n’a été pris ; choisissez cette date ou une date postérieure."}
	}
	switch v.Count {
	case 0:
		v.Count = next
	case next: // an archive built again
	default:
		return repertoire.Fault(errors.New("invoice number out of its series"),
			"Le numéro %s ne suit pas le précédent : rien n’a été enregistré.", v.Number())
	}
	body, err := Encode(v)
	a.numbered = append(a.numbered, Registered{Kind: string(v.Kind), Series: v.Series, Year: v.Year, Count: v.Count, Number: v.Number(),
		Date:   v.Date,
		Record: v.ID, Sum: sumOf(body), At: a.change.At})
	return err
}

// refuseShared is the refusal of an invoice that did not come by way of the
// server, whose number would be this desk's guess.
func refuseShared() error {
	return repertoire.Refuse(
		"Ce dossier est partagé entre plusieurs postes : le numéro de la facture vient du serveur, pour qu’aucun ne serve deux fois. " +
			"La facture n’est pas émise, la commande est gardée ; recommencez quand le serveur répond.")
}

// prepareOrder gives a new order its number and keeps an invoiced one as it is.
func (a *applier) prepareOrder(o *order.Order, was current) error {
	before, err := readSold[order.Order](was.body)
	if err != nil {
		return err
	}
	if err := a.numberQuotes(o); err != nil || a.carrying {
		return err
	}
	if before != nil {
		return order.Allowed(before, o)
	}
	if o == nil || o.Count != 0 {
		return nil
	}
	o.Year = o.Date.Year()
	o.Count, _, err = a.number(series{orderSeries, o.Year}, "la commande")
	a.numbered = append(a.numbered, Registered{Kind: registeredOrder, Series: orderSeries, Year: o.Year, Count: o.Count, Number: o.Number(),
		Date:   o.Date,
		Record: o.ID, At: a.change.At})
	return err
}

// numberQuotes gives the quotes of an order that have none their numbers, and
// remembers the last: the rows of no table hold them.
func (a *applier) numberQuotes(o *order.Order) error {
	if o == nil {
		return nil
	}
	for i := range o.Quotes {
		q := &o.Quotes[i]
		k := series{order.QuoteSeries, q.Year}
		if q.Count == 0 {
			next, _, err := a.number(k, "le devis")
			if err != nil {
				return err
			}
			q.Count = next
		}
		if err := raise(a.ctx, a.tx, k, q.Count, q.Date); err != nil {
			return err
		}
	}
	return nil
}

// salesSettings reads the settings as this transaction sees them.
func (a *applier) salesSettings() (order.Settings, error) {
	s := order.DefaultSettings()
	var body string
	err := a.row(`SELECT body FROM sales WHERE id = ? AND deleted_at IS NULL`, string(order.SettingsID)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Prices = nil // a row is not laid over a default price
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		return s, unreadable(err)
	}
	return s, nil
}

// keepClosed refuses settings that would open a closed period again.
func keepClosed(after *order.Settings, was current) error {
	before, err := readSold[order.Settings](was.alive())
	if err != nil || before == nil {
		return err
	}
	if after == nil && before.ClosedUntil == "" {
		return nil // undoing the very first settings
	}
	if after == nil || after.ClosedUntil < before.ClosedUntil {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "closed_until",
			Message: "La période comptable est close jusqu’au " + before.ClosedUntil.Field() +
				" : une clôture ne se défait pas. Rien n’a été enregistré."}
	}
	return nil
}

// noteStock remembers which editions lose copies, to look at when the whole
// change is written.
func (a *applier) noteStock(after sold, was current) error {
	before, err := readSold[order.Movement](was.alive())
	if err != nil {
		return err
	}
	for _, m := range []*order.Movement{before, movementOf(after)} {
		if m != nil {
			a.stock[m.Edition.ID] = m.Edition
		}
	}
	return nil
}

func movementOf(v sold) *order.Movement {
	m, _ := v.(*order.Movement)
	return m
}

// checkStock refuses a change that would take out more copies than there are.
func (a *applier) checkStock() error {
	for id, e := range a.stock {
		var left int
		if err := a.row(`SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE edition = ? AND deleted_at IS NULL`,
			string(id)).Scan(&left); err != nil {
			return err
		}
		if left < 0 {
			return &repertoire.Error{Kind: repertoire.Refused, Field: "quantity",
				Message: "Il manque " + count(-left, "exemplaire") + " sur papier de « " + e.Name() +
					" » : rien n’a été enregistré. Notez d’abord le tirage reçu, ou corrigez l’inventaire."}
		}
	}
	return nil
}

// lasting refuses to take back the issue of an invoice.
func lasting(op repertoire.Op) error {
	if op.Aggregate != repertoire.AggInvoice {
		return nil
	}
	v, err := readSold[order.Invoice](op.After)
	if err != nil {
		return err
	}
	name := "Une facture"
	if v != nil {
		_, _, name = v.Record()
	}
	return repertoire.Refuse(
		"%s est émise : son émission ne s’annule pas. Pour corriger, annulez la commande : un avoir sera émis. Rien n’a été changé.", name)
}
