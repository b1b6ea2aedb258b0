package task

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"repertoire/internal/logbook"
)

// Runner starts work. A window uses Background, a test Inline.
type Runner func(work func())

// Background runs work in a goroutine of its own; a panic in it leaves the
// report one on the interface thread leaves.
func Background(work func()) {
	busy.begin()
	logbook.Go(func() {
		defer busy.end()
		work()
	})
}

// busy counts what runs in the background and what waits for a pause in typing.
var busy counter

// counter is that count, with what waits for it to come to nothing.
type counter struct {
	mu    sync.Mutex
	count int
	idle  []func()
}

func (c *counter) begin() {
	c.mu.Lock()
	c.count++
	c.mu.Unlock()
}

func (c *counter) end() {
	c.mu.Lock()
	c.count--
	var idle []func()
	if c.count == 0 {
		idle, c.idle = c.idle, nil
	}
	c.mu.Unlock()
	for _, f := range idle {
		fyne.Do(func() { WhenIdle(f) })
	}
}

// Busy tells whether anything is under way.
func Busy() bool {
	busy.mu.Lock()
	defer busy.mu.Unlock()
	return busy.count > 0
}

// WhenIdle calls f on the interface thread once nothing runs in the background
// and what came of it is shown: at once when that is so. Use it from the
// interface thread.
func WhenIdle(f func()) {
	busy.mu.Lock()
	if busy.count > 0 {
		busy.idle = append(busy.idle, f)
		busy.mu.Unlock()
		return
	}
	busy.mu.Unlock()
	f()
}

// Inline runs work at once: a test then needs no waiting.
func Inline(work func()) { work() }

// Latest runs work whose answer is stale as soon as newer work begins: each
// keystroke of a search, each row passed on the way to another. Use it from
// the interface thread.
type Latest struct {
	run        Runner
	generation int
	cancel     context.CancelFunc
}

// NewLatest returns one that starts work with run.
func NewLatest(run Runner) *Latest { return &Latest{run: run} }

// Do cancels the work under way and starts another. The function work returns
// is called on the interface thread, unless newer work began meanwhile; it may
// be nil.
func (l *Latest) Do(work func(ctx context.Context) (publish func())) {
	l.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	generation := l.generation
	l.run(func() {
		publish := work(ctx)
		if publish == nil {
			return
		}
		fyne.Do(func() {
			if generation == l.generation {
				publish()
			}
		})
	})
}

// Stop cancels the work under way and drops its answer.
func (l *Latest) Stop() {
	l.generation++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Later returns a function that calls f on the interface thread once it has
// not been called for the delay. A delay of zero calls f at once, for tests.
func Later(delay time.Duration, f func()) func() {
	if delay <= 0 {
		return f
	}
	var timer *time.Timer
	return func() {
		if timer == nil || !timer.Stop() {
			busy.begin() // else the one put off was counted already
		}
		timer = time.AfterFunc(delay, func() {
			fyne.Do(func() {
				defer busy.end()
				f()
			})
		})
	}
}

// Paced returns a function that calls f at once, and then no more than once in a
// delay, the last call never lost: a key after a pause is answered without
// waiting, quick typing is not answered letter by letter. Use it from the
// interface thread; a delay of zero is f itself.
func Paced(delay time.Duration, f func()) func() {
	if delay <= 0 {
		return f
	}
	var last time.Time
	waiting := false
	return func() {
		wait := delay - time.Since(last)
		if waiting {
			return // the call that waits will find what is new
		}
		if wait <= 0 {
			last = time.Now()
			f()
			return
		}
		waiting = true
		busy.begin()
		time.AfterFunc(wait, func() {
			fyne.Do(func() {
				defer busy.end()
				waiting, last = false, time.Now()
				f()
			})
		})
	}
}

// Pace says how a view waits and where it works.
type Pace struct {
	Run     Runner
	Typing  time.Duration // after a key, before searching or proposing
	Preview time.Duration // after a key, before checking and drawing
}

// Live is the pace of a window: 60 ms between two answers to keys are soon
// enough for the eye and spare half the searches of quick typing.
func Live() Pace {
	return Pace{Run: Background, Typing: 60 * time.Millisecond, Preview: 180 * time.Millisecond}
}

// AtOnce is the pace of tests.
func AtOnce() Pace { return Pace{Run: Inline} }

// Listener hears that long work begins, which cancel stops, and gives what
// shows its progress and its end: both may be called from any goroutine. A view
// whose window shows no work has none.
type Listener func(label string, cancel context.CancelFunc) (progress func(done, total int, label string), done func())

// Begin announces work. End, which counts once, ends it and its context.
func (l Listener) Begin(label string) (ctx context.Context, progress func(done, total int, label string), end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	if l == nil {
		return ctx, func(int, int, string) {}, cancel
	}
	progress, done := l(label, cancel)
	return ctx, progress, sync.OnceFunc(func() { cancel(); done() })
}

// Progress tells how far long work is.
type Progress = func(done, total int, label string)

// Alone runs long work one at a time: a second press while it goes on does
// nothing. Use it from the interface thread.
type Alone struct{ busy bool }

// Busy tells whether work is under way.
func (a *Alone) Busy() bool { return a.busy }

// Do runs work off the interface thread and announces it to listener. Then, on
// the interface thread, the function it gave is called, or failed hears why it
// stopped; failed may be nil when work gives no error.
func (a *Alone) Do(pace Pace, listener Listener, label string,
	work func(ctx context.Context, progress Progress) (publish func(), err error), failed func(error)) {
	if a.busy {
		return
	}
	a.busy = true
	ctx, progress, end := listener.Begin(label)
	pace.Run(func() {
		publish, err := work(ctx, progress)
		fyne.Do(func() {
			a.busy = false
			end()
			if err != nil {
				failed(err)
				return
			}
			publish()
		})
	})
}
