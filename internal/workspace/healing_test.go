package workspace

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// segment gives the largest file of the index in dir.
func segment(t testing.TB, dir string) string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "gen-*", "*.zap"))
	best, size := "", int64(-1)
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.Size() > size {
			best, size = f, info.Size()
		}
	}
	if best == "" {
		t.Fatal("the index has no segment")
	}
	return best
}

func zeroed(t testing.TB, file string, at int64) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = f.WriteAt(make([]byte, 4096), at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// Whatever befalls the files of the index, the next opening answers as before
// and says nothing: the index is disposable.
func TestDamagedIndexHealsWithoutAWord(t *testing.T) {
	questions := []searches.Query{{Text: "eau Madagascar"}, {Text: "saint", Typing: true}, {Text: "Tananarive"},
		{Countries: []string{"JP"}}, {}}
	for name, harm := range map[string]func(t *testing.T, dir string){
		"zeroed page": func(t *testing.T, dir string) {
			f := segment(t, dir)
			info, _ := os.Stat(f)
			zeroed(t, f, info.Size()/2)
		},
		"truncated segment": func(t *testing.T, dir string) { _ = os.Truncate(segment(t, dir), 5000) },
		"missing segment":   func(t *testing.T, dir string) { _ = os.Remove(segment(t, dir)) },
		"missing index":     func(t *testing.T, dir string) { _ = os.RemoveAll(dir) },
		"missing history":   func(t *testing.T, dir string) { _ = os.Remove(filepath.Join(dir, base.LineageFile)) },
		"another history": func(t *testing.T, dir string) {
			_ = os.WriteFile(filepath.Join(dir, base.LineageFile), []byte("autre"), 0o600)
		},
		"a file in its place": func(t *testing.T, dir string) {
			_ = os.RemoveAll(dir)
			_ = os.WriteFile(filepath.Join(dir), []byte("rien"), 0o600)
		},
		"tables": func(t *testing.T, dir string) {
			files, _ := filepath.Glob(filepath.Join(dir, "gen-*", "tables.bin"))
			_ = os.Truncate(files[0], 100)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dossier")
			if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true, Now: clock()}); err != nil {
				t.Fatal(err)
			}
			w, err := Open(t.Context(), dir, base.OpenOptions{Now: clock()})
			if err != nil {
				t.Fatal(err)
			}
			var before []string
			for _, q := range questions {
				before = append(before, titles(find(t, w, q)))
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			harm(t, filepath.Join(dir, "index"))
			w = opened(t, dir)
			for i, q := range questions {
				if got := titles(find(t, w, q)); got != before[i] {
					t.Errorf("%+v: %s\nbefore: %s", q, got, before[i])
				}
			}
			if n := w.Notices(); len(n) != 0 {
				t.Errorf("the officer is told: %q", n)
			}
			if r, err := w.Safety().Check(t.Context()); err != nil || r.Index != "ok" {
				t.Errorf("check: %+v %v", r, err)
			}
		})
	}
}

// Damage that is found while the workspace is open is told by the check and
// made good by the next search.
func TestDamageUnderAnOpenWorkspace(t *testing.T) {
	w := sampled(t)
	want := find(t, w, searches.Query{Text: "saint-louis"}).Total
	zeroed(t, segment(t, w.Index.Dir), 200)
	if r, err := w.Safety().Check(t.Context()); err != nil || r.Index == "ok" || r.OK {
		t.Errorf("check: %+v %v", r, err)
	}
	if got := find(t, w, searches.Query{Text: "saint-louis"}).Total; got != want {
		t.Errorf("%d answers, %d before", got, want)
	}
	if r, err := w.Safety().Check(t.Context()); err != nil || r.Index != "ok" {
		t.Errorf("check afterwards: %+v %v", r, err)
	}
}

// While the index is being made the list is there, from the base, and what is
// saved meanwhile is found afterwards.
func TestListWhileTheIndexIsMade(t *testing.T) {
	w := sampled(t)
	lineage, err := w.Store.Lineage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Writing.Lock() // the index waits here for its state of the base
	w.Index.Rebuild(context.Background(), lineage)
	if r := find(t, w, searches.Query{Facets: true}); r.Total != 141 || len(r.Facets["country"]) == 0 {
		t.Errorf("%d in the list, facets %v", r.Total, r.Facets)
	}
	w.Writing.Unlock()
	id := find(t, w, searches.Query{Countries: []string{"AM"}}).Hits[0].ID
	changed(t, w, id, func(p *repertoire.Partnership) { p.Objectives = "Un mot nouveau : zinzolin." })
	if r := find(t, w, searches.Query{Text: "zinzolin"}); r.Total != 1 {
		t.Errorf("what was saved meanwhile: %d", r.Total)
	}
}

var indexChanges = flag.Int("indexchanges", 120, "random changes after which the index is compared with a new one")

// TestIndexFollowsEveryChange makes random changes by the one door (edits,
// renamed authorities, deletions, restorations, undos) and compares the index
// with one made afresh. -indexchanges 10000 takes minutes, as every change
// waits for the disk; the index alone is held to 10,000 in its own package.
func TestIndexFollowsEveryChange(t *testing.T) {
	w := sampled(t)
	ctx := t.Context()
	r := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("puits forage école santé musée jumelage fleuve mangrove archives stade marché port théâtre énergie solaire")
	list := find(t, w, searches.Query{Limit: 500, Sort: searches.SortTitle}).Hits
	var changes, trash []repertoire.ID
	defer w.Subscribe(func(e base.Event) { changes = append(changes, e.Change.ID) })()
	for i := range *indexChanges {
		id := list[r.IntN(len(list))].ID
		err := error(nil)
		switch n := r.IntN(20); {
		case n < 10:
			var p repertoire.Partnership
			if p, err = w.Records().Partnership(ctx, id); err == nil {
				p.Objectives = fmt.Sprintf("%s et %s numéro %d.", words[r.IntN(len(words))], words[r.IntN(len(words))], i)
				p.Themes = []string{[]string{"3.1.1", "2.1", "6.1", "5.1"}[r.IntN(4)]}
				p.FirstYear = 1960 + r.IntN(60)
				_, err = w.Records().SavePartnership(ctx, p)
			}
		case n < 13:
			var p repertoire.Partnership
			if p, err = w.Records().Partnership(ctx, id); err == nil {
				var a repertoire.Authority
				if a, err = w.Records().Authority(ctx, p.Parties[r.IntN(len(p.Parties))].Authority); err == nil {
					a.OtherNames = []string{fmt.Sprintf("Ville%d", i)}
					_, err = w.Records().SaveAuthority(ctx, a)
				}
			}
		case n < 15:
			if err = w.Records().DeletePartnership(ctx, id); err == nil {
				trash = append(trash, id)
			}
		case n < 17 && len(trash) > 0:
			err = w.Records().RestoreRecord(ctx, repertoire.AggPartnership, trash[len(trash)-1])
			trash = trash[:len(trash)-1]
		case len(changes) > 0:
			_, err = w.History().Undo(ctx, changes[r.IntN(len(changes))], history.UndoSkip)
		}
		var said *repertoire.Error
		if err != nil && !errors.As(err, &said) { // refused and not found are right: entries lie in the trash
			t.Fatalf("change %d: %v", i, err)
		}
	}
	questions := []searches.Query{{}, {Text: "puits"}, {Text: "ville1", Typing: true}, {Text: "école fleuve"}, {Themes: []string{"3"}},
		{Text: "depuis:1990"}, {Text: "saint -musée"}, {Text: "thème:eau pays:SN"}}
	answers := func(w *Workspace) (out []string) {
		for _, q := range questions {
			q.Limit, q.Facets = 1000, true
			got := find(t, w, q)
			ids := make([]string, len(got.Hits))
			for i, h := range got.Hits {
				ids[i] = string(h.ID)
			}
			slices.Sort(ids)
			var facets []string
			for f, values := range got.Facets {
				for _, v := range values {
					facets = append(facets, fmt.Sprint(f, v.Value, v.Count))
				}
			}
			slices.Sort(facets)
			out = append(out, fmt.Sprint(got.Total, ids, facets))
		}
		return out
	}
	followed := answers(w)
	lineage, err := w.Store.Lineage(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w.Index.Rebuild(ctx, lineage)
	if err := w.Index.Wait(ctx); err != nil {
		t.Fatal(err)
	}
	for i, fresh := range answers(w) {
		if fresh != followed[i] {
			t.Errorf("%+v:\nfollowed %.300s\nafresh   %.300s", questions[i], followed[i], fresh)
		}
	}
}
