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

// toConsole gives a program of windows the console it was started from, so
// that -version and a wrong usage are read there. Output sent to a file or a
// pipe stays there.
func toConsole() {
	if h, err := windows.GetStdHandle(windows.STD_OUTPUT_HANDLE); err == nil && h != 0 {
		return
	}
	const parent = ^uint32(0) // ATTACH_PARENT_PROCESS
	if ok, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(uintptr(parent)); ok == 0 {
		return // started from the desktop
	}
	if console, err := os.OpenFile("CONOUT$", os.O_WRONLY, 0); err == nil {
		os.Stdout, os.Stderr = console, console
	}
}
