// Package workspace is one open folder of work and the only door to it: the
// window and the command line ask here, and never touch the store, the index
// or a PDF themselves.
//
// Requests come in as plain values; records, reports and events go out. Every
// write is one journalled repertoire.Change; long work takes a context and
// reports its progress; no error is anything but a French sentence.
package workspace
