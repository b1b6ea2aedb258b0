package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"repertoire/internal/repertoire"
)

// Large is a change too big to be held in memory: its operations are handed
// over one after the other while it is written. It is a change like any other,
// whole or not at all, one line of the journal, undone as one.
type Large struct {
	repertoire.Change // Change.Ops stays empty
	// Operations hands the operations over; r shows the base as the transaction
	// that writes them has made it so far. Records come in the order of aggregates,
	// each once.
	Operations func(r Reader) iter.Seq2[repertoire.Op, error]
	// Apart tells that Operations does not look at the base: they are read
	// and understood while those before them are written.
	Apart bool
	// Written, when set, is told of each partnership that the base had not, once
	// it is written, as part of the change seq; find gives its authorities. The
	// change may still come to nothing. Records are not to be changed.
	Written func(seq int64, p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority)
}

// ApplyLarge writes a large change as Apply does a small one, in bounded memory.
// The ops of the answer say which records were written, without their bodies.
func (s *Store) ApplyLarge(ctx context.Context, l Large) (Applied, error) {
	return s.commit(ctx, l.Change, func(a *applier) (Applied, error) { return a.runLarge(l) })
}

// heldAuthorities bounds those that a large change keeps at hand (about 40 MB);
// what the base says of the others is read again.
const heldAuthorities = 60_000

// holdFew forgets the authorities at hand when they are many.
func (a *applier) holdFew() {
	if len(a.authorities) > heldAuthorities {
		clear(a.authorities)
	}
}

func (a *applier) runLarge(l Large) (Applied, error) {
	if err := a.acceptable(); err != nil {
		return Applied{}, err
	}
	seq, found, err := a.seqOf(a.change.ID)
	if err != nil {
		return Applied{}, err
	}
	if found {
		out := a.change
		out.Ops, err = (Reader{q: a.tx}).touchedBy(a.ctx, seq)
		return Applied{Seq: seq, Change: out, Repeated: true}, err
	}
	seq, ops, err := a.writeEach(l)
	if err != nil {
		return Applied{}, err
	}
	out := a.change
	out.Ops = ops
	if len(ops) == 0 {
		return Applied{Change: out}, nil
	}
	return a.conclude(seq, out)
}

// writeEach writes the operations and their journal as they come; those that do
// not look at the base, lot by lot.
func (a *applier) writeEach(l Large) (seq int64, done []repertoire.Op, err error) {
	w := lotWriter{applier: a, size: 1, written: l.Written}
	if l.Apart {
		w.size, a.gathered = lotSize, map[string]*waitingRows{}
	}
	seen, rank := map[repertoire.ID]bool{}, 0
	for in, err := range a.incoming(l) {
		if err == nil {
			err = a.ctx.Err()
		}
		if err == nil {
			err = a.inTurn(in.Op, seen, &rank)
		}
		if err == nil {
			err = w.add(in)
		}
		if err != nil {
			return 0, nil, err
		}
	}
	if err := w.flush(); err != nil {
		return 0, nil, err
	}
	a.gathered = nil
	if w.seq > 0 {
		_, err = a.exec(`UPDATE change SET ops = ? WHERE seq = ?`, len(w.done), w.seq)
	}
	return w.seq, w.done, err
}

// incoming is an operation with the record it brings, when that was read
// already.
type incoming struct {
	repertoire.Op
	record any
	// asNew is the record and its body as they are written when the base has
	// none of that ID; absent tells that it has none.
	asNew  any
	body   json.RawMessage
	absent bool
}

// incoming hands over the operations of a large change; those that stand apart
// are read ahead, on another processor where there is one.
func (a *applier) incoming(l Large) iter.Seq2[incoming, error] {
	return func(yield func(incoming, error) bool) {
		if !l.Apart {
			for op, err := range l.Operations(Reader{q: a.tx}) {
				if !yield(incoming{Op: op}, err) {
					return
				}
			}
			return
		}
		a.readAhead(l.Operations(Reader{}), yield)
	}
}

// aheadOf is how many operations wait to be written.
const aheadOf = 64

func (a *applier) readAhead(all iter.Seq2[repertoire.Op, error], yield func(incoming, error) bool) {
	type read struct {
		incoming
		err error
	}
	ctx, stop := context.WithCancel(a.ctx)
	ahead := make(chan read, aheadOf)
	go func() {
		defer close(ahead)
		for op, err := range all {
			r := read{incoming{Op: op}, err}
			if err == nil && op.After != nil {
				r.err = a.readIn(&r.incoming)
			}
			select {
			case ahead <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() { // nothing reads the file any more when this returns
		stop()
		for range ahead { //nolint:revive // until it is closed
		}
	}()
	for r := range ahead {
		if !yield(r.incoming, r.err) {
			return
		}
	}
	if err := a.ctx.Err(); err != nil {
		yield(incoming{}, err)
	}
}

// inTurn refuses what would be a fault of the program: a record twice, or one
// before those it may point to.
func (a *applier) inTurn(op repertoire.Op, seen map[repertoire.ID]bool, rank *int) error {
	if err := a.known(op, seen); err != nil {
		return err
	}
	r := rankOf(op.Aggregate)
	if r < *rank {
		return repertoire.Fault(fmt.Errorf("%s %s out of turn in change %s", op.Aggregate, op.ID, a.change.ID),
			"Les fiches de la modification ne sont pas dans leur ordre ; rien n’a été enregistré.")
	}
	*rank = r
	return nil
}

// touchedBy lists the records of a change without their bodies.
func (r Reader) touchedBy(ctx context.Context, seq int64) ([]repertoire.Op, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT aggregate, record, version FROM change_op WHERE seq = ? ORDER BY rank`, seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []repertoire.Op
	for rows.Next() {
		var op repertoire.Op
		if err := rows.Scan(&op.Aggregate, &op.ID, &op.Version); err != nil {
			return nil, err
		}
		out = append(out, op)
	}
	return out, rows.Err()
}
