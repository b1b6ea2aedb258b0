package books

import (
	"runtime/debug"
	"sync"
)

// thriftyGC is how much of what is held may lie about unused while a book is
// made, in percent. A book is large for a few seconds: the usual hundred would
// take twice what it needs from everybody else on the machine.
const thriftyGC = 30

// thrift counts the books being made: the setting is the process's own.
var thrift struct {
	sync.Mutex
	books, usual int
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
		if thrift.books--; thrift.books == 0 {
			debug.SetGCPercent(thrift.usual)
		}
	}
}
