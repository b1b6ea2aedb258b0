package base

import (
	"context"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
)

// ahead puts the new records of a large change in the index while the change is
// being written: one processor cuts words while the other writes the base. They
// are hidden until the change is on the disk; if it never is, they are taken out.
//
// A program that is killed meanwhile leaves an index without its lineage, which
// is made again at the next opening.
type ahead struct {
	catalogue *Catalogue
	ctx       context.Context
	seq       int64
	lot       []written
	lots      chan []written
	done      chan struct{}
	failed    error
	// lineage is taken from the index with the first lot: before, nothing is in it.
	lineage string
	index   *search.Ahead
}

// written is a record as it was just written, with its authorities.
type written struct {
	record      *repertoire.Partnership
	authorities []*repertoire.Authority
}

// aheadLot is how many records are cut into words at once: fewer make more
// segments to be merged, more take more memory.
const aheadLot = 400

// ahead is nil when the index cannot take records ahead.
func (c *Catalogue) ahead(ctx context.Context) *ahead {
	if c.Busy() {
		return nil
	}
	return &ahead{catalogue: c, ctx: context.WithoutCancel(ctx)}
}

// take is told of a record that the change just wrote; it only sets it aside.
func (a *ahead) take(seq int64, p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) {
	if a.lots != nil && a.index == nil {
		return // the index could not take them: it follows afterwards
	}
	w := written{record: p}
	for _, q := range p.Parties {
		if x := find(q.Authority); x != nil {
			w.authorities = append(w.authorities, x)
		}
	}
	if a.lot = append(a.lot, w); len(a.lot) < aheadLot {
		return
	}
	if a.lots == nil && !a.begin(seq) {
		return
	}
	a.hand()
}

// begin has the index put ahead what comes.
func (a *ahead) begin(seq int64) bool {
	a.lots, a.done, a.seq = make(chan []written, 1), make(chan struct{}), seq
	var err error
	if a.lineage, err = a.catalogue.w.Store.Lineage(a.ctx); err != nil {
		return false
	}
	if err := os.Remove(filepath.Join(a.catalogue.Dir, LineageFile)); err != nil && !os.IsNotExist(err) {
		return false
	}
	if a.index = a.catalogue.Index.Ahead(); a.index == nil {
		_ = a.catalogue.sign(a.lineage)
		return false
	}
	go func() {
		defer close(a.done)
		for lot := range a.lots {
			if a.failed == nil {
				a.failed = a.put(lot)
			}
		}
	}()
	return true
}

func (a *ahead) hand() {
	a.lots <- a.lot
	a.lot = make([]written, 0, aheadLot)
}

func (a *ahead) put(lot []written) error {
	look := Lookup{W: a.catalogue.w, authorities: map[repertoire.ID]repertoire.Authority{}}
	for _, w := range lot {
		for _, x := range w.authorities {
			look.authorities[x.ID] = *x
		}
	}
	records := make([]search.Record, len(lot))
	for i, w := range lot {
		records[i] = search.NewRecord(w.record, a.seq, look)
	}
	return a.index.Add(a.ctx, records)
}

// settle waits until all that was handed over is in the index; false when it
// holds nothing of the change.
func (a *ahead) settle(last bool) bool {
	if a == nil || a.index == nil {
		return false
	}
	if last && len(a.lot) > 0 {
		a.hand()
	}
	close(a.lots)
	<-a.done
	return true
}

// follow takes in the change that was just applied as seq; what was put ahead
// is revealed, the rest of the change read from the base.
func (a *ahead) follow(seq int64) {
	if !a.settle(true) {
		a.catalogue.Follow(a.ctx, seq)
		return
	}
	err := a.failed
	if err == nil {
		err = a.index.Reveal(seq)
	} else {
		_ = a.index.Drop() // the index is made again
	}
	if err == nil {
		err = a.catalogue.complete(a.ctx, seq, a.index.Has, a.lineage)
	}
	if err != nil {
		a.catalogue.Rebuild(a.ctx, a.lineage)
	}
}

// drop takes out what was put ahead for a change that was not written.
func (a *ahead) drop() {
	if !a.settle(false) {
		return
	}
	err := a.index.Drop()
	if err == nil {
		err = a.catalogue.sign(a.lineage)
	}
	if err != nil {
		a.catalogue.Rebuild(a.ctx, a.lineage)
	}
}
