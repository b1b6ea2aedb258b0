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
)

func main() {
	// A library underneath logs in English what is mended without a word.
	log.SetOutput(io.Discard)
	// A reader that has seen enough ("| head") must not leave the workspace
	// locked: the write fails instead, and the workspace is closed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks, the second one ends the program there and then.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
