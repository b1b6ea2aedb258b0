package workspace

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

// catalogue keeps the search index in step with the journal. It is disposable:
// missing, old, of another history or damaged, it is made again from the base,
// which stays usable meanwhile.
type catalogue struct {
	w     *Workspace
	dir   string
	index *search.Index
	stop  context.CancelFunc
	// passing: the folder is ours alone and goes when we close.
	passing bool

	mu      sync.Mutex
	ready   chan struct{} // closed when the work at hand is done
	failed  error         // of the last rebuild
	working bool
}

// lineageFile says which history the index follows: after a restore the same
// numbers mean other changes.
const lineageFile = "lineage"

// openCatalogue opens the index and, when it is behind, brings it up to date
// in the background.
func (w *Workspace) openCatalogue(ctx context.Context) (*catalogue, error) {
	c := &catalogue{w: w, dir: w.indexFolder(), ready: make(chan struct{})}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	lineage, err := w.store.Lineage(ctx)
	if err != nil {
		return nil, err
	}
	last, err := w.store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	options := w.searchOptions()
	if c.index, err = search.Open(c.dir, options); err != nil {
		// Somebody else's index, or a place that cannot be written to: one of
		// our own, for this time, is better than no search.
		if c.dir, err = os.MkdirTemp("", "repertoire-index-"); err != nil {
			return nil, repertoire.Fault(err, "L’index de recherche ne peut être fait nulle part : vérifiez la place dans le dossier temporaire. Les données ne sont pas touchées.")
		}
		c.passing = true
		if c.index, err = search.Open(c.dir, options); err != nil {
			return nil, err
		}
	}
	c.w.texts = newFileTexts(c.w.store.Media(), filepath.Join(c.dir, "texts"), c.reread)
	go c.w.texts.work(background)
	followed, _ := os.ReadFile(filepath.Join(c.dir, lineageFile))
	switch seq := c.index.Seq(); {
	case c.index.State().NeedsRebuild || string(followed) != lineage || seq > last:
		c.rebuild(background, lineage)
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
func (w *Workspace) indexFolder() string {
	place := folder.Inspect(w.dir)
	if !w.store.ReadOnly() && place.Synchronised == "" && !place.Network {
		return filepath.Join(w.dir, "index")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	abs, err := filepath.Abs(w.dir)
	if err != nil {
		abs = w.dir
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(cache, "repertoire", "index-"+hex.EncodeToString(sum[:8]))
}

// catchUp replays what the journal has after seq; an index that cannot take it
// is rebuilt.
func (c *catalogue) catchUp(ctx, background context.Context, lineage string, seq int64) {
	if err := c.replay(ctx, seq); err != nil {
		c.rebuild(background, lineage)
		return
	}
	close(c.ready)
}

// replay puts in the index what was written after seq.
func (c *catalogue) replay(ctx context.Context, seq int64) error {
	ids, last, err := c.w.store.Touched(ctx, seq)
	if err != nil {
		return err
	}
	const batch = 1000 // records analysed at once
	if len(ids) <= batch {
		return c.take(ctx, ids, last)
	}
	// Between two batches the index says it has what it has not: without its
	// lineage, a crash there has it made again.
	lineage, err := c.w.store.Lineage(ctx)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(c.dir, lineageFile)); err != nil && !os.IsNotExist(err) {
		return err
	}
	for part := range c.readAhead(ctx, slices.Chunk(ids, batch), last) {
		if part.err == nil {
			part.err = c.index.Apply(ctx, last, part.upserts, part.deletes)
		}
		if part.err != nil {
			return part.err
		}
	}
	return c.sign(lineage)
}

// portion is what one batch of records came to.
type portion struct {
	upserts []search.Record
	deletes []repertoire.ID
	err     error
}

// readAhead reads the next batch while the one before is put in the index.
func (c *catalogue) readAhead(ctx context.Context, batches iter.Seq[[]repertoire.ID], seq int64) iter.Seq[portion] {
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
func (c *catalogue) take(ctx context.Context, ids []repertoire.ID, seq int64) error {
	upserts, deletes, err := c.read(ctx, ids, seq)
	if err != nil {
		return err
	}
	return c.index.Apply(ctx, seq, upserts, deletes)
}

// sign notes which history the index follows.
func (c *catalogue) sign(lineage string) error {
	return pdf.Save(filepath.Join(c.dir, lineageFile), []byte(lineage))
}

// read makes the records of those of ids that live; the others are to be
// forgotten.
func (c *catalogue) read(ctx context.Context, ids []repertoire.ID, seq int64) (upserts []search.Record, deletes []repertoire.ID, err error) {
	living, err := c.w.store.Partnerships(ctx, ids)
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

// follow takes in the change that was just applied as seq. The base has it
// already: an index that fails is made again and nobody is told.
func (c *catalogue) follow(ctx context.Context, seq int64) {
	if err := c.replay(ctx, seq-1); err != nil {
		if lineage, err := c.w.store.Lineage(ctx); err == nil {
			c.rebuild(ctx, lineage)
		}
	}
}

// rebuild makes the index again in the background.
func (c *catalogue) rebuild(ctx context.Context, lineage string) {
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
func (c *catalogue) remake(ctx context.Context, lineage string) error {
	c.w.writing.Lock()
	release := sync.OnceFunc(c.w.writing.Unlock)
	defer release()
	seq, err := c.w.store.LastSeq(ctx)
	if err != nil {
		return err
	}
	err = c.index.Rebuild(ctx, func(yield func(search.Record) error) error {
		return c.w.store.View(ctx, func(r store.Reader) error {
			authorities, err := r.Authorities(ctx, nil) // the first read fixes the state
			release()
			if err != nil {
				return err
			}
			look := lookup{w: c.w, authorities: authorities}
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

// wait returns when the index is in step with the journal.
func (c *catalogue) wait(ctx context.Context) error {
	c.mu.Lock()
	ready := c.ready
	c.mu.Unlock()
	select {
	case <-ready:
	case <-ctx.Done():
		return stopped(ctx.Err())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

// busy tells whether the index is being made.
func (c *catalogue) busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.ready:
		return false
	default:
		return true
	}
}

// verify compares the index with its checksums and its count with the base's.
func (c *catalogue) verify(ctx context.Context) (string, error) {
	if err := c.wait(ctx); err != nil {
		return err.Error(), nil //nolint:nilerr // what is wrong is the answer
	}
	if err := c.index.Verify(ctx); err != nil {
		return err.Error(), nil //nolint:nilerr // the same
	}
	_, total, err := c.w.store.Browse(ctx, store.BrowseQuery{Limit: 1})
	if err != nil {
		return "", err
	}
	if n := c.index.Len(); n != total {
		return "L’index ne compte pas autant de partenariats que la base : il sera refait à la prochaine ouverture.", nil
	}
	return "ok", nil
}

// reread puts entries of which a file was read in the index again. Writers are
// held off: an older state must not go over a newer one.
func (c *catalogue) reread(ctx context.Context, ids []repertoire.ID) {
	if c.wait(ctx) != nil {
		return
	}
	c.w.writing.Lock()
	defer c.w.writing.Unlock()
	_ = c.take(ctx, ids, c.index.Seq()) // found next time the entry is saved
}

func (c *catalogue) close() {
	c.stop()
	<-c.w.texts.done
	_ = c.wait(context.Background()) // a rebuild that was stopped leaves the old index
	_ = c.index.Close()
	if c.passing {
		_ = os.RemoveAll(c.dir)
	}
}

// lookup gives the index what identifiers stand for.
type lookup struct {
	w           *Workspace
	authorities map[repertoire.ID]repertoire.Authority
}

func (w *Workspace) lookup(ctx context.Context, records []repertoire.Partnership) (lookup, error) {
	ids := []repertoire.ID{}
	for _, p := range records {
		for _, q := range p.Parties {
			ids = append(ids, q.Authority)
		}
	}
	all, err := w.store.Authorities(ctx, ids)
	return lookup{w: w, authorities: all}, err
}

// Authority implements search.Lookup.
func (l lookup) Authority(id repertoire.ID) (repertoire.Authority, bool) {
	a, ok := l.authorities[id]
	if ok && !a.French() {
		// The index finds a town under the names it has in French and elsewhere;
		// the record keeps the name the officer gave it.
		a.OtherNames = append(slices.Clip(a.OtherNames), l.w.spellings.of(&a)...)
	}
	return a, ok
}

// Country implements search.Lookup.
func (l lookup) Country(iso string) (search.CountryRef, bool) {
	c, ok := l.w.tables.Country(iso)
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
func (l lookup) FileText(id repertoire.ID, sum string) string { return l.w.texts.of(id, sum) }

// Theme implements search.Lookup.
func (l lookup) Theme(code string) (repertoire.Theme, bool) { return l.w.tables.Theme(code) }

// search asks the index; one that turns out to be damaged is made again and
// asked once more.
func (c *catalogue) search(ctx context.Context, r search.Request) (search.Response, error) {
	answer, err := c.index.Search(ctx, r)
	if err == nil && !answer.Incomplete || ctx.Err() != nil {
		return answer, err
	}
	lineage, failed := c.w.store.Lineage(ctx)
	if failed != nil {
		return answer, failed
	}
	c.rebuild(context.WithoutCancel(ctx), lineage)
	if err := c.wait(ctx); err != nil {
		return answer, err
	}
	return c.index.Search(ctx, r)
}
