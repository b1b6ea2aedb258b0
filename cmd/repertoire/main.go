package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"repertoire/app/i18n"
	"repertoire/app/shell"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/assets"
	"repertoire/internal/workspace"
)

// appID names the program to the desktop: preferences are kept under it. It is
// also in FyneApp.toml.
const appID = "org.cites-unies-france.repertoire"

func main() {
	dir := flag.String("w", "", "dossier de travail à ouvrir")
	version := flag.Bool("version", false, "dire la version et finir")
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() > 0 {
		usage()
		os.Exit(2)
	}
	if *version {
		fmt.Println("Répertoire", workspace.Version)
		return
	}
	if err := displayable(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer explain()
	run(*dir)
}

func usage() {
	fmt.Fprintln(os.Stderr, "Usage : repertoire [-w DOSSIER]")
	flag.PrintDefaults()
}

func run(dir string) {
	a := app.NewWithID(appID)
	if err := i18n.Use(shell.Language(a.Preferences())); err != nil {
		fyne.LogError("translations", err)
	}
	s := shell.New(shell.Options{App: a, Opener: shell.Workspaces{Author: author(), Backups: true}, Pace: task.Live(), Fonts: fonts()})
	if dir != "" {
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
		// The window must be running before it can show what it reads.
		a.Lifecycle().SetOnStarted(func() { fyne.Do(func() { s.Open(dir) }) })
	}
	s.Window().ShowAndRun()
}

// explain turns Fyne's panic without OpenGL into a sentence. Over a remote
// desktop, or in a virtual machine without 3D, no window can open (Fyne
// issues 410 and 4565).
func explain() {
	if cause := recover(); cause != nil {
		fmt.Fprintln(os.Stderr, cannotOpen)
		fmt.Fprintln(os.Stderr, "(", cause, ")")
		os.Exit(1)
	}
}

const cannotOpen = "La fenêtre ne peut pas s’ouvrir ici : il faut un écran et OpenGL 2.1 ou plus récent, qui manquent sur ce poste (c’est souvent le cas à distance ou dans une machine virtuelle). Rien n’a été modifié. La commande repertoirectl fait le même travail sans fenêtre."

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
