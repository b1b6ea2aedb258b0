// Package object reads and writes the objects of PDF files: names, strings,
// dictionaries, streams and the cross-reference that holds them together. It
// reads any bytes without panicking, writes the same bytes for the same
// objects, and knows nothing of pages, fonts or books.
package object
