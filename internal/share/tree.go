package share

import (
	"context"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
)

// Files gives the shared files beside the base: the sum of each by its path,
// "" for one that was deleted.
func (b *Base) Files(ctx context.Context) (map[string]string, error) {
	rows, err := b.pool.Query(ctx, `SELECT path, sha256 FROM repertoire.file`)
	if err != nil {
		return nil, explain(err)
	}
	out := map[string]string{}
	var path, sum string
	_, err = pgx.ForEachRow(rows, []any{&path, &sum}, func() error { out[path] = sum; return nil })
	return out, explain(err)
}

// SetFile says what a shared file is now, "" when it is deleted. It was as the
// desk knew it, "" when there was none, or nothing is written: written is then
// false, for another desk came before.
func (b *Base) SetFile(ctx context.Context, desk repertoire.ID, path, was, sum string) (written bool, err error) {
	err = pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `INSERT INTO repertoire.file(path, sha256, desk) VALUES ($1,$2,$3)
			ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, desk = excluded.desk, at = now()
			WHERE repertoire.file.sha256 = $4`, path, sum, string(desk), was)
		if err != nil {
			return err
		}
		if written = tag.RowsAffected() > 0; !written {
			return nil
		}
		_, err = tx.Exec(ctx, `SELECT pg_notify($1, $2)`, journalChannel, filesPayload)
		return err
	})
	return written, explain(err)
}
