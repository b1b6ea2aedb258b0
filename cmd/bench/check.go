package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// keptFile holds what the quick measures gave when they were last accepted.
const keptFile = "cmd/bench/kept.json"

// What may get worse before -check says so: the allocations of these measures
// do not depend on the machine but a little on chance (maps, goroutines); a
// ratio of two times depends on what else runs.
const (
	slackCounted = 1.05
	slackRatio   = 1.6
)

// key names a measure in the kept file.
func (f figure) key() string {
	k := strings.TrimPrefix(f.process.pkg, "./") + " " + f.line + " " + f.metric
	if f.beside != "" {
		k += " ÷ " + f.beside
	}
	return k
}

// quick runs the measures of -check.
func (r *runner) quick(ctx context.Context) (map[string]float64, error) {
	out := map[string]float64{}
	var wrong []error
	for _, f := range kept {
		m := r.measure(ctx, f.process)
		if m.err != nil {
			wrong = append(wrong, m.err)
			continue
		}
		v, ok := m.results.median(f.line, f.metric)
		if f.beside != "" {
			v, ok = f.ratio(m.results)
		}
		if !ok {
			wrong = append(wrong, fmt.Errorf("%s: not measured; the list of cmd/bench names what is no more", f.key()))
			continue
		}
		out[f.key()] = v
	}
	return out, errors.Join(wrong...)
}

func (r *runner) keep(ctx context.Context) error {
	now, err := r.quick(ctx)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(now, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(keptFile, append(text, '\n'), 0o644)
}

func (r *runner) check(ctx context.Context) error {
	raw, err := os.ReadFile(keptFile)
	if err != nil {
		return err
	}
	var before map[string]float64
	if err := json.Unmarshal(raw, &before); err != nil {
		return fmt.Errorf("%s: %w", keptFile, err)
	}
	now, err := r.quick(ctx)
	if err != nil {
		return err
	}
	return compare(before, now)
}

// compare tells what got worse, and what is measured in one of the two only.
func compare(before, now map[string]float64) error {
	var wrong []error
	for _, f := range kept {
		was, there := before[f.key()]
		is, slack := now[f.key()], slackCounted
		if f.beside != "" {
			slack = slackRatio
		}
		switch {
		case !there:
			wrong = append(wrong, fmt.Errorf("%s: %.4g, and nothing to hold it against: go run ./cmd/bench -keep", f.key(), is))
		case is > was*slack:
			wrong = append(wrong, fmt.Errorf("%s: %.4g, it was %.4g: worse than the %.0f %% allowed", f.key(), is, was, (slack-1)*100))
		default:
			fmt.Printf("%-90s %12.4g %12.4g\n", f.key(), was, is)
		}
	}
	return errors.Join(wrong...)
}
