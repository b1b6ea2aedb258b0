// Package scenes draws the pictures of the showcase: landscapes, workshops and
// portraits that show nobody and no place.
//
// A name goes in, the bytes of a JPEG come out, the same on every machine and at
// every call. Nothing is read and nothing is fetched: whoever prints the
// showcase owes nothing to anybody.
package scenes
