// Package sight tells what a person sees of a window that is wrong: a word cut,
// a button out of sight, and texts that no person should have to read. A canvas
// comes in, sentences go out. It walks Fyne's renderers, which only tests may:
// the program has it in the build that tests drive (tag driven).
package sight
