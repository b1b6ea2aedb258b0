package main

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"repertoire/app/driving"
	"repertoire/app/i18n"
	"repertoire/app/shell"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/trace"
	"repertoire/assets"
	"repertoire/assets/icons"
	"repertoire/internal/logbook"
	"repertoire/internal/workspace"
)

// appID names the program to the desktop: preferences are kept under it. It is
// also in FyneApp.toml.
const appID = "org.cites-unies-france.repertoire"

// options are those of the command line.
type options struct {
	dir            string // a folder, or a file opened with the program
	level, profile string
}

func main() {
	toConsole()
	var o options
	flag.StringVar(&o.dir, "w", "", "dossier de travail à ouvrir")
	flag.StringVar(&o.level, "log-level", "", "ce que le journal garde : debug, info, warn ou error")
	flag.StringVar(&o.profile, "pprof", "", "dossier où écrire le profil du temps et de la mémoire")
	version := flag.Bool("version", false, "dire la version et finir")
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() > 1 || flag.NArg() == 1 && o.dir != "" {
		usage()
		os.Exit(2)
	}
	if flag.NArg() == 1 {
		o.dir = flag.Arg(0) // what a desktop passes when it opens a folder or a table with Répertoire
	}
	if *version {
		fmt.Println("Répertoire", workspace.Version)
		return
	}
	logbook.Tell = tell
	if err := run(o); err != nil {
		tell(err.Error())
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "Usage : repertoire [-w DOSSIER | DOSSIER | TABLEAU] [--log-level NIVEAU] [--pprof DOSSIER]")
	flag.PrintDefaults()
}

// run shows the window until it is closed. Nothing is opened before it is sure
// that a window can be.
func run(o options) (err error) {
	if err := displayable(); err != nil {
		return err
	}
	book, err := logbook.Open(logbook.Options{Program: "repertoire", Version: workspace.Version, Level: o.level})
	if err != nil {
		return err
	}
	defer book.Close()
	defer logbook.End() // a panic on the interface thread
	if err := drawable(); err != nil {
		slog.Error("no OpenGL", "why", err.Error())
		return errors.New(noOpenGL)
	}
	if o.profile != "" {
		stop, err := logbook.Profile(o.profile)
		if err != nil {
			return err
		}
		defer func() { err = stop() }()
	}
	modest()
	show(o.dir, book, o.level == "debug")
	return nil
}

// show opens the window; debug also notes in the log how long a person waits.
func show(dir string, book *logbook.Book, debug bool) {
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("repertoire.png", icons.App))
	if err := i18n.Use(shell.Language(a.Preferences())); err != nil {
		slog.Error("translations", logbook.Err(err))
	}
	socket := os.Getenv(driving.Socket)
	var waits *trace.Trace
	if socket != "" || debug {
		waits = trace.New(trace.Started())
	}
	s := shell.New(shell.Options{App: a, Opener: shell.Workspaces{Author: author(), Backups: true}, Pace: task.Live(), Fonts: fonts(),
		Trace: waits})
	if dir != "" {
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
	}
	if socket != "" {
		driving.Listen(socket, s)
	}
	// The window must be running before it can show what it reads.
	a.Lifecycle().SetOnStarted(func() {
		fyne.Do(func() {
			s.Begin(dir)
			if r := book.Untold(); r != nil {
				s.TellCrash(r, func() { book.Told(r) })
			}
		})
	})
	s.Window().ShowAndRun()
}

// fonts gives the interface's fonts; without them Fyne's own are used, and the
// books, which need theirs, say so when they are made.
func fonts() *theme.Fonts {
	return theme.NewFonts(func(name string) []byte {
		data, err := assets.Font(name)
		if err != nil {
			return nil
		}
		return data
	})
}
