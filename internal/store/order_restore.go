package store

import (
	"context"
	"database/sql"
	"net/url"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// issued is what a backup must not take back: invoices and credit notes that
// were issued after it, with their orders, and the closing of the accounts.
type issued struct {
	invoices []order.Invoice
	orders   []order.Order
	closed   repertoire.Date
}

// issuedIn reads what the base about to be replaced has issued. One that cannot
// be read has nothing to say: it is replaced because of that.
func (s *Store) issuedIn(ctx context.Context) issued {
	var out issued
	if absent(s.base()) {
		return out
	}
	db, err := openReaders(s.base(), url.Values{"mode": {"ro"}})
	if err != nil {
		return out
	}
	defer db.Close()
	r := Reader{q: db}
	invoices, err := r.Invoices(ctx, "", "")
	if err != nil {
		return out
	}
	settings, err := r.SalesSettings(ctx)
	if err != nil {
		return out
	}
	orders, err := rowsOf(ctx, r, `SELECT version, body FROM book_order WHERE id IN (SELECT book_order FROM invoice) AND body IS NOT NULL ORDER BY num`,
		func(*order.Order, int64) {})
	if err != nil {
		return out
	}
	return issued{invoices, orders, settings.ClosedUntil}
}

// carry brings to a staged backup the invoices that were issued since: their
// numbers are taken for ever, whatever is restored. A backup whose own invoices
// bear the same numbers is another workspace's, and is refused.
func (x issued) carry(ctx context.Context, staged *sql.DB, options Options) error {
	if len(x.invoices) == 0 && x.closed == "" {
		return nil
	}
	there := Reader{q: staged}
	old, err := there.Invoices(ctx, "", "")
	if err != nil {
		return err
	}
	kept, numbers := map[repertoire.ID]bool{}, map[string]bool{}
	for _, v := range old {
		kept[v.ID], numbers[v.Number()] = true, true
	}
	c := repertoire.Change{ID: repertoire.NewID(), Author: options.Person, At: options.now(), Cause: repertoire.CauseRestore, Label: "Factures émises depuis la sauvegarde"}
	touched := map[repertoire.ID]bool{}
	var invoices []repertoire.Op
	for _, v := range x.invoices {
		if kept[v.ID] {
			continue
		}
		if numbers[v.Number()] {
			return repertoire.Refuse("La sauvegarde et le dossier ont chacun une facture %s, qui n’est pas la même : rien n’a été restauré. Cette sauvegarde vient d’un autre dossier ; restaurez-la dans un dossier neuf.", v.Number())
		}
		op, err := Put(&v, 0)
		if err != nil {
			return err
		}
		invoices, touched[v.Order] = append(invoices, op), true
	}
	for _, o := range x.orders {
		if touched[o.ID] {
			op, err := Put(&o, AnyVersion)
			if err != nil {
				return err
			}
			c.Ops = append(c.Ops, op)
		}
	}
	c.Ops = append(c.Ops, invoices...)
	if err := carryChange(ctx, staged, c); err != nil {
		return err
	}
	return x.carryClosing(ctx, staged, c)
}

// carryClosing keeps closed what was closed since, once the invoices are in.
func (x issued) carryClosing(ctx context.Context, staged *sql.DB, c repertoire.Change) error {
	s, err := Reader{q: staged}.SalesSettings(ctx)
	if err != nil || s.ClosedUntil >= x.closed {
		return err
	}
	s.ClosedUntil = x.closed
	op, err := Put(&s, AnyVersion)
	if err != nil {
		return err
	}
	c.ID, c.Label, c.Ops = repertoire.NewID(), "Clôture faite depuis la sauvegarde", []repertoire.Op{op}
	return carryChange(ctx, staged, c)
}

func carryChange(ctx context.Context, staged *sql.DB, c repertoire.Change) error {
	if len(c.Ops) == 0 {
		return nil
	}
	tx, err := staged.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := newApplier(ctx, tx, c).run(); err != nil {
		return err
	}
	return tx.Commit()
}
