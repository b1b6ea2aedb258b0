//go:build !windows && !darwin

package main

import (
	"errors"
	"os"
)

// displayable tells whether there is a display to open a window on: GLFW ends
// the program without a word a person understands when there is none.
func displayable() error {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New(
			"La fenêtre ne peut pas s’ouvrir : aucun écran n’est relié à cette session (DISPLAY et WAYLAND_DISPLAY sont vides). Rien n’a été modifié. La commande repertoirectl fait le même travail sans fenêtre.")
	}
	return nil
}
