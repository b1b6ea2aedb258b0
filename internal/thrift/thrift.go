// Package thrift has long work take no more memory than it needs: left alone,
// the collector lets it take twice that from everybody else on the machine. Its
// settings are the process's own, so that works which run together share them,
// and the last to end puts back what was there.
package thrift

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Hold is one work under way. A nil hold does nothing.
type Hold struct {
	percent int
	limit   int64
}

var all struct {
	sync.Mutex
	holds   map[*Hold]bool
	percent int  // before the first began
	limited bool // by somebody (GOMEMLIMIT): that limit stays
}

// Begin has so much garbage, in percent of what is held, lie about at most until
// the hold ends; of several works the most thrifty decides.
func Begin(percent int) *Hold {
	all.Lock()
	defer all.Unlock()
	if len(all.holds) == 0 {
		all.holds = map[*Hold]bool{}
		all.percent = debug.SetGCPercent(percent)
		all.limited = debug.SetMemoryLimit(-1) != math.MaxInt64
	}
	h := &Hold{percent: percent}
	all.holds[h] = true
	settle()
	return h
}

// Limit has the collector work harder once the program takes so many bytes;
// nothing is refused beyond. Of several works the largest limit decides.
func (h *Hold) Limit(bytes int64) {
	if h == nil {
		return
	}
	all.Lock()
	defer all.Unlock()
	h.limit = bytes
	settle()
}

// End lets go.
func (h *Hold) End() {
	if h == nil {
		return
	}
	all.Lock()
	defer all.Unlock()
	delete(all.holds, h)
	settle()
}

func settle() {
	percent, limit := all.percent, int64(0)
	first := true
	for h := range all.holds {
		if first || h.percent < percent {
			percent = h.percent
		}
		first = false
		limit = max(limit, h.limit)
	}
	debug.SetGCPercent(percent)
	if all.limited {
		return
	}
	if limit == 0 {
		limit = math.MaxInt64
	}
	debug.SetMemoryLimit(limit)
}

// Live is what the program held at the last collection, in bytes; 0 where the
// runtime does not say.
func Live() int64 { return read("/gc/heap/live:bytes") }

// Taken is what the program has of the system's memory now, in bytes.
func Taken() int64 {
	return read("/memory/classes/total:bytes") - read("/memory/classes/heap/released:bytes")
}

func read(name string) int64 {
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(s[0].Value.Uint64()) //nolint:gosec // no machine has so much
}
