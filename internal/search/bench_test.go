package search

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"repertoire/internal/benching"
)

// Figures to reach at 100,000 partnerships, p95, on two cores (DESIGN, "Numbers
// to reach"): word, two words, prefix ≤ 10 ms; facets over everything ≤ 10 ms;
// typo ≤ 50 ms; index built in ≤ 60 s with ≤ 300 MiB; a save, with SQLite's own
// part, ≤ 50 ms. The same questions are put to SQLite's FTS5 in the same run
// when the tests are built with -tags sqlite_fts5.
//
// Measured on two cores shared with five other builds, p50/p95 in ms at 100,000,
// FTS5 beside: mot 1.1/2.0 – 11/23, mot-fréquent 3.6/7.1 – 14/29, mot-partout
// 4.9/11 – 79/176, deux-mots 5.2/11 – 9.9/22, début 1.4/2.7 – 7.0/14, faute
// 5.1/26, tout-avec-facettes 1.2/1.7, mot-avec-facettes-et-passages 7.8/17 –
// 27/47. nDCG@10 0.996 – 0.607. Index of 100,000 in 73 s so shared, 215 MiB of
// heap; opened in 197 ms.

var benchSizes = []int{1_000, 10_000, 100_000}

var benchQueries = []struct {
	name string
	req  Request
}{
	{"mot", Request{Text: "assainissement"}},
	{"mot-fréquent", Request{Text: "eau"}},
	{"mot-partout", Request{Text: "commune"}},
	{"deux-mots", Request{Text: "eau Madagascar"}},
	{"deux-mots-partout", Request{Text: "la commune finance"}},
	{"début", Request{Text: "assain", Typing: true}},
	{"début-de-deux-lettres", Request{Text: "fo", Typing: true}},
	{"deux-mots-dont-un-début", Request{Text: "eau po", Typing: true}},
	{"mot-et-thématique", Request{Text: "écoles", Filters: map[Facet][]string{FacetTheme: {"2.1"}}}},
	{"faute", Request{Text: "asainissment"}},
	{"expression", Request{Text: "\"eau potable\""}},
	{"tout-avec-facettes", Request{Facets: true}},
	{"mot-avec-facettes-et-passages", Request{Text: "eau", Facets: true, Snippets: true, Limit: 20}},
	{"question", Request{Text: "qui travaille sur l’eau à Madagascar ?", Facets: true, Snippets: true, Limit: 20}},
	{"même-projet", Request{Text: "projet:(école AFD)"}},
}

// benchIndexes keeps what is slow to build for the benchmarks of one run.
var benchIndexes = struct {
	sync.Mutex
	dir  string
	open map[int]*Index
}{open: map[int]*Index{}}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBenchIndexes()
	if benchIndexes.dir != "" && os.Getenv("SEARCH_BENCH_DIR") == "" {
		_ = os.RemoveAll(benchIndexes.dir)
	}
	os.Exit(code)
}

// closeBenchIndexes gives their memory back before memory is measured.
func closeBenchIndexes() {
	benchIndexes.Lock()
	defer benchIndexes.Unlock()
	for n, x := range benchIndexes.open {
		_ = x.Close()
		delete(benchIndexes.open, n)
	}
	debug.FreeOSMemory()
}

// processorMS is the processor time of this process so far, in milliseconds.
func processorMS() float64 { return float64(benching.Spent().Microseconds()) / 1000 }

func generated(n int, seed uint64) func(yield func(Record) error) error {
	return func(yield func(Record) error) error {
		g := newGenerator(seed)
		for i := range n {
			if err := yield(g.record(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

func benchIndex(b *testing.B, n int) *Index {
	b.Helper()
	benchIndexes.Lock()
	defer benchIndexes.Unlock()
	if x := benchIndexes.open[n]; x != nil {
		return x
	}
	if kept := os.Getenv("SEARCH_BENCH_DIR"); kept != "" && benchIndexes.dir == "" {
		benchIndexes.dir = kept // built once, for several runs
	}
	if benchIndexes.dir == "" {
		dir, err := os.MkdirTemp("", "repertoire-search-")
		must(b, err)
		benchIndexes.dir = dir
	}
	x, err := Open(filepath.Join(benchIndexes.dir, fmt.Sprint(n)), Options{Now: testNow})
	must(b, err)
	if x.State().NeedsRebuild {
		must(b, x.Rebuild(context.Background(), generated(n, 1), 1, nil))
	}
	benchIndexes.open[n] = x
	return x
}

// report gives the 95th percentile beside the mean that Go reports.
func report(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
}

// repeats is how many times a question is asked for one measure: a percentile
// needs more than the few rounds that -benchtime 3x gives.
const repeats = 40

func timed(b *testing.B, ask func()) {
	ask() // the files of a fresh index are not in memory yet
	var times []time.Duration
	b.ResetTimer()
	for range b.N {
		for range repeats {
			start := time.Now()
			ask()
			times = append(times, time.Since(start))
		}
	}
	report(b, times)
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range benchSizes {
		if testing.Short() && n > 1_000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := benchIndex(b, n)
			for _, q := range benchQueries {
				b.Run(q.name, func(b *testing.B) {
					timed(b, func() {
						if _, err := x.Search(context.Background(), q.req); err != nil {
							b.Fatal(err)
						}
					})
				})
			}
		})
	}
}

// BenchmarkApply is the index's part of a save: ≤ 50 ms at p95 with SQLite's.
func BenchmarkApply(b *testing.B) {
	for _, n := range benchSizes {
		if testing.Short() && n > 1_000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := benchIndex(b, n)
			g, i := newGenerator(2), 0
			timed(b, func() {
				i++
				must(b, x.Apply(context.Background(), int64(1000+i), []Record{g.record(i % n)}, nil))
			})
		})
	}
}

// BenchmarkRebuild: 100,000 records in ≤ 60 s, ≤ 300 MiB of heap. Heap is what
// the program asks for; the system's figure also counts the pages of the files
// it maps, which it may take back at any time.
func BenchmarkRebuild(b *testing.B) {
	for _, n := range benchSizes {
		if testing.Short() && n > 1_000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			closeBenchIndexes()
			for range b.N {
				dir := b.TempDir()
				if kept := os.Getenv("SEARCH_BENCH_DIR"); kept != "" { // the other benchmarks of the run take it from there
					dir = filepath.Join(kept, fmt.Sprint(n))
					must(b, os.RemoveAll(dir))
				}
				x, err := Open(dir, Options{Now: testNow})
				must(b, err)
				var peak, mapped uint64
				stop := make(chan struct{})
				var wait sync.WaitGroup
				wait.Go(func() {
					for {
						select {
						case <-stop:
							return
						case <-time.After(100 * time.Millisecond):
						}
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapInuse+m.StackInuse)
						mapped = max(mapped, residentMiB())
					}
				})
				start, worked := time.Now(), processorMS()
				must(b, x.Rebuild(context.Background(), generated(n, 1), 1, nil))
				b.ReportMetric(time.Since(start).Seconds(), "s/index")
				b.ReportMetric((processorMS()-worked)/1000, "cpu-s/index")
				close(stop)
				wait.Wait()
				b.ReportMetric(float64(peak>>20), "heap-MiB")
				b.ReportMetric(float64(mapped), "resident-MiB")
				must(b, x.Close())
				b.ReportMetric(float64(sizeOf(b, dir)>>20), "disk-MiB")
			}
		})
	}
}

// sizeOf is what the files of a folder take.
func sizeOf(b *testing.B, dir string) (n int64) {
	b.Helper()
	must(b, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	}))
	return n
}

// BenchmarkFirstAnswer is the first answer after opening, opening included,
// of a word, of a typing error and of all with facets: processor time ≤ 1 s.
func BenchmarkFirstAnswer(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 1_000
	}
	x := benchIndex(b, n)
	dir := x.dir
	for _, c := range []struct {
		name string
		req  Request
	}{{"mot", Request{Text: "eau"}}, {"faute", Request{Text: "asainissment"}}, {"tout", Request{}}} {
		b.Run(c.name, func(b *testing.B) {
			closeBenchIndexes()
			c.req.Facets, c.req.Snippets, c.req.Limit = true, true, 24
			var times []float64
			for range b.N {
				before := processorMS()
				y, err := Open(dir, Options{Now: testNow})
				must(b, err)
				if a, err := y.Search(context.Background(), c.req); err != nil || a.Total == 0 {
					b.Fatal(a.Total, err)
				}
				times = append(times, processorMS()-before)
				must(b, y.Close())
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "cpu-p50-ms")
			b.ReportMetric(times[len(times)-1], "cpu-most-ms")
		})
	}
}

// BenchmarkOpen is part of opening a ready workspace: ≤ 300 ms.
func BenchmarkOpen(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 1_000
	}
	x := benchIndex(b, n)
	dir := x.dir
	must(b, x.Close())
	delete(benchIndexes.open, n)
	b.ResetTimer()
	for range b.N {
		y, err := Open(dir, Options{Now: testNow})
		must(b, err)
		b.StopTimer()
		must(b, y.Close())
		b.StartTimer()
	}
	b.StopTimer()
	y, err := Open(dir, Options{Now: testNow})
	must(b, err)
	benchIndexes.open[n] = y
}

// BenchmarkJudged reports the quality on the judged questions, of which
// TestJudgedQueries asserts the least.
func BenchmarkJudged(b *testing.B) {
	x := built(b, judgedRecords(b)...)
	questions := judgedQuestions(b)
	for range b.N {
		total := 0.0
		for _, q := range questions {
			total += ndcg(found(ask(b, x, Request{Text: q.Q, Limit: 10})), q.G)
		}
		b.ReportMetric(total/float64(len(questions)), "nDCG@10")
	}
}

// residentMiB is the memory the system counts for this process, 0 where it
// does not say.
func residentMiB() uint64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		var n uint64
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &n); err == nil {
			return n / 1024
		}
	}
	return 0
}
