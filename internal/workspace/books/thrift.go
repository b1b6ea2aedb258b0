package books

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A book is large for a few seconds. Left alone, the collector would let it take
// twice what it needs from everybody else on the machine.
const (
	// thriftyGC is how much of what is held may lie about unused, in percent.
	thriftyGC = 30
	// A book of few words is made in bookLeast; each character of its entries asks
	// for bookEach more. Beyond the two, measured on books of 200 and of 380 pages,
	// the collector works harder; nothing is refused.
	bookLeast, bookEach = 24 << 20, 128
)

// thrift counts the books being made: the settings are the process's own.
var thrift struct {
	sync.Mutex
	books, usual int
	limited      bool
}

// thrifty has memory given back sooner until done is called.
func thrifty() (done func()) {
	thrift.Lock()
	defer thrift.Unlock()
	if thrift.books++; thrift.books == 1 {
		thrift.usual = debug.SetGCPercent(thriftyGC)
	}
	return func() {
		thrift.Lock()
		defer thrift.Unlock()
		if thrift.books--; thrift.books > 0 {
			return
		}
		debug.SetGCPercent(thrift.usual)
		if thrift.limited {
			thrift.limited = false
			debug.SetMemoryLimit(math.MaxInt64)
		}
	}
}

// foresee says how many characters the book has that is being made. A limit that
// somebody has set (GOMEMLIMIT) stays.
func foresee(characters int) {
	thrift.Lock()
	defer thrift.Unlock()
	if thrift.books != 1 || !thrift.limited && debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	used := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(used)
	now := int64(used[0].Value.Uint64() - used[1].Value.Uint64())
	thrift.limited = true
	debug.SetMemoryLimit(now + bookLeast + int64(characters)*bookEach)
}
