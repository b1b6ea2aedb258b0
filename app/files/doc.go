// Package files asks a person for a file or a folder, the same way everywhere:
// in the folder of last time, with a name proposed, and a question before a
// file is written over. It reads and writes no file itself.
package files
