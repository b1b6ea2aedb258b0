// Package logbook keeps what the programs did: a log that rotates and, after a
// crash, a report with the stack and the last commands.
//
// What comes in are names of commands, counts, durations and kinds of errors;
// what goes out are files in the person's state folder. It never writes what an
// officer typed, a path of the home folder or the sentence of an error, which
// may name somebody: a log can be sent to a stranger as it is.
package logbook
