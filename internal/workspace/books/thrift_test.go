package books

import (
	"math"
	"runtime/debug"
	"testing"
)

// TestThriftIsUndone: whatever books are made together, the process has its own
// settings again when the last is done.
func TestThriftIsUndone(t *testing.T) {
	was := debug.SetGCPercent(100)
	defer debug.SetGCPercent(was)
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	first := thrifty()
	foresee(200_000)
	if debug.SetMemoryLimit(-1) == math.MaxInt64 || percent() != thriftyGC {
		t.Error("a book is made as anything else")
	}
	second := thrifty()
	first()
	if percent() != thriftyGC {
		t.Error("the second book is forgotten with the first")
	}
	second()
	if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 || percent() != 100 {
		t.Errorf("afterwards: limit %d, %d %%", got, percent())
	}
}
