// Package chart draws figures: labelled counts come in, a layout.Drawing that
// stays readable in black and white goes out.
//
// It knows no partnership; it never rounds, hides or reorders what it is given.
package chart
