// Command prepare does the build's errands: it fetches the pinned fonts and
// derives the tables of data/ from their published sources.
//
// Lock files with checksums go in; files of assets/fonts/cache and data/ come
// out, each written whole or not at all. It is never part of the program.
package main
