// Package layout is the typesetter: a Document (semantic blocks with roles)
// comes in, Pages (an immutable display list: positioned glyphs, shapes,
// images, links, anchors, structure, warnings) go out.
//
// It knows no partnership, no PDF and no screen. The files are the steps in
// order:
//
//	design      sizes, faces, colours and formats of a theme file
//	plan        the document looked over: anchors, contents, chunks
//	typography  French spaces and signs; flatten: inlines as one text
//	itemize     fallback, bidi, shape: fonts, directions, glyphs
//	lineitems   hyphen, linebreak, line: Knuth and Plass over a paragraph
//	builder     blocks_*, table, index, contents: blocks as boxes
//	pagebreak   columns, compose: boxes as pages, by least cost
//	numbering   book: page numbers, until they agree with the pages
//	draw        running, structure: the display list
//
// What it promises. The same document gives the same pages on any number of
// processors. A line wider than its column, a missing glyph, a picture that
// cannot be read, a box higher than a page are warnings that name the entry
// and its field; nothing is dropped in silence. Work ends on any input, and
// grows with the number of pages. A hyphen put in by the setter stands as
// U+00AD in Glyphs.Text, and the blank at a line's end is kept there, so that
// copied text has its words.
//
// A full stop, a comma or a hyphen at the end of a justified line stands half in
// the margin, on purpose: an overfull line is one that sticks out further.
//
// What it does not do: explicit direction controls are removed (each paragraph
// is one run of UAX #9); Thai and Khmer break between clusters, without a
// dictionary; only French is hyphenated.
package layout
