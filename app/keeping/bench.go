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
	alone  task.Alone
}

func newBench(door Door, pace task.Pace, window fyne.Window) bench {
	return bench{door: door, pace: pace, window: window, notice: widgets.NewNotice()}
}

// job runs long work off the interface thread, one at a time.
func (v *bench) job(label string, do func(context.Context, workspace.Progress) (func(), error)) {
	v.alone.Do(v.pace, v.OnJob, label, func(ctx context.Context, progress func(int, int, string)) (func(),
		error) {
		return do(ctx, progress)
	},
		func(err error) { v.say(widgets.Failure, err.Error()) })
}

func (v *bench) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }
