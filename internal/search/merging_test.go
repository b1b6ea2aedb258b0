package search

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSavesAreMergedWhenIdle holds that many saves one by one do not leave as
// many files: what they wrote is merged behind, while nothing else is done, and
// what was merged goes from the disk.
func TestSavesAreMergedWhenIdle(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	g := newGenerator(1)
	var all []Record
	for i := range 500 {
		all = append(all, g.record(i))
	}
	rebuild(t, x, 1, all...)
	const saves = 150
	for i := range saves {
		if err := x.Apply(t.Context(), int64(2+i), all[i:i+1], nil); err != nil {
			t.Fatal(err)
		}
	}
	files := func() (n int, bytes int64) {
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".zap") {
				if info, err := d.Info(); err == nil {
					n, bytes = n+1, bytes+info.Size()
				}
			}
			return nil
		})
		return n, bytes
	}
	// Nothing asks for it: it comes by itself. The deadline is for a failure only.
	const most = 30
	n, bytes := files()
	for end := time.Now().Add(time.Minute); n > most && time.Now().Before(end); n, bytes = files() {
		x.pending.wait(time.Second)
		time.Sleep(time.Millisecond)
	}
	if n > most {
		t.Errorf("%d saves leave %d files", saves, n)
	}
	t.Logf("%d files, %d KiB", n, bytes>>10)
	if r := ask(t, x, Request{Limit: 1}); r.Total != len(all) {
		t.Errorf("%d records are found", r.Total)
	}
}
