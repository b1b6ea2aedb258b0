// Package pdf turns the display list of layout into a finished file: gopdf
// draws, the finisher adds what gopdf cannot say (tags, ToUnicode, metadata,
// output intent, boxes), and Preflight reads the result back with other eyes.
// The same pages give the same bytes; nothing here decides where a thing goes.
package pdf
