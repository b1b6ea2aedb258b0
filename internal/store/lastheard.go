package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"repertoire/internal/repertoire"
)

// LastWritten gives when each record of a kind was last written by a person,
// from the journal.
func (r Reader) LastWritten(ctx context.Context, a repertoire.Aggregate) (map[repertoire.ID]time.Time, error) {
	rows, err := r.q.QueryContext(ctx,
		`SELECT o.record, max(c.at) FROM change_op o JOIN change c USING (seq) WHERE o.aggregate = ? AND c.cause <> ? GROUP BY o.record`,
		string(a), string(repertoire.CauseErase))
	if err != nil {
		return nil, explain(err)
	}
	out := map[repertoire.ID]time.Time{}
	err = each(rows, func(rows *sql.Rows) error {
		var id repertoire.ID
		var at string
		err := rows.Scan(&id, &at)
		out[id] = parseStamp(at)
		return err
	})
	return out, explain(err)
}

// FirstNaming gives when the oldest version of the journal that is so was
// written, the zero time for none.
func (r Reader) FirstNaming(ctx context.Context, is func(Body) bool) (first time.Time, err error) {
	rows, err := r.q.QueryContext(ctx,
		`SELECT c.at, o.aggregate, o.record, o.before, o.after FROM change_op o JOIN change c USING (seq) ORDER BY o.num`)
	if err != nil {
		return first, explain(err)
	}
	err = each(rows, func(rows *sql.Rows) error {
		var b Body
		var at string
		var sides [2]sql.NullString
		if err := rows.Scan(&at, &b.Aggregate, &b.ID, &sides[0], &sides[1]); err != nil {
			return err
		}
		for _, side := range sides {
			if b.JSON = json.RawMessage(side.String); side.Valid && is(b) {
				first = parseStamp(at)
				return errFound
			}
		}
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return first, explain(err)
}

// errFound ends a search.
var errFound = errors.New("found")
