package files

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/logbook"
)

// OwnChooser set to "1" in the environment keeps to the program's own chooser:
// for tests that drive the window, and for a desktop whose chooser fails.
const OwnChooser = "REPERTOIRE_OWN_CHOOSER"

// request is what is asked of the system's chooser.
type request struct {
	title   string
	from    string   // the folder it begins in, and for a file to write its name
	endings []string // of the files on offer
	folder  bool     // a folder is asked for
	save    bool     // a file to write is asked for
}

// native asks by the system's own chooser and gives the path, or errAbsent.
type native func(context.Context, request) (string, error)

var (
	errAbsent   = errors.New("no chooser of the system")
	errCanceled = errors.New("nothing chosen")
)

// nativeFor gives the chooser of the system over a window, nil when there is
// none: on Linux it is a program (zenity, qarma, matedialog) that not every
// desktop has, and a window of a test has no system.
func nativeFor(window fyne.Window) native {
	real, ok := window.(driver.NativeWindow)
	if !ok || os.Getenv(OwnChooser) == "1" || !zenity.IsAvailable() {
		return nil
	}
	return func(ctx context.Context, r request) (string, error) { return ask(ctx, real, r) }
}

// ask shows the system's chooser and waits for its answer.
func ask(ctx context.Context, window driver.NativeWindow, r request) (string, error) {
	options := []zenity.Option{zenity.Context(ctx), zenity.Title(r.title), zenity.Filename(r.from)}
	fyne.DoAndWait(func() {
		window.RunNative(func(at any) {
			switch at := at.(type) {
			case driver.WindowsWindowContext:
				options = append(options, zenity.Attach(at.HWND))
			case driver.X11WindowContext:
				options = append(options, zenity.Attach(int(at.WindowHandle)), zenity.Modal())
			}
		})
	})
	if r.folder {
		options = append(options, zenity.Directory())
	} else if len(r.endings) > 0 {
		options = append(options, zenity.FileFilters{filterOf(r.endings)})
	}
	choose := zenity.SelectFile
	if r.save {
		choose = zenity.SelectFileSave
		options = append(options, zenity.ConfirmOverwrite())
	}
	path, err := choose(options...)
	if errors.Is(err, zenity.ErrCanceled) || ctx.Err() != nil || err == nil && path == "" {
		return "", errCanceled
	}
	if err != nil {
		slog.Warn("the system's chooser", logbook.Err(err))
		return "", errAbsent
	}
	return path, nil
}

func filterOf(endings []string) zenity.FileFilter {
	f := zenity.FileFilter{CaseFold: true}
	for _, ending := range endings {
		f.Patterns = append(f.Patterns, "*"+ending)
	}
	f.Name = i18n.T("Fichiers %s", strings.Join(endings, ", "))
	return f
}

// choosing is one choice: by the system's chooser while it is there, else by
// the program's own.
type choosing struct {
	window fyne.Window
	native native
	run    task.Runner
	request
	own    func() // shows the program's own
	chosen func(path string)
}

// begin shows the chooser. While the system's is there our window holds back,
// so that no second question comes up, and offers to give up: a system's window
// may be hidden behind others.
func (c choosing) begin() {
	if c.native == nil {
		c.own()
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	wait := widgets.NewModal(c.title, widgets.NewMuted(i18n.T("Choisissez dans la fenêtre du système, qui vient de s’ouvrir.")), c.window)
	wait.OnClosed = cancel
	wait.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", wait.Close))
	wait.Show(420, 0)
	c.run(func() {
		path, err := c.native(ctx, c.request)
		fyne.Do(func() {
			wait.Close()
			switch {
			case errors.Is(err, errCanceled):
			case err != nil:
				c.own()
			default:
				c.chosen(filepath.Clean(path))
			}
		})
	})
}
