package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// carryNumber lets in an invoice that already has its number; those before it
// that are lost leave a gap that is known.
func (a *applier) carryNumber(v *order.Invoice) error {
	k := series{v.Series, v.Year}
	last, err := lastGiven(a.ctx, a.tx, k)
	if err == nil && v.Count > last.Count+1 {
		err = raise(a.ctx, a.tx, k, v.Count-1, "")
	}
	return err
}

// late tells which place a document takes that was numbered elsewhere: 0 in its
// turn; above, one that comes after its turn, or whose number or order another
// document has already. It is let in all the same: it was issued, and its buyer
// has it.
func (a *applier) late(v *order.Invoice) (int, error) {
	if !a.carrying && !a.received {
		return 0, nil
	}
	last, err := lastGiven(a.ctx, a.tx, series{v.Series, v.Year})
	if err != nil {
		return 0, err
	}
	var twice bool
	if v.Kind == order.KindInvoice {
		err = a.row(`SELECT EXISTS (SELECT 1 FROM invoice WHERE book_order = ? AND kind = ? AND late = 0 AND id <> ?)`,
			string(v.Order), string(v.Kind), string(v.ID)).Scan(&twice)
	}
	if err != nil || !twice && v.Count == last.Count+1 && v.Date >= last.Date {
		return 0, err
	}
	var n int
	err = a.row(`SELECT 1 + coalesce(max(late), 0) FROM invoice WHERE series = ? AND year = ? AND count = ?`, v.Series, v.Year,
		v.Count).Scan(&n)
	return n, err
}

// Double is a number that two documents bear, or an order that was invoiced
// twice: what two desks did while their server had forgotten.
type Double struct {
	Message   string          `json:"message"` // what happened, what was kept, what to do
	Documents []repertoire.ID `json:"documents"`
}

// issuedDocument is what is looked at of one.
type issuedDocument struct {
	id, order repertoire.ID
	number    string
	kind      order.Kind
	buyer     string
	date      repertoire.Date
	back      bool // a credit note takes all of it back
}

func (d issuedDocument) String() string {
	return fmt.Sprintf("%s du %s à %s", d.number, d.date.Field(), d.buyer)
}

// DoubleNumbers lists them; one whose other document was taken back by a credit
// note is settled, and left out.
func (r Reader) DoubleNumbers(ctx context.Context) ([]Double, error) {
	var late bool // the common case costs one look
	if err := r.q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM invoice WHERE late > 0)`).Scan(&late); err != nil || !late {
		return nil, explain(err)
	}
	rows, err := r.q.QueryContext(ctx, `SELECT id, book_order, series, year, count, kind, date, coalesce(json_extract(body, '$.buyer.name'), ''),
		gross <= (SELECT coalesce(sum(c.gross), -1) FROM invoice c WHERE c.credits = i.id) FROM invoice i
		WHERE EXISTS (SELECT 1 FROM invoice j WHERE j.id <> i.id AND (j.series = i.series AND j.year = i.year AND j.count = i.count
			OR i.kind = 'facture' AND j.kind = 'facture' AND j.book_order = i.book_order)) ORDER BY series, year, count, date, id`)
	if err != nil {
		return nil, explain(err)
	}
	all, err := collect(rows, func(rows *sql.Rows) (d issuedDocument, err error) {
		var name string
		var year, count int
		err = rows.Scan(&d.id, &d.order, &name, &year, &count, &d.kind, &d.date, &d.buyer, &d.back)
		d.number = order.Number(name, year, count)
		return d, err
	})
	if err != nil {
		return nil, explain(err)
	}
	return doubles(all), nil
}

func doubles(all []issuedDocument) []Double {
	var out []Double
	group := func(key func(issuedDocument) string, tell func(kind order.Kind, which string, names string) string) {
		groups := map[string][]issuedDocument{}
		for _, d := range all {
			if k := key(d); k != "" && !d.back {
				groups[k] = append(groups[k], d)
			}
		}
		keys := slices.DeleteFunc(slices.Sorted(maps.Keys(groups)), func(k string) bool { return len(groups[k]) < 2 })
		for _, k := range keys {
			x := Double{}
			var names []string
			for _, d := range groups[k] {
				x.Documents, names = append(x.Documents, d.id), append(names, d.String())
			}
			x.Message = tell(groups[k][0].kind, k, strings.Join(names, " ; "))
			out = append(out, x)
		}
	}
	group(func(d issuedDocument) string { return d.number }, func(kind order.Kind, number, names string) string {
		if kind == order.KindCredit {
			return "Deux avoirs portent le numéro " + number + " (" + names + ") : le serveur avait oublié le premier. Les deux sont gardés ; " +
				"dites-le à votre comptable, un numéro d’avoir ne se reprend pas."
		}
		return "Deux factures portent le numéro " + number + " (" + names + ") : le serveur avait oublié la première. Les deux sont gardées ; " +
			"annulez l’une par un avoir, puis facturez-la de nouveau, et prévenez l’acheteur."
	})
	group(func(d issuedDocument) string {
		if d.kind != order.KindInvoice {
			return ""
		}
		return string(d.order)
	}, func(_ order.Kind, _, names string) string {
		return "Une même commande a été facturée deux fois (" + names + ") : le serveur avait oublié la première. Les deux factures sont gardées ; " +
			"annulez l’une par un avoir, et prévenez l’acheteur."
	})
	return out
}
