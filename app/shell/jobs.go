package shell

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
)

// jobs shows work under way in the tray: the newest, and the one before it
// once that has ended.
type jobs struct {
	tray  *widgets.Tray
	stack []*job
}

type job struct {
	label       string
	done, total int
	cancel      context.CancelFunc
}

// begin adds work. Call it on the interface thread; what it returns may be
// called from any goroutine.
func (j *jobs) begin(label string, cancel context.CancelFunc) (progress func(done, total int, label string), done func()) {
	work := &job{label: label, cancel: cancel}
	j.stack = append(j.stack, work)
	j.show()
	progress = func(done, total int, label string) {
		fyne.Do(func() {
			work.done, work.total = done, total
			if label != "" {
				work.label = label
			}
			if len(j.stack) > 0 && j.stack[len(j.stack)-1] == work {
				j.tray.Progress(done, total, work.label)
			}
		})
	}
	return progress, func() {
		fyne.Do(func() {
			j.stack = slices.DeleteFunc(j.stack, func(x *job) bool { return x == work })
			j.show()
		})
	}
}

func (j *jobs) show() {
	if len(j.stack) == 0 {
		j.tray.End()
		return
	}
	work := j.stack[len(j.stack)-1]
	j.tray.Begin(work.label, work.cancel)
	j.tray.Progress(work.done, work.total, work.label)
}

// stopAll cancels what is under way.
func (j *jobs) stopAll() {
	for _, work := range j.stack {
		if work.cancel != nil {
			work.cancel()
		}
	}
}
