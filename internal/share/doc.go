// Package share is the PostgreSQL side of several desks on one base: an ordered
// journal of changes, the files they speak of, and who is at work on what.
//
// Changes come in and go out as repertoire.Shared, numbered without gaps and
// chained; bodies stay JSON. It knows no SQLite: the workspace carries rows
// between a desk's store and this package. Every error is a French sentence
// that says what stays at the desk; none holds a password.
package share
