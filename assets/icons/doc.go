// Package icons holds the drawings of the window's icons, one family drawn for
// this program. A name comes in, an SVG of black strokes goes out; it never
// colours or scales anything.
package icons
