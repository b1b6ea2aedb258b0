package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// results are the metrics of a process: by line, then metric, the values of its
// runs in their order.
type results map[string]map[string][]float64

// measured is what a process of benchmarks gave.
type measured struct {
	results results
	peak    float64 // MiB the process held at its largest, 0 where the system does not say
	err     error   // why there are no results
}

// runner runs processes, each once however many figures read it.
type runner struct {
	tags    string
	profile string // folder of profiles, "" for none
	kept    string // folder that processes share, for workspaces that take a minute to make
	done    map[string]measured
}

func (r *runner) measure(ctx context.Context, p process) measured {
	key := strings.Join([]string{p.pkg, p.bench, p.args}, " ")
	if m, ok := r.done[key]; ok {
		return m
	}
	fmt.Fprintf(os.Stderr, "%s %s\n", p.pkg, p.bench)
	m := r.start(ctx, p)
	r.done[key] = m
	return m
}

func (r *runner) start(ctx context.Context, p process) (m measured) {
	dir, err := os.MkdirTemp("", "repertoire-bench-")
	if err != nil {
		return measured{err: err}
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "bench.test")
	tags := strings.Trim(r.tags+","+p.tags, ",")
	if out, err := exec.CommandContext(ctx, "go", "test", "-c", "-tags", tags, "-o", program, p.pkg).CombinedOutput(); err != nil {
		return measured{err: fmt.Errorf("%s does not compile: %w\n%s", p.pkg, err, out)}
	}
	args := []string{"-test.run", "^$", "-test.bench", p.bench, "-test.benchmem", "-test.timeout", "30m",
		"-test.count", strconv.Itoa(p.runs), "-test.benchtime", p.times}
	if r.profile != "" {
		name := filepath.Join(r.profile, strings.Trim(nameless.ReplaceAllString(p.pkg+p.bench, "-"), "-"))
		args = append(args, "-test.cpuprofile", name+".cpu", "-test.memprofile", name+".mem")
	}
	args = append(args, strings.Fields(strings.ReplaceAll(p.args, "KEPT", r.kept))...)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = p.pkg
	var out, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &wrong
	err = cmd.Run()
	m.results = parse(out.String())
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.peak = float64(use.Maxrss) / 1024
	}
	if err != nil {
		m.err = fmt.Errorf("%s %s: %w\n%s%s", p.pkg, p.bench, err, out.String(), wrong.String())
	} else if len(m.results) == 0 {
		m.err = errors.New(p.pkg + " " + p.bench + " measured nothing")
	}
	return m
}

var nameless = regexp.MustCompile(`[^A-Za-z0-9]+`)

// line matches what a benchmark prints: its name, the processors, how many
// rounds, then pairs of value and unit.
var line = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.+)$`)

// parse reads the output of Go's benchmarks.
func parse(text string) results {
	out := results{}
	for l := range strings.Lines(text) {
		found := line.FindStringSubmatch(strings.TrimSpace(l))
		if found == nil {
			continue
		}
		pairs := strings.Fields(found[2])
		for i := 0; i+1 < len(pairs); i += 2 {
			v, err := strconv.ParseFloat(pairs[i], 64)
			if err != nil {
				break
			}
			if out[found[1]] == nil {
				out[found[1]] = map[string][]float64{}
			}
			out[found[1]][pairs[i+1]] = append(out[found[1]][pairs[i+1]], v)
		}
	}
	return out
}

// median gives the middle of a metric's runs, and whether there was any.
func (r results) median(line, metric string) (float64, bool) {
	runs := slices.Sorted(slices.Values(r[line][metric]))
	if len(runs) == 0 {
		return 0, false
	}
	return runs[len(runs)/2], true
}

// value gives a figure's measure, and whether there is any.
func (m measured) value(f figure) (float64, bool) {
	if f.metric == peak {
		_, there := m.results[f.line]
		return m.peak, there
	}
	return m.results.median(f.line, f.metric)
}

// ratio tells how many times what it is compared with a figure takes. A metric
// of the figure's own line is already a ratio that the benchmark made.
func (f figure) ratio(r results) (float64, bool) {
	beside, metric, _ := strings.Cut(f.beside, " ")
	other, ok := r.median(beside, metric)
	if !ok || beside == f.line {
		return other, ok
	}
	own, ok := r.median(f.line, f.metric)
	return own / other, ok && other > 0
}
