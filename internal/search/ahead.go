package search

import (
	"context"
	"errors"
	"maps"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"repertoire/internal/repertoire"
)

// Ahead puts records in the index before the change they belong to is written
// for good: cutting texts into words takes as long as writing them to the base,
// and either can be done beside the other. Until Reveal nothing of them is
// found, counted or proposed: searches are answered from the index as it was.
//
// It ends with Reveal or Drop. A program that is killed in between leaves an
// index that holds records nobody may ask for: the caller sees to it that such
// an index is made again (see base.Catalogue).
type Ahead struct {
	x     *Index
	table *table // of the records that wait, numbered from 0
	lots  int
	freed bool // segments may be merged
}

// lotsUnmerged is how many lots are put ahead before their segments are merged
// with others: merging takes half of what making them does, and can be done when
// nobody waits for it any more.
const lotsUnmerged = 128

// mayMerge returns when segments may be merged.
func (x *Index) mayMerge() {
	x.merging.RLock()
	defer x.merging.RUnlock()
}

// free lets segments be merged again.
func (a *Ahead) free() {
	if !a.freed {
		a.freed = true
		a.x.merging.Unlock()
	}
}

// errAheadOver is a fault of the program: an Ahead is used after its end, or
// beside another writer.
var errAheadOver = errors.New("search: the records put ahead are no longer awaited")

// Ahead begins to put records ahead; nil when the index cannot take them now:
// it is to be made again or being made, or others are put ahead already.
func (x *Index) Ahead() *Ahead {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state.NeedsRebuild || x.rebuilding || x.ahead != nil {
		return nil
	}
	r, err := x.store.Reader()
	if err != nil {
		return nil
	}
	before, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		_ = r.Close()
		return nil
	}
	a := &Ahead{x: x, table: newTable()}
	a.table.judge(x.today())
	x.ahead, x.before = a, before
	x.merging.Lock() // until free
	return a
}

// Add puts records ahead. Those of partnerships that the index has already, in
// whatever state, are not for it: their old words would go at once.
func (a *Ahead) Add(ctx context.Context, records []Record) error {
	x := a.x
	if err := ctx.Err(); err != nil {
		return err
	}
	docs, err := newDocuments(records, x.french, x.opt.Workers)
	if err != nil {
		return err
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.ahead != a || x.State().NeedsRebuild {
		return errAheadOver
	}
	batch := index.NewBatch()
	for i, doc := range docs {
		if _, there := x.table.number[records[i].ID]; there {
			return errAheadOver
		}
		batch.Update(doc)
	}
	x.pending.begin(batch)
	if err := guarded(func() error { return x.store.Batch(batch) }); err != nil {
		x.pending.cancel()
		return err
	}
	for i := range records {
		a.table.put(&records[i], x.french)
	}
	if a.lots++; a.lots == lotsUnmerged {
		a.free()
	}
	return nil
}

// Has tells whether the record of id is among those put ahead.
func (a *Ahead) Has(id repertoire.ID) bool {
	_, ok := a.table.number[id]
	return ok
}

// Reveal ends the wait: the change was written as seq, and its records are
// found from now on.
func (a *Ahead) Reveal(seq int64) error {
	x := a.x
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.ahead != a {
		return errAheadOver
	}
	if x.State().NeedsRebuild {
		a.end()
		return errAheadOver
	}
	batch := index.NewBatch()
	values, stamp := internalValues(max(seq, x.seq))
	for k, v := range values {
		batch.SetInternal([]byte(k), v)
	}
	x.pending.begin(batch)
	x.mu.Lock()
	defer x.mu.Unlock()
	a.endLocked()
	if err := guarded(func() error { return x.store.Batch(batch) }); err != nil {
		x.pending.cancel()
		return x.failedWriting(err)
	}
	x.table.judge(x.today())
	x.table.absorb(a.table, x.french)
	x.seq, x.stamp = max(seq, x.seq), stamp
	return nil
}

// Drop ends the wait for a change that was not written: what was put ahead is
// taken out again.
func (a *Ahead) Drop() error {
	x := a.x
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.ahead != a {
		return errAheadOver
	}
	batch := index.NewBatch()
	for id := range a.table.number {
		batch.Delete(string(id))
	}
	x.pending.begin(batch)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state.NeedsRebuild {
		x.pending.cancel()
		a.endLocked()
		return errAheadOver
	}
	err := guarded(func() error { return x.store.Batch(batch) })
	a.endLocked()
	if err != nil {
		x.pending.cancel()
		return x.failedWriting(err)
	}
	return nil
}

// failedWriting makes the index ask for a rebuild; mu is held.
func (x *Index) failedWriting(err error) error {
	x.state = State{true, "L’écriture de l’index a échoué : " + err.Error()}
	return repertoire.Damage(x.dir, err,
		"L’index de recherche n’a pas pu être mis à jour. Vos données sont enregistrées ; l’index va être reconstruit.")
}

func (a *Ahead) end() {
	a.x.mu.Lock()
	defer a.x.mu.Unlock()
	a.endLocked()
}

// endLocked lets searches see the index as it is; mu is held.
func (a *Ahead) endLocked() {
	_ = a.x.before.Close()
	a.x.ahead, a.x.before = nil, nil
	a.free()
}

// absorb adds the partnerships of other, of which the table has none.
func (t *table) absorb(other *table, f *french) {
	first := uint32(len(t.rows))
	t.rows = append(t.rows, other.rows...)
	t.worth, t.fresh, t.heads = append(t.worth, other.worth...), append(t.fresh, other.fresh...), append(t.heads, other.heads...)
	for id, doc := range other.number {
		t.number[id] = first + doc
	}
	t.live.Or(roaring.AddOffset(other.live, first))
	for name, facet := range other.facets {
		t.facets[name].absorb(facet, first)
	}
	for iso := range maps.Keys(other.countries) {
		t.learn(other.countries[iso], f)
	}
	t.projects = max(t.projects, other.projects)
}

// absorb adds the values of partnerships that are numbered from first on here.
func (f *facet) absorb(other *facet, first uint32) {
	f.listed.Store(nil)
	for value, set := range other.sets {
		moved := roaring.AddOffset(set, first)
		if have := f.sets[value]; have != nil {
			have.Or(moved)
		} else {
			f.sets[value] = moved
		}
		id := f.id(value)
		for it := moved.Iterator(); it.HasNext(); {
			f.note(it.Next(), id)
		}
		if label := other.labels[value]; label != "" && f.labels[value] == "" {
			f.labels[value] = label
		}
	}
}
