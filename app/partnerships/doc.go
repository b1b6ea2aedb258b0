// Package partnerships is the list of partnerships with its search and facets,
// and the form of one. Rows and records come from the door, edited records go
// back to it; it reads no file and knows no database, index or PDF.
package partnerships
