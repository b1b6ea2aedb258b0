// Package widgets holds the pieces the views are built from: a list of columns
// for 100,000 rows, facets, chips, fields, pickers, notices. Plain values come
// in, callbacks go out; it knows no partnership and does no work of its own.
package widgets
