package share

import (
	"bytes"
	"context"
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
// there, or the last of the rows when more came in between.
func (b *Base) Pull(ctx context.Context, lineage string, head int64, hash []byte) (rows []repertoire.Shared, last int64, err error) {
	if hash == nil {
		hash = origin(lineage)
	}
	batch := &pgx.Batch{} // one round trip
	batch.Queue(readHead)
	batch.Queue(`SELECT hash FROM repertoire.journal WHERE number = $1`, head)
	batch.Queue(readRows, head, rowsLimit, bytesLimit)
	answers := b.pool.SendBatch(ctx, batch)
	rows, h, err := b.pulled(answers, lineage, head, hash)
	if e := answers.Close(); err == nil {
		err = e
	}
	if errors.Is(err, ErrForked) || errors.Is(err, ErrOther) {
		return nil, h.Last, err
	}
	if err != nil {
		return nil, h.Last, explain(err)
	}
	if n := len(rows); n > 0 {
		h.Last = max(h.Last, rows[n-1].Number)
	}
	return rows, h.Last, nil
}

func (b *Base) pulled(answers pgx.BatchResults, lineage string, head int64, hash []byte) ([]repertoire.Shared, Head, error) {
	h, err := b.scanHead(answers.QueryRow())
	if err != nil {
		return nil, h, err
	}
	var there []byte
	if err = answers.QueryRow().Scan(&there); errors.Is(err, pgx.ErrNoRows) {
		if err = nil; head == 0 {
			there = origin(h.Lineage)
		}
	}
	switch {
	case err != nil:
		return nil, h, err
	case h.Lineage != lineage:
		return nil, h, ErrOther
	case h.Last < head || !bytes.Equal(there, hash):
		return nil, h, ErrForked
	}
	found, err := answers.Query()
	if err != nil {
		return nil, h, err
	}
	rows, err := read(found, head, hash)
	return rows, h, err
}

// readRows gives the rows that one pull brings, and no more: what is not read
// would be sent all the same.
const readRows = `SELECT number, change, desk, login, author, at, cause, label, undoes, ops, ops_hash, hash, erased FROM (
	SELECT *, sum(length(ops)) OVER (ORDER BY number) - length(ops) AS before FROM (
		SELECT * FROM repertoire.journal WHERE number > $1 ORDER BY number LIMIT $2) AS next) AS all_next
	WHERE before < $3 ORDER BY number`

func read(rows pgx.Rows, after int64, hash []byte) ([]repertoire.Shared, error) {
	defer rows.Close()
	var out []repertoire.Shared
	for rows.Next() {
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
		if err := open(&x, packed, sum, erased); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// open gives a row its ops.
func open(x *repertoire.Shared, packed, sum []byte, erased string) (err error) {
	if len(packed) > largeRow && erased == "" {
		if x.Each, err = large(packed, sum); err != nil || x.Each != nil {
			return err
		}
	}
	if x.Erased = erasedIDs(erased); len(x.Erased) > 0 {
		sum = nil
	}
	x.Change.Ops, err = unpack(packed, sum)
	return err
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
