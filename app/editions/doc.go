// Package editions is where books are made: the sections and pages of a
// répertoire's book, what stands between it and the press, its frozen
// editions, its PDF. It asks the door; it lays out and writes nothing itself.
package editions
