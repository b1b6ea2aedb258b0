package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// SalesSettings reads how the house sells, the defaults when nobody said.
func (r Reader) SalesSettings(ctx context.Context) (order.Settings, error) {
	s := order.DefaultSettings()
	s.Prices = nil // a row is not laid over a default price
	v, err := r.one(ctx, repertoire.AggSales, order.SettingsID, &s)
	if errors.Is(err, sql.ErrNoRows) {
		return order.DefaultSettings(), nil
	}
	s.Version = v
	return s, explain(err)
}

// Buyer reads a living buyer.
func (r Reader) Buyer(ctx context.Context, id repertoire.ID) (order.Buyer, error) {
	var b order.Buyer
	v, err := r.one(ctx, repertoire.AggBuyer, id, &b)
	b.Version = v
	return b, missing(err, "Cet acheteur n’existe pas dans ce dossier, ou il est à la corbeille.")
}

// Buyers lists the living buyers whose name, SIREN or SIRET has all the words
// of text, by name.
func (r Reader) Buyers(ctx context.Context, text string) ([]order.Buyer, error) {
	where, args := []string{"deleted_at IS NULL"}, []any{}
	for _, word := range strings.Fields(repertoire.Fold(text)) {
		where = append(where, `(instr(folded, ?) > 0 OR siren = ? OR siret = ?)`)
		args = append(args, word, word, word)
	}
	return rowsOf(ctx, r, `SELECT version, body FROM buyer WHERE `+strings.Join(where, " AND ")+` ORDER BY sort_name, num`,
		func(b *order.Buyer, v int64) { b.Version = v }, args...)
}

// MemberAuthorities lists the living authorities that are members.
func (r Reader) MemberAuthorities(ctx context.Context) ([]repertoire.Authority, error) {
	return rowsOf(ctx, r,
		`SELECT version, body FROM authority WHERE deleted_at IS NULL AND json_extract(body, '$.member') = 1 ORDER BY num`,
		func(a *repertoire.Authority, v int64) { a.Version = v })
}

// OrderQuery filters a list of orders; the zero value takes all of them.
type OrderQuery struct {
	Text   string        // words of the number, the buyer, the references or the editions
	States []order.State // any of these
	Buyer  repertoire.ID
	Since  repertoire.Date // days of the orders, both ends included
	Until  repertoire.Date
	Limit  int // of rows, 0 for all
	// Payable leaves out what is free.
	Payable bool
}

// where gives the condition of a query on book_order, and what it asks with.
func (q OrderQuery) where() (string, []any) {
	where, args := []string{"deleted_at IS NULL"}, []any{}
	add := func(condition string, values ...any) { where, args = append(where, condition), append(args, values...) }
	for _, word := range strings.Fields(repertoire.Fold(q.Text)) {
		add(`(instr(folded, ?) > 0 OR id IN (SELECT book_order FROM invoice WHERE instr(lower(series || year || '-' || printf('%04d', count)), ?) > 0))`, word, word)
	}
	if q.States != nil {
		add(`state IN (SELECT value FROM json_each(?))`, list(q.States))
	}
	if q.Buyer != "" {
		add(`buyer = ?`, string(q.Buyer))
	}
	if q.Payable {
		add(`gross <> 0`)
	}
	if q.Since != "" {
		add(`date >= ?`, string(q.Since))
	}
	if q.Until != "" {
		add(`date <= ?`, string(q.Until))
	}
	return strings.Join(where, " AND "), args
}

// Orders lists living orders, the newest first.
func (r Reader) Orders(ctx context.Context, q OrderQuery) ([]order.Order, error) {
	where, args := q.where()
	return rowsOf(ctx, r, `SELECT version, body FROM book_order WHERE `+where+` ORDER BY year DESC, count DESC`,
		func(o *order.Order, v int64) { o.Version = v }, args...)
}

// Order reads a living order.
func (r Reader) Order(ctx context.Context, id repertoire.ID) (order.Order, error) {
	var o order.Order
	v, err := r.one(ctx, repertoire.AggOrder, id, &o)
	o.Version = v
	return o, missing(err, "Cette commande n’existe pas dans ce dossier, ou elle est à la corbeille.")
}

// OrderNumbered finds a living order by its year and place ("C2026-0012").
func (r Reader) OrderNumbered(ctx context.Context, year, count int) (order.Order, error) {
	var o order.Order
	var version int64
	err := scanBody(r.q.QueryRowContext(ctx, `SELECT version, body FROM book_order WHERE year = ? AND count = ? AND deleted_at IS NULL`,
		year, count), &version, &o)
	o.Version = version
	return o, missing(err, "Aucune commande de ce dossier n’a ce numéro.")
}

// OrderPlace tells what the ID of an order holds: the number of the living order,
// or that one was there and is gone.
func (r Reader) OrderPlace(ctx context.Context, id repertoire.ID) (number string, gone bool, err error) {
	var year, count int
	err = r.q.QueryRowContext(ctx, `SELECT year, count, deleted_at IS NOT NULL FROM book_order WHERE id = ?`, string(id)).Scan(&year,
		&count, &gone)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, nil
	case err != nil || gone:
		return "", gone, explain(err)
	}
	return order.Number("C", year, count), false, nil
}

// Invoice reads an invoice or a credit note.
func (r Reader) Invoice(ctx context.Context, id repertoire.ID) (order.Invoice, error) {
	var v order.Invoice
	_, err := r.one(ctx, repertoire.AggInvoice, id, &v)
	return v, missing(err, "Cette facture n’existe pas dans ce dossier.")
}

// Invoices lists invoices and credit notes dated from since to until, both
// included ("" for no limit), in the order they were issued.
func (r Reader) Invoices(ctx context.Context, since, until repertoire.Date) ([]order.Invoice, error) {
	if until == "" {
		until = "9999-12-31"
	}
	return rowsOf(ctx, r, `SELECT version, body FROM invoice WHERE date >= ? AND date <= ? ORDER BY date, num`,
		func(*order.Invoice, int64) {}, string(since), string(until))
}

// InvoicesOf lists the invoice and the credit notes of an order, in the order
// they were issued.
func (r Reader) InvoicesOf(ctx context.Context, id repertoire.ID) ([]order.Invoice, error) {
	return rowsOf(ctx, r, `SELECT version, body FROM invoice WHERE book_order = ? ORDER BY kind DESC, num`, func(*order.Invoice, int64) {},
		string(id))
}

// InvoiceNumbers gives the numbers of invoices and credit notes by ID: those of
// one order, or all for "". Their bodies are not read.
func (r Reader) InvoiceNumbers(ctx context.Context, id repertoire.ID) (map[repertoire.ID]string, error) {
	query, args := `SELECT id, series, year, count FROM invoice`, []any{}
	if id != "" {
		query, args = query+` WHERE book_order = ?`, []any{string(id)}
	}
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := map[repertoire.ID]string{}
	for rows.Next() {
		var id, series string
		var year, count int
		if err := rows.Scan(&id, &series, &year, &count); err != nil {
			return nil, explain(err)
		}
		out[repertoire.ID(id)] = order.Number(series, year, count)
	}
	return out, explain(rows.Err())
}

// OrderOfInvoice finds the order of an invoice or a credit note by its number.
func (r Reader) OrderOfInvoice(ctx context.Context, series string, year, count int) (order.Order, error) {
	var id string
	err := r.q.QueryRowContext(ctx, `SELECT book_order FROM invoice WHERE series = ? AND year = ? AND count = ?`, series, year,
		count).Scan(&id)
	if err != nil {
		return order.Order{}, missing(err, "Aucune facture ni aucun avoir de ce dossier n’a ce numéro.")
	}
	return r.Order(ctx, repertoire.ID(id))
}

// DistanceSales adds up what was invoiced with French VAT to addresses in the
// other member states since a day, credit notes taken off.
func (r Reader) DistanceSales(ctx context.Context, since, until repertoire.Date) (order.Cents, error) {
	var sum int64
	err := r.q.QueryRowContext(ctx, `SELECT coalesce(sum(CASE kind WHEN 'avoir' THEN -gross ELSE gross END), 0) FROM invoice
		WHERE date >= ? AND date <= ? AND json_extract(body, '$.totals.tax') > 0 AND json_extract(body, '$.buyer.billing.country') IN (SELECT value FROM json_each(?))`,
		string(since), string(until), list(order.UnionCountries())).Scan(&sum)
	return order.Cents(sum), explain(err)
}

// Movements lists the living stock movements, oldest first; edition "" for all.
func (r Reader) Movements(ctx context.Context, edition repertoire.ID) ([]order.Movement, error) {
	return rowsOf(ctx, r,
		`SELECT version, body FROM stock_movement WHERE deleted_at IS NULL AND (?1 = '' OR edition = ?1) ORDER BY date, num`,
		func(*order.Movement, int64) {}, string(edition))
}

// rowsOf reads rows of version and body.
func rowsOf[T any](ctx context.Context, r Reader, query string, set func(*T, int64), args ...any) ([]T, error) {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := []T{}
	for rows.Next() {
		var v T
		var version int64
		var body sql.RawBytes
		if err := rows.Scan(&version, &body); err != nil {
			return nil, explain(err)
		}
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, unreadable(err)
		}
		set(&v, version)
		out = append(out, v)
	}
	return out, explain(rows.Err())
}
