// Package npm fetches pinned packages from the npm registry that the machine
// is set up for, over plain HTTPS, without npm itself.
//
// A name, a version and an SHA-512 integrity go in; a verified tarball on disk
// comes out. It never runs a package's scripts and never returns bytes whose
// checksum differs from the lock. Build time only: the programs do not import it.
package npm
