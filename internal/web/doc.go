// Package web makes the edition that is consulted: the book of a frozen edition
// comes in (Input), a folder of static pages goes out, written whole or not at
// all. The same input gives the same bytes.
//
// Pages are French, ask nothing of any other server, read from a disk as from a
// server, and serve without JavaScript by their lists; with it they search,
// count and map. What a book may not show never reaches a file.
package web
