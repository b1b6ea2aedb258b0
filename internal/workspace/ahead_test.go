package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// aheadDir tells the test program to be the one that is killed while a large
// change is written and its records are in the index already.
const aheadDir = "REPERTOIRE_TEST_AHEAD"

// Of a change so large some lots are in the index before the last record is
// handed over.
const aheadRecords = 2_200

// largeChange hands over many new partnerships of the sample's; midway is called
// once many of them are written and in the index, and may end it with an error.
func largeChange(w *Workspace, midway func() error) store.Large {
	return store.Large{Change: w.Change(repertoire.CauseImport, "Un grand import"), Apart: true, Operations: func(store.Reader) iter.Seq2[repertoire.Op, error] {
		return func(yield func(repertoire.Op, error) bool) {
			p, err := w.Store.Partnership(context.Background(), sampleID(w))
			if err != nil {
				yield(repertoire.Op{}, err)
				return
			}
			for i := range aheadRecords {
				q := p
				q.ID, q.Title = repertoire.DeriveID(fmt.Sprint("ahead", i)), fmt.Sprintf("Coopération numéro %d", i)
				q.Objectives = fmt.Sprintf("Xylographie zwyckx%d", i)
				op, err := base.Op(&q, 0)
				if i == aheadRecords-200 && err == nil {
					err = midway()
				}
				if !yield(op, err) || err != nil {
					return
				}
			}
		}
	}}
}

// sampleID is the first record of the base.
func sampleID(w *Workspace) repertoire.ID {
	ids, err := w.Store.BrowseIDs(context.Background(), store.BrowseQuery{})
	if err != nil || len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// begun waits until records of the change are in the index.
func begun(dir string) error {
	for range 2000 {
		if _, err := os.Stat(filepath.Join(dir, base.LineageFile)); os.IsNotExist(err) {
			return nil
		}
		time.Sleep(5 * time.Millisecond) // what is awaited is looked for; there is no fixed rest
	}
	return errors.New("the index was not begun")
}

// unseen fails when anything of the change can be found.
func unseen(t testing.TB, w *Workspace, when string) {
	t.Helper()
	for _, q := range []searches.Query{{Text: "xylographie", Facets: true}, {Text: "zwyckx12", Typing: true}} {
		if r := find(t, w, q); r.Total != 0 {
			t.Errorf("%s: %q finds %d", when, q.Text, r.Total)
		}
	}
	if r := find(t, w, searches.Query{}); r.Total != 141 {
		t.Errorf("%s: %d records in all", when, r.Total)
	}
}

// indexed compares the index with one made afresh, record by record.
func indexed(t testing.TB, w *Workspace, ids []repertoire.ID) {
	t.Helper()
	followed := map[repertoire.ID]string{}
	for _, id := range ids {
		r, ok := w.Index.Index.Record(id)
		if !ok {
			t.Fatalf("%s is not in the index", id)
		}
		followed[id] = fmt.Sprintf("%+v", r)
	}
	lineage, err := w.Store.Lineage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Index.Rebuild(t.Context(), lineage)
	if err := w.Index.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		r, _ := w.Index.Index.Record(id)
		r.Seq = 0
		if fresh := fmt.Sprintf("%+v", r); !sameButSeq(fresh, followed[id]) {
			t.Errorf("%s:\nfollowed %.600s\nafresh   %.600s", id, followed[id], fresh)
		}
	}
}

// sameButSeq: an index made afresh numbers all records alike.
func sameButSeq(a, b string) bool {
	cut := func(s string) string {
		_, rest, _ := bytes.Cut([]byte(s), []byte("Title:"))
		return string(rest)
	}
	return cut(a) == cut(b)
}

// TestALargeChangeIsSeenOnceItIsWritten: its records are put in the index while
// it is being written, and nobody finds any before it is on the disk.
func TestALargeChangeIsSeenOnceItIsWritten(t *testing.T) {
	w := sampled(t)
	l := largeChange(w, func() error {
		if err := begun(w.Index.Dir); err != nil {
			return err
		}
		unseen(t, w, "while it is written")
		return nil
	})
	applied, err := w.ApplyLarge(t.Context(), l)
	if err != nil || len(applied.Change.Ops) != aheadRecords {
		t.Fatal(len(applied.Change.Ops), err)
	}
	for text, want := range map[string]int{"xylographie": aheadRecords, "zwyckx12": 1, fmt.Sprint("zwyckx", aheadRecords-1): 1} {
		if r := find(t, w, searches.Query{Text: text}); r.Total != want {
			t.Errorf("%q finds %d, want %d", text, r.Total, want)
		}
	}
	if r, err := w.Safety().Check(t.Context()); err != nil || !r.OK {
		t.Errorf("check: %+v %v", r, err)
	}
	if _, err := os.Stat(filepath.Join(w.Index.Dir, base.LineageFile)); err != nil {
		t.Error("the index is not signed any more")
	}
	var ids []repertoire.ID
	for _, op := range applied.Change.Ops {
		ids = append(ids, op.ID)
	}
	slices.Sort(ids)
	indexed(t, w, ids[:300])
}

// TestALargeChangeTakenBackLeavesNothing: one that is rolled back after its
// records began to enter the index.
func TestALargeChangeTakenBackLeavesNothing(t *testing.T) {
	w := sampled(t)
	stop := errors.New("stop")
	for name, end := range map[string]func(cancel func()) error{
		"an error": func(func()) error { return stop },
		"given up": func(cancel func()) error { cancel(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			l := largeChange(w, func() error {
				if err := begun(w.Index.Dir); err != nil {
					return err
				}
				return end(cancel)
			})
			if _, err := w.ApplyLarge(ctx, l); !errors.Is(err, stop) && !errors.Is(err, context.Canceled) {
				t.Fatalf("ended with %v", err)
			}
			unseen(t, w, "taken back")
			if _, err := os.Stat(filepath.Join(w.Index.Dir, base.LineageFile)); err != nil {
				t.Error("the index is not signed any more")
			}
			if r, err := w.Safety().Check(t.Context()); err != nil || !r.OK {
				t.Errorf("check: %+v %v", r, err)
			}
		})
	}
	l := largeChange(w, func() error { return nil })
	if _, err := w.ApplyLarge(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if r := find(t, w, searches.Query{Text: "xylographie"}); r.Total != aheadRecords {
		t.Errorf("%d found once it is written after all", r.Total)
	}
}

// dieAhead writes a large change and stops for ever once its records are in the
// index, before the change is on the disk.
func dieAhead(dir string) {
	w, err := Open(context.Background(), dir, base.OpenOptions{Author: "Officier"})
	if err != nil {
		fmt.Println("ERR", err)
		return
	}
	l := largeChange(w, func() error {
		if err := begun(w.Index.Dir); err != nil {
			return err
		}
		fmt.Println("AHEAD")
		select {}
	})
	_, err = w.ApplyLarge(context.Background(), l)
	fmt.Println("ERR", err)
}

// TestKilledBetweenTheIndexAndTheBase kills a program whose change is in the
// index and not in the base: at the next opening it is in neither.
func TestKilledBetweenTheIndexAndTheBase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true, Author: "Zoé", Now: clock()}); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), aheadDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 200)
	n, _ := out.Read(said)
	_ = child.Process.Kill()
	_ = child.Wait()
	if string(said[:n]) != "AHEAD\n" {
		t.Fatalf("the child says %q", said[:n])
	}
	w := opened(t, dir)
	if err := w.Index.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	unseen(t, w, "after the kill")
	if r, err := w.Safety().Check(t.Context()); err != nil || !r.OK {
		t.Errorf("check: %+v %v", r, err)
	}
}
