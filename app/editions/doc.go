// Package editions makes books: it asks which répertoire and which file, shows
// progress, and says what came out. Options go to the door, a report comes
// back; it lays out and writes nothing itself.
package editions
