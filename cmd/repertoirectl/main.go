// Command repertoirectl does the work of Répertoire without a window: for
// scripts, tests and servers. Its contract (commands, JSON, exit codes) is
// stable; see README.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"repertoire/internal/logbook"
)

func main() {
	// A library underneath logs in English what is mended without a word: until
	// the log is open nobody hears it.
	log.SetOutput(io.Discard)
	defer logbook.End()
	// A reader that has seen enough ("| head") must not leave the workspace
	// locked: the write fails instead, and the workspace is closed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks, the second one ends the program there and then.
	context.AfterFunc(ctx, stop)
	code := execute(ctx, &face{out: os.Stdout, errs: os.Stderr, logged: true}, os.Args[1:])
	stop()
	os.Exit(code)
}
