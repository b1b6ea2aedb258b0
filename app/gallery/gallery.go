package gallery

import (
	"context"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/i18n"
	"repertoire/app/shell"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/internal/repertoire"
)

// Setting is how the window stands for a series of pictures.
type Setting struct {
	Dir           string // workspace, "" for the first screen alone
	Language      i18n.Language
	Look          theme.Mode
	Width, Height float32
	Text          float32 // how large the text is, 0 and 1 as on the first day
	Fonts         *theme.Fonts
}

// Take opens the window and hands the picture of each scene whose name holds
// only to save; entry is the one shown open. Between two scenes questions are
// closed and the list is back in view.
func Take(ctx context.Context, setting Setting, only string, entry repertoire.ID, save func(name string, picture image.Image) error) error {
	return Walk(ctx, setting, only, entry, func(name string, window fyne.Window) error {
		return save(name, window.Canvas().Capture())
	})
}

// Walk shows each of those scenes and has visit look at its window.
func Walk(ctx context.Context, setting Setting, only string, entry repertoire.ID, visit func(name string, window fyne.Window) error) error {
	app := test.NewApp()
	defer app.Quit()
	app.Preferences().SetString("look", string(setting.Look))
	if setting.Text > 0 {
		app.Preferences().SetFloat("text", float64(setting.Text))
	}
	// A width that shows the page beside the form is asked for as people do.
	app.Preferences().SetFloat("window.w", float64(setting.Width))
	app.Preferences().SetFloat("window.h", float64(setting.Height))
	if err := i18n.Use(setting.Language); err != nil {
		return err
	}
	s := shell.New(shell.Options{App: app, Opener: shell.Workspaces{Author: "Répertoire"}, Pace: task.AtOnce(), Fonts: setting.Fonts})
	window := s.Window()
	window.Resize(fyne.NewSize(setting.Width, setting.Height))
	window.Show()
	if setting.Dir != "" {
		s.Open(setting.Dir)
		defer s.CloseWorkspace()
	}
	for _, scene := range scenes(s, entry) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !strings.Contains(scene.name, only) {
			continue
		}
		clear(s)
		if scene.act != nil {
			scene.act(s)
		}
		if err := visit(scene.name, window); err != nil {
			return err
		}
	}
	clear(s)
	return nil
}

// clear closes what stands over the window and goes back to the list.
func clear(s *shell.Shell) {
	overlays := s.Window().Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		overlays.Remove(top)
	}
	s.Perform("rows")
}
