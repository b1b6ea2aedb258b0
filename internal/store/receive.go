package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Received says what rows of the shared journal did here.
type Received struct {
	Head int64 // the last number followed
	// Applied are the local changes that came of them, to index and to tell of.
	Applied []Applied
	// Disputed counts what was written differently here and there, and waits
	// for a choice.
	Disputed int
	// Guarded is set when the next row would delete so many records that a
	// person must look first; nothing of it was applied.
	Guarded *repertoire.Shared
	// Media are the files that received records speak of and that are not here.
	Media []string
}

// guardedDeletions is how many records one change of another desk may delete
// before a person is asked; a tenth of the partnerships is the other limit.
const guardedDeletions = 20

// Receive follows the shared journal: rows come without a gap after the link's
// head. In one transaction their records take their shared bodies, and the
// changes that wait here are made again on top, field by field. What cannot
// stand beside the shared content is kept as a dispute: theirs is in force,
// mine is offered.
func (s *Store) Receive(ctx context.Context, rows []repertoire.Shared) (Received, error) {
	if s.writer == nil {
		return Received{}, s.refuseWriting()
	}
	out, err := s.receiveTogether(ctx, rows)
	if err == nil || len(rows) == 1 || ctx.Err() != nil {
		return out, explain(err)
	}
	// Those before the one that cannot come in do come in.
	var all Received
	for i := range rows {
		one, err := s.receiveTogether(ctx, rows[i:i+1])
		if err != nil {
			return all, explain(err)
		}
		all.add(one)
		if all.Guarded != nil {
			break
		}
	}
	return all, nil
}

func (r *Received) add(one Received) {
	r.Head, r.Guarded = max(r.Head, one.Head), one.Guarded
	r.Applied = append(r.Applied, one.Applied...)
	r.Media = append(r.Media, one.Media...)
	r.Disputed += one.Disputed
}

func (s *Store) receiveTogether(ctx context.Context, rows []repertoire.Shared) (out Received, err error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return out, err
	}
	defer tx.Rollback()
	l, err := needLink(ctx, tx)
	if err != nil {
		return out, err
	}
	t := &taking{link: l, prepared: map[string]*sql.Stmt{}, uses: map[string]int{}}
	if len(rows) > fewRows {
		if t.waiting, err = waitingRecords(ctx, tx, l.unsent()); err != nil {
			return out, err
		}
	}
	for i := range rows {
		if rows[i].Number <= l.Head {
			continue
		}
		r := t.receiver(ctx, tx, rows[i])
		stop, err := r.follow()
		if err != nil {
			return Received{}, err
		}
		if stop {
			out.Guarded = &rows[i]
			break
		}
		out.Head = l.Head
		out.Disputed += r.receipt.disputed
		if r.receipt.applied.Seq > 0 {
			out.Applied = append(out.Applied, r.receipt.applied)
		}
		out.Media = append(out.Media, r.receipt.media...)
	}
	if out.Head == 0 {
		return out, nil
	}
	if err := settle(ctx, tx, l); err != nil {
		return Received{}, err
	}
	if err := errors.Join(writeLink(ctx, tx, l), tx.Commit()); err != nil {
		return Received{}, err
	}
	out.Media = slices.DeleteFunc(out.Media, s.Media().sound)
	if n := len(out.Applied); n > 0 {
		s.noteLast(out.Applied[n-1].Seq)
	}
	if slices.ContainsFunc(out.Applied, func(a Applied) bool { return numbers(a.Change) }) {
		s.registerReceived(ctx)
	}
	return out, nil
}

// numbers tells whether a change holds documents of the register.
func numbers(c repertoire.Change) bool {
	return slices.ContainsFunc(c.Ops, func(op repertoire.Op) bool {
		return op.Aggregate == repertoire.AggInvoice || op.Aggregate == repertoire.AggOrder
	})
}

// registerReceived writes documents of other desks down in the register too.
func (s *Store) registerReceived(ctx context.Context) {
	s.registering.Lock()
	s.registerBehind = true // the base is asked what is missing
	s.registering.Unlock()
	s.register(ctx, nil)
}

// receipt is what one row did.
type receipt struct {
	applied  Applied
	disputed int
	media    []string
}

// taking is what rows that come in together share.
type taking struct {
	link     *Link
	prepared map[string]*sql.Stmt
	uses     map[string]int
	// waiting are the records on which changes wait to be sent, nil when the base is
	// asked for each: for few rows, or where they are too many to be listed.
	waiting map[repertoire.ID]bool
	// last is the row before, whose authorities and directories stand as it knew
	// them, as long as rows write nothing but partnerships.
	last *applier
}

// receiver applies one row of the shared journal.
type receiver struct {
	*applier
	*taking
	row     repertoire.Shared
	link    *Link
	receipt receipt
}

func (t *taking) receiver(ctx context.Context, tx *sql.Tx, row repertoire.Shared) *receiver {
	a := newApplier(ctx, tx, row.Change)
	a.prepared, a.uses = t.prepared, t.uses
	plain := row.Each == nil && !slices.ContainsFunc(row.Change.Ops, func(op repertoire.Op) bool {
		return op.Aggregate != repertoire.AggPartnership
	})
	if plain && t.last != nil {
		a.authorities, a.directories = t.last.authorities, t.last.directories
		a.holdFew()
	}
	if t.last = nil; plain {
		t.last = a
	}
	return &receiver{applier: a, taking: t, row: row, link: t.link}
}

// fewRows is for how many rows the list is not made.
const fewRows = 4

// listedRecords bounds the list of records on which changes wait.
const listedRecords = 1000

// waitingRecords lists them, nil when they are too many. While rows come in, only
// again adds one.
func waitingRecords(ctx context.Context, tx *sql.Tx, since int64) (map[repertoire.ID]bool, error) {
	ids, err := (Reader{q: tx}).ids(ctx, `SELECT DISTINCT o.record FROM change c LEFT JOIN share_sent s USING (seq) JOIN change_op o USING (seq)
		WHERE c.seq > ? AND s.seq IS NULL LIMIT ?`, since, listedRecords)
	if err != nil || len(ids) == listedRecords {
		return nil, err
	}
	all := make(map[repertoire.ID]bool, len(ids))
	for _, id := range ids {
		all[id] = true
	}
	return all, nil
}

// waitingOn gives what waits on a record.
func (r *receiver) waitingOn(id repertoire.ID) ([]waitingOp, error) {
	if r.waiting != nil && !r.waiting[id] {
		return nil, nil
	}
	return waitingOps(r.ctx, r.tx, r.link.unsent(), id)
}

// follow takes the row in; stop tells that a person must look first.
func (r *receiver) follow() (stop bool, err error) {
	if r.row.Number != r.link.Head+1 {
		return false, repertoire.Fault(fmt.Errorf("row %d after %d", r.row.Number, r.link.Head),
			"La base partagée a sauté un numéro : rien n’a été repris. Vérifiez le partage.")
	}
	r.received = true
	if stop, err := r.guarded(); stop || err != nil {
		return stop, err
	}
	if err = r.run(); err != nil {
		return false, err
	}
	r.link.Head = r.row.Number
	_, err = r.exec(insertRow, r.row.Number, string(r.row.Change.ID), r.row.Hash)
	return false, err
}

// guarded tells whether the row is another desk's mass deletion that nobody
// has let in.
func (r *receiver) guarded() (bool, error) {
	n := r.row.Change.Deletions()
	if n <= 2 || r.row.Desk == r.link.Desk || r.link.Accepted == r.row.Number {
		return false, nil
	}
	var all int
	err := r.row1(&all, `SELECT count(*) FROM partnership WHERE deleted_at IS NULL`)
	return n > guardedDeletions || n*10 > all, err
}

func (r *receiver) row1(value any, query string, args ...any) error {
	return r.applier.row(query, args...).Scan(value)
}

func (r *receiver) run() error {
	known, err := r.sent()
	if err != nil {
		return err
	}
	if known { // the row came from here, or was followed before a restore
		// Numbers are given again by a server that was restored; hashes are not.
		r.change.ID = repertoire.DeriveID("share:" + r.link.Lineage + ":" + hex.EncodeToString(r.row.Hash))
		r.change.Cause, r.change.Label = repertoire.CauseShare, "Mise en commun : "+r.row.Change.Label
	}
	write := r.writeAll
	if r.row.Each != nil {
		write = r.writeStreamed
	}
	seq, err := write()
	if err == nil && known && r.row.Desk != r.link.Desk {
		err = r.again()
	}
	if err != nil || seq == 0 {
		return err
	}
	number := r.row.Number
	if known {
		number = 0
	}
	if _, err := r.exec(`INSERT INTO share_sent(seq, number) VALUES (?,?)`, seq, number); err != nil {
		return err
	}
	retitled, err := r.retitle()
	r.receipt.applied = Applied{Seq: seq, Change: r.change, Retitled: retitled}
	return err
}

// writeAll writes the records of a row and its line of the journal; 0 when there
// was nothing to write.
func (r *receiver) writeAll() (int64, error) {
	var err error
	if r.change.Ops, err = r.targets(); err != nil {
		return 0, err
	}
	written, err := r.writeOps()
	if err != nil {
		return 0, err
	}
	if written, err = r.keepUsed(written); err != nil {
		return 0, err
	}
	if r.row.Change.Cause == repertoire.CauseErase {
		if err := r.forget(); err != nil {
			return 0, err
		}
		for i := range written {
			written[i].Before = written[i].After // the journal must not keep more
		}
	}
	if r.change.Ops = written; len(written) == 0 {
		return 0, nil
	}
	return r.journal(written)
}

// writeStreamed is writeAll for a row that is not in memory; none such erases.
func (r *receiver) writeStreamed() (seq int64, err error) {
	var written []repertoire.Op // without bodies
	seen, rank := map[repertoire.ID]bool{}, 0
	for op, err := range r.row.Each {
		if err == nil {
			err = r.ctx.Err()
		}
		if err == nil {
			err = r.inTurn(op, seen, &rank)
		}
		if err == nil {
			op, err = r.target(op)
		}
		if err != nil {
			return 0, err
		}
		r.holdFew()
		op, changed, err := r.write(incoming{Op: op})
		if err != nil {
			return 0, err
		}
		if !changed {
			continue
		}
		if seq == 0 {
			if seq, err = r.journalHead(0); err != nil {
				return 0, err
			}
		}
		if err := r.journalOp(seq, len(written), op); err != nil {
			return 0, err
		}
		op.Before, op.After = nil, nil
		written = append(written, op)
	}
	if seq > 0 {
		_, err = r.exec(`UPDATE change SET ops = ? WHERE seq = ?`, len(written), seq)
	}
	r.change.Ops = written
	return seq, err
}

// sent marks a change of this desk as being in the shared journal; known tells
// that the local journal has the change of the row.
func (r *receiver) sent() (known bool, err error) {
	var seq int64
	err = r.row1(&seq, `SELECT seq FROM change WHERE id = ?`, string(r.row.Change.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = r.exec(`INSERT INTO share_sent(seq, number) VALUES (?,?) ON CONFLICT(seq) DO UPDATE SET number = excluded.number`, seq,
		r.row.Number)
	return true, err
}

// targets makes the ops that bring the records of the row to their shared
// bodies with the waiting changes on top.
func (r *receiver) targets() ([]repertoire.Op, error) {
	var ops []repertoire.Op
	for _, op := range r.row.Change.Ops {
		if r.row.Erased[op.ID] {
			continue // a later row brings what is left of it
		}
		target, err := r.target(op)
		if err != nil {
			return nil, err
		}
		ops = append(ops, target)
	}
	return ops, nil
}

func (r *receiver) target(op repertoire.Op) (repertoire.Op, error) {
	if err := r.makeRoom(op); err != nil {
		return op, err
	}
	waiting, err := r.waitingOn(op.ID)
	if err != nil {
		return op, err
	}
	body, disputes, err := fold(op.Aggregate, op.ID, op.After, waiting)
	if err != nil {
		return op, err
	}
	if err := r.noteBase(op, len(waiting) > 0); err != nil {
		return op, err
	}
	if err := r.dispute(op, disputes); err != nil {
		return op, err
	}
	eachSum(body, func(sum string) { r.receipt.media = append(r.receipt.media, sum) })
	return repertoire.Op{Aggregate: op.Aggregate, ID: op.ID, Version: AnyVersion, After: body}, nil
}

// noteBase keeps the shared body of a record that differs from it here.
func (r *receiver) noteBase(op repertoire.Op, differs bool) error {
	if !differs {
		_, err := r.exec(`DELETE FROM share_base WHERE record = ?`, string(op.ID))
		return err
	}
	_, err := r.exec(`INSERT INTO share_base(record, body) VALUES (?,?) ON CONFLICT(record) DO UPDATE SET body = excluded.body`,
		string(op.ID), text(op.After))
	return err
}

// dispute keeps what both sides wrote; a person's erased data never stay so.
func (r *receiver) dispute(op repertoire.Op, disputes []Dispute) error {
	for _, d := range disputes {
		if r.row.Change.Cause == repertoire.CauseErase {
			continue
		}
		d.Aggregate, d.Record, d.By, d.At = op.Aggregate, op.ID, r.row.Change.Author, r.row.Change.At
		fresh, err := keepDispute(r.ctx, r.tx, d)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		r.receipt.disputed++
	}
	return nil
}

// keepUsed brings back to life what the row deleted while partnerships here,
// shared or waiting, need it: use wins over deletion on every desk alike. The
// op leaves the change, for nothing happened to the record.
func (r *receiver) keepUsed(ops []repertoire.Op) ([]repertoire.Op, error) {
	for _, l := range r.leaving {
		table, query, where := "authority", `SELECT count(*) FROM partnership_party WHERE authority = ?`, `id`
		if l.aggregate == repertoire.AggDirectory {
			table, where = "directory", `slug`
			query = `SELECT count(*) FROM partnership_directory WHERE directory = ?1 AND NOT EXISTS (SELECT 1 FROM directory WHERE slug = ?1 AND deleted_at IS NULL)`
		}
		var n int
		if err := r.row1(&n, query, l.key); err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		var id repertoire.ID
		err := r.row1(&id, `SELECT id FROM `+table+` WHERE `+where+` = ? AND body IS NOT NULL ORDER BY deleted_at DESC LIMIT 1`, l.key)
		if err == nil {
			err = r.revive(table, id)
		}
		if err != nil {
			return nil, err
		}
	}
	kept := ops[:0]
	for _, op := range ops {
		if op.After == nil {
			was, err := r.read(op.Aggregate, op.ID)
			if err != nil {
				return nil, err
			}
			if was.alive() != nil {
				continue
			}
		}
		kept = append(kept, op)
	}
	return kept, nil
}

// revive takes a record out of the trash and remembers that the shared base
// has it deleted: the next change that needs it brings it back there too.
func (a *applier) revive(table string, id repertoire.ID) error {
	if err := a.untrash(table, id); err != nil {
		return err
	}
	_, err := a.exec(`INSERT INTO share_base(record, body) VALUES (?, NULL) ON CONFLICT(record) DO NOTHING`, string(id))
	return err
}

func (a *applier) untrash(table string, id repertoire.ID) error {
	delete(a.authorities, id)
	a.directories = map[string]bool{}
	_, err := a.exec(`UPDATE `+table+` SET deleted_at = NULL, version = version + 1 WHERE id = ? AND body IS NOT NULL`, string(id))
	return err
}

// reclaim brings back a record in the trash that a shared partnership uses:
// this desk's own waiting deletion of it is set aside.
func (a *applier) reclaim(table string, id repertoire.ID) error {
	res, err := a.exec(`INSERT OR IGNORE INTO share_aside(change, record)
		SELECT c.id, o.record FROM change_op o JOIN change c USING (seq) LEFT JOIN share_sent s USING (seq)
		WHERE o.record = ? AND o.after IS NULL AND s.seq IS NULL`, string(id))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, a.revive(table, id)) // the deletion is shared already
	}
	return a.untrash(table, id)
}

// makeRoom settles what is unique in the base before a shared record comes in:
// the record that was here first gives way, for it is not shared yet.
func (r *receiver) makeRoom(op repertoire.Op) error {
	if op.After == nil || op.Aggregate == repertoire.AggPartnership || op.Aggregate == repertoire.AggAuthority {
		return nil
	}
	record, err := read(op.Aggregate, op.After, false)
	if err != nil {
		return unreadable(err)
	}
	switch op.Aggregate {
	case repertoire.AggDirectory:
		return r.yieldDirectory(op, record.(*repertoire.Directory))
	case repertoire.AggOrder:
		return r.yieldOrder(op, record)
	case repertoire.AggInvoice: // a gap that another desk knows of is one here too
		return r.carryNumber(record.(*order.Invoice))
	}
	return nil
}

// unchanged tells whether two bodies are equal but for bookkeeping.
func unchanged(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	same, err := sameContent(a, b)
	return err == nil && same
}
