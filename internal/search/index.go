package search

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/google/uuid"
	bolterrors "go.etcd.io/bbolt/errors"

	"repertoire/internal/repertoire"
)

// formatVersion changes whenever the fields, the analysis or the stored form
// change; an index of another version asks to be rebuilt.
const formatVersion = 10

// maxSegment is how many records one file of the index may hold.
const maxSegment = 20_000

// Keys kept in the index beside the documents.
const (
	keyFormat = "format"
	keySeq    = "seq"
	keyStamp  = "stamp" // names the exact state, for the tables saved beside it
)

// Options steer an index.
type Options struct {
	// Synonyms is the text of the list of related words (see ParseSynonyms);
	// nil is the list of the program.
	Synonyms *Synonyms
	// Now gives the day on which freshness is judged; nil is the clock.
	Now func() time.Time
	// Countries are those that exist, in use or not; Words are texts whose words
	// are rightly spelled (the labels of themes); Named tells whether a place
	// bears that very name. None of them is taken for a typing error.
	Countries []CountryRef
	Words     []string
	// Areas are the regions of the world of each country, by its code.
	Areas map[string][]string
	Named func(word string) bool
	// Town tells whether a town that many know bears that very name, as typed:
	// who looks for Vérone and finds none is not given Gérone, but offered it.
	Town func(name string) bool
	// Called gives the country and the other names of a town that many know by
	// that name, as typed: who looks for Londres is given London where only that
	// is written.
	Called func(name string) (country string, names []string)
	// Locate gives the latitude and longitude, in degrees, of a place by its name.
	Locate func(name string) (at [2]float64, ok bool)
	// Workers is how many goroutines analyse; 0 is one for each processor, two at most.
	Workers int
}

// State says whether an index can answer.
type State struct {
	// NeedsRebuild is set when the index is missing, of another version or
	// damaged; Reason then says which, in French, for the log and for "check".
	NeedsRebuild bool
	Reason       string
}

// Index is an open index. Its methods may be called from several goroutines.
type Index struct {
	dir    string
	opt    Options
	french *french
	known  *known
	queue  *index.AnalysisQueue

	// writing serialises Apply, Rebuild and Close; mu guards what searches read.
	writing sync.Mutex
	mu      sync.RWMutex
	gen     string // folder of the generation in use, relative to dir
	store   *scorch.Scorch
	table   *table
	seq     int64
	stamp   []byte
	state   State
	// ahead are records that wait for their change; before is what searches see
	// meanwhile.
	ahead  *Ahead
	before *scorch.IndexSnapshot
	// merging is held while segments are not to be merged.
	merging sync.RWMutex

	numberingMu sync.Mutex
	numbers     numbering
	pending     persistence
	scorePool   scorePool
	// replay holds what was applied while a rebuild was under way.
	rebuilding bool
	replay     []applied
}

// applied is one Apply kept for the index being built.
type applied struct {
	seq     int64
	upserts []Record
	deletes []repertoire.ID
}

// Open opens the index in dir, which is made when missing. An index that is
// missing, of another version or damaged is no error: State then asks for
// Rebuild, and searches meanwhile find nothing. An error means that dir cannot
// be used at all, or that another program holds the index.
func Open(dir string, opt Options) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, repertoire.Fault(err,
			"Le dossier de l’index « %s » ne peut pas être créé : vérifiez les droits d’accès. Les données ne sont pas touchées.", dir)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Synonyms == nil {
		opt.Synonyms = defaultSynonyms()
	}
	if opt.Workers <= 0 {
		opt.Workers = 2
	}
	if opt.Town != nil {
		opt.Town = remembered(opt.Town)
	}
	x := &Index{dir: dir, opt: opt, french: newFrench(), table: newTable(), queue: index.NewAnalysisQueue(opt.Workers)}
	x.opt.Synonyms = opt.Synonyms.prepared(x.french)
	x.known = newKnown(opt, x.french)
	gen, err := readCurrent(dir)
	if err != nil {
		x.state = State{true, "L’index n’existe pas encore."}
		return x, nil //nolint:nilerr // no index yet is a state, not a fault
	}
	switch err := x.load(gen); {
	case err == nil:
		x.removeOthers()
	case errors.Is(err, bolterrors.ErrTimeout):
		x.queue.Close()
		return nil, &repertoire.Error{Kind: repertoire.Conflicting, File: dir, Err: err,
			Message: "L’index de recherche est ouvert par un autre programme : fermez l’autre fenêtre du Répertoire, puis recommencez."}
	default:
		x.state = State{true, "L’index est endommagé ou d’une autre version : " + err.Error()}
	}
	return x, nil
}

// load opens generation gen and puts it in use.
func (x *Index) load(gen string) (err error) {
	folder := filepath.Join(x.dir, gen)
	if _, err := os.Stat(filepath.Join(folder, "root.bolt")); err != nil {
		return err // scorch would quietly make an empty index
	}
	// The tables are read while the files are compared with their checksums:
	// each takes half of what opening takes.
	tables := make(chan savedTables, 1)
	go func() { tables <- readTable(filepath.Join(folder, tableFile)) }()
	if err := verifySegments(context.Background(), folder); err != nil {
		return err
	}
	store, err := openStore(folder, x.queue, x.mayMerge)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = store.Close()
		}
	}()
	state, err := readKeys(store)
	if err != nil {
		return err
	}
	saved := <-tables
	table, numbers := saved.table, saved.numbers
	if saved.err != nil || !bytes.Equal(saved.stamp, state.stamp) {
		// Not closed properly, or the tables of another state: the records
		// themselves are in the index.
		numbers = nil
		if table, err = recoverTable(store, x.french); err != nil {
			return err
		}
	}
	x.store, x.table, x.gen, x.seq, x.stamp, x.state = store, table, gen, state.seq, state.stamp, State{}
	x.numbers = numbering{segments: numbers}
	table.judge(x.today())
	v, err := x.viewLocked()
	if err != nil {
		x.store, x.table = nil, newTable()
		return err
	}
	v.close()
	return nil
}

// openStore opens the Bleve index in folder. The libraries underneath panic
// on some damaged files; that is damage like any other.
// merging is asked before segments are merged, and may have it wait. Without
// it, writing waits for the disk.
func openStore(folder string, queue *index.AnalysisQueue, merging func()) (store *scorch.Scorch, err error) {
	defer func() {
		if p := recover(); p != nil {
			store, err = nil, fmt.Errorf("ouverture interrompue : %v", p)
		}
	}()
	// Unsafe batches are visible at once and written a moment later. What a
	// crash loses is replayed from the journal: Seq says from where.
	config := map[string]any{"path": folder, "bolt_timeout": "2s", "unsafe_batch": merging != nil,
		// Merging segments maps them whole in memory: small ones keep that bounded.
		"scorchMergePlanOptions": map[string]any{"MaxSegmentSize": maxSegment}}
	s, err := newScorch(config, queue, merging)
	if err != nil {
		return nil, err
	}
	if err := s.Open(); err != nil {
		return nil, err
	}
	return s.(*scorch.Scorch), nil
}

// newScorch makes a store that asks before it merges.
func newScorch(config map[string]any, queue *index.AnalysisQueue, merging func()) (index.Index, error) {
	if merging == nil {
		return scorch.NewScorch(scorch.Name, config, queue)
	}
	// Bleve knows those it asks by a name, looked up once when the store is made.
	callbacks.Lock()
	defer callbacks.Unlock()
	const name = "repertoire"
	config["eventCallbackName"] = name
	scorch.RegistryEventCallbacks[name] = func(e scorch.Event) bool {
		if e.Kind == scorch.EventKindPreMergeCheck {
			merging()
		}
		return true
	}
	return scorch.NewScorch(scorch.Name, config, queue)
}

var callbacks sync.Mutex

type keys struct {
	seq   int64
	stamp []byte
}

func readKeys(store *scorch.Scorch) (keys, error) {
	r, err := store.Reader()
	if err != nil {
		return keys{}, err
	}
	defer r.Close()
	get := func(key string) []byte {
		v, _ := r.GetInternal([]byte(key))
		return append([]byte(nil), v...)
	}
	if v := get(keyFormat); len(v) != 8 || binary.BigEndian.Uint64(v) != formatVersion {
		return keys{}, fmt.Errorf("version %x, attendue %d", v, formatVersion)
	}
	seq := get(keySeq)
	if len(seq) != 8 {
		return keys{}, errors.New("numéro de journal absent")
	}
	return keys{int64(binary.BigEndian.Uint64(seq)), get(keyStamp)}, nil
}

func internalValues(seq int64) (map[string][]byte, []byte) {
	stamp := uuid.New()
	return map[string][]byte{
		keyFormat: binary.BigEndian.AppendUint64(nil, formatVersion),
		keySeq:    binary.BigEndian.AppendUint64(nil, uint64(seq)),
		keyStamp:  stamp[:],
	}, stamp[:]
}

// State says whether the index can answer.
func (x *Index) State() State {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.state
}

// Seq is the journal's number of the last change in the index. After a crash
// it may be older than the last Apply: replay the journal from there. It is 0
// when the index needs a rebuild.
func (x *Index) Seq() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.state.NeedsRebuild {
		return 0
	}
	return x.seq
}

// SetSynonyms puts another list of related words in use, from the next search on.
func (x *Index) SetSynonyms(s *Synonyms) {
	ready := s.prepared(x.french)
	x.mu.Lock()
	x.opt.Synonyms = ready
	x.mu.Unlock()
}

// Len is the number of partnerships in the index.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return int(x.table.live.GetCardinality())
}

// Apply puts one change of the journal in the index: it is found when Apply
// returns. The same change may be applied again, in order, with the same result.
// On an index that needs a rebuild it does nothing: the rebuild reads the base.
func (x *Index) Apply(ctx context.Context, seq int64, upserts []Record, deletes []repertoire.ID) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.rebuilding {
		x.mu.Lock()
		x.replay = append(x.replay, applied{seq, upserts, deletes})
		x.mu.Unlock()
	}
	if x.State().NeedsRebuild {
		return nil
	}
	return x.apply(ctx, seq, upserts, deletes)
}

// apply does the work of Apply; writing is held.
func (x *Index) apply(ctx context.Context, seq int64, upserts []Record, deletes []repertoire.ID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if x.ahead != nil {
		return errAheadOver
	}
	batch := index.NewBatch()
	for _, id := range deletes {
		batch.Delete(string(id))
	}
	docs, err := newDocuments(upserts, x.french, x.opt.Workers)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		batch.Update(doc)
	}
	values, stamp := internalValues(max(seq, x.seq))
	for k, v := range values {
		batch.SetInternal([]byte(k), v)
	}
	x.pending.begin(batch)
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := guarded(func() error { return x.store.Batch(batch) }); err != nil {
		x.pending.cancel()
		return x.failedWriting(err)
	}
	x.table.judge(x.today())
	for _, id := range deletes {
		x.table.remove(id)
	}
	for i := range upserts {
		x.table.put(&upserts[i], x.french)
	}
	x.seq, x.stamp = max(seq, x.seq), stamp
	return nil
}

// today is the day on which freshness is judged, in days since 1970.
func (x *Index) today() int32 { return int32(x.opt.Now().Unix() / 86400) }

// guarded turns a panic of the libraries underneath into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("index : %v", p)
		}
	}()
	return f()
}

// Close waits until everything applied is on disk, saves the tables beside it
// and closes. A closed index finds nothing.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	err := x.closeStore()
	if x.queue != nil {
		x.queue.Close()
		x.queue = nil
	}
	x.state = State{true, "L’index est fermé."}
	return err
}

// closeStore closes the generation in use; writing and mu are held.
func (x *Index) closeStore() error {
	if x.store == nil {
		return nil
	}
	if x.ahead != nil {
		x.ahead.endLocked()
	}
	x.pending.wait(30 * time.Second)
	if !x.state.NeedsRebuild {
		// Without the file the tables are read from the records: slower, as right.
		_ = x.saveTable()
	}
	err := guarded(x.store.Close)
	x.store, x.table, x.numbers = nil, newTable(), numbering{}
	if err != nil {
		return repertoire.Damage(x.dir, err,
			"L’index de recherche n’a pas été fermé proprement. Vos données sont enregistrées ; l’index sera vérifié à la prochaine ouverture.")
	}
	return nil
}

// saveTable writes the tables beside the index. The numbering is that of the
// segments alive now: the number of a dead one may be given to another.
func (x *Index) saveTable() error {
	return guarded(func() error {
		v, err := x.viewLocked()
		if err != nil {
			return err
		}
		v.close()
		return writeTable(filepath.Join(x.dir, x.gen, tableFile), x.table, x.numbers.segments, x.stamp)
	})
}
