package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	check := flag.Bool("check", false, "only hold the quick measures against "+keptFile)
	keep := flag.Bool("keep", false, "write "+keptFile+" anew from the quick measures")
	tags := flag.String("tags", "", "build tags of the benchmarks")
	profile := flag.String("profile", "", "folder to keep the profiles of each process in")
	only := flag.String("only", "", "only figures whose package or name has this text")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *check, *keep, *tags, *profile, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

func run(ctx context.Context, check, keep bool, tags, profile, only string) error {
	if profile != "" {
		if err := os.MkdirAll(profile, 0o755); err != nil {
			return err
		}
		var err error
		if profile, err = filepath.Abs(profile); err != nil {
			return err
		}
	}
	kept, err := os.MkdirTemp("", "repertoire-bench-kept-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(kept)
	r := &runner{tags: tags, profile: profile, kept: kept, done: map[string]measured{}}
	switch {
	case keep:
		return r.keep(ctx)
	case check:
		return r.check(ctx)
	}
	return r.table(ctx, os.Stdout, only)
}
