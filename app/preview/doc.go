// Package preview shows the very page of the book beside the form. An entry
// comes in, the door lays it out as in the book, and its pages are painted
// from the same display list as the PDF; it lays nothing out itself.
package preview
