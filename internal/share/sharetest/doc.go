// Package sharetest starts a PostgreSQL server for tests: in a temporary
// folder, as an ordinary user, on a free port of this machine. One server
// serves all tests of a package; Main stops it at the end. It runs where the
// gate does, not on Windows.
package sharetest
