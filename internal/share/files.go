package share

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
)

// pieceSize bounds one piece of a file on the server, and so what either side
// holds of it in memory.
const pieceSize = 1 << 20

// Missing lists those of the sums (SHA-256, hexadecimal) that the server does
// not have.
func (b *Base) Missing(ctx context.Context, sums []string) ([]string, error) {
	if len(sums) == 0 {
		return nil, nil
	}
	rows, err := b.pool.Query(ctx,
		`SELECT DISTINCT s FROM unnest($1::text[]) AS x(s) WHERE NOT EXISTS (SELECT 1 FROM repertoire.blob WHERE sha256 = s) ORDER BY s`,
		sums)
	if err != nil {
		return nil, explain(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return out, explain(err)
}

// PutFile keeps a file on the server, whole or not at all; bytes that are not
// those of sum are refused.
func (b *Base) PutFile(ctx context.Context, sum string, r io.Reader) error {
	err := pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		h := sha256.New()
		piece := make([]byte, pieceSize)
		size := int64(0)
		for rank := 0; ; rank++ {
			n, err := io.ReadFull(r, piece)
			if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return err
			}
			if n == 0 {
				break
			}
			h.Write(piece[:n])
			size += int64(n)
			if _, err := tx.Exec(ctx, `INSERT INTO repertoire.piece(sha256, rank, bytes) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, sum,
				rank, piece[:n]); err != nil {
				return err
			}
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != sum {
			return repertoire.Damage(sum, errors.New("checksum differs"),
				"Un fichier joint est abîmé (%.12s…) : il n’a pas été partagé. Ajoutez-le de nouveau à la fiche.", sum)
		}
		_, err := tx.Exec(ctx, `INSERT INTO repertoire.blob(sha256, size) VALUES ($1,$2) ON CONFLICT DO NOTHING`, sum, size)
		return err
	})
	return explain(err)
}

// File writes a file of the server to w; found is false when it has none.
func (b *Base) File(ctx context.Context, sum string, w io.Writer) (found bool, err error) {
	h := sha256.New()
	for rank := 0; ; rank++ {
		var piece []byte
		err := b.pool.QueryRow(ctx,
			`SELECT p.bytes FROM repertoire.piece p JOIN repertoire.blob USING (sha256) WHERE sha256 = $1 AND rank = $2`, sum,
			rank).Scan(&piece)
		if errors.Is(err, pgx.ErrNoRows) {
			break
		}
		if err != nil {
			return false, explain(err)
		}
		found = true
		h.Write(piece)
		if _, err := w.Write(piece); err != nil {
			return false, err
		}
	}
	if found && hex.EncodeToString(h.Sum(nil)) != sum {
		return false, damaged(errors.New("a file differs from its sum"))
	}
	return found, nil
}

// Complete opens the base to others: the first sharing is over.
func (b *Base) Complete(ctx context.Context, lineage string) error {
	_, err := b.pool.Exec(ctx, `UPDATE repertoire.head SET complete = true WHERE lineage = $1`, lineage)
	return explain(err)
}
