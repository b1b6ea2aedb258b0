package logbook

import "os"

// alive tells whether the program that opened a crash file still runs: Windows
// opens no file for writing alone that another program holds for removal, so
// that a rename onto itself fails while it does.
func alive(file string) bool { return os.Rename(file, file) != nil }
