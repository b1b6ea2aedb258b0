package partnerships

import (
	"flag"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/internal/benching"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

var benchSize = flag.Int("sizes", 0, "generated partnerships the list is measured with; 0 skips. The figures are for 100000")

// BenchmarkList measures the window's own way, painting included: the list is
// ready in at most 300 ms, a keystroke to painted rows takes at most 100 ms.
func BenchmarkList(b *testing.B) {
	if *benchSize == 0 {
		b.Skip("no -sizes")
	}
	apptest.App(b)
	dir := filepath.Join(b.TempDir(), "dossier")
	if _, err := workspace.Init(b.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		b.Fatal(err)
	}
	door, err := workspace.Open(b.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		b.Fatal(err)
	}
	defer door.Close()
	list, err := door.Records().Directories(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := door.Tables().Generate(b.Context(), *benchSize, 1, list[0].Slug, func(int, int, string) {}); err != nil {
		b.Fatal(err)
	}
	if _, err := door.Searches().Search(b.Context(), searches.Query{Text: "eau"}); err != nil { // the index is made
		b.Fatal(err)
	}
	l := NewList(door, task.AtOnce())
	w := test.NewTempWindow(b, l)
	w.Resize(fyne.NewSize(700, 800))
	b.Run("ready", func(b *testing.B) {
		clock := benching.Start(b)
		defer clock.Report()
		for b.Loop() {
			l.Restore(State{Title: "Tous"})
			w.Canvas().Capture()
		}
	})
	b.Run("keystroke", func(b *testing.B) {
		texts := []string{"e", "ea", "eau", "eau p", "eau po"}
		clock := benching.Start(b)
		defer clock.Report()
		for i := 0; b.Loop(); i++ {
			l.search.OnSearch(texts[i%len(texts)])
			w.Canvas().Capture()
		}
	})
	b.Run("bulk-preview", func(b *testing.B) {
		for b.Loop() {
			if _, err := door.Records().BulkEdit(b.Context(), records.BulkTarget{},
				[]records.BulkEdit{{Field: records.BulkSource, Value: "x"}}, true, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bulk-write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := door.Records().BulkEdit(b.Context(), records.BulkTarget{},
				[]records.BulkEdit{{Field: records.BulkSource, Value: string(rune('a' + i%26))}}, false, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
