package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"repertoire/internal/repertoire"
)

// sameContent compares two bodies without their bookkeeping.
func sameContent(a, b json.RawMessage) (bool, error) {
	changes, err := repertoire.Compare(a, b)
	return len(changes) == 0, err
}

// current reads a record with its trash state.
func (r Reader) current(ctx context.Context, a repertoire.Aggregate, id repertoire.ID) (current, error) {
	var c current
	var body sql.NullString
	err := r.q.QueryRowContext(ctx, `SELECT num, version, deleted_at IS NOT NULL, body FROM `+string(a)+` WHERE id = ?`, string(id)).
		Scan(&c.num, &c.version, &c.trashed, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return current{}, nil
	}
	if err != nil {
		return current{}, explain(err)
	}
	c.found = true
	if body.Valid {
		c.body = json.RawMessage(body.String)
	}
	return c, nil
}

// lastTouch finds the latest change after seq that changed a field of the
// record ("" any field).
func (r Reader) lastTouch(ctx context.Context, id repertoire.ID, seq int64, field string) (ChangeInfo, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT `+changeColumns+`, o.before, o.after FROM change_op o JOIN change c USING (seq)
		WHERE o.record = ? AND seq > ? ORDER BY seq DESC`, string(id), seq)
	if err != nil {
		return ChangeInfo{}, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var before, after sql.NullString
		c, err := scanInfo(rows, &before, &after)
		if err != nil {
			return ChangeInfo{}, explain(err)
		}
		if field == "" {
			return c, nil
		}
		var b, a map[string]json.RawMessage
		if b, err = fieldsOf(rawOf(before)); err != nil {
			return ChangeInfo{}, err
		}
		if a, err = fieldsOf(rawOf(after)); err != nil {
			return ChangeInfo{}, err
		}
		if string(b[field]) != string(a[field]) {
			return c, nil
		}
	}
	return ChangeInfo{}, explain(rows.Err())
}

func rawOf(s sql.NullString) json.RawMessage {
	if !s.Valid {
		return nil
	}
	return json.RawMessage(s.String)
}

// titleOf names a record for a person.
func (r Reader) titleOf(ctx context.Context, a repertoire.Aggregate, id repertoire.ID, body json.RawMessage) string {
	if a == repertoire.AggPartnership {
		var title string
		if r.q.QueryRowContext(ctx, `SELECT title FROM partnership WHERE id = ?`, string(id)).Scan(&title) == nil && title != "" {
			return title
		}
		return string(id)
	}
	if body != nil {
		if record, err := read(a, body, false); err == nil {
			return nameOf(record)
		}
	}
	return fmt.Sprintf("%s %s", a, id)
}
