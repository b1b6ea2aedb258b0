package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// DisputeKind says what two desks did to one record.
type DisputeKind string

// Each pair of deeds has its rule; the tests of workspace/sharing try them both
// ways round.
const (
	// DisputeField: both wrote one field. Theirs stands, mine is offered.
	DisputeField DisputeKind = "champ"
	// DisputeDeleted: I deleted what they have edited. The record stays.
	DisputeDeleted DisputeKind = "supprimee-ici"
	// DisputeRevived: I edited what they have deleted. The record comes back.
	DisputeRevived DisputeKind = "supprimee-ailleurs"
	// DisputeSlug: both made a répertoire of one identifier. Theirs stands, mine
	// is in the trash; what it held is in theirs.
	DisputeSlug DisputeKind = "identifiant"
	// DisputeNumber: both gave one number to an order. Mine took the next.
	DisputeNumber DisputeKind = "numero"
)

// Dispute is something written differently at two desks. Nothing of either is
// lost: Theirs is in force (or the record, where a whole record is at stake),
// Mine waits for a choice.
type Dispute struct {
	Num       int64
	Change    repertoire.ID // the waiting change of this desk
	Aggregate repertoire.Aggregate
	Record    repertoire.ID
	Kind      DisputeKind
	Field     string // JSON name, "" for the whole record
	Before    json.RawMessage
	Mine      json.RawMessage
	Theirs    json.RawMessage
	By        string // who wrote theirs
	At        time.Time
}

// waitingOp is what a change that waits to be sent does to one record.
type waitingOp struct {
	change        repertoire.ID
	before, after json.RawMessage
}

// waitingOps lists what waits on one record, oldest first.
func waitingOps(ctx context.Context, q queryer, since int64, record repertoire.ID) ([]waitingOp, error) {
	rows, err := q.QueryContext(ctx, `SELECT c.id, o.before, o.after FROM change_op o JOIN change c USING (seq)
		LEFT JOIN share_sent s USING (seq) LEFT JOIN share_aside x ON x.change = c.id AND x.record = o.record
		WHERE o.record = ? AND o.seq > ? AND s.seq IS NULL AND x.change IS NULL ORDER BY o.seq`, string(record), since)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (w waitingOp, err error) {
		var before, after sql.NullString
		err = rows.Scan(&w.change, &before, &after)
		if before.Valid {
			w.before = json.RawMessage(before.String)
		}
		if after.Valid {
			w.after = json.RawMessage(after.String)
		}
		return w, err
	})
}

// fold makes the waiting ops again on a shared body: what a record comes to
// here, nil when it is deleted. It gives the same answer each time it is asked,
// and what could not stand as a dispute.
func fold(a repertoire.Aggregate, id repertoire.ID, shared json.RawMessage, waiting []waitingOp) (json.RawMessage, []Dispute, error) {
	body := shared
	var disputes []Dispute
	for _, w := range waiting {
		d := Dispute{Change: w.change, Aggregate: a, Record: id, Before: w.before, Mine: w.after, Theirs: body}
		switch {
		case w.after == nil && body == nil:
		case w.after == nil && unchanged(w.before, body):
			body = nil
		case w.after == nil:
			d.Kind = DisputeDeleted
			disputes = append(disputes, d)
		case body == nil:
			if w.before != nil {
				d.Kind = DisputeRevived
				disputes = append(disputes, d)
			}
			body = w.after
		case bytes.Equal(w.before, body):
			body = w.after
		default:
			merged, clashes, err := mergeBodies(a, w.before, w.after, body)
			if err != nil {
				return nil, nil, err
			}
			for _, f := range clashes {
				disputes = slices.DeleteFunc(disputes, func(d Dispute) bool {
					return d.Field == f.Name
				}) // what I wrote last is what I want
				disputes = append(disputes, Dispute{Change: w.change, Aggregate: a, Record: id, Kind: DisputeField, Field: f.Name,
					Before: f.Before, Mine: f.Mine, Theirs: f.Theirs})
			}
			if body, err = canonical(a, merged); err != nil {
				return nil, nil, err
			}
		}
	}
	return body, disputes, nil
}

// mergeBodies puts on theirs what mine changed since before; where both changed
// one field to different contents, theirs stays and the clash is told. Lists
// merge element by element.
func mergeBodies(a repertoire.Aggregate, before, mine, theirs json.RawMessage) (json.RawMessage, []ConflictField, error) {
	c := Conflict{Aggregate: a, Before: before, Mine: mine, Theirs: theirs}
	var err error
	if c.Fields, err = threeWays(a, before, mine, theirs); err != nil {
		return nil, nil, err
	}
	var clashes []ConflictField
	merged, err := c.Merge(func(f ConflictField) bool {
		clashes = append(clashes, f)
		return false
	})
	return merged, clashes, err
}

// canonical writes a body as the store does, so that desks that merged the
// same have the same bytes.
func canonical(a repertoire.Aggregate, body json.RawMessage) (json.RawMessage, error) {
	record, err := read(a, body, false)
	if err != nil {
		return nil, unreadable(err)
	}
	return Encode(record)
}

// keepDispute writes a dispute down, or brings theirs up to date; fresh tells
// that it says something new.
func keepDispute(ctx context.Context, tx *sql.Tx, d Dispute) (fresh bool, err error) {
	res, err := tx.ExecContext(ctx,
		`INSERT INTO share_dispute(change, aggregate, record, kind, field, before, mine, theirs, by, at) VALUES (?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT(change, record, field) DO UPDATE SET theirs = excluded.theirs, by = excluded.by, at = excluded.at
		WHERE share_dispute.settled = '' AND share_dispute.theirs IS NOT excluded.theirs`,
		string(d.Change), string(d.Aggregate), string(d.Record), string(d.Kind), d.Field, text(d.Before), text(d.Mine), text(d.Theirs),
		d.By, stamp(d.At))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Disputes lists what waits for a choice, oldest first.
func (r Reader) Disputes(ctx context.Context) ([]Dispute, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT num, change, aggregate, record, kind, field, before, mine, theirs, by, at
		FROM share_dispute WHERE settled = '' ORDER BY num`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (d Dispute, err error) {
		var at string
		var before, mine, theirs sql.NullString
		err = rows.Scan(&d.Num, &d.Change, &d.Aggregate, &d.Record, &d.Kind, &d.Field, &before, &mine, &theirs, &d.By, &at)
		d.At = parseStamp(at)
		for _, x := range []struct {
			from sql.NullString
			to   *json.RawMessage
		}{{before, &d.Before}, {mine, &d.Mine}, {theirs, &d.Theirs}} {
			if x.from.Valid {
				*x.to = json.RawMessage(x.from.String)
			}
		}
		return d, err
	})
	return out, explain(err)
}

// Settlement makes the op that puts in force the side that is not: mine, but
// theirs of a record that came back because I had edited it. ok is false when
// the record says so already. Apply it as a change like any other, then note the dispute
// as settled.
func (s *Store) Settlement(ctx context.Context, d Dispute) (op repertoire.Op, ok bool, err error) {
	was, err := s.current(ctx, d.Aggregate, d.Record)
	if err != nil {
		return op, false, err
	}
	op = repertoire.Op{Aggregate: d.Aggregate, ID: d.Record, Version: was.version, After: d.Mine}
	switch d.Kind {
	case DisputeDeleted, DisputeRevived: // the side that is not in force deleted it
		op.After = nil
		return op, !bytes.Equal(was.alive(), op.After), nil
	case DisputeField:
		fields, err := fieldsOf(was.body)
		if err != nil {
			return op, false, err
		}
		setField(fields, d.Field, d.Mine)
		if op.After, err = json.Marshal(fields); err != nil {
			return op, false, err
		}
		op.After, err = canonical(d.Aggregate, op.After)
		return op, !bytes.Equal(was.alive(), op.After), err
	}
	return op, false, nil
}

// Settle notes that a person has chosen: "mine" or "theirs".
func (s *Store) Settle(ctx context.Context, num int64, choice string) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE share_dispute SET settled = ?, before = NULL, mine = NULL, theirs = NULL WHERE num = ?`,
			choice, num)
		return err
	})
}
