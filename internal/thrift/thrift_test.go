package thrift

import (
	"math"
	"runtime/debug"
	"testing"
)

func settings() (percent int, limit int64) {
	percent = debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return percent, debug.SetMemoryLimit(-1)
}

// TestWhatWasThereComesBack: works may begin and end in any order; the process
// has its own settings again when the last is done.
func TestWhatWasThereComesBack(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	want := func(percent int, limit int64) {
		t.Helper()
		if p, l := settings(); p != percent || l != limit {
			t.Errorf("%d %%, limit %d; want %d %%, %d", p, l, percent, limit)
		}
	}
	book := Begin(30)
	book.Limit(1 << 30)
	want(30, 1<<30)
	importing := Begin(70)
	importing.Limit(2 << 30)
	want(30, 2<<30)
	book.End()
	want(70, 2<<30)
	second := Begin(20)
	importing.End()
	want(20, math.MaxInt64)
	second.End()
	want(100, math.MaxInt64)
	fast := Begin(400) // little is held: looking through it again and again costs more
	want(400, math.MaxInt64)
	fast.End()
	want(100, math.MaxInt64)
	(*Hold)(nil).Limit(1)
	(*Hold)(nil).End()
}

// TestALimitThatSomebodySetStays: GOMEMLIMIT is the administrator's word.
func TestALimitThatSomebodySetStays(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(3 << 30))
	h := Begin(50)
	h.Limit(1 << 30)
	if _, l := settings(); l != 3<<30 {
		t.Error(l)
	}
	h.End()
	if _, l := settings(); l != 3<<30 {
		t.Error(l)
	}
}

func TestLiveAndTaken(t *testing.T) {
	if Taken() <= 0 || Live() < 0 || Live() > Taken() {
		t.Error(Live(), Taken())
	}
}
