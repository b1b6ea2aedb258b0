// Package book turns a frozen selection of partnerships into a semantic
// document: cover, country presentations, maps, figures, entries, indexes.
//
// Frozen values come in (Input), a layout.Document and a Report go out. The
// same input gives the same document; nothing is read from a disk, a clock or
// a network, and a contact that is not publishable never gets past frozen().
package book
