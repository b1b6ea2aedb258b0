package store

import (
	"database/sql"
	"encoding/hex"

	"repertoire/internal/repertoire"
)

// again offers once more what the row, given back to a restored server by
// another desk, lacks of the change as this desk has it: there, use had kept a
// record alive that the change deletes, so that its journal has no such op. Every
// desk that lacks the same makes the same change of it.
func (r *receiver) again() error {
	if r.row.Change.Cause == repertoire.CauseErase {
		return nil
	}
	has := map[repertoire.ID]bool{}
	for _, op := range r.row.Change.Ops {
		has[op.ID] = true
	}
	if r.row.Each != nil {
		for op, err := range r.row.Each {
			if err != nil {
				return err
			}
			has[op.ID] = true
		}
	}
	rows, err := r.tx.QueryContext(r.ctx, `SELECT o.aggregate, o.record, o.version, o.before, o.after FROM change_op o JOIN change c USING (seq)
		LEFT JOIN share_aside x ON x.change = c.id AND x.record = o.record
		WHERE c.id = ? AND c.seq > ? AND x.change IS NULL AND o.erased = 0 ORDER BY o.rank`, string(r.row.Change.ID), r.link.Since)
	if err != nil {
		return err
	}
	all, err := collect(rows, func(rows *sql.Rows) (repertoire.Op, error) { return scanOp(rows) })
	if err != nil {
		return err
	}
	c := r.row.Change
	c.ID, c.Ops = repertoire.DeriveID("again:"+string(c.ID)+":"+hex.EncodeToString(r.row.Hash)), nil
	for _, op := range all {
		if has[op.ID] {
			continue
		}
		was, err := r.read(op.Aggregate, op.ID)
		if err != nil {
			return err
		}
		// A deletion that something has taken back since goes its own way; what was
		// written is put on what is there, field by field.
		if op.After != nil || was.alive() == nil {
			c.Ops = append(c.Ops, op)
		}
	}
	if len(c.Ops) == 0 {
		return nil
	}
	for _, op := range c.Ops {
		if r.waiting != nil {
			r.waiting[op.ID] = true
		}
	}
	_, err = newApplier(r.ctx, r.tx, c).journal(c.Ops)
	return err
}
