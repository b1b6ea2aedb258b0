package search

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"repertoire/internal/repertoire"
)

// folder gives the folder of the generation in use in dir.
func folder(t testing.TB, dir string) string {
	t.Helper()
	gen, err := readCurrent(dir)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, gen)
}

// closedIndex builds an index of n records and closes it.
func closedIndex(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	x, err := Open(dir, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	g := newGenerator(3)
	var records []Record
	for i := range n {
		records = append(records, g.record(i))
	}
	rebuild(t, x, 9, records...)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func largest(t testing.TB, dir, suffix string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	best, size := "", int64(-1)
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasSuffix(e.Name(), suffix) && info.Size() > size {
			best, size = filepath.Join(dir, e.Name()), info.Size()
		}
	}
	if best == "" {
		t.Fatalf("aucun fichier %s", suffix)
	}
	return best
}

// TestDamage holds that whatever happens to the files, opening is no error,
// and asks for a rebuild that heals.
func TestDamage(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, dir string){
		"segment tronqué": func(t *testing.T, dir string) {
			path := largest(t, folder(t, dir), ".zap")
			info, _ := os.Stat(path)
			must(t, os.Truncate(path, info.Size()/2))
		},
		"segment vide": func(t *testing.T, dir string) { must(t, os.Truncate(largest(t, folder(t, dir), ".zap"), 0)) },
		"page de zéros": func(t *testing.T, dir string) {
			path := largest(t, folder(t, dir), ".zap")
			info, _ := os.Stat(path)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			must(t, err)
			_, err = f.WriteAt(make([]byte, 4096), info.Size()/3)
			must(t, err)
			must(t, f.Close())
		},
		"segment disparu": func(t *testing.T, dir string) { must(t, os.Remove(largest(t, folder(t, dir), ".zap"))) },
		"bolt disparu":    func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(folder(t, dir), "root.bolt"))) },
		"bolt illisible": func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(folder(t, dir), "root.bolt"), []byte(strings.Repeat("?", 9000)), 0o600))
		},
		"génération disparue": func(t *testing.T, dir string) { must(t, os.RemoveAll(folder(t, dir))) },
		"nom de génération": func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, currentFile), []byte("../..\n"), 0o600))
		},
		"tout disparu": func(t *testing.T, dir string) {
			must(t, os.RemoveAll(dir))
		},
		"autre version": func(t *testing.T, dir string) {
			x := open(t, dir)
			batch, written := index.NewBatch(), make(chan error, 1)
			batch.SetInternal([]byte(keyFormat), binary.BigEndian.AppendUint64(nil, formatVersion+1))
			batch.SetPersistedCallback(func(err error) { written <- err })
			must(t, x.store.Batch(batch))
			must(t, <-written) // an unsafe write reaches the disk a moment later
			must(t, x.Close())
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := closedIndex(t, 60)
			harm(t, dir)
			x := open(t, dir)
			if s := x.State(); !s.NeedsRebuild || s.Reason == "" {
				t.Fatalf("le dommage n’est pas vu : %+v", s)
			}
			if x.Seq() != 0 {
				t.Errorf("numéro %d", x.Seq())
			}
			if r := ask(t, x, Request{Text: "eau"}); !r.Incomplete || r.Total != 0 {
				t.Errorf("réponse d’un index endommagé : %+v", r)
			}
			if err := x.Apply(context.Background(), 11, []Record{rec("1", "Lille", "Podor", senegal)}, nil); err != nil {
				t.Errorf("une écriture ne doit pas échouer : %v", err)
			}
			rebuild(t, x, 12, rec("1", "Lille", "Podor", senegal))
			if s := x.State(); s.NeedsRebuild || x.Seq() != 12 || ask(t, x, Request{Text: "lille"}).Total != 1 {
				t.Errorf("non réparé : %+v, numéro %d", s, x.Seq())
			}
			if err := x.Verify(context.Background()); err != nil {
				t.Errorf("vérification : %v", err)
			}
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestVerifySeesLateDamage holds for files harmed while the index is open.
func TestVerifySeesLateDamage(t *testing.T) {
	dir := closedIndex(t, 60)
	x := open(t, dir)
	must(t, x.Verify(context.Background()))
	path := largest(t, folder(t, dir), ".zap")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(make([]byte, 4096), 100)
	must(t, err)
	must(t, f.Close())
	err = x.Verify(context.Background())
	if repertoire.KindOf(err) != repertoire.Damaged || !x.State().NeedsRebuild {
		t.Errorf("dommage non vu : %v %+v", err, x.State())
	}
	if r := ask(t, x, Request{Text: "eau"}); !r.Incomplete {
		t.Errorf("la recherche continue sur un index endommagé : %+v", r)
	}
}

// TestTruncatedUnderneath holds that a file cut short while it is mapped gives
// an answer or an error, never a crash of the program. One segment only: Bleve's
// own goroutines, which merge several, cannot be guarded from here.
func TestTruncatedUnderneath(t *testing.T) {
	dir := closedIndex(t, 120)
	x := open(t, dir)
	must(t, os.Truncate(largest(t, folder(t, dir), ".zap"), 4096))
	_, err := x.Search(context.Background(), Request{Text: "eau potable", Snippets: true, Facets: true})
	if err != nil && !x.State().NeedsRebuild {
		t.Errorf("%v sans demande de reconstruction", err)
	}
	if err != nil && repertoire.KindOf(err) != repertoire.Damaged {
		t.Errorf("erreur inattendue : %v", err)
	}
}

// TestCrash opens an index that was never closed, from a copy of its files at
// any moment, and replays the journal from its Seq.
func TestCrash(t *testing.T) {
	dir := closedIndex(t, 40)
	x := open(t, dir)
	for i := range 12 {
		must(t, x.Apply(context.Background(), int64(10+i), []Record{rec(fmt.Sprint("n", i), "Ville"+fmt.Sprint(i), "Podor", senegal)}, nil))
		if i%4 == 3 {
			time.Sleep(30 * time.Millisecond) // a moment of the world, so that some of it is on the disk; nothing is awaited
		}
	}
	copied := t.TempDir()
	copyTree(t, dir, copied)
	y := open(t, copied)
	if y.State().NeedsRebuild {
		t.Skip("la copie a saisi une écriture à mi-chemin : reconstruction demandée, comme il se doit")
	}
	seq := y.Seq()
	if seq < 9 || seq > 21 {
		t.Fatalf("numéro %d", seq)
	}
	for i := range 12 {
		if n := int64(10 + i); n > seq {
			must(t, y.Apply(context.Background(), n, []Record{rec(fmt.Sprint("n", i), "Ville"+fmt.Sprint(i), "Podor", senegal)}, nil))
		}
	}
	if y.Len() != 52 || y.Seq() != 21 || ask(t, y, Request{Text: "ville11"}).Total != 1 {
		t.Errorf("après reprise : %d fiches, numéro %d", y.Len(), y.Seq())
	}
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	// The root is copied first: a crash never leaves it newer than its files.
	for _, names := range [][]string{{"root.bolt"}, nil} {
		must(t, filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if names != nil && !slices.Contains(names, d.Name()) || names == nil && d.Name() == "root.bolt" {
				return nil
			}
			rel, _ := filepath.Rel(from, path)
			raw, err := os.ReadFile(path)
			if err != nil {
				if errors.Is(err, os.ErrNotExist) {
					return nil
				}
				return err
			}
			must(t, os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o700))
			return os.WriteFile(filepath.Join(to, rel), raw, 0o600)
		}))
	}
}

// TestOneWriter holds that a second program is told, and does not wait for ever.
func TestOneWriter(t *testing.T) {
	if testing.Short() {
		t.Skip("attend deux secondes")
	}
	dir := closedIndex(t, 5)
	open(t, dir)
	if _, err := Open(dir, Options{Now: testNow}); repertoire.KindOf(err) != repertoire.Conflicting {
		t.Errorf("deuxième ouverture : %v", err)
	}
}

var changes = flag.Int("changes", 600, "number of random changes in TestSameAsRebuilt")

// TestSameAsRebuilt makes random changes, closing and reopening now and then,
// and compares with an index built afresh.
func TestSameAsRebuilt(t *testing.T) {
	g := newGenerator(11)
	r := rand.New(rand.NewPCG(5, 5))
	dir := t.TempDir()
	x, err := Open(dir, Options{Now: testNow})
	must(t, err)
	rebuild(t, x, 0)
	truth := map[repertoire.ID]Record{}
	var ids []repertoire.ID
	for i := 0; i < *changes; {
		var up []Record
		var del []repertoire.ID
		for range 1 + r.IntN(5) {
			i++
			switch n := r.IntN(10); {
			case n < 6 || len(ids) == 0:
				rec := g.record(i)
				if n < 2 && len(ids) > 0 {
					rec.ID = ids[r.IntN(len(ids))]
				} else {
					ids = append(ids, rec.ID)
				}
				if !slices.ContainsFunc(up, func(o Record) bool { return o.ID == rec.ID }) && !slices.Contains(del, rec.ID) {
					up, truth[rec.ID] = append(up, rec), rec
				}
			default:
				id := ids[r.IntN(len(ids))]
				if !slices.ContainsFunc(up, func(o Record) bool { return o.ID == id }) {
					del = append(del, id)
					delete(truth, id)
				}
			}
		}
		must(t, x.Apply(context.Background(), int64(i), up, del))
		if r.IntN(15) == 0 {
			i = putAhead(t, x, g, i, r.IntN(3) == 0, func(rec Record) {
				ids, truth[rec.ID] = append(ids, rec.ID), rec
			})
		}
		if r.IntN(60) == 0 {
			must(t, x.Close())
			x, err = Open(dir, Options{Now: testNow})
			must(t, err)
			if s := x.State(); s.NeedsRebuild {
				t.Fatalf("après réouverture : %s", s.Reason)
			}
		}
	}
	defer x.Close()
	var all []Record
	for _, rec := range truth {
		all = append(all, rec)
	}
	fresh := built(t, all...)
	if x.Len() != len(truth) || fresh.Len() != len(truth) {
		t.Fatalf("%d et %d fiches, attendu %d", x.Len(), fresh.Len(), len(truth))
	}
	for _, q := range []string{"", "eau", "eau Madagascar", "forages", "saint", "projet:(école AFD)", "\"eau potable\"", "pays:SN -eau",
		"formation jeunes", "asainissement", "depuis:1990 statut:actif", "non vérifié depuis 2 ans"} {
		req := Request{Text: q, Facets: true, Limit: -1}
		a, b := ask(t, x, req), ask(t, fresh, req)
		if !slices.Equal(found(a), found(b)) {
			t.Errorf("%q : %d réponses, %d à neuf", q, a.Total, b.Total)
		}
		for _, f := range facetOrder {
			if !slices.EqualFunc(a.Facets[f], b.Facets[f], func(m, n FacetCount) bool { return m.Value == n.Value && m.Count == n.Count }) {
				t.Errorf("%q : facette %s\n%v\n%v", q, f, a.Facets[f], b.Facets[f])
			}
		}
	}
}

// TestApplyDuringRebuild holds that what is saved while the index is being
// rebuilt is found afterwards.
func TestApplyDuringRebuild(t *testing.T) {
	ctx := context.Background()
	x := built(t, rec("1", "Lille", "Podor", senegal))
	err := x.Rebuild(ctx, func(yield func(Record) error) error {
		must(t, x.Apply(ctx, 20, []Record{rec("2", "Nantes", "Matam", senegal)}, []repertoire.ID{"1"}))
		if ask(t, x, Request{Text: "nantes"}).Total != 1 {
			t.Error("l’ancien index ne répond plus pendant la reconstruction")
		}
		return yield(rec("1", "Lille", "Podor", senegal))
	}, 10, nil)
	must(t, err)
	if r := ask(t, x, Request{}); !slices.Equal(found(r), []string{"2"}) || x.Seq() != 20 {
		t.Errorf("après reconstruction : %v, numéro %d", found(r), x.Seq())
	}
}

// TestRebuildGivenUp holds that a rebuild that fails leaves the old index.
func TestRebuildGivenUp(t *testing.T) {
	x := built(t, rec("1", "Lille", "Podor", senegal))
	stop := errors.New("arrêt")
	if err := x.Rebuild(context.Background(), func(yield func(Record) error) error { return stop }, 5, nil); !errors.Is(err, stop) {
		t.Errorf("erreur : %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	g := newGenerator(1)
	err := x.Rebuild(ctx, func(yield func(Record) error) error {
		for i := range 5000 {
			if i == 700 {
				cancel()
			}
			if err := yield(g.record(i)); err != nil {
				return err
			}
		}
		return nil
	}, 5, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("abandon : %v", err)
	}
	if r := ask(t, x, Request{}); r.Total != 1 || x.Seq() != 1 {
		t.Errorf("l’ancien index est perdu : %+v", r)
	}
	entries, _ := os.ReadDir(x.dir)
	if len(entries) != 2 {
		t.Errorf("restes d’une reconstruction : %v", entries)
	}
}

// TestTablesOfAnotherVersion holds that an index made by an older program is
// made again, whatever columns its tables lack.
func TestTablesOfAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	rebuild(t, x, 1, rec("one", "Aurillac", "Bandiagara", senegal))
	folder := filepath.Join(dir, x.gen)
	must(t, x.Close())
	var raw bytes.Buffer
	must(t, gob.NewEncoder(&raw).Encode(struct{ IDs []string }{[]string{"one", "two"}}))
	raw.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(raw.Bytes())))
	must(t, os.WriteFile(filepath.Join(folder, tableFile), raw.Bytes(), 0o600))
	y := open(t, dir)
	if y.State().NeedsRebuild || y.Len() != 1 {
		t.Errorf("%+v, %d records: the tables are not made again from the index", y.State(), y.Len())
	}
}
