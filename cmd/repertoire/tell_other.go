//go:build !windows

package main

import (
	"fmt"
	"os"
	"os/exec"
)

const remedy = "un pilote graphique à jour, ou le rendu logiciel de Mesa (paquet libgl1-mesa-dri)."

// tell says a sentence where there is no window of ours: on the terminal, and
// with the first program of the desktop that shows one, which stays after us.
func tell(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	for _, command := range [][]string{
		{"zenity", "--error", "--no-markup", "--title=Répertoire", "--text=" + sentence},
		{"kdialog", "--title", "Répertoire", "--error", sentence},
	} {
		if exec.Command(command[0], command[1:]...).Start() == nil {
			return
		}
	}
}

// toConsole is for Windows, where a program of windows has no console.
func toConsole() {}
