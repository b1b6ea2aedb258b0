package store

import (
	"database/sql"
	"encoding/json"
	"errors"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// yieldDirectory puts this desk's own unsent répertoires of the same identifier
// aside: the shared one stands, and holds what was filed under them. Those in
// the trash count, for what waits would bring them to life at other desks.
func (r *receiver) yieldDirectory(op repertoire.Op, v *repertoire.Directory) error {
	rows, err := r.tx.QueryContext(r.ctx,
		`SELECT id, body, deleted_at IS NULL FROM directory WHERE slug = ? AND id <> ? AND body IS NOT NULL`, v.Slug, string(op.ID))
	if err != nil {
		return err
	}
	type mine struct {
		id    repertoire.ID
		body  string
		alive bool
	}
	all, err := collect(rows, func(rows *sql.Rows) (m mine, err error) { err = rows.Scan(&m.id, &m.body, &m.alive); return m, err })
	if err != nil {
		return err
	}
	for _, m := range all {
		if _, err :=
			r.exec(`INSERT OR IGNORE INTO share_aside(change, record) SELECT c.id, o.record FROM change_op o JOIN change c USING (seq)
			LEFT JOIN share_sent s USING (seq) WHERE o.record = ? AND o.seq > ? AND s.seq IS NULL`, string(m.id), r.link.Since); err != nil {
			return err
		}
		if !m.alive {
			continue
		}
		if _, err := r.exec(`UPDATE directory SET deleted_at = ?, version = version + 1 WHERE id = ?`, r.at, string(m.id)); err != nil {
			return err
		}
		yielded := repertoire.Op{Aggregate: repertoire.AggDirectory, ID: m.id}
		d := Dispute{Change: r.row.Change.ID, Kind: DisputeSlug, Mine: json.RawMessage(m.body), Theirs: op.After}
		if err := r.dispute(yielded, []Dispute{d}); err != nil {
			return err
		}
	}
	return nil
}

// yieldOrder gives the next number to an unsent order of this desk that took
// the one a shared order has.
func (r *receiver) yieldOrder(op repertoire.Op, record any) error {
	theirs := record.(*order.Order)
	var id repertoire.ID
	err := r.row1(&id, `SELECT id FROM book_order WHERE year = ? AND count = ? AND id <> ?`, theirs.Year, theirs.Count, string(op.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	var next int
	if err := r.row1(&next, `SELECT max(count) + 1 FROM book_order WHERE year = ?`, theirs.Year); err != nil {
		return err
	}
	var before, after json.RawMessage
	renumber := func(body sql.NullString) (any, error) {
		if !body.Valid {
			return nil, nil
		}
		var mine order.Order
		if err := json.Unmarshal([]byte(body.String), &mine); err != nil {
			return nil, unreadable(err)
		}
		before = json.RawMessage(body.String)
		mine.Count = next
		raw, err := Encode(&mine)
		after = raw
		return string(raw), err
	}
	if err := r.rewriteWaiting(id, renumber); err != nil {
		return err
	}
	var body sql.NullString
	if err := r.row1(&body, `SELECT body FROM book_order WHERE id = ?`, string(id)); err != nil {
		return err
	}
	fresh, err := renumber(body)
	if err != nil {
		return err
	}
	var mine order.Order
	if err := json.Unmarshal(after, &mine); err != nil {
		return unreadable(err)
	}
	if _, err := r.exec(`UPDATE book_order SET count = ?, folded = ?, body = ?, version = version + 1 WHERE id = ?`,
		next, foldedOrder(&mine), fresh, string(id)); err != nil {
		return err
	}
	return r.dispute(repertoire.Op{Aggregate: repertoire.AggOrder, ID: id},
		[]Dispute{{Change: r.row.Change.ID, Kind: DisputeNumber, Before: before, Mine: after, Theirs: op.After}})
}

// rewriteWaiting changes the bodies of one record in the changes that wait:
// until they are sent, they are this desk's own.
func (r *receiver) rewriteWaiting(id repertoire.ID, change func(sql.NullString) (any, error)) error {
	type version struct {
		num           int64
		before, after sql.NullString
	}
	rows, err := r.tx.QueryContext(r.ctx, `SELECT o.num, o.before, o.after FROM change_op o LEFT JOIN share_sent s USING (seq)
		WHERE o.record = ? AND o.seq > ? AND s.seq IS NULL ORDER BY o.seq`, string(id), r.link.Since)
	if err != nil {
		return err
	}
	all, err := collect(rows, func(rows *sql.Rows) (v version, err error) {
		err = rows.Scan(&v.num, &v.before, &v.after)
		return v, err
	})
	if err != nil {
		return err
	}
	for _, v := range all {
		before, err := change(v.before)
		if err != nil {
			return err
		}
		after, err := change(v.after)
		if err != nil {
			return err
		}
		if _, err := r.exec(`UPDATE change_op SET before = ?, after = ? WHERE num = ?`, before, after, v.num); err != nil {
			return err
		}
	}
	return nil
}

// forget clears from the journal here what another desk erased at a person's
// demand: every older body of the records, those of waiting changes included,
// which keep only what the erasure left.
func (r *receiver) forget() error {
	for _, op := range r.row.Change.Ops {
		table := string(op.Aggregate)
		var body sql.NullString
		err := r.row1(&body, `SELECT body FROM `+table+` WHERE id = ? AND deleted_at IS NULL`, string(op.ID))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		clean := func(old sql.NullString) (any, error) {
			if !old.Valid || !body.Valid {
				return nil, nil
			}
			return body.String, nil
		}
		if err := r.rewriteWaiting(op.ID, clean); err != nil {
			return err
		}
		if _, err := r.exec(`UPDATE change_op SET before = NULL, after = NULL, erased = 1 WHERE record = ? AND aggregate = ?
			AND (seq <= ? OR seq IN (SELECT seq FROM share_sent))`, string(op.ID), table, r.link.Since); err != nil {
			return err
		}
		if _, err := r.exec(`UPDATE share_dispute SET before = NULL, mine = NULL, theirs = NULL, settled = 'effacé' WHERE record = ?`,
			string(op.ID)); err != nil {
			return err
		}
		if body.Valid {
			continue
		}
		if _, err := r.exec(blank(op.Aggregate), int64(1), string(op.ID)); err != nil {
			return err
		}
	}
	return nil
}

// reclaimDirectory brings back a répertoire that this desk has deleted and that
// a shared partnership is filed under.
func (a *applier) reclaimDirectory(slug string) error {
	var id repertoire.ID
	err := a.row(`SELECT id FROM directory WHERE slug = ? AND deleted_at IS NOT NULL AND body IS NOT NULL ORDER BY deleted_at DESC LIMIT 1`,
		slug).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // it comes with a later row
	}
	if err != nil {
		return err
	}
	return a.reclaim("directory", id)
}
