package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

const remedy = "un pilote graphique à jour, ou le « Pack de compatibilité OpenCL, OpenGL et Vulkan » du Microsoft Store."

// tell says a sentence where there is no window of ours: in one of the
// system's, and on the console for who started the program from there.
func tell(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	text, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return
	}
	title, err := windows.UTF16PtrFromString("Répertoire")
	if err != nil {
		return
	}
	_, _ = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
}
