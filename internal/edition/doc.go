// Package edition keeps frozen editions: a state of a répertoire with its
// design goes in as a Snapshot, is written once under the SHA-256 of its bytes
// and comes out the same, or as damaged, years later.
//
// Beside each snapshot lies a small register of what happened to it (draft,
// approved, published, out of print, and the files made from it). A snapshot
// never holds what a book may not show: notes, unpublishable contacts.
package edition
