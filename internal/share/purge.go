package share

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"

	"github.com/jackc/pgx/v5"
)

// Unspoken are files of the server that nothing there speaks of, with their sizes.
type Unspoken struct {
	Sizes map[string]int64
	// upTo is the last row that was read for it.
	upTo int64
	sums func([]byte) []string
}

// Bytes is what they take.
func (u Unspoken) Bytes() (n int64) {
	for _, size := range u.Sizes {
		n += size
	}
	return n
}

// Unspoken finds the files of which no row of the journal and no shared file
// speaks, among some sums or, if there are none, among all; sums reads them out of
// a text. progress may be nil.
func (b *Base) Unspoken(ctx context.Context, among []string, sums func([]byte) []string, progress func(done, total int)) (Unspoken, error) {
	u := Unspoken{Sizes: map[string]int64{}, sums: sums}
	h, err := b.headOf(ctx, b.pool, false)
	if err != nil {
		return u, explain(err)
	}
	rows, err := b.pool.Query(ctx, `SELECT sha256, size FROM repertoire.blob WHERE ($1::text[] IS NULL OR sha256 = ANY($1::text[]))
		AND NOT EXISTS (SELECT 1 FROM repertoire.file f WHERE f.sha256 = blob.sha256)`, among)
	if err != nil {
		return u, explain(err)
	}
	var sum string
	var size int64
	if _, err := pgx.ForEachRow(rows, []any{&sum, &size}, func() error { u.Sizes[sum] = size; return nil }); err != nil {
		return u, explain(err)
	}
	for u.upTo < h.Last && len(u.Sizes) > 0 {
		read, err := u.read(ctx, b.pool)
		if err != nil || read == 0 {
			return u, explain(err)
		}
		if progress != nil {
			progress(int(u.upTo), int(h.Last))
		}
	}
	u.upTo = max(u.upTo, h.Last)
	return u, nil
}

// readOps gives what one reading of the journal looks through.
const readOps = `SELECT number, ops FROM (
	SELECT *, sum(length(ops)) OVER (ORDER BY number) - length(ops) AS before FROM (
		SELECT number, ops FROM repertoire.journal WHERE number > $1 ORDER BY number LIMIT $2) AS next) AS all_next
	WHERE before < $3 ORDER BY number`

// read looks through the rows after upTo and drops what they speak of.
func (u *Unspoken) read(ctx context.Context, q querier) (n int, err error) {
	rows, err := q.Query(ctx, readOps, u.upTo, rowsLimit, bytesLimit)
	if err != nil {
		return 0, err
	}
	var number int64
	var packed []byte
	_, err = pgx.ForEachRow(rows, []any{&number, &packed}, func() error {
		n, u.upTo = n+1, number
		return u.drop(packed)
	})
	return n, err
}

func (u *Unspoken) drop(packed []byte) error {
	if len(packed) > largeRow {
		for op, err := range eachOp(packed) {
			if err != nil {
				return err
			}
			u.dropFrom(op.Before)
			u.dropFrom(op.After)
		}
		return nil
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return damaged(err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, opsLimit))
	if err != nil {
		return damaged(err)
	}
	u.dropFrom(raw)
	return nil
}

func (u *Unspoken) dropFrom(text []byte) {
	for _, sum := range u.sums(text) {
		delete(u.Sizes, sum)
	}
}

// Remove takes them off the server, but for those that were spoken of meanwhile.
// While it does nobody appends: who refers to a file afterwards looks whether it
// is there once more (see Missing) and sends it again.
func (b *Base) Remove(ctx context.Context, u Unspoken) (Unspoken, error) {
	err := pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		if _, err := b.headOf(ctx, tx, true); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `LOCK TABLE repertoire.file IN SHARE MODE`); err != nil {
			return err
		}
		for n := 1; n > 0 && len(u.Sizes) > 0; {
			var err error
			if n, err = u.read(ctx, tx); err != nil {
				return err
			}
		}
		gone := make([]string, 0, len(u.Sizes))
		for sum := range u.Sizes {
			gone = append(gone, sum)
		}
		rows, err := tx.Query(ctx, `DELETE FROM repertoire.blob WHERE sha256 = ANY($1)
			AND NOT EXISTS (SELECT 1 FROM repertoire.file f WHERE f.sha256 = blob.sha256) RETURNING sha256, size`, gone)
		if err != nil {
			return err
		}
		clear(u.Sizes)
		var sum string
		var size int64
		if _, err := pgx.ForEachRow(rows, []any{&sum, &size}, func() error { u.Sizes[sum] = size; return nil }); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM repertoire.piece WHERE NOT EXISTS (SELECT 1 FROM repertoire.blob b WHERE b.sha256 = piece.sha256)
			AND sha256 = ANY($1)`, gone)
		return err
	})
	return u, explain(err)
}
