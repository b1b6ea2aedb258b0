package search

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/google/uuid"

	"repertoire/internal/repertoire"
	"repertoire/internal/thrift"
)

// buildBatch is how many records make one segment of the index being built:
// more is a little faster and takes more memory.
const buildBatch = 500

// Rebuild makes the index again, aside, then swaps it in; until then searches
// are answered by the old one. each hands over all records as they were at the
// journal's number seq; what Apply brings meanwhile is added before the swap.
// progress may be nil; total is what each knows of, so it is passed as 0 here.
func (x *Index) Rebuild(ctx context.Context, each func(yield func(Record) error) error, seq int64,
	progress func(done, total int, label string)) error {
	x.writing.Lock()
	if x.rebuilding || x.queue == nil {
		x.writing.Unlock()
		return repertoire.Refuse("L’index est déjà en cours de reconstruction.")
	}
	x.rebuilding = true
	x.replay = nil
	x.writing.Unlock()

	// Cutting texts into words makes a lot of garbage: collect it more often
	// while it lasts, so that building stays small beside the window.
	defer thrift.Begin(70).End()
	gen := genPrefix + uuid.NewString()
	folder := filepath.Join(x.dir, gen)
	b := &build{folder: folder, french: x.french, workers: x.opt.Workers, table: newTable()}
	err := b.run(ctx, each, seq, progress)

	x.writing.Lock()
	defer x.writing.Unlock()
	x.rebuilding = false
	replay := x.replay
	x.replay = nil
	if err == nil {
		err = x.swap(gen)
	}
	if err != nil {
		_ = os.RemoveAll(folder)
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		var ours *repertoire.Error
		if errors.As(err, &ours) {
			return err
		}
		return repertoire.Fault(err,
			"L’index de recherche n’a pas pu être reconstruit. Vos données ne sont pas touchées : vérifiez la place libre sur le disque, puis recommencez.")
	}
	for _, a := range replay {
		if a.seq > seq {
			if err := x.apply(context.WithoutCancel(ctx), a.seq, a.upserts, a.deletes); err != nil {
				return err
			}
		}
	}
	return nil
}

// swap puts generation gen in use; writing is held.
func (x *Index) swap(gen string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.queue == nil {
		return repertoire.Refuse("L’index a été fermé pendant sa reconstruction.")
	}
	if err := x.closeStore(); err != nil {
		_ = err // the old one was to be thrown away
	}
	x.state = State{true, "L’index n’a pas pu être rouvert."}
	if err := x.load(gen); err != nil {
		return err
	}
	if err := writeCurrent(x.dir, gen); err != nil {
		return err
	}
	x.removeOthers()
	return nil
}

// build is one rebuild under way.
type build struct {
	folder  string
	french  *french
	workers int
	table   *table
	store   *scorch.Scorch
	batch   *index.Batch
}

// made is a record on its way into the index.
type made struct {
	record Record
	doc    *document
	err    error
	done   chan struct{}
}

func (b *build) run(ctx context.Context, each func(yield func(Record) error) error, seq int64,
	progress func(int, int, string)) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := os.MkdirAll(b.folder, 0o700); err != nil {
		return err
	}
	values, stamp := internalValues(seq)
	queue := index.NewAnalysisQueue(1)
	defer queue.Close()
	store, err := openStore(b.folder, queue, nil)
	if err != nil {
		return err
	}
	b.store, b.batch = store, index.NewBatch()
	defer func() {
		if closed := guarded(store.Close); err == nil {
			err = closed
		}
	}()
	// Records are cut into words by the workers and taken in their own order,
	// so that the same base gives the same index.
	work, order := make(chan *made), make(chan *made, 200)
	var workers sync.WaitGroup
	for range b.workers {
		workers.Go(func() {
			for m := range work {
				m.doc, m.err = newDocument(&m.record, b.french)
				close(m.done)
			}
		})
	}
	read := make(chan error, 1)
	go func() {
		defer close(order)
		defer close(work)
		read <- each(func(r Record) error {
			m := &made{record: r, done: make(chan struct{})}
			for _, c := range []chan *made{order, work} {
				select {
				case c <- m:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}()
	done, failed := 0, error(nil)
	for m := range order {
		if failed != nil {
			continue
		}
		select {
		case <-m.done:
		case <-ctx.Done():
			failed = ctx.Err()
			continue
		}
		if failed = b.take(m); failed != nil {
			cancel()
			continue
		}
		if done++; progress != nil && done%500 == 0 {
			progress(done, 0, "Indexation")
		}
	}
	workers.Wait()
	if failed == nil {
		failed = <-read
	}
	if failed == nil {
		failed = ctx.Err()
	}
	if failed != nil {
		return failed
	}
	for k, v := range values {
		b.batch.SetInternal([]byte(k), v)
	}
	if err := b.flush(); err != nil {
		return err
	}
	return writeTable(filepath.Join(b.folder, tableFile), b.table, nil, stamp)
}

// take puts one record in the batch, and a full batch in the index.
func (b *build) take(m *made) error {
	if m.err != nil {
		return m.err
	}
	if _, twice := b.table.number[m.record.ID]; twice {
		return nil // the first one counts
	}
	b.table.put(&m.record, b.french)
	b.batch.Update(m.doc)
	m.doc, m.record = nil, Record{}
	if len(b.batch.IndexOps) < buildBatch {
		return nil
	}
	return b.flush()
}

// flush returns when the batch is on disk, which keeps memory bounded.
func (b *build) flush() error {
	err := guarded(func() error { return b.store.Batch(b.batch) })
	b.batch.Reset()
	return err
}
