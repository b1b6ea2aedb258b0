package store

import (
	"context"
	"database/sql"
)

// DirectoryNames gives the short names of the living répertoires by slug, ""
// where there is none. It counts nothing, unlike Directories.
func (r Reader) DirectoryNames(ctx context.Context) (map[string]string, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT slug, coalesce(body ->> 'short', '') FROM directory WHERE deleted_at IS NULL`)
	if err != nil {
		return nil, explain(err)
	}
	list, err := collect(rows, func(rows *sql.Rows) (x [2]string, err error) { return x, rows.Scan(&x[0], &x[1]) })
	out := make(map[string]string, len(list))
	for _, x := range list {
		out[x[0]] = x[1]
	}
	return out, explain(err)
}
