package base

import (
	"context"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/thrift"
)

// Conflict is a save made on a version that is no longer the base's: nothing
// was written, and both versions are in it, field by field.
type Conflict = store.Conflict

// Change starts a change of this workspace's author, now.
func (base *Base) Change(cause repertoire.Cause, label string) repertoire.Change {
	return repertoire.Change{ID: repertoire.NewID(), Author: base.author, At: base.Now(), Cause: cause, Label: label}
}

// Put adds to c the operation that writes record over version; its texts are
// cleaned first, whatever way they came.
func Put(c *repertoire.Change, record any, version int64) error {
	op, err := Op(record, version)
	if err != nil {
		return err
	}
	c.Ops = append(c.Ops, op)
	return nil
}

// Op is the operation that Put adds.
func Op(record any, version int64) (repertoire.Op, error) {
	repertoire.CleanRecord(record)
	if p, ok := record.(*repertoire.Partnership); ok {
		p.DropTwins()
	}
	return store.Put(record, version)
}

// Apply writes a change: on the disk, in the index, told to listeners. When it
// returns, the change is durable and can be found.
func (base *Base) Apply(ctx context.Context, c repertoire.Change) (store.Applied, error) {
	if base.Issue != nil && issues(c) {
		if applied, taken, err := base.Issue(ctx, c); taken || err != nil {
			return applied, err
		}
	}
	return base.applying(ctx, func() (store.Applied, error) { return base.Store.Apply(ctx, c) })
}

// issues tells whether a change holds a document to number.
func issues(c repertoire.Change) bool {
	return slices.ContainsFunc(c.Ops, func(op repertoire.Op) bool {
		return op.Aggregate == repertoire.AggInvoice && op.Version == 0 && op.After != nil
	})
}

// ApplyLarge is Apply for a change that is not in memory: one step and one
// event like any other.
func (base *Base) ApplyLarge(ctx context.Context, l store.Large) (store.Applied, error) {
	hold := thrift.Begin(passingBy())
	hold.Limit(max(380<<20, thrift.Live()+160<<20))
	defer hold.End()
	base.Writing.Lock()
	a := base.Index.ahead(ctx)
	if a != nil {
		l.Written = a.take
	}
	applied, err := base.Store.ApplyLarge(ctx, l)
	switch {
	case err != nil || applied.Seq == 0:
		a.drop()
	case a != nil:
		a.follow(applied.Seq)
	default:
		base.Index.Follow(context.WithoutCancel(ctx), applied.Seq)
	}
	base.Writing.Unlock()
	if err != nil {
		return applied, err
	}
	base.Publish(applied.Change)
	return applied, nil
}

// passingBy is how much garbage, in percent of what is held, may lie about while
// many records go by: each is gone at once, so that a large workspace must not
// take twice its room; a small one may, for looking through what it holds again
// and again costs more than the records do.
func passingBy() int {
	const room = 128 << 20
	return int(min(max(room*100/max(thrift.Live(), 1), 40), 400))
}

func (base *Base) applying(ctx context.Context, apply func() (store.Applied, error)) (store.Applied, error) {
	base.Writing.Lock()
	applied, err := apply()
	if err == nil && applied.Seq > 0 {
		// The base has the change: whatever happens to the index now, it is
		// saved. An index that fails is rebuilt.
		base.Index.Follow(context.WithoutCancel(ctx), applied.Seq)
	}
	base.Writing.Unlock()
	if err != nil {
		return applied, err
	}
	base.Publish(applied.Change)
	return applied, nil
}
