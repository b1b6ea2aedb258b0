package store

import (
	"context"
	"database/sql"

	"repertoire/internal/repertoire"
)

// ReviewRow is one line of the queue "À vérifier".
type ReviewRow struct {
	Row
	Due          repertoire.Date // see repertoire.Freshness
	Missing      int             // essential fields that are empty
	Completeness int             // percent
}

// ReviewQueue lists the living partnerships due to be verified by a day ("" all
// of them), the longest overdue first, then the emptiest; in one directory
// when not "". total counts them all.
func (r Reader) ReviewQueue(ctx context.Context, directory string, by repertoire.Date, offset, limit int) (rows []ReviewRow, total int,
	err error) {
	where, args := BrowseQuery{Directory: directory}.where("")
	if by != "" {
		where, args = where+` AND p.review_due <= ?`, append(args, string(by))
	}
	if err := r.q.QueryRowContext(ctx, `SELECT count(*) FROM partnership p WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, explain(err)
	}
	found, err := r.q.QueryContext(ctx, `SELECT `+rowColumns+`, p.review_due, p.missing, p.completeness FROM partnership p WHERE `+where+`
		ORDER BY p.review_due, p.missing DESC, p.num LIMIT ? OFFSET ?`, append(args, limit, offset)...)
	if err != nil {
		return nil, 0, explain(err)
	}
	rows, err = collect(found, func(rows *sql.Rows) (x ReviewRow, err error) {
		x.Row, err = scanRow(rows, &x.Due, &x.Missing, &x.Completeness)
		return x, err
	})
	return rows, total, explain(err)
}

// UpToDate counts, in one directory or in all ("" ), the living partnerships
// and those not yet due on a day: "si l’on figeait aujourd’hui : 82 % à jour".
func (r Reader) UpToDate(ctx context.Context, directory string, day repertoire.Date) (fresh, total int, err error) {
	where, args := BrowseQuery{Directory: directory}.where("")
	err = r.q.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE p.review_due > ?), count(*) FROM partnership p WHERE `+where,
		append([]any{string(day)}, args...)...).Scan(&fresh, &total)
	return fresh, total, explain(err)
}
