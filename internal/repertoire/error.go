package repertoire

import (
	"errors"
	"fmt"
)

// Kind sorts errors by what a person can do about them.
type Kind string

const (
	// Refused: the request cannot be carried out as it stands.
	Refused Kind = "refused"
	// NotFound: nothing bears that identifier or name.
	NotFound Kind = "not-found"
	// Conflicting: somebody changed the same thing in between.
	Conflicting Kind = "conflict"
	// Damaged: a file is not what it should be.
	Damaged Kind = "damaged"
	// Internal: a fault of the program.
	Internal Kind = "internal"
)

// Error is the one error a person reads. Message is a whole French sentence
// that says what happened, what was kept and what to do.
type Error struct {
	Kind    Kind
	Message string
	Field   string // field of the record it points to, "" when none
	File    string // file it points to, "" when none
	Err     error  // cause, for the log
}

// Error returns the sentence alone: the cause belongs in the log.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Refuse returns a Refused error; format is a French sentence.
func Refuse(format string, args ...any) *Error {
	return &Error{Kind: Refused, Message: fmt.Sprintf(format, args...)}
}

// Missing returns a NotFound error; format is a French sentence.
func Missing(format string, args ...any) *Error {
	return &Error{Kind: NotFound, Message: fmt.Sprintf(format, args...)}
}

// Damage returns a Damaged error about file, caused by err.
func Damage(file string, err error, format string, args ...any) *Error {
	return &Error{Kind: Damaged, File: file, Err: err, Message: fmt.Sprintf(format, args...)}
}

// Fault returns an Internal error caused by err.
func Fault(err error, format string, args ...any) *Error {
	return &Error{Kind: Internal, Err: err, Message: fmt.Sprintf(format, args...)}
}

// KindOf tells the kind of err; errors that are not ours are Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
