package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/internal/benching"
)

// BenchmarkStart: the window on 10,000 partnerships, from nothing to rows and
// the first form, without the workspace's own opening. DESIGN wants the whole
// under 1.5 s; the window's share should stay under 0.5 s.
func BenchmarkStart(b *testing.B) {
	door := apptest.New(b, 3).Invented(10_000)
	a := apptest.App(b)
	clock := benching.Start(b)
	defer clock.Report()
	for b.Loop() {
		s := New(Options{App: a, Opener: &fake{door: door}, Pace: task.AtOnce()})
		s.window.Resize(fyne.NewSize(1280, 720))
		s.window.Show()
		s.Open("/dossier")
		s.window.SetCloseIntercept(nil)
		s.window.Close()
	}
}
