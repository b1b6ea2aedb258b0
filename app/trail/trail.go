// Package trail leads through a list of findings one by one: the list comes in
// with the place one is at, the next and the one before go out. Views that find
// something in records share it with the window, which opens them.
package trail

import "repertoire/internal/repertoire"

// Step is one finding: the record, the field that is meant, and why.
type Step struct {
	Entry   repertoire.ID
	Field   string // "" for the whole record
	Message string
}

// Trail is a list of findings one goes along.
type Trail struct {
	Steps []Step
	At    int
}

// Move goes on by so many steps and gives where that is; false at either end.
func (t *Trail) Move(by int) (Step, bool) {
	to := t.At + by
	if to < 0 || to >= len(t.Steps) {
		return Step{}, false
	}
	t.At = to
	return t.Steps[to], true
}
