// Package truetype reads the tables of a TrueType font that a PDF needs and
// makes small fonts of chosen glyphs, renumbered and without hinting, whose
// characters are U+F0000 and up. It never alters an outline.
package truetype
