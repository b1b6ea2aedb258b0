package share

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
)

// ErrForked: the server's journal is not the one the desk has followed: it was
// restored from an older backup, or altered. Nothing is pulled or pushed until
// a person has chosen; see Common.
var ErrForked = &repertoire.Error{Kind: repertoire.Conflicting,
	Message: "La base partagée n’est plus celle que ce poste a suivie : elle a sans doute été restaurée d’une sauvegarde plus ancienne. Rien n’a été envoyé ni repris. Ce poste peut lui rendre ce qui manque (« Rendre ce qui manque »)."}

// rowsLimit and bytesLimit bound one pull.
const (
	rowsLimit  = 500
	bytesLimit = 4 << 20 // packed: some forty megabytes of records
)

// Pull gives the rows after head, oldest first, at most a few hundred; hash is
// that of row head as the desk knows it. It checks the chain: ErrForked when
// the server's journal does not continue the desk's. last is the newest number
// there.
func (b *Base) Pull(ctx context.Context, lineage string, head int64, hash []byte) (rows []repertoire.Shared, last int64, err error) {
	h, err := b.headOf(ctx, b.pool, false)
	if err != nil {
		return nil, h.Last, explain(err)
	}
	if h.Lineage != lineage {
		return nil, h.Last, ErrOther
	}
	if hash == nil {
		hash = origin(lineage)
	}
	if h.Last < head {
		return nil, h.Last, ErrForked
	}
	if h.Last == head {
		if !bytes.Equal(h.Hash, hash) {
			return nil, h.Last, ErrForked
		}
		return nil, h.Last, nil
	}
	if err := b.sameAt(ctx, lineage, head, hash); err != nil {
		return nil, h.Last, err
	}
	rows, err = b.read(ctx, head, hash)
	return rows, h.Last, explain(err)
}

func (b *Base) sameAt(ctx context.Context, lineage string, number int64, hash []byte) error {
	if number == 0 {
		return nil
	}
	var there []byte
	err := b.pool.QueryRow(ctx, `SELECT hash FROM repertoire.journal WHERE number = $1`, number).Scan(&there)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && !bytes.Equal(there, hash) {
		return ErrForked
	}
	return explain(err)
}

func (b *Base) read(ctx context.Context, after int64, hash []byte) ([]repertoire.Shared, error) {
	rows, err := b.pool.Query(ctx, `SELECT number, change, desk, login, author, at, cause, label, undoes, ops, ops_hash, hash, erased
		FROM repertoire.journal WHERE number > $1 ORDER BY number LIMIT $2`, after, rowsLimit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []repertoire.Shared
	size := 0
	for rows.Next() && size < bytesLimit {
		var x repertoire.Shared
		var packed, sum []byte
		var erased string
		c := &x.Change
		if err := rows.Scan(&x.Number, &c.ID, &x.Desk, &x.Login, &c.Author, &c.At, &c.Cause, &c.Label, &c.Undoes, &packed, &sum, &x.Hash,
			&erased); err != nil {
			return nil, err
		}
		c.At = c.At.UTC()
		if x.Number != after+1 || !bytes.Equal(x.Hash, chain(hash, x, sum)) {
			return nil, damaged(errors.New("the chain is broken"))
		}
		after, hash = x.Number, x.Hash
		if len(packed) > largeRow && erased == "" {
			if x.Each, err = large(packed, sum); err != nil {
				return nil, err
			}
			if x.Each != nil {
				size += len(packed)
				out = append(out, x)
				continue
			}
		}
		if c.Ops, err = unpack(packed); err != nil {
			return nil, err
		}
		if x.Erased = erasedIDs(erased); len(x.Erased) == 0 {
			if err := sameOps(c.Ops, sum); err != nil {
				return nil, err
			}
		}
		size += len(packed)
		out = append(out, x)
	}
	return out, rows.Err()
}

// sameOps makes sure that the ops are those that were sent.
func sameOps(ops []repertoire.Op, sum []byte) error {
	raw, err := encode(ops)
	if err != nil {
		return err
	}
	if got := sha256.Sum256(raw); !bytes.Equal(got[:], sum) {
		return damaged(errors.New("ops differ from their sum"))
	}
	return nil
}

// Common finds the last number up to which the server's journal is the desk's;
// known gives the hash the desk has of a number, nil for none.
func (b *Base) Common(ctx context.Context, head int64, known func(int64) ([]byte, error)) (int64, error) {
	h, err := b.headOf(ctx, b.pool, false)
	if err != nil {
		return 0, explain(err)
	}
	// Hashes are chained: equal at one number means equal at all before it.
	low, high := int64(0), min(head, h.Last)
	for low < high {
		middle := (low + high + 1) / 2
		mine, err := known(middle)
		if err != nil {
			return 0, err
		}
		var theirs []byte
		if err := b.pool.QueryRow(ctx, `SELECT hash FROM repertoire.journal WHERE number = $1`, middle).Scan(&theirs); err != nil {
			return 0, explain(err)
		}
		if bytes.Equal(mine, theirs) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low, nil
}

// Hashes calls each for every record of the shared base: its number and the
// hash of its body, nil when it is deleted there.
func (b *Base) Hashes(ctx context.Context, each func(id repertoire.ID, hash []byte) error) error {
	rows, err := b.pool.Query(ctx, `SELECT id, hash FROM repertoire.record`)
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id repertoire.ID
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return explain(err)
		}
		if err := each(id, hash); err != nil {
			return err
		}
	}
	return explain(rows.Err())
}
