package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"repertoire/internal/repertoire"
)

// LogFilter narrows the journal.
type LogFilter struct {
	Author string // "" everybody
	Cause  repertoire.Cause
	// Label tells whether a label answers; nil lets all through.
	Label func(string) bool
}

// SearchLog lists the changes that answer, newest first, and counts them all.
// Only the labels of the journal are read, never its bodies.
func (r Reader) SearchLog(ctx context.Context, f LogFilter, offset, limit int) (page []ChangeInfo, total int, err error) {
	rows, err := r.q.QueryContext(ctx, `SELECT `+changeColumns+` FROM change c
		WHERE (?1 = '' OR c.author = ?1) AND (?2 = '' OR c.cause = ?2) ORDER BY seq DESC`, f.Author, string(f.Cause))
	if err != nil {
		return nil, 0, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanInfo(rows)
		if err != nil {
			return nil, 0, explain(err)
		}
		if f.Label != nil && !f.Label(c.Label) {
			continue
		}
		if total >= offset && len(page) < limit {
			page = append(page, c)
		}
		total++
	}
	if err := rows.Err(); err != nil {
		return nil, 0, explain(err)
	}
	for i := range page {
		if page[i].Undone, err = r.undone(ctx, page[i].ID); err != nil {
			return nil, 0, explain(err)
		}
	}
	return page, total, nil
}

// LogAuthors lists who signed changes.
func (r Reader) LogAuthors(ctx context.Context) ([]string, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT DISTINCT author FROM change ORDER BY author`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (s string, err error) { err = rows.Scan(&s); return s, err })
	return out, explain(err)
}

// TitleOf names a record for a person, as it is or as body says it was.
func (r Reader) TitleOf(ctx context.Context, a repertoire.Aggregate, id repertoire.ID, body json.RawMessage) string {
	return r.titleOf(ctx, a, id, body)
}

// ChangeNamed reads a change with its state and its ops.
func (r Reader) ChangeNamed(ctx context.Context, id repertoire.ID) (ChangeInfo, []repertoire.Op, error) {
	info, err := r.info(ctx, id)
	if err != nil {
		return info, nil, err
	}
	if info.Undone, err = r.undone(ctx, id); err != nil {
		return info, nil, explain(err)
	}
	c, err := r.changeAt(ctx, info.Seq)
	return info, c.Ops, explain(err)
}
