// Command repertoire is the desktop program: it opens the window on the
// workspace named by -w, or on the first screen. Where no window can open it
// says so in a sentence and exits with 1; all the work is in app and workspace.
package main
