package main

import (
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every edit of the list still stands in its package, once, and changes it into
// Go.
func TestTheListIsUpToDate(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	seen := map[string]bool{}
	for _, e := range edits {
		_, source, err := e.find()
		if err != nil {
			t.Error(err)
			continue
		}
		if seen[e.harm] || e.before == e.after {
			t.Errorf("%s: twice, or no change", e.harm)
		}
		seen[e.harm] = true
		if _, err := format.Source([]byte(strings.Replace(source, e.before, e.after, 1))); err != nil {
			t.Errorf("%s: %v", e.harm, err)
		}
	}
}

func TestRandomChangesAreOneTokenEach(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const source = "package p\n\nfunc f(a, b int) bool { return a < b && a != 10 }\n"
	if err := os.WriteFile("p.go", []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := mutations(".")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, m := range list {
		got[strings.TrimSuffix(strings.TrimPrefix(m.source(), "package p\n\nfunc f(a, b int) bool { return "), " }\n")] = true
	}
	for _, want := range []string{"a <= b && a != 10", "a < b || a != 10", "a < b && a == 10", "a < b && a != 11"} {
		if !got[want] {
			t.Errorf("no %q among %v", want, got)
		}
	}
}
