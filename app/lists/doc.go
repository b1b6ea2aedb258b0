// Package lists shows, in the left column, the searches kept under a name and
// those every workspace has, each with what it finds now. A list chosen is
// handed to whoever shows partnerships; the section shows none itself.
package lists
