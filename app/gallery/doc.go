// Package gallery takes pictures of the program: a folder of work and a size
// come in, one picture of the window for each scene goes out, drawn by Fyne's
// test driver without a display. It changes nothing in a workspace but what a
// scene does.
package gallery
