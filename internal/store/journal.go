package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"repertoire/internal/repertoire"
)

// ChangeInfo is a change of the journal without its ops.
type ChangeInfo struct {
	Seq     int64            `json:"-"`
	ID      repertoire.ID    `json:"change"`
	At      time.Time        `json:"at"`
	Author  string           `json:"author"`
	Cause   repertoire.Cause `json:"cause"`
	Label   string           `json:"label"`
	Undoes  repertoire.ID    `json:"-"`
	Records int              `json:"records"`          // how many it wrote
	Undone  bool             `json:"undone,omitempty"` // taken back by a later change that is itself in force
}

// HistoryEntry is one change seen from one record.
type HistoryEntry struct {
	ChangeInfo
	Op repertoire.Op
}

// Sequenced is a whole change with its number.
type Sequenced struct {
	Seq int64
	repertoire.Change
}

const changeColumns = `c.seq, c.id, c.author, c.at, c.cause, c.label, c.undoes, c.ops`

func scanInfo(row interface{ Scan(...any) error }, more ...any) (ChangeInfo, error) {
	var c ChangeInfo
	var at string
	err := row.Scan(append([]any{&c.Seq, &c.ID, &c.Author, &at, &c.Cause, &c.Label, &c.Undoes, &c.Records}, more...)...)
	c.At = parseStamp(at)
	return c, err
}

// LastSeq gives the number of the newest change, 0 when there is none.
func (r Reader) LastSeq(ctx context.Context) (int64, error) {
	var seq sql.NullInt64
	err := r.q.QueryRowContext(ctx, `SELECT max(seq) FROM change`).Scan(&seq)
	return seq.Int64, explain(err)
}

// Lineage names the line of history the sequence numbers belong to. An index
// that remembers another lineage, or a number past LastSeq, is to be rebuilt.
func (r Reader) Lineage(ctx context.Context) (string, error) {
	var v string
	err := r.q.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = 'lineage'`).Scan(&v)
	return v, explain(err)
}

// Change reads a whole change; NotFound when the journal has none of that ID.
func (r Reader) Change(ctx context.Context, id repertoire.ID) (repertoire.Change, error) {
	var seq int64
	err := r.q.QueryRowContext(ctx, `SELECT seq FROM change WHERE id = ?`, string(id)).Scan(&seq)
	if err != nil {
		return repertoire.Change{}, missing(err, "Cette modification n’est pas dans le journal du dossier.")
	}
	c, err := r.changeAt(ctx, seq)
	return c, explain(err)
}

func (r Reader) changeAt(ctx context.Context, seq int64) (repertoire.Change, error) {
	info, err := scanInfo(r.q.QueryRowContext(ctx, `SELECT `+changeColumns+` FROM change c WHERE seq = ?`, seq))
	if err != nil {
		return repertoire.Change{}, err
	}
	rows, err := r.q.QueryContext(ctx, `SELECT aggregate, record, version, before, after FROM change_op WHERE seq = ? ORDER BY rank`, seq)
	if err != nil {
		return repertoire.Change{}, err
	}
	ops, err := collect(rows, func(rows *sql.Rows) (repertoire.Op, error) { return scanOp(rows) })
	return repertoire.Change{ID: info.ID, Author: info.Author, At: info.At, Cause: info.Cause, Label: info.Label, Undoes: info.Undoes,
		Ops: ops}, err
}

// eachOp hands over the ops of a change in their order, a few in memory at a time.
func (r Reader) eachOp(ctx context.Context, seq int64, do func(repertoire.Op) error) error {
	for rank := -1; ; {
		rows, err := r.q.QueryContext(ctx, `SELECT rank, aggregate, record, version, before, after FROM change_op
			WHERE seq = ? AND rank > ? ORDER BY rank LIMIT 100`, seq, rank)
		if err != nil {
			return err
		}
		ops, err := collect(rows, func(rows *sql.Rows) (repertoire.Op, error) { return scanOp(rows, &rank) })
		if err != nil || len(ops) == 0 {
			return err
		}
		for _, op := range ops {
			if err := do(op); err != nil {
				return err
			}
		}
	}
}

// opOf reads what one change wrote of one record.
func (r Reader) opOf(ctx context.Context, seq int64, id repertoire.ID) (op repertoire.Op, err error) {
	rows, err := r.q.QueryContext(ctx, `SELECT aggregate, record, version, before, after FROM change_op WHERE record = ? AND seq = ?`,
		string(id), seq)
	if err != nil {
		return op, err
	}
	ops, err := collect(rows, func(rows *sql.Rows) (repertoire.Op, error) { return scanOp(rows) })
	if err == nil && len(ops) != 1 {
		err = repertoire.Fault(fmt.Errorf("change %d wrote %s %d times", seq, id, len(ops)),
			"Le journal ne se lit plus comme il a été montré : rien n’a été changé. Recommencez.")
	}
	if err != nil {
		return op, err
	}
	return ops[0], nil
}

func scanOp(rows *sql.Rows, more ...any) (repertoire.Op, error) {
	var op repertoire.Op
	var before, after sql.NullString
	err := rows.Scan(append(more, &op.Aggregate, &op.ID, &op.Version, &before, &after)...)
	if before.Valid {
		op.Before = json.RawMessage(before.String)
	}
	if after.Valid {
		op.After = json.RawMessage(after.String)
	}
	return op, err
}

// ChangesSince lists whole changes after seq, oldest first, at most limit.
func (r Reader) ChangesSince(ctx context.Context, seq int64, limit int) ([]Sequenced, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT seq FROM change WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit)
	if err != nil {
		return nil, explain(err)
	}
	seqs, err := collect(rows, func(rows *sql.Rows) (n int64, err error) { err = rows.Scan(&n); return n, err })
	if err != nil {
		return nil, explain(err)
	}
	out := make([]Sequenced, 0, len(seqs))
	for _, n := range seqs {
		c, err := r.changeAt(ctx, n)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, Sequenced{n, c})
	}
	return out, nil
}

// Touched lists the partnerships that an index must look at again to come from
// seq to last: those written, and those whose authorities were. It holds IDs
// of partnerships that are in the trash by now.
func (r Reader) Touched(ctx context.Context, seq int64) (ids []repertoire.ID, last int64, err error) {
	if last, err = r.LastSeq(ctx); err != nil {
		return nil, 0, err
	}
	ids, err = r.ids(ctx, `SELECT record FROM change_op WHERE seq > ?1 AND seq <= ?2 AND aggregate = 'partnership'
		UNION SELECT p.id FROM change_op o JOIN partnership_party q ON q.authority = o.record JOIN partnership p ON p.num = q.partnership
		WHERE o.seq > ?1 AND o.seq <= ?2 AND o.aggregate = 'authority'`, seq, last)
	return ids, last, err
}

// History lists the changes of one record, newest first.
func (r Reader) History(ctx context.Context, a repertoire.Aggregate, id repertoire.ID) ([]HistoryEntry, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT `+changeColumns+`, o.aggregate, o.record, o.version, o.before, o.after
		FROM change_op o JOIN change c USING (seq) WHERE o.record = ? AND o.aggregate = ? ORDER BY seq DESC`, string(id), string(a))
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (h HistoryEntry, err error) {
		var at string
		h.Op, err = scanOp(rows, &h.Seq, &h.ID, &h.Author, &at, &h.Cause, &h.Label, &h.Undoes, &h.Records)
		h.At = parseStamp(at)
		return h, err
	})
	if err != nil {
		return nil, explain(err)
	}
	for i := range out {
		if out[i].Undone, err = r.undone(ctx, out[i].ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Log lists changes without their ops, newest first.
func (r Reader) Log(ctx context.Context, offset, limit int) ([]ChangeInfo, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT `+changeColumns+` FROM change c ORDER BY seq DESC LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (ChangeInfo, error) { return scanInfo(rows) })
	if err != nil {
		return nil, explain(err)
	}
	for i := range out {
		if out[i].Undone, err = r.undone(ctx, out[i].ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// undone tells whether a change is taken back: whether some change undoes it
// that is not itself taken back.
func (r Reader) undone(ctx context.Context, id repertoire.ID) (bool, error) {
	by, err := r.undoneBy(ctx, id)
	return by != "", err
}

// undoneBy gives the change in force that takes id back, "" when none does.
func (r Reader) undoneBy(ctx context.Context, id repertoire.ID) (repertoire.ID, error) {
	undoers, err := r.ids(ctx, `SELECT id FROM change WHERE undoes = ? ORDER BY seq DESC`, string(id))
	if err != nil {
		return "", err
	}
	for _, u := range undoers {
		back, err := r.undoneBy(ctx, u)
		if err != nil {
			return "", err
		}
		if back == "" {
			return u, nil
		}
	}
	return "", nil
}

// info reads a change without its ops.
func (r Reader) info(ctx context.Context, id repertoire.ID) (ChangeInfo, error) {
	c, err := scanInfo(r.q.QueryRowContext(ctx, `SELECT `+changeColumns+` FROM change c WHERE id = ?`, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return c, repertoire.Missing("Cette modification n’est pas dans le journal du dossier.")
	}
	return c, explain(err)
}
