// Package layout is the typesetter: a Document (semantic blocks with roles)
// comes in, Pages (an immutable display list: positioned glyphs, shapes,
// images, links, anchors, structure, warnings) go out.
//
// It knows no partnership, no PDF and no screen. The files are the steps in
// order: text and fonts, lines, blocks, pages, numbering.
package layout
