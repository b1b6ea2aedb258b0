package trace

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
)

// at gives a trace whose clock a test moves.
func at(t *testing.T) (tr *Trace, wait func(time.Duration), frame func()) {
	t.Helper()
	apptest.App(t)
	clock := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	tr = New(clock)
	tr.now = func() time.Time { return clock }
	w := test.NewTempWindow(t, tr.Probe())
	w.Resize(fyne.NewSize(40, 40))
	painted := func() { w.Canvas().Capture() }
	return tr, func(d time.Duration) { clock = clock.Add(d) }, func() {
		done := make(chan struct{})
		tr.Painted(func(time.Time) { close(done) })
		painted()
		<-done
	}
}

func TestAWaitEndsWithTheFrameThatShowsIt(t *testing.T) {
	tr, wait, frame := at(t)
	tr.Begin(Keystroke)
	wait(30 * time.Millisecond)
	tr.End(Keystroke)
	if n := tr.Figures()[Keystroke].Count; n != 0 {
		t.Errorf("%d waits before anything was painted", n)
	}
	wait(20 * time.Millisecond) // the frame takes its time
	frame()
	if got := tr.Figures()[Keystroke]; got != (Figure{1, 50, 50, 50}) {
		t.Errorf("%+v", got)
	}
	tr.End(Keystroke) // nobody asked
	frame()
	if got := tr.Figures()[Keystroke].Count; got != 1 {
		t.Errorf("%d waits", got)
	}
}

// Keys typed faster than answers come count from the last of them: the others
// are never shown.
func TestAskingAgainBeginsAnew(t *testing.T) {
	tr, wait, frame := at(t)
	tr.Begin(Keystroke)
	wait(time.Second)
	tr.Begin(Keystroke)
	wait(40 * time.Millisecond)
	tr.End(Keystroke)
	frame()
	if got := tr.Figures()[Keystroke].Max; got != 40 {
		t.Errorf("%g ms", got)
	}
	tr.Begin(Save)
	tr.Give(Save)
	tr.End(Save)
	frame()
	if got := tr.Figures()[Save].Count; got != 0 {
		t.Errorf("what was given up is counted")
	}
}

func TestRanks(t *testing.T) {
	tr, wait, frame := at(t)
	for i := 1; i <= 100; i++ {
		tr.Begin(Page)
		wait(time.Duration(i) * time.Millisecond)
		tr.End(Page)
		frame()
	}
	if got := tr.Figures()[Page]; got != (Figure{100, 50, 95, 100}) {
		t.Errorf("%+v", got)
	}
	tr.Forget()
	if len(tr.Figures()) != 0 {
		t.Error("forgotten waits are told")
	}
}

// A window that is not traced costs nothing and breaks nothing.
func TestNoTrace(t *testing.T) {
	var tr *Trace
	tr.Begin(Save)
	tr.End(Save)
	tr.Rest(Save)
	tr.Give(Save)
	tr.Forget()
	if len(tr.Figures()) != 0 || tr.Probe() != nil {
		t.Error("a trace that is none")
	}
}

func TestTheProcessKnowsWhenItBegan(t *testing.T) {
	if since := time.Since(Started()); since < 0 || since > time.Hour {
		t.Errorf("began %s ago", since)
	}
	if now, peak, own := Memory(); now > peak || own > now {
		t.Errorf("%g MiB now, %g at most, %g its own", now, peak, own)
	}
}
