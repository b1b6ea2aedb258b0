// Package trace times what a person waits for: from a key to the results
// painted, from a click to the page, from the start to the first list. Hands
// begin a wait, views end it, and the next painted frame closes it. It keeps
// durations alone, never what was typed; a nil trace does nothing.
package trace
