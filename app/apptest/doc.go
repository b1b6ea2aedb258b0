// Package apptest is a workspace in memory for the tests of the window: a few
// records, or a hundred thousand, and every call the views make. It keeps the
// promises of the door that views rely on, and none of its files.
package apptest
