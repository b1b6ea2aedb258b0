package search

import (
	"bufio"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"repertoire/internal/repertoire"
)

// tableFile keeps the tables beside a closed index, so that opening need not
// read every record. It belongs to one exact state of the index, named by its
// stamp; after a crash it is passed over.
const tableFile = "tables.bin"

// savedTable is the file's content.
type savedTable struct {
	Stamp     []byte
	Rows      int // those that follow, by blocks
	Facets    map[Facet]savedFacet
	Countries map[string]CountryRef
	Words     map[string]map[string]int
	Projects  int
	// Numbers is the numbering of the segments at that state, by segment.
	Numbers map[uint64][]uint32
}

// savedBlock is how many rows are written together: a whole table in one piece
// is held three times over while it is read.
const savedBlock = 4096

// savedRows are some rows of the table.
type savedRows struct {
	IDs      []string // "" for a free row
	Titles   [][]byte
	Partners [][]byte
	Years    []int16
	Verified []int32
	Updated  []int64
	Amounts  []int64
	Places   [][]float32 // latitudes and longitudes in turn, the foreign ones first
	Foreign  []uint8     // how many of them are foreign
	Priors   []float32
	People   [][2]int32
	Apart    []int32
}

func savedRowsOf(rows []row) *savedRows {
	n := len(rows)
	s := &savedRows{IDs: make([]string, n), Titles: make([][]byte, n), Partners: make([][]byte, n), Years: make([]int16, n),
		Verified: make([]int32, n),
		Updated:  make([]int64, n), Amounts: make([]int64, n), Places: make([][]float32, n), Foreign: make([]uint8, n),
		Priors: make([]float32, n),
		People: make([][2]int32, n), Apart: make([]int32, n)}
	for i := range rows {
		r := &rows[i]
		s.IDs[i], s.Titles[i], s.Partners[i], s.Years[i], s.Verified[i] = string(r.id), r.title, r.partner, r.year, r.verified
		s.Updated[i], s.Amounts[i], s.Priors[i] = r.updated, r.amount, r.prior
		s.People[i], s.Apart[i], s.Foreign[i] = r.people, r.apart, r.foreign
		for _, p := range r.places {
			s.Places[i] = append(s.Places[i], p.lat, p.lon)
		}
	}
	return s
}

// take puts the rows saved in s in the table, from the number first on.
func (t *table) take(s *savedRows, first int) {
	for i, id := range s.IDs {
		doc := uint32(first + i)
		if id == "" {
			t.free = append(t.free, doc)
			continue
		}
		t.number[repertoire.ID(id)] = doc
		t.live.Add(doc)
		r := row{id: repertoire.ID(id), title: s.Titles[i], partner: s.Partners[i], year: s.Years[i], verified: s.Verified[i],
			updated: s.Updated[i], amount: s.Amounts[i], prior: s.Priors[i], people: s.People[i], apart: s.Apart[i], foreign: s.Foreign[i]}
		for at := s.Places[i]; len(at) > 1; at = at[2:] {
			r.places = append(r.places, point{at[0], at[1]})
		}
		t.rows[doc] = r
	}
}

type savedFacet struct {
	Sets   map[string][]byte // roaring's portable form
	Labels map[string]string
}

func writeTable(path string, t *table, numbers map[uint64][]uint32, stamp []byte) error {
	s := savedTable{Stamp: stamp, Rows: len(t.rows), Numbers: numbers, Countries: t.countries, Words: t.words, Projects: t.projects,
		Facets: map[Facet]savedFacet{}}
	for name, f := range t.facets {
		sf := savedFacet{Sets: make(map[string][]byte, len(f.sets)), Labels: f.labels}
		for value, set := range f.sets {
			raw, err := set.ToBytes()
			if err != nil {
				return err
			}
			sf.Sets[value] = raw
		}
		s.Facets[name] = sf
	}
	f, err := os.CreateTemp(dirOf(path), "tables-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	sum := crc32.NewIEEE()
	w := bufio.NewWriterSize(f, 1<<20)
	out := gob.NewEncoder(io.MultiWriter(w, sum))
	err = out.Encode(&s)
	for rows := t.rows; err == nil && len(rows) > 0; {
		n := min(len(rows), savedBlock)
		err = out.Encode(savedRowsOf(rows[:n]))
		rows = rows[n:]
	}
	if err == nil {
		_, err = w.Write(binary.BigEndian.AppendUint32(nil, sum.Sum32()))
	}
	if err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// savedTables are the tables read from a file, the numbering of the segments
// and the name of the state they belong to; err when the file is of no use.
type savedTables struct {
	table   *table
	numbers map[uint64][]uint32
	stamp   []byte
	err     error
}

// readTable reads the tables and tells which state of the index they are of.
func readTable(path string) savedTables {
	var t *table
	var s *savedTable
	// The file may be of another version, with columns that are not there: it
	// is of no use then, and no fault of the program's.
	err := guarded(func() (err error) {
		t, s, err = decodeTable(path)
		return err
	})
	if err != nil {
		return savedTables{err: err}
	}
	return savedTables{table: t, numbers: s.Numbers, stamp: s.Stamp}
}

func decodeTable(path string) (*table, *savedTable, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() < 4 {
		return nil, nil, errors.Join(err, errors.New("tables vides"))
	}
	sum := crc32.NewIEEE()
	content := bufio.NewReaderSize(io.TeeReader(io.LimitReader(f, info.Size()-4), sum), 1<<18)
	var s savedTable
	in := gob.NewDecoder(content)
	if err := in.Decode(&s); err != nil {
		return nil, nil, err
	}
	if s.Rows < 0 || int64(s.Rows) > info.Size() {
		return nil, nil, errors.New("nombre de lignes des tables faux")
	}
	t := newTable()
	t.rows = make([]row, s.Rows)
	t.number = make(map[repertoire.ID]uint32, s.Rows)
	for first := 0; first < s.Rows; {
		var rows savedRows
		if err := in.Decode(&rows); err != nil {
			return nil, nil, err
		}
		if len(rows.IDs) == 0 {
			return nil, nil, errors.New("tables sans lignes")
		}
		t.take(&rows, first)
		first += len(rows.IDs)
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return nil, nil, err
	}
	var end [4]byte
	if _, err := io.ReadFull(f, end[:]); err != nil || binary.BigEndian.Uint32(end[:]) != sum.Sum32() {
		return nil, nil, errors.New("somme de contrôle des tables fausse")
	}
	for name, sf := range s.Facets {
		f := newFacet()
		f.first = make([]uint32, s.Rows)
		for value, raw := range sf.Sets {
			set := roaring.New()
			if err := set.UnmarshalBinary(raw); err != nil {
				return nil, nil, err
			}
			f.load(value, set)
		}
		for value, label := range sf.Labels {
			f.labels[value] = label
		}
		t.facets[name] = f
	}
	if s.Countries != nil {
		t.countries = s.Countries
	}
	if s.Words != nil {
		t.words = s.Words
	}
	t.projects = s.Projects
	return t, &s, nil
}

// recoverTable makes the tables again from the records kept in the index.
func recoverTable(store *scorch.Scorch, f *french) (t *table, err error) {
	r, err := store.Reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("lecteur inattendu %T", r)
	}
	t = newTable()
	err = guarded(func() error {
		for _, s := range snapshot.Segments() {
			for it := s.DocNumbersLive().Iterator(); it.HasNext(); {
				rec, err := readRecord(s.VisitDocument, uint64(it.Next()))
				if err != nil {
					return err
				}
				t.put(&rec, f)
			}
		}
		return nil
	})
	return t, err
}

// readRecord reads the record stored in one document of a segment.
func readRecord[V ~func(string, byte, []byte, []uint64) bool](visit func(uint64, V) error, doc uint64) (Record, error) {
	var rec Record
	found, bad := false, error(nil)
	err := visit(doc, func(name string, _ byte, value []byte, _ []uint64) bool {
		if name != fieldRecord {
			return true
		}
		found = true
		bad = unpack(value, &rec)
		return false
	})
	if err == nil {
		err = bad
	}
	if err == nil && !found {
		err = errors.New("fiche absente de l’index")
	}
	return rec, err
}
