package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"repertoire/internal/repertoire"
)

// errand is one sub-command; args are what follows its name.
type errand struct {
	name, says string
	run        func(ctx context.Context, args []string) error
}

func errands() []errand {
	return []errand{
		{"fonts", "télécharge les polices verrouillées dans assets/fonts/cache", fonts},
		{"reference", "dérive les tables de data/reference de leurs sources", deriveReference},
		{"twinnings", "résout une liste de liens connus dans data/reference", deriveTwinnings},
		{"profile", "dérive les profils de couleur de data/icc", deriveProfiles},
		{"samples-check", "confronte data/samples aux tables de référence", checkSamples},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run returns the exit code: 0 done, 1 refused, 2 wrong usage.
func run(ctx context.Context, args []string) int {
	if len(args) > 0 {
		for _, e := range errands() {
			if e.name != args[0] {
				continue
			}
			err := e.run(ctx, args[1:])
			switch {
			case err == nil:
				return 0
			case err == flag.ErrHelp || isUsage(err):
				return 2
			}
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	fmt.Fprintln(os.Stderr, "Usage : go run ./cmd/prepare COMMANDE")
	for _, e := range errands() {
		fmt.Fprintf(os.Stderr, "  %-14s %s\n", e.name, e.says)
	}
	return 2
}

// usageError marks what the flag package has already told.
type usageError struct{ error }

func isUsage(err error) bool { _, ok := err.(usageError); return ok }

// parse reads flags and refuses words left over.
func parse(set *flag.FlagSet, args []string) error {
	if err := set.Parse(args); err != nil {
		return usageError{err}
	}
	if set.NArg() > 0 {
		return repertoire.Refuse("« %s » n’est pas attendu ici.", set.Arg(0))
	}
	return nil
}

// say tells on standard error what is being done.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
