package exchange

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// HoldMemory keeps the program near so many bytes while a long file passes
// through it, or so many above what it holds already when that is more; the
// function it gives lets go. A limit that somebody set (GOMEMLIMIT) stays.
func HoldMemory(least, above int64) (release func()) {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return func() {}
	}
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(held)
	if held[0].Value.Kind() == metrics.KindUint64 {
		least = max(least, int64(held[0].Value.Uint64())+above)
	}
	before := debug.SetMemoryLimit(least)
	return func() { debug.SetMemoryLimit(before) }
}
