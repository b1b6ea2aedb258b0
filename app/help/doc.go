// Package help shows the user guide inside the program: chapters on the left,
// the text with its pictures on the right, and a box that searches all of it.
// The guide comes from assets/help; the view writes nothing.
package help
