package search

import (
	"bufio"
	"bytes"
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
	IDs       []string // "" for a free row
	Titles    [][]byte
	Partners  [][]byte
	Years     []int16
	Verified  []int32
	Updated   []int64
	Amounts   []int64
	Places    [][]float32 // latitudes and longitudes in turn, the foreign ones first
	Foreign   []uint8     // how many of them are foreign
	Priors    []float32
	People    [][2]int32
	Apart     []int32
	Facets    map[Facet]savedFacet
	Countries map[string]CountryRef
	Words     map[string]map[string]int
	Projects  int
	// Numbers is the numbering of the segments at that state, by segment.
	Numbers map[uint64][]uint32
}

type savedFacet struct {
	Sets   map[string][]byte // roaring's portable form
	Labels map[string]string
}

func writeTable(path string, t *table, numbers map[uint64][]uint32, stamp []byte) error {
	n := len(t.rows)
	s := savedTable{Stamp: stamp, Numbers: numbers, Countries: t.countries, Words: t.words, Projects: t.projects,
		IDs: make([]string, n), Titles: make([][]byte, n), Partners: make([][]byte, n), Years: make([]int16, n), Verified: make([]int32, n),
		Updated: make([]int64, n), Amounts: make([]int64, n), Places: make([][]float32, n), Foreign: make([]uint8, n), Priors: make([]float32, n), People: make([][2]int32, n), Apart: make([]int32, n),
		Facets: map[Facet]savedFacet{}}
	for i := range t.rows {
		r := &t.rows[i]
		s.IDs[i], s.Titles[i], s.Partners[i], s.Years[i], s.Verified[i] = string(r.id), r.title, r.partner, r.year, r.verified
		s.Updated[i], s.Amounts[i], s.Priors[i] = r.updated, r.amount, r.prior
		s.People[i], s.Apart[i], s.Foreign[i] = r.people, r.apart, r.foreign
		for _, p := range r.places {
			s.Places[i] = append(s.Places[i], p.lat, p.lon)
		}
	}
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
	err = gob.NewEncoder(io.MultiWriter(w, sum)).Encode(&s)
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
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	if len(raw) < 4 || crc32.ChecksumIEEE(raw[:len(raw)-4]) != binary.BigEndian.Uint32(raw[len(raw)-4:]) {
		return nil, nil, errors.New("somme de contrôle des tables fausse")
	}
	var s savedTable
	if err := gob.NewDecoder(bytes.NewReader(raw[:len(raw)-4])).Decode(&s); err != nil {
		return nil, nil, err
	}
	// A program of another day kept other columns: what lacks one is made again.
	for _, n := range []int{len(s.Titles), len(s.Partners), len(s.Years), len(s.Verified), len(s.Updated), len(s.Amounts), len(s.Priors), len(s.People), len(s.Apart),
		len(s.Foreign), len(s.Places)} {
		if n != len(s.IDs) {
			return nil, nil, errors.New("tables d’une autre version du programme")
		}
	}
	t := newTable()
	t.rows = make([]row, len(s.IDs))
	t.number = make(map[repertoire.ID]uint32, len(s.IDs))
	for i, id := range s.IDs {
		if id == "" {
			t.free = append(t.free, uint32(i))
			continue
		}
		t.number[repertoire.ID(id)] = uint32(i)
		t.live.Add(uint32(i))
		t.rows[i] = row{id: repertoire.ID(id), title: s.Titles[i], partner: s.Partners[i], year: s.Years[i], verified: s.Verified[i],
			updated: s.Updated[i], amount: s.Amounts[i], prior: s.Priors[i], people: s.People[i], apart: s.Apart[i], foreign: s.Foreign[i]}
		for at := s.Places[i]; len(at) > 1; at = at[2:] {
			t.rows[i].places = append(t.rows[i].places, point{at[0], at[1]})
		}
	}
	for name, sf := range s.Facets {
		f := newFacet()
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
