package store

import (
	"context"
	"database/sql"
)

// ObjectedEmails lists the e-mail addresses of contacts who objected, in any
// living partnership.
func (r Reader) ObjectedEmails(ctx context.Context) ([]string, error) {
	// The text is looked at first: taking every body apart would last seconds.
	rows, err := r.q.QueryContext(ctx, `SELECT DISTINCT c.value ->> 'email' FROM partnership p, json_each(p.body, '$.contacts') c
		WHERE p.deleted_at IS NULL AND instr(p.body, '"objected":true') > 0 AND c.value ->> 'objected' = 1 AND c.value ->> 'email' <> ''`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) })
	return out, explain(err)
}
