// Package atlas draws maps: outlines in degrees and named points come in, a
// layout.Drawing with numbered, labelled points that do not overlap goes out.
//
// It knows no partnership and reads no file. The projection is equirectangular
// with cos(φ₀), enough for a country on a page.
package atlas
