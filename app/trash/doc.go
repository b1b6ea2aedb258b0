// Package trash shows what was deleted, by whom and why: records come back from
// it, several as one change, or are erased for good once a person has agreed to
// what is lost. It deletes nothing by itself.
package trash
