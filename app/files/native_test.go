package files

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
)

// The system's chooser holds the window back while it is there; what it gives
// is taken, what it is closed on is not, and where it fails ours comes up.
func TestTheSystemsChooserAnswers(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	for _, tc := range []struct {
		answer string
		err    error
		want   string
		own    int
	}{
		{answer: "/a/b/../c.csv", want: filepath.Clean("/a/c.csv")},
		{err: errCanceled},
		{err: errAbsent, own: 1},
	} {
		got, own := "", 0
		choosing{window: window, run: task.Inline, request: request{title: "Choisir un fichier"},
			native: func(context.Context, request) (string, error) {
				if window.Canvas().Overlays().Top() == nil {
					t.Error("the window takes orders while the system asks")
				}
				return tc.answer, tc.err
			},
			own: func() { own++ }, chosen: func(path string) { got = path }}.begin()
		if got != tc.want || own != tc.own {
			t.Errorf("%v: chose %q, own chooser %d times", tc.err, got, own)
		}
		if window.Canvas().Overlays().Top() != nil {
			t.Error("the window is still held back")
		}
	}
}

// Giving up in our window closes the system's.
func TestTheSystemsChooserIsGivenUp(t *testing.T) {
	apptest.App(t)
	window := test.NewTempWindow(t, container.NewStack())
	choosing{window: window, run: task.Inline, native: func(ctx context.Context, _ request) (string, error) {
		b, _ := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Annuler" })
		test.Tap(b)
		if !errors.Is(ctx.Err(), context.Canceled) {
			t.Error("the system's chooser stays")
		}
		return "", errCanceled
	}, own: func() { t.Error("our chooser comes up") }, chosen: func(string) { t.Error("something was chosen") }}.begin()
}

// Without a desktop the program's own chooser is the only one.
func TestATestWindowHasNoSystem(t *testing.T) {
	apptest.App(t)
	if nativeFor(test.NewTempWindow(t, container.NewStack())) != nil {
		t.Error("a window of a test asks the system")
	}
}
