// Package review shows the entries in which something is missing or stale,
// grouped by what it is: Enter opens an entry in the field concerned, one key
// confirms those selected as one change. It edits nothing else.
package review
