package reference

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

// A table that nobody asks for is forgotten and made again; asked by many at
// once it is made once.
func TestATableLapses(t *testing.T) {
	made := 0
	l := &lapse[[]byte]{unused: time.Hour, read: func() []byte { made++; return make([]byte, 1<<20) }}
	var asking sync.WaitGroup
	for range 20 {
		asking.Go(func() { l.get() })
	}
	asking.Wait()
	if l.look(); made != 1 || l.held.Load() == nil {
		t.Fatalf("made %d times, held %v", made, l.held.Load() != nil)
	}
	gone := make(chan struct{})
	runtime.AddCleanup(l.held.Load(), func(c chan struct{}) { close(c) }, gone)
	l.asked.Store(time.Now().Add(-2 * time.Hour).UnixNano())
	if l.look(); l.held.Load() != nil {
		t.Fatal("still held")
	}
	for waiting := true; waiting; {
		runtime.GC()
		select {
		case <-gone:
			waiting = false
		default:
			runtime.Gosched()
		}
	}
	if l.get(); made != 2 {
		t.Errorf("made %d times", made)
	}
}
