// Package base is what every room of a workspace stands on: the open store,
// the reference data, the search index kept in step with the journal, who
// signs and what time it is.
//
// It opens a folder, applies each repertoire.Change (on the disk, in the index,
// told to listeners) and erases. It knows no room, and only rooms know it.
package base
