package share

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"repertoire/internal/repertoire"
)

// Push is one change to append.
type Push struct {
	Lineage string
	Desk    repertoire.ID
	Change  repertoire.Change
	// Head is how far the desk has followed the journal, Hash that of the row
	// there as the desk knows it, nil for none.
	Head int64
	Hash []byte
	// Depends are records that must not have moved since; Strict changes must be
	// made on the very end.
	Depends []repertoire.ID
	Strict  bool
	// Last ends a first sharing: others may join from now on.
	Last bool
	// Compose, when set, makes the ops under the lock of the head, with the last
	// number of each series as the server has it: what it numbers follows. Such
	// a change is made on the very end.
	Compose func(last func(series string, year int) (int, error)) ([]repertoire.Op, error)
	// Cleared, when set, is shown each body that an erasure takes out of the journal.
	Cleared func(json.RawMessage)
}

// ErrBehind: the journal went on in a way that matters to the change. Pull,
// make it anew, push again.
var ErrBehind = errors.New("the shared journal went on")

// ErrOther: the server holds another base than the one the desk follows.
var ErrOther = repertoire.Refuse("Le serveur contient une autre base partagée que celle de ce dossier : rien n’y a été écrit. Vérifiez l’adresse auprès de l’administrateur.")

// Push appends a change in one short transaction and gives its row. Of a change
// that is there already, because an answer was lost or another desk gave it back,
// the row tells only where it is (see Shared.There).
func (b *Base) Push(ctx context.Context, p Push) (repertoire.Shared, error) {
	row, err := b.push(ctx, p)
	if errors.Is(err, ErrBehind) || errors.Is(err, ErrUnanswered) {
		return row, err
	}
	return row, explain(err)
}

func (b *Base) push(ctx context.Context, p Push) (repertoire.Shared, error) {
	row := repertoire.Shared{Change: p.Change, Desk: p.Desk}
	if p.Compose != nil {
		return b.pushComposed(ctx, p, row)
	}
	// A large change takes long to pack: nobody waits for it.
	packed, sum, err := packEach(row.Change.Ops)
	if err != nil {
		return row, err
	}
	if b.stepwise.Load() || moreThanRecords(p.Change) {
		return b.pushStepwise(ctx, p, row, packed, sum)
	}
	return b.pushAtOnce(ctx, p, row, packed, sum)
}

// moreThanRecords tells which changes touch more of the server than its journal
// and the list of records: documents move counters, an erasure clears rows.
func moreThanRecords(c repertoire.Change) bool {
	return c.Cause == repertoire.CauseErase || slices.ContainsFunc(c.Ops, func(op repertoire.Op) bool {
		return op.Aggregate == repertoire.AggInvoice && op.After != nil
	})
}

// unknownFunction: the server lacks what appendRow is made of.
func unknownFunction(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "42883" || pg.Code == "0A000")
}

// patience bounds how long a push waits for the others.
const patience = `SELECT set_config('lock_timeout', '30s', true)`

// appendRow does all of a push in one statement, after the head was locked by the
// one before: it sees what the last holder of the lock wrote. It writes nothing,
// and gives no row, when the change is there already, or was made on a state that
// is no longer the server's. Arguments: head followed ($1), its hash ($2), lineage
// ($3), newest schema known ($4), strict ($5), depends ($6), last of a first
// sharing ($7), change ($8), desk ($9), author ($10), time ($11), cause ($12), label
// ($13), undoes ($14), ops ($15), their sum ($16), what the chain goes over ($17),
// records ($18), their aggregates ($19) and hashes ($20).
const appendRow = `WITH place AS (
	SELECT h.last + 1 AS number, h.hash FROM repertoire.head h
	WHERE h.lineage = $3 AND (SELECT version FROM repertoire.version) <= $4::int
	AND NOT EXISTS (SELECT 1 FROM repertoire.journal WHERE change = $8)
	AND (h.last = $1::bigint AND h.hash = $2 OR NOT $5::boolean AND h.last > $1 AND h.strict <= $1
		AND NOT EXISTS (SELECT 1 FROM repertoire.record WHERE id = ANY($6::text[]) AND number > $1)
		AND ($1 = 0 OR EXISTS (SELECT 1 FROM repertoire.journal WHERE number = $1 AND hash = $2)))
), added AS (
	INSERT INTO repertoire.journal(number, change, desk, author, at, cause, label, undoes, ops, ops_hash, hash)
	SELECT number, $8::text, $9::text, $10::text, $11::timestamptz, $12::text, $13::text, $14::text, $15::bytea, $16::bytea,
		sha256(place.hash || $17::bytea || int8send(number) || $16) FROM place
	RETURNING number, hash
), noted AS (
	INSERT INTO repertoire.record(id, aggregate, version, number, hash)
	SELECT i, a, 1, added.number, x.h FROM added, unnest($18::text[], $19::text[], $20::bytea[]) AS x(i, a, h)
	ON CONFLICT (id) DO UPDATE SET version = repertoire.record.version + 1, number = excluded.number, hash = excluded.hash
), touched AS (
	INSERT INTO repertoire.touch(record, number) SELECT i, added.number FROM added, unnest($18::text[]) AS x(i)
), moved AS (
	UPDATE repertoire.head SET last = added.number, hash = added.hash, complete = complete OR $7::boolean,
		strict = CASE WHEN $5 THEN added.number ELSE strict END FROM added
)
SELECT number, hash, pg_notify('` + journalChannel + `', '')::text FROM added`

// pushAtOnce locks the head, looks and appends in one round trip, so that no desk
// holds the lock while it waits for its turn of a processor or for a network.
func (b *Base) pushAtOnce(ctx context.Context, p Push, row repertoire.Shared, packed, sum []byte) (repertoire.Shared, error) {
	if p.Hash == nil {
		p.Hash = origin(p.Lineage)
	}
	c := row.Change
	ids, aggregates, hashes := recordsOf(c)
	depends := make([]string, 0, len(p.Depends))
	for _, id := range p.Depends {
		depends = append(depends, string(id))
	}
	batch := &pgx.Batch{}
	batch.Queue(patience)
	batch.Queue(lockHead)
	batch.Queue(appendRow, p.Head, p.Hash, p.Lineage, len(migrations), p.Strict, depends, p.Last,
		string(c.ID), string(p.Desk), c.Author, c.At.UTC(), string(c.Cause), c.Label, string(c.Undoes), packed, sum, identity(row),
		ids, aggregates, hashes)
	answers := b.pool.SendBatch(ctx, batch)
	_, err := answers.Exec()
	var h Head
	if err == nil {
		h, err = b.scanHead(answers.QueryRow())
	}
	var told string
	if err == nil {
		err = answers.QueryRow().Scan(&row.Number, &row.Hash, &told)
	}
	left := errors.Is(err, pgx.ErrNoRows)
	if e := answers.Close(); e != nil && (err == nil || left) {
		err = e
	}
	switch {
	case unknownFunction(err): // an engine that only speaks PostgreSQL's language
		b.stepwise.Store(true)
		return b.pushStepwise(ctx, p, row, packed, sum)
	case !left:
		return row, err
	}
	err = b.whyNot(ctx, h, p, &row)
	return row, err
}

// whyNot tells why nothing was appended; nil when the change is there already,
// whose place is then in row.
func (b *Base) whyNot(ctx context.Context, h Head, p Push, row *repertoire.Shared) error {
	if b.readOnly.Load() {
		return repertoire.Refuse(tooOld)
	}
	if h.Lineage != p.Lineage {
		return ErrOther
	}
	known, err := alreadyThere(ctx, b.pool, row)
	if err == nil && !known {
		err = ErrBehind
	}
	return err
}

// pushComposed has the ops made under the lock of the head.
func (b *Base) pushComposed(ctx context.Context, p Push, row repertoire.Shared) (repertoire.Shared, error) {
	p.Strict = true
	return b.pushStepwise(ctx, p, row, nil, nil)
}

// pushStepwise is a push that asks the server one thing after the other.
func (b *Base) pushStepwise(ctx context.Context, p Push, row repertoire.Shared, packed, sum []byte) (repertoire.Shared, error) {
	tx, err := b.pool.BeginTx(ctx, pgx.TxOptions{BeginQuery: beginPush})
	if err != nil {
		return row, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	h, err := b.headOf(ctx, tx, true)
	if err != nil {
		return row, err
	}
	if b.readOnly.Load() {
		return row, repertoire.Refuse(tooOld)
	}
	if h.Lineage != p.Lineage {
		return row, ErrOther
	}
	if known, err := alreadyThere(ctx, tx, &row); err != nil || known {
		return row, err
	}
	if err := b.current(ctx, tx, h, p); err != nil {
		return row, err
	}
	if p.Compose != nil {
		if err := b.numberable(ctx, tx, h, p.Desk); err != nil {
			return row, err
		}
		if row.Change.Ops, err = p.Compose(counterOf(ctx, tx)); err != nil {
			return row, err
		}
		if packed, sum, err = packEach(row.Change.Ops); err != nil {
			return row, err
		}
	}
	row.Number = h.Last + 1
	row.Hash = chain(h.Hash, row, sum)
	batch := &pgx.Batch{}
	c := row.Change
	batch.Queue(
		`INSERT INTO repertoire.journal(number, change, desk, author, at, cause, label, undoes, ops, ops_hash, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		row.Number, string(c.ID), string(p.Desk), c.Author, c.At.UTC(), string(c.Cause), c.Label, string(c.Undoes), packed, sum,
		row.Hash)
	queueRecords(batch, row)
	if err := queueCounters(batch, row); err != nil {
		return row, err
	}
	strict := int64(0)
	if p.Strict {
		strict = row.Number
	}
	batch.Queue(`UPDATE repertoire.head SET last = $1, hash = $2, strict = greatest(strict, $3), complete = complete OR $4`, row.Number,
		row.Hash, strict, p.Last)
	if c.Cause == repertoire.CauseErase {
		if err := clearBodies(ctx, tx, batch, row, p.Cleared); err != nil {
			return row, err
		}
	}
	batch.Queue(`SELECT pg_notify($1, '')`, journalChannel)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return row, err
	}
	return row, tx.Commit(ctx)
}

// beginPush lets nobody wait for ever: a desk that is put to sleep in the middle
// of a push would hold the head against all others.
const beginPush = `begin; set local idle_in_transaction_session_timeout = '15s'; set local lock_timeout = '30s'`

// alreadyThere gives the number and the hash of a change the journal has.
func alreadyThere(ctx context.Context, q rower, row *repertoire.Shared) (bool, error) {
	err := q.QueryRow(ctx, `SELECT number, hash FROM repertoire.journal WHERE change = $1`, string(row.Change.ID)).Scan(&row.Number,
		&row.Hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	row.There = err == nil
	return row.There, err
}

// current refuses a change made on a state that is no longer the server's.
func (b *Base) current(ctx context.Context, tx pgx.Tx, h Head, p Push) error {
	if p.Hash == nil {
		p.Hash = origin(p.Lineage)
	}
	if h.Last == p.Head {
		if !bytes.Equal(h.Hash, p.Hash) {
			return ErrBehind // the next pull tells that the journals part
		}
		return nil
	}
	if p.Strict || h.Last < p.Head {
		return ErrBehind
	}
	ids := make([]string, 0, len(p.Depends))
	for _, id := range p.Depends {
		ids = append(ids, string(id))
	}
	var moved bool
	err := tx.QueryRow(ctx,
		`SELECT (SELECT strict FROM repertoire.head) > $1 OR EXISTS (SELECT 1 FROM repertoire.record WHERE id = ANY($2) AND number > $1)
			OR $1 > 0 AND NOT EXISTS (SELECT 1 FROM repertoire.journal WHERE number = $1 AND hash = $3)`,
		p.Head, ids, p.Hash).Scan(&moved)
	if err == nil && moved {
		err = ErrBehind
	}
	return err
}

// queueRecords notes what the row wrote, all records in two statements.
func queueRecords(batch *pgx.Batch, row repertoire.Shared) {
	ids, aggregates, hashes := recordsOf(row.Change)
	batch.Queue(`INSERT INTO repertoire.record(id, aggregate, version, number, hash)
		SELECT i, a, 1, $4::bigint, h FROM unnest($1::text[], $2::text[], $3::bytea[]) AS x(i, a, h)
		ON CONFLICT (id) DO UPDATE SET version = repertoire.record.version + 1, number = excluded.number, hash = excluded.hash`, ids, aggregates, hashes, row.Number)
	batch.Queue(`INSERT INTO repertoire.touch(record, number) SELECT i, $2::bigint FROM unnest($1::text[]) AS x(i)`, ids, row.Number)
}

// recordsOf lists what a change writes, side by side.
func recordsOf(c repertoire.Change) (ids, aggregates []string, hashes [][]byte) {
	for _, op := range c.Ops {
		ids, aggregates = append(ids, string(op.ID)), append(aggregates, string(op.Aggregate))
		hashes = append(hashes, BodyHash(op.After))
	}
	return ids, aggregates, hashes
}

// BodyHash is what desks and server compare a record by; nil for none.
func BodyHash(body json.RawMessage) []byte {
	if body == nil {
		return nil
	}
	sum := sha256.Sum256(body)
	return sum[:]
}

// clearBodies takes what was erased at a person's demand out of every older row.
func clearBodies(ctx context.Context, tx pgx.Tx, batch *pgx.Batch, row repertoire.Shared, cleared func(json.RawMessage)) error {
	gone := map[repertoire.ID]bool{}
	var ids []string
	for _, op := range row.Change.Ops {
		gone[op.ID] = true
		ids = append(ids, string(op.ID))
	}
	rows, err := tx.Query(ctx, `SELECT number, ops, erased FROM repertoire.journal WHERE number IN
		(SELECT number FROM repertoire.touch WHERE record = ANY($1)) AND number < $2`, ids, row.Number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var packed []byte
		var erased string
		if err := rows.Scan(&number, &packed, &erased); err != nil {
			return err
		}
		ops, err := unpack(packed, nil)
		if err != nil {
			return err
		}
		for i := range ops {
			if gone[ops[i].ID] {
				if cleared != nil {
					cleared(ops[i].Before)
					cleared(ops[i].After)
				}
				ops[i].Before, ops[i].After = nil, nil
				erased += string(ops[i].ID) + "\n"
			}
		}
		if packed, _, err = packEach(ops); err != nil {
			return err
		}
		batch.Queue(`UPDATE repertoire.journal SET ops = $2, erased = $3 WHERE number = $1`, number, packed, erased)
	}
	return rows.Err()
}

// chain computes a row's hash from the one before and all that identifies it.
func chain(before []byte, row repertoire.Shared, ops []byte) []byte {
	h := sha256.New()
	h.Write(before)
	h.Write(identity(row))
	_ = binary.Write(h, binary.BigEndian, row.Number)
	h.Write(ops)
	return h.Sum(nil)
}

// identity is what of a row the desk that sends it knows, as the chain goes over it.
func identity(row repertoire.Shared) []byte {
	c := row.Change
	var out []byte
	for _, part := range []string{string(c.ID), string(row.Desk), c.Author, c.At.UTC().Truncate(time.Millisecond).Format(time.RFC3339Nano),
		string(c.Cause), c.Label, string(c.Undoes)} {
		out = binary.BigEndian.AppendUint64(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}

// encode writes ops as they are summed and sent.
func encode(what any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(what)
	return buf.Bytes(), err
}

// packers are used again: each holds nearly a megabyte.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// opsLimit bounds what one row may unpack to.
const opsLimit = 1 << 30

// unpackers are used again too: one holds some forty kilobytes.
var unpackers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// unpack gives the ops of a row, and makes sure that they are those that were
// sent; sum is nil where an erasure has cleared some.
func unpack(packed, sum []byte) ([]repertoire.Op, error) {
	r := unpackers.Get().(*gzip.Reader)
	defer unpackers.Put(r)
	if err := r.Reset(bytes.NewReader(packed)); err != nil {
		return nil, damaged(err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, opsLimit))
	if err != nil {
		return nil, damaged(err)
	}
	if sum != nil {
		if got := sha256.Sum256(raw); !bytes.Equal(got[:], sum) {
			return nil, damaged(errors.New("ops differ from their sum"))
		}
	}
	var ops []repertoire.Op
	if err := json.Unmarshal(raw, &ops); err != nil {
		return nil, damaged(err)
	}
	return ops, nil
}

func damaged(err error) error {
	return &repertoire.Error{Kind: repertoire.Damaged, Err: err,
		Message: "Le journal de la base partagée est abîmé : rien n’a été repris. Prévenez l’administrateur, qui restaurera le serveur."}
}

// erasedIDs reads the list kept with a row.
func erasedIDs(text string) map[repertoire.ID]bool {
	out := map[repertoire.ID]bool{}
	for id := range strings.Lines(text) {
		out[repertoire.ID(strings.TrimSpace(id))] = true
	}
	return out
}
