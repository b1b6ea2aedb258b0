package main

import "testing"

// What came since the last time is given back once; what stays held is not
// looked through again and again.
func TestWhatIsLeftIsGivenBackOnce(t *testing.T) {
	holds, times := uint64(80<<20), 0
	g := giver{held: func() uint64 { return holds }, give: func() { times++; holds = 60 << 20 }}
	g.look()
	if g.look(); times != 1 {
		t.Fatalf("%d times at the start", times)
	}
	holds = 700 << 20 // a large paste, given up
	g.look()
	if g.look(); times != 2 {
		t.Errorf("%d times after a large paste", times)
	}
	holds += worthGiving / 2
	if g.look(); times != 2 {
		t.Error("a little is not worth the work")
	}
	if held() == 0 {
		t.Error("Go holds nothing")
	}
}
