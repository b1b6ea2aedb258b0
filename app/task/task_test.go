package task

import (
	"context"
	"testing"

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
