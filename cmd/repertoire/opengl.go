package main

import (
	"fmt"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// noOpenGL says what is missing and whom to ask. Fyne would end the program
// without a word a person sees, with the workspace open and locked (Fyne issues
// 410 and 4565).
const noOpenGL = "La fenêtre ne peut pas s’ouvrir sur ce poste : il y manque OpenGL 2.1, dont elle a besoin pour dessiner. " +
	"C’est souvent le cas par un bureau à distance ou dans une machine virtuelle. Le dossier de travail n’a pas été ouvert ; rien n’a été modifié. " +
	"Demandez à votre administrateur " + remedy + " La commande repertoirectl fait le même travail sans fenêtre."

// drawable tries what the first window will need: a window nobody sees, of the
// version of OpenGL Fyne asks for. It must run on the main thread, before Fyne.
func drawable() (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause) // the binding's way to tell of a driver's fault
		}
	}()
	if err := glfw.Init(); err != nil {
		return err
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	askForContext()
	w, err := glfw.CreateWindow(16, 16, "Répertoire", nil, nil)
	if err != nil {
		return err
	}
	w.Destroy()
	return nil
}
