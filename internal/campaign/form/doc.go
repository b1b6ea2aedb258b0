// Package form draws a questionnaire as a file people fill in, and reads the
// file again: a protected workbook, a PDF form.
//
// A campaign.Questionnaire comes in with its signed identifier, bytes go out;
// what comes back are its cells by their keys (campaign.Filled) and the
// identifiers that were found, or the text of a form that was printed. It judges
// no answer.
package form
