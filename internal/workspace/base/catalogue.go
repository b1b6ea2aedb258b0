package base

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/store"
	"repertoire/internal/store/folder"
)

// Catalogue keeps the search index in step with the journal. It is disposable:
// missing, old, of another history or damaged, it is made again from the base,
// which stays usable meanwhile.
type Catalogue struct {
	w     *Base
	Dir   string
	Index *search.Index
	stop  context.CancelFunc
	// passing: the folder is ours alone and goes when we close.
	passing bool

	mu      sync.Mutex
	ready   chan struct{} // closed when the work at hand is done
	failed  error         // of the last rebuild
	working bool
}

// LineageFile says which history the index follows: after a restore the same
// numbers mean other changes.
const LineageFile = "lineage"

// openCatalogue opens the index and, when it is behind, brings it up to date
// in the background.
func (base *Base) openCatalogue(ctx context.Context) (*Catalogue, error) {
	c := &Catalogue{w: base, Dir: base.indexFolder(), ready: make(chan struct{})}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	lineage, err := base.Store.Lineage(ctx)
	if err != nil {
		return nil, err
	}
	last, err := base.Store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	options := base.searchOptions()
	if c.Index, err = search.Open(c.Dir, options); err != nil {
		// Somebody else's index, or a place that cannot be written to: one of
		// our own, for this time, is better than no search.
		if c.Dir, err = os.MkdirTemp("", "repertoire-index-"); err != nil {
			return nil, repertoire.Fault(err,
				"L’index de recherche ne peut être fait nulle part : vérifiez la place dans le dossier temporaire. Les données ne sont pas touchées.")
		}
		c.passing = true
		if c.Index, err = search.Open(c.Dir, options); err != nil {
			return nil, err
		}
	}
	c.w.Texts = newFileTexts(c.w.Store.Media(), filepath.Join(c.Dir, "texts"), c.reread)
	go c.w.Texts.work(background)
	followed, _ := os.ReadFile(filepath.Join(c.Dir, LineageFile))
	switch seq := c.Index.Seq(); {
	case c.Index.State().NeedsRebuild || string(followed) != lineage || seq > last:
		c.Rebuild(background, lineage)
	case seq < last:
		c.catchUp(ctx, background, lineage, seq)
	default:
		close(c.ready)
	}
	return c, nil
}

// indexFolder is inside the workspace, or in the user's cache when the
// workspace is copied elsewhere by another program, on a network, or not ours
// to write in: index files must not travel.
func (base *Base) indexFolder() string {
	place := folder.Inspect(base.dir)
	if !base.Store.ReadOnly() && place.Synchronised == "" && !place.Network {
		return filepath.Join(base.dir, "index")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	abs, err := filepath.Abs(base.dir)
	if err != nil {
		abs = base.dir
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(cache, "repertoire", "index-"+hex.EncodeToString(sum[:8]))
}

// catchUp replays what the journal has after seq; an index that cannot take it
// is rebuilt.
func (c *Catalogue) catchUp(ctx, background context.Context, lineage string, seq int64) {
	if err := c.replay(ctx, seq); err != nil {
		c.Rebuild(background, lineage)
		return
	}
	close(c.ready)
}

// replay puts in the index what was written after seq.
func (c *Catalogue) replay(ctx context.Context, seq int64) error {
	ids, last, err := c.w.Store.Touched(ctx, seq)
	if err != nil {
		return err
	}
	if len(ids) <= replayBatch {
		return c.take(ctx, ids, last)
	}
	// Between two batches the index says it has what it has not: without its
	// lineage, a crash there has it made again.
	lineage, err := c.w.Store.Lineage(ctx)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(c.Dir, LineageFile)); err != nil && !os.IsNotExist(err) {
		return err
	}
	return c.retake(ctx, ids, last, lineage)
}

// replayBatch is how many records are analysed at once: more of them hold more
// memory, not less time.
const replayBatch = 300

// retake puts the present state of ids in an index without lineage, which it
// has again afterwards.
func (c *Catalogue) retake(ctx context.Context, ids []repertoire.ID, seq int64, lineage string) error {
	for part := range c.readAhead(ctx, slices.Chunk(ids, replayBatch), seq) {
		if part.err == nil {
			part.err = c.Index.Apply(ctx, seq, part.upserts, part.deletes)
		}
		if part.err != nil {
			return part.err
		}
	}
	return c.sign(lineage)
}

// complete puts what the change seq touched in the index, but for the records
// it has already.
func (c *Catalogue) complete(ctx context.Context, seq int64, has func(repertoire.ID) bool, lineage string) error {
	ids, last, err := c.w.Store.Touched(ctx, seq-1)
	if err != nil {
		return err
	}
	return c.retake(ctx, slices.DeleteFunc(ids, has), last, lineage)
}

// portion is what one batch of records came to.
type portion struct {
	upserts []search.Record
	deletes []repertoire.ID
	err     error
}

// readAhead reads the next batch while the one before is put in the index.
func (c *Catalogue) readAhead(ctx context.Context, batches iter.Seq[[]repertoire.ID], seq int64) iter.Seq[portion] {
	return func(yield func(portion) bool) {
		ctx, stop := context.WithCancel(ctx)
		read := make(chan portion)
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer close(read)
			for ids := range batches {
				var p portion
				p.upserts, p.deletes, p.err = c.read(ctx, ids, seq)
				select {
				case read <- p:
				case <-ctx.Done():
					return
				}
			}
		}()
		defer func() { <-done }()
		defer stop()
		for p := range read {
			if !yield(p) {
				return
			}
		}
	}
}

// take puts the present state of ids in the index, as of the change seq.
func (c *Catalogue) take(ctx context.Context, ids []repertoire.ID, seq int64) error {
	upserts, deletes, err := c.read(ctx, ids, seq)
	if err != nil {
		return err
	}
	return c.Index.Apply(ctx, seq, upserts, deletes)
}

// sign notes which history the index follows.
func (c *Catalogue) sign(lineage string) error {
	return pdf.Save(filepath.Join(c.Dir, LineageFile), []byte(lineage))
}

// read makes the records of those of ids that live; the others are to be
// forgotten.
func (c *Catalogue) read(ctx context.Context, ids []repertoire.ID, seq int64) (upserts []search.Record, deletes []repertoire.ID,
	err error) {
	living, err := c.w.Store.Partnerships(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	look, err := c.w.lookup(ctx, living)
	if err != nil {
		return nil, nil, err
	}
	alive := map[repertoire.ID]bool{}
	for i := range living {
		alive[living[i].ID] = true
		upserts = append(upserts, search.NewRecord(&living[i], seq, look))
	}
	for _, id := range ids {
		if !alive[id] {
			deletes = append(deletes, id)
		}
	}
	return upserts, deletes, nil
}

// Follow takes in the change that was just applied as seq. The base has it
// already: an index that fails is made again and nobody is told.
func (c *Catalogue) Follow(ctx context.Context, seq int64) {
	if err := c.replay(ctx, seq-1); err != nil {
		if lineage, err := c.w.Store.Lineage(ctx); err == nil {
			c.Rebuild(ctx, lineage)
		}
	}
}

// Rebuild makes the index again in the background.
func (c *Catalogue) Rebuild(ctx context.Context, lineage string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.working {
		return
	}
	select {
	case <-c.ready:
		c.ready = make(chan struct{})
	default:
	}
	c.working = true
	go func() {
		err := c.remake(ctx, lineage)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failed, c.working = err, false
		close(c.ready)
	}()
}

// remake hands the index all records of one state of the base. No change may
// fall between that state and the moment the index starts to note what is
// applied meanwhile: writers are held off until both stand.
func (c *Catalogue) remake(ctx context.Context, lineage string) error {
	c.w.Writing.Lock()
	release := sync.OnceFunc(c.w.Writing.Unlock)
	defer release()
	seq, err := c.w.Store.LastSeq(ctx)
	if err != nil {
		return err
	}
	err = c.Index.Rebuild(ctx, func(yield func(search.Record) error) error {
		return c.w.Store.View(ctx, func(r store.Reader) error {
			authorities, err := r.Authorities(ctx, nil) // the first read fixes the state
			release()
			if err != nil {
				return err
			}
			look := Lookup{W: c.w, authorities: authorities}
			return r.EachPartnership(ctx, func(p repertoire.Partnership) error {
				return yield(search.NewRecord(&p, seq, look))
			})
		})
	}, seq, nil)
	if err != nil {
		return err
	}
	return c.sign(lineage)
}

// Wait returns when the index is in step with the journal.
func (c *Catalogue) Wait(ctx context.Context) error {
	c.mu.Lock()
	ready := c.ready
	c.mu.Unlock()
	select {
	case <-ready:
	case <-ctx.Done():
		return Stopped(ctx.Err())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

// Busy tells whether the index is being made.
func (c *Catalogue) Busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.ready:
		return false
	default:
		return true
	}
}

// Verify compares the index with its checksums and its count with the base's.
func (c *Catalogue) Verify(ctx context.Context) (string, error) {
	if err := c.Wait(ctx); err != nil {
		return err.Error(), nil //nolint:nilerr // what is wrong is the answer
	}
	if err := c.Index.Verify(ctx); err != nil {
		return err.Error(), nil //nolint:nilerr // the same
	}
	_, total, err := c.w.Store.Browse(ctx, store.BrowseQuery{Limit: 1})
	if err != nil {
		return "", err
	}
	if n := c.Index.Len(); n != total {
		return "L’index ne compte pas autant de partenariats que la base : il sera refait à la prochaine ouverture.", nil
	}
	return "ok", nil
}

// reread puts entries of which a file was read in the index again. Writers are
// held off: an older state must not go over a newer one.
func (c *Catalogue) reread(ctx context.Context, ids []repertoire.ID) {
	if c.Wait(ctx) != nil {
		return
	}
	c.w.Writing.Lock()
	defer c.w.Writing.Unlock()
	_ = c.take(ctx, ids, c.Index.Seq()) // found next time the entry is saved
}

func (c *Catalogue) close() {
	c.stop()
	<-c.w.Texts.done
	_ = c.Wait(context.Background()) // a rebuild that was stopped leaves the old index
	_ = c.Index.Close()
	if c.passing {
		_ = os.RemoveAll(c.Dir)
	}
}

// Lookup gives the index what identifiers stand for.
type Lookup struct {
	W           *Base
	authorities map[repertoire.ID]repertoire.Authority
}

func (base *Base) lookup(ctx context.Context, records []repertoire.Partnership) (Lookup, error) {
	ids := []repertoire.ID{}
	for _, p := range records {
		for _, q := range p.Parties {
			ids = append(ids, q.Authority)
		}
	}
	all, err := base.Store.Authorities(ctx, ids)
	return Lookup{W: base, authorities: all}, err
}

// Authority implements search.Lookup.
func (l Lookup) Authority(id repertoire.ID) (repertoire.Authority, bool) {
	a, ok := l.authorities[id]
	if ok {
		// The index finds an authority under the names it has in French and
		// elsewhere, now and before; the record keeps the name the officer gave it.
		a.OtherNames = append(slices.Clip(a.OtherNames), l.W.spellings.of(&a)...)
	}
	return a, ok
}

// Country implements search.Lookup.
func (l Lookup) Country(iso string) (search.CountryRef, bool) {
	c, ok := l.W.Reference.Country(iso)
	if !ok {
		return search.CountryRef{}, false
	}
	ref := search.CountryRef{ISO: c.ISO2, Name: c.Name, Others: c.Others}
	for _, feminine := range []bool{false, true} {
		for _, plural := range []bool{false, true} {
			if a := c.Adjective(feminine, plural); a != "" && !slices.Contains(ref.Adjectives, a) {
				ref.Adjectives = append(ref.Adjectives, a)
			}
		}
	}
	return ref, true
}

// FileText implements search.Lookup.
func (l Lookup) FileText(id repertoire.ID, sum string) string { return l.W.Texts.of(id, sum) }

// Theme implements search.Lookup.
func (l Lookup) Theme(code string) (repertoire.Theme, bool) { return l.W.Reference.Theme(code) }

// Search asks the index; one that turns out to be damaged is made again and
// asked once more.
func (c *Catalogue) Search(ctx context.Context, r search.Request) (search.Response, error) {
	answer, err := c.Index.Search(ctx, r)
	if err == nil && !answer.Incomplete || ctx.Err() != nil {
		return answer, err
	}
	lineage, failed := c.w.Store.Lineage(ctx)
	if failed != nil {
		return answer, failed
	}
	c.Rebuild(context.WithoutCancel(ctx), lineage)
	if err := c.Wait(ctx); err != nil {
		return answer, err
	}
	return c.Index.Search(ctx, r)
}
