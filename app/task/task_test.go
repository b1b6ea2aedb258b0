package task

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

// Only the newest answer is published, whatever the order they come in.
func TestLatestDropsStaleAnswers(t *testing.T) {
	test.NewTempApp(t)
	var waiting []func()
	l := NewLatest(func(work func()) { waiting = append(waiting, work) })
	var published []string
	var contexts []context.Context
	ask := func(name string) {
		l.Do(func(ctx context.Context) func() {
			contexts = append(contexts, ctx)
			return func() { published = append(published, name) }
		})
	}
	ask("premier")
	ask("second")
	waiting[1]()
	waiting[0]()
	if len(published) != 1 || published[0] != "second" {
		t.Fatalf("published %v, want only the newest", published)
	}
	if contexts[1].Err() == nil {
		t.Error("the stale work must see its context cancelled")
	}
	if contexts[0].Err() != nil {
		t.Error("the newest work must not be cancelled")
	}
}

func TestStopDropsTheAnswer(t *testing.T) {
	test.NewTempApp(t)
	var work func()
	l := NewLatest(func(w func()) { work = w })
	done := false
	l.Do(func(context.Context) func() { return func() { done = true } })
	l.Stop()
	work()
	if done {
		t.Error("a stopped answer was published")
	}
}

// The first call is answered at once, those that follow it closely together and
// later, none is lost.
func TestPacedAnswersAtOnceThenTogether(t *testing.T) {
	test.NewTempApp(t)
	calls, done := 0, make(chan struct{}, 9)
	f := Paced(40*time.Millisecond, func() { calls++; done <- struct{}{} })
	f()
	if calls != 1 {
		t.Fatalf("%d calls at once", calls)
	}
	<-done
	f()
	f()
	f()
	if calls != 1 {
		t.Errorf("%d calls without a pause", calls)
	}
	<-done
	if calls != 2 {
		t.Errorf("%d calls after it", calls)
	}
	if Paced(0, func() { calls = 99 })(); calls != 99 {
		t.Error("without a delay it is not at once")
	}
}

// What waits for rest is called once all has come, at once when nothing runs.
func TestWhenIdleWaitsForAll(t *testing.T) {
	test.NewTempApp(t)
	rested := make(chan struct{})
	gate := make(chan struct{})
	Background(func() { <-gate })
	WhenIdle(func() { close(rested) })
	select {
	case <-rested:
		t.Fatal("rest while work goes on")
	default:
	}
	if !Busy() {
		t.Error("work that goes on is not counted")
	}
	close(gate)
	<-rested
	now := false
	if WhenIdle(func() { now = true }); !now && !Busy() {
		t.Error("rest is told late")
	}
}
