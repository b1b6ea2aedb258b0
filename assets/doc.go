// Package assets carries the fonts that the build fetched, inside the program.
//
// A font's name goes in ("NotoSerif-Regular"), its TrueType bytes come out. A
// program built without the fonts says which command was forgotten; it never
// panics and never looks for fonts on the machine.
package assets
