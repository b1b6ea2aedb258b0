// Package mapview shows the results of a search on a map of the world: towns of
// both sides, links between them, the entries of a place. Points of the
// workspace come in; images are painted off the interface thread. It writes no
// record; the one file it makes is the picture asked for.
package mapview
