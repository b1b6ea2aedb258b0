package keeping

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
)

// bench is what the views of this package work with: the workspace, where a
// sentence goes, and one long work at a time.
type bench struct {
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnJob hears that long work begins, and gives what shows its progress.
	OnJob task.Listener

	door   Door
	pace   task.Pace
	window fyne.Window
	notice *widgets.Notice
	busy   bool
}

func newBench(door Door, pace task.Pace, window fyne.Window) bench {
	return bench{door: door, pace: pace, window: window, notice: widgets.NewNotice()}
}

// job runs long work off the interface thread, one at a time.
func (v *bench) job(label string, do func(context.Context, workspace.Progress) (func(), error)) {
	if v.busy {
		return
	}
	v.busy = true
	ctx, progress, end := v.OnJob.Begin(label)
	v.pace.Run(func() {
		publish, err := do(ctx, progress)
		fyne.Do(func() {
			v.busy = false
			end()
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			publish()
		})
	})
}

func (v *bench) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }
