package shell

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/storage"

	"repertoire/app/i18n"
	"repertoire/app/keeping"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/trace"
	"repertoire/app/widgets"
	"repertoire/internal/logbook"
	"repertoire/internal/workspace"

	fynetooltip "github.com/dweymouth/fyne-tooltip"
)

// Shell is the window of the program.
type Shell struct {
	app    fyne.App
	window fyne.Window
	opener Opener
	pace   task.Pace
	fonts  *theme.Fonts
	prefs  prefs
	trace  *trace.Trace // nil: nobody asks how long things take
	first  *Shell       // the window this one is a second of, nil for the first
	others []*Shell     // the second windows of the first

	desk     *desk // nil while no workspace is open
	commands []Command
	opening  *task.Latest
	guide    *widgets.Modal // the guide over the window, nil while it is away

	afterOpening func() // what a start was for beside its folder, nil for nothing
}

// Options are what the window is made with.
type Options struct {
	App    fyne.App
	Opener Opener
	Pace   task.Pace
	Fonts  *theme.Fonts
	// Trace times what a person waits for; nil for none.
	Trace *trace.Trace
}

// New makes the window with its first screen. Show it, then Open a workspace
// when one was named.
func New(o Options) *Shell { return makeShell(o, nil) }

func makeShell(o Options, first *Shell) *Shell {
	s := &Shell{app: o.App, opener: o.Opener, pace: o.Pace, fonts: o.Fonts, prefs: prefs{o.App.Preferences()},
		trace:   o.Trace,
		opening: task.NewLatest(o.Pace.Run)}
	s.dress()
	s.window = o.App.NewWindow("Répertoire")
	s.window.SetPadded(false)
	if s.first = first; first == nil {
		s.window.SetMaster()
	}
	w, h := s.prefs.size()
	s.window.Resize(fyne.NewSize(w, h))
	s.window.SetCloseIntercept(s.Quit)
	s.window.SetOnDropped(func(at fyne.Position, uris []fyne.URI) {
		if s.desk != nil {
			s.desk.dropped(at, uris)
		}
	})
	s.welcome()
	s.arm()
	return s
}

// Drop does what a file dropped in the middle of the window does.
func (s *Shell) Drop(path string) {
	if s.desk != nil {
		size := s.window.Canvas().Size()
		s.desk.dropped(fyne.NewPos(size.Width/2, size.Height/2), []fyne.URI{storage.NewFileURI(path)})
	}
}

// Window gives the window.
func (s *Shell) Window() fyne.Window { return s.window }

// dress puts the chosen look on.
func (s *Shell) dress() {
	s.app.Settings().SetTheme(theme.New(s.prefs.mode(), s.prefs.scale(), s.fonts))
}

// arm gives the window its commands: menus, shortcuts, function keys.
func (s *Shell) arm() {
	s.commands = s.allCommands()
	s.window.SetMainMenu(menuOf(s.commands, s.perform))
	s.window.Canvas().AddShortcut(&widgets.Help{}, func(asked fyne.Shortcut) {
		if h, ok := asked.(*widgets.Help); ok {
			s.showGuide(h.About)
		}
	})
	s.window.Canvas().AddShortcut(&widgets.Zoom{}, func(asked fyne.Shortcut) {
		if z, ok := asked.(*widgets.Zoom); ok {
			s.Zoom(z.By)
		}
	})
	for _, z := range zoomKeys {
		s.window.Canvas().AddShortcut(chord(z.key, z.with), func(fyne.Shortcut) { s.Zoom(z.by) })
	}
	s.window.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		for _, c := range s.commands {
			if c.Key == k.Name && k.Name != "" && c.enabled() {
				s.perform(c)
				return
			}
		}
	})
}

// setContent puts a screen into the window, with the layer of the hints.
func (s *Shell) setContent(content fyne.CanvasObject) {
	watch := widgets.NewDensityWatch(func() {
		if s.desk != nil {
			s.desk.rescaled()
		}
	})
	layers := container.NewStack(widgets.NewBackground("background"), widgets.NewZoomLayer(), content, watch)
	if probe := s.trace.Probe(); probe != nil {
		layers.Add(container.NewWithoutLayout(probe)) // painted last: its frame holds all the rest
		probe.Resize(fyne.NewSquareSize(1))
	}
	s.window.SetContent(fynetooltip.AddWindowToolTipLayer(layers, s.window.Canvas()))
	watch.Refresh() // the first density
}

// Open opens the workspace in dir and shows it.
func (s *Shell) Open(dir string) { s.openBy(dir, s.opener.Open) }

// Read opens the workspace in dir without writing in it.
func (s *Shell) Read(dir string) { s.openBy(dir, s.opener.Read) }

func (s *Shell) openBy(dir string, open func(context.Context, string) (Door, error)) {
	s.opening.Do(func(ctx context.Context) func() {
		begun := time.Now()
		door, err := open(ctx, dir)
		slog.Info("open", "after", time.Since(begun).Round(time.Millisecond), logbook.Err(err))
		return func() {
			if err != nil {
				s.afterOpening = nil
				if !keeping.Rescue(err, dir, s.window, s.pace, keeping.Ways{Reopen: s.Open, Read: s.Read}) {
					s.Fail(err)
				}
				return
			}
			s.closeDesk()
			if s.first == nil {
				s.prefs.addRecent(door.Dir())
			}
			s.desk = newDesk(s, door)
			s.setContent(s.desk.all)
			s.arm()
			s.desk.start()
			s.opened()
		}
	})
}

// Create makes a workspace in dir, with the sample répertoires or without, and
// opens it.
func (s *Shell) Create(dir string, sample bool) {
	s.create(dir, sample, func() {
		if sample {
			s.desk.tour.begin()
		}
	})
}

// create makes a folder of work, opens it, then does what follows.
func (s *Shell) create(dir string, sample bool, then func()) {
	s.longWork(i18n.T("Nouveau dossier de travail"), i18n.T("Création du dossier de travail…"),
		func(ctx context.Context, progress workspace.Progress) error {
			return s.opener.Create(ctx, dir, sample, progress)
		}, func() { s.openThen(dir, then) })
}

// Fail says what went wrong in a sentence.
func (s *Shell) Fail(err error) {
	slog.Warn("failed", logbook.Err(err))
	widgets.Refuse(i18n.T("Cela n’a pas été possible"), err.Error(), i18n.T("Fermer"), s.window)
}

// Quit asks what to do with what was typed and not saved, then leaves.
func (s *Shell) Quit() {
	l := leaving{title: i18n.T("Quitter"), save: i18n.T("Enregistrer et quitter"), abandon: i18n.T("Abandonner et quitter"), do: s.leave}
	if s.first != nil {
		l.title, l.save, l.abandon, l.do = i18n.T("Fermer la fenêtre"), i18n.T("Enregistrer et fermer"), i18n.T("Abandonner et fermer"),
			s.leaveSecond
	}
	s.unlessUnsaved(l)
}

func (s *Shell) leave() {
	s.prefs.setSize(s.window.Canvas().Size())
	s.closeDesk()
	s.window.SetCloseIntercept(nil)
	s.window.Close()
}

func (s *Shell) closeDesk() {
	if s.desk == nil {
		return
	}
	s.desk.remember()
	s.desk.records.closeApart()
	s.desk.jobs.stopAll()
	s.desk.unsubscribe()
	s.desk.others.close()
	if err := s.desk.door.Close(); err != nil {
		slog.Error("closing the workspace", logbook.Err(err))
	}
	s.desk = nil
}

// CloseWorkspace goes back to the first screen.
func (s *Shell) CloseWorkspace() {
	s.closeDesk()
	s.window.SetTitle("Répertoire")
	s.welcome()
	s.arm()
}
