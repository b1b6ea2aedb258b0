//go:build (gles || arm || arm64) && !darwin

package main

import "github.com/go-gl/glfw/v3.4/glfw"

// askForContext asks for what Fyne 2.8.1 asks for (its glfw_es.go).
func askForContext() {
	glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 0)
}
