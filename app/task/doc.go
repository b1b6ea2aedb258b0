// Package task moves work off the interface thread and brings back only the
// newest answer. Functions come in, one publication on the interface thread
// goes out; it never touches a widget itself.
package task
