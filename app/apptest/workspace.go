package apptest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// Workspace is a workspace open in a folder of the test.
type Workspace struct {
	*workspace.Workspace

	t      testing.TB
	closed sync.Once
}

// Today is the day the workspaces of New live on.
var Today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// New opens a workspace of four répertoires and n partnerships, at least three
// and at most a hundred, of which the first is Lille – Saint-Louis.
func New(t testing.TB, n int) *Workspace {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	opened, err := workspace.Open(t.Context(), copied(t, n), workspace.OpenOptions{Author: "Camille Martin", Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{t: t, Workspace: opened}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	// The index is whole before the test looks at it.
	if _, err := w.Workspace.Searches().Search(t.Context(), searches.Query{Limit: 1}); err != nil {
		t.Fatal(err)
	}
	return w
}

// Close is the workspace's, once: a window may have closed it.
func (w *Workspace) Close() (err error) {
	w.closed.Do(func() { err = w.Workspace.Close() })
	return err
}

// Invented adds n partnerships out of the generator to those of New.
func (w *Workspace) Invented(n int) *Workspace {
	w.t.Helper()
	if _, err := w.Tables().Generate(context.Background(), n, 1, "senegal", func(int, int, string) {}); err != nil {
		w.t.Fatal(err)
	}
	w.Count() // the index is whole
	return w
}

// clock goes on by a second at each look.
func clock() func() time.Time {
	var n atomic.Int64
	return func() time.Time { return Today.Add(time.Duration(n.Add(1)) * time.Second) }
}

// templates are the files of a workspace made once, by number of partnerships.
var templates = struct {
	sync.Mutex
	files map[int]map[string][]byte
}{files: map[int]map[string][]byte{}}

// copied writes a workspace of n partnerships in a folder of the test.
func copied(t testing.TB, n int) string {
	t.Helper()
	templates.Lock()
	defer templates.Unlock()
	files, known := templates.files[n]
	if !known {
		files = taken(t, model(t, n))
		templates.files[n] = files
	}
	dir := filepath.Join(t.TempDir(), "dossier")
	for name, data := range files {
		file := filepath.Join(dir, name)
		if data == nil {
			if err := os.MkdirAll(file, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// model fills a new workspace and closes it.
func model(t testing.TB, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "modele")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Camille Martin", Now: clock()}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Camille Martin", Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, w, n)
	if _, err := w.Searches().Search(t.Context(), searches.Query{Limit: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// taken reads the files of a folder, nil for a folder in it.
func taken(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || d.IsDir() {
			files[name] = nil
			return err
		}
		data, err := os.ReadFile(path)
		files[name] = append([]byte{}, data...) // an empty file is no folder
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Record gives a record as it is stored, for a test to look at.
func (w *Workspace) Record(id repertoire.ID) repertoire.Partnership {
	w.t.Helper()
	p, err := w.Records().Partnership(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// Count gives how many records there are.
func (w *Workspace) Count() int {
	w.t.Helper()
	r, err := w.Workspace.Searches().Search(context.Background(), searches.Query{Limit: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	return r.Total
}
