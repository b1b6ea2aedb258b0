// Command mutate breaks important lines on purpose, one at a time, and runs the
// tests of their package: a change no test notices is printed as a survivor.
// The source is never touched: the compiler reads the changed file in place of
// the real one (go build -overlay).
//
// First come the edits of edits.go, each with what it would do to an officer;
// then, for as long as -for says, conditions and constants chosen at random in
// the same packages. It ends with 1 when an edit of the list survives.
package main
