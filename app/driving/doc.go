// Package driving lets a test drive the real window: a socket, opened only
// where the environment names one, tells when the window is at rest, what has
// the focus and what stands in sight, does commands and presses buttons.
//
// A line comes in ("do save", "tap Annuler", "drop FILE", "idle"), a line of
// JSON goes out. It shows and does nothing that a person could not with the
// keyboard and a file dropped on the window.
package driving
