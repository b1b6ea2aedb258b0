//go:build windows || darwin

package main

// displayable is always true where a session always has a screen; a missing
// OpenGL is noticed when the window opens.
func displayable() error { return nil }
