package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

const printed = `goos: linux
BenchmarkTyping/avec-facettes-2         	       5	  12 ns/op	         7.1 p95-ms	      40 B/op	       3 allocs/op
BenchmarkTyping/avec-facettes-2         	       5	  14 ns/op	         9.1 p95-ms	      40 B/op	       3 allocs/op
BenchmarkTyping/avec-facettes-2         	       5	  13 ns/op	         8.1 p95-ms	      40 B/op	       3 allocs/op
BenchmarkTypingFTS5-2                   	       5	  99 ns/op	        16.2 p95-ms
BenchmarkRebuild/1000                   	       1	 100 ns/op	         0.5 cpu-s/index
BenchmarkRebuild/10000                  	       1	1300 ns/op	         6.0 cpu-s/index
PASS
`

func TestParse(t *testing.T) {
	r := parse(printed)
	if v, ok := r.median("Typing/avec-facettes", "p95-ms"); !ok || v != 8.1 {
		t.Error("median", v, ok)
	}
	f := figure{line: "Typing/avec-facettes", metric: "p95-ms", beside: "TypingFTS5 p95-ms", goal: 8}
	if v, ok := f.ratio(r); !ok || v != 0.5 {
		t.Error("ratio", v, ok)
	}
	if got := verdict(8.1, f); got != "8.1 ms, missed" {
		t.Error(got)
	}
	g := growth{name: "g", lines: []string{"Rebuild/1000", "Rebuild/10000"}, sizes: []float64{1e3, 1e4}, metric: "cpu-s/index"}
	if got, err := g.text(r); err != nil || !strings.Contains(got, "1.20 × linear") {
		t.Error(got, err)
	}
}

func TestCompareSaysWhatGotWorse(t *testing.T) {
	before, now := map[string]float64{}, map[string]float64{}
	for _, f := range kept {
		before[f.key()], now[f.key()] = 100, 104
	}
	if err := compare(before, now); err != nil {
		t.Error(err)
	}
	now[kept[0].key()] = 106
	if err := compare(before, now); err == nil || !strings.Contains(err.Error(), kept[0].key()) {
		t.Error(err)
	}
	delete(before, kept[1].key())
	if err := compare(before, now); err == nil || !strings.Contains(err.Error(), kept[1].key()) {
		t.Error(err)
	}
}

// A benchmark that is renamed or taken away leaves no line of the table in the
// air.
func TestTheListNamesWhatIsThere(t *testing.T) {
	for _, f := range append(append([]figure{}, figures...), kept...) {
		name, _, _ := strings.Cut(f.line, "/")
		files, err := os.ReadDir("../../" + f.process.pkg)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, e := range files {
			if strings.HasSuffix(e.Name(), "_test.go") {
				text, err := os.ReadFile("../../" + f.process.pkg + "/" + e.Name())
				if err != nil {
					t.Fatal(err)
				}
				found = found || strings.Contains(string(text), "func Benchmark"+name+"(")
			}
		}
		first, _, _ := strings.Cut(f.process.bench, "/")
		if !found || !regexp.MustCompile(first).MatchString("Benchmark"+name) {
			t.Errorf("%s: %s has no benchmark %s, or does not run it", f.name, f.process.pkg, name)
		}
	}
}
