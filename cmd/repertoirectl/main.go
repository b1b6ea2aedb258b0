// Command repertoirectl does the work of Répertoire without a window: for
// scripts, tests and servers. Its contract (commands, JSON, exit codes) is
// stable; see README.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
