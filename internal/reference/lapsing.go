package reference

import (
	"sync"
	"sync/atomic"
	"time"
)

// unused is how long a large table is kept after the last question to it: a
// program that stands open all day holds what it works with, and reads the rest
// again in less than half a second.
const unused = time.Minute

// lapsing gives what read makes, made when it is first asked for and forgotten
// once nobody has asked for a while.
func lapsing[T any](read func() T) func() T { return lapsingAfter(unused, read) }

func lapsingAfter[T any](unused time.Duration, read func() T) func() T {
	l := &lapse[T]{read: read, unused: unused}
	return l.get
}

type lapse[T any] struct {
	read   func() T
	unused time.Duration
	held   atomic.Pointer[T]
	asked  atomic.Int64 // when it was asked for last, in nanoseconds
	making sync.Mutex
}

func (l *lapse[T]) get() T {
	l.asked.Store(time.Now().UnixNano())
	if v := l.held.Load(); v != nil {
		return *v
	}
	l.making.Lock()
	defer l.making.Unlock()
	if v := l.held.Load(); v != nil {
		return *v
	}
	v := l.read()
	l.held.Store(&v)
	l.asked.Store(time.Now().UnixNano())
	time.AfterFunc(l.unused, l.look)
	return v
}

// look forgets the table, or looks again when it was asked for meanwhile.
func (l *lapse[T]) look() {
	rest := l.unused - time.Since(time.Unix(0, l.asked.Load()))
	if rest > 0 {
		time.AfterFunc(rest, l.look)
		return
	}
	l.held.Store(nil)
}

// lapsingWith is lapsing for a reading that may fail.
func lapsingWith[T any](read func() (T, error)) func() (T, error) {
	type both struct {
		value T
		err   error
	}
	get := lapsing(func() both {
		v, err := read()
		return both{v, err}
	})
	return func() (T, error) {
		b := get()
		return b.value, b.err
	}
}
