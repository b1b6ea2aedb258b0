package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// OrderRow is what a list shows of an order. Bodies are not decoded for it: ten
// thousand rows are read in the time of a blink.
type OrderRow struct {
	ID    repertoire.ID
	Year  int
	Count int
	Date  repertoire.Date
	State order.State
	Gross order.Cents
	Buyer string // its name
	// Invoice is the number of its invoice, "" before.
	Invoice string

	lines []byte
}

// Number is what people call the order.
func (o OrderRow) Number() string { return order.Number("C", o.Year, o.Count) }

// Lines decodes what is ordered: for the rows in view.
func (o OrderRow) Lines() []order.Line {
	var lines []order.Line
	if json.Unmarshal(o.lines, &lines) != nil {
		return nil // check says that the body is damaged
	}
	return lines
}

// OrderRows lists living orders, the newest first.
func (r Reader) OrderRows(ctx context.Context, q OrderQuery) ([]OrderRow, error) {
	where, args := q.where()
	rows, err := r.q.QueryContext(ctx, `SELECT id, year, count, date, state, gross, coalesce(json_extract(body, '$.buyer.name'), ''),
		coalesce(json_extract(body, '$.lines'), '[]'), coalesce((SELECT series || year || '-' || printf('%04d', count) FROM invoice
		WHERE invoice.book_order = book_order.id AND kind = 'facture'), '') FROM book_order WHERE `+where+` ORDER BY year DESC, count DESC
		LIMIT CASE WHEN ? > 0 THEN ? ELSE -1 END`, append(args, q.Limit, q.Limit)...)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (o OrderRow, err error) {
		return o, rows.Scan(&o.ID, &o.Year, &o.Count, &o.Date, &o.State, &o.Gross, &o.Buyer, &o.lines, &o.Invoice)
	})
	return out, explain(err)
}

// Sold gives what was delivered in a period in kinds of orders with the same
// lines: of each only what order.Tally asks. (A grouped value forgets that it is
// JSON: json() says so again.)
func (r Reader) Sold(ctx context.Context, p order.Period) ([]order.Alike[order.Order], error) {
	return alike[order.Order](ctx, r, `SELECT count(*), json_object('lines', json(body->'$.lines'), 'member', json(body->'$.member'),
		'steps', json_array(json_object('state', state)), 'delivered', min(body->>'$.delivered'))
		FROM book_order WHERE deleted_at IS NULL AND state <> '`+string(order.Cancelled)+`'
		AND coalesce(body->>'$.delivered', '') BETWEEN max(?, '0') AND ?
		GROUP BY body->'$.lines', body->'$.member'`, string(p.Since), lastDay(p))
}

// Billed gives the invoices and credit notes of a period in kinds of the same
// month and lines: of each only what order.Tally asks.
func (r Reader) Billed(ctx context.Context, p order.Period) ([]order.Alike[order.Invoice], error) {
	return alike[order.Invoice](ctx, r, `SELECT count(*), json_object('kind', kind, 'date', min(date), 'lines', json(body->'$.lines'),
		'totals', json(body->'$.totals'))
		FROM invoice WHERE date BETWEEN ? AND ? GROUP BY substr(date, 1, 7), kind, body->'$.lines', body->'$.totals'`,
		string(p.Since), lastDay(p))
}

// Owing gives the orders that are invoiced and not paid, and their invoices: of
// each only what order.Owing asks.
func (r Reader) Owing(ctx context.Context) (orders []order.Order, invoices []order.Invoice, err error) {
	orders, err = rowsOf(ctx, r, `SELECT version, json_object('id', id, 'basis', body->'$.basis', 'invoice', body->'$.invoice',
		'steps', json_array(json_object('state', state)), 'lines', body->'$.lines', 'credit', body->'$.credit',
		'credited', body->'$.credited',
		'payments', body->'$.payments', 'paid_on', body->'$.paid_on') FROM book_order WHERE deleted_at IS NULL AND state = ?`,
		func(*order.Order, int64) {}, string(order.Invoiced))
	if err != nil {
		return nil, nil, err
	}
	invoices, err = rowsOf(ctx, r, `SELECT version, json_object('id', id, 'kind', kind, 'series', series, 'year', year, 'count', count,
		'date', date, 'due', body->'$.due', 'order_number', body->'$.order_number', 'buyer', json_object('name', body->'$.buyer.name'),
		'totals', json_object('gross', gross)) FROM invoice WHERE kind = ? AND book_order IN (SELECT id FROM book_order WHERE state = ?)`,
		func(*order.Invoice, int64) {}, string(order.KindInvoice), string(order.Invoiced))
	return orders, invoices, err
}

func lastDay(p order.Period) string {
	if p.Until == "" {
		return "9999-12-31"
	}
	return string(p.Until)
}

// alike reads rows of a count and a body.
func alike[T any](ctx context.Context, r Reader, query string, args ...any) ([]order.Alike[T], error) {
	var times []int
	list, err := rowsOf(ctx, r, query, func(_ *T, n int64) { times = append(times, int(n)) }, args...)
	out := make([]order.Alike[T], len(list))
	for i, v := range list {
		out[i] = order.Alike[T]{Of: v, Times: times[i]}
	}
	return out, err
}

// Served gives, by buyer, the number of the order that delivered the digital
// copy of an edition.
func (r Reader) Served(ctx context.Context, edition repertoire.ID) (map[repertoire.ID]string, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT buyer, year, count FROM book_order WHERE deleted_at IS NULL AND state <> ?
		AND instr(body, ?) > 0 AND coalesce(body->>'$.delivered', '') <> '' AND EXISTS (SELECT 1 FROM json_each(body, '$.lines')
		WHERE value->>'$.format' = ? AND value->>'$.edition.id' = ?) ORDER BY year, count`,
		string(order.Cancelled), string(edition), string(order.Digital), string(edition))
	if err != nil {
		return nil, explain(err)
	}
	out := map[repertoire.ID]string{}
	err = each(rows, func(rows *sql.Rows) error {
		var buyer repertoire.ID
		var year, count int
		err := rows.Scan(&buyer, &year, &count)
		out[buyer] = order.Number("C", year, count)
		return err
	})
	return out, explain(err)
}
