package store

import (
	"context"
	"database/sql"
)

// DirectoryNames gives the short names of the living répertoires by slug, ""
// where there is none, without the texts and pictures that a whole one holds,
// and their titles.
func (r Reader) DirectoryNames(ctx context.Context) (short, titles map[string]string, err error) {
	rows, err := r.q.QueryContext(ctx,
		`SELECT slug, coalesce(body ->> 'short', ''), coalesce(body ->> 'title', '') FROM directory WHERE deleted_at IS NULL`)
	if err != nil {
		return nil, nil, explain(err)
	}
	list, err := collect(rows, func(rows *sql.Rows) (x [3]string, err error) { return x, rows.Scan(&x[0], &x[1], &x[2]) })
	short, titles = make(map[string]string, len(list)), make(map[string]string, len(list))
	for _, x := range list {
		short[x[0]], titles[x[0]] = x[1], x[2]
	}
	return short, titles, explain(err)
}
