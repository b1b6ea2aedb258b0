// Package request reads orders as they come in, from a spreadsheet, a form or a
// message: headings and cells come in, drafts in the words of the field go out.
// It knows no base and no file: what a word means in this house (an edition, a
// buyer) is for the caller to say.
package request
