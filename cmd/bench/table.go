package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// table measures every figure and prints them.
func (r *runner) table(ctx context.Context, to io.Writer, only string) error {
	fmt.Fprintf(to, "%s, %d processors, %s/%s, %s\n\n", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "| figure\t| goal\t| measured\t| processor\t| × its baseline\t| allocations\t| peak\t|")
	fmt.Fprintln(w, "| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t|")
	var wrong []error
	for _, f := range figures {
		if !strings.Contains(f.process.pkg+" "+f.name, only) {
			continue
		}
		m := r.measure(ctx, f.process)
		v, ok := m.value(f)
		if !ok {
			wrong = append(wrong, errors.Join(fmt.Errorf("%s: not measured", f.name), m.err))
			continue
		}
		ratio := ""
		if x, ok := f.ratio(m.results); ok {
			ratio = fmt.Sprintf("%.3g", x)
		}
		allocations := ""
		if n, ok := m.results.median(f.line, "allocs/op"); ok {
			allocations = fmt.Sprintf("%.3g", n)
		}
		spent := ""
		if ms, ok := m.results.median(f.line, "cpu-ms/op"); ok {
			spent = amount(ms*1e6, "ns/op")
		}
		fmt.Fprintf(os.Stderr, "  %s: %s\n", f.name, verdict(v, f)) // a run is long, and may be stopped
		fmt.Fprintf(w, "| %s\t| %s\t| %s\t| %s\t| %s\t| %s\t| %.0f MiB\t|\n", f.name, amount(f.goal, f.metric), verdict(v, f), spent, ratio,
			allocations, m.peak)
	}
	fmt.Fprintln(w)
	for _, g := range growths {
		if !strings.Contains(g.process.pkg+" "+g.name, only) {
			continue
		}
		m := r.measure(ctx, g.process)
		text, err := g.text(m.results)
		if err != nil {
			wrong = append(wrong, errors.Join(err, m.err))
			continue
		}
		fmt.Fprintln(w, text)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return errors.Join(wrong...)
}

// text tells how a figure grows, beside what linear would be.
func (g growth) text(r results) (string, error) {
	var b strings.Builder
	b.WriteString(g.name + ": ")
	last := 0.0
	for i, l := range g.lines {
		v, ok := r.median(l, g.metric)
		if !ok {
			return "", fmt.Errorf("%s: %s is not measured", g.name, l)
		}
		if i > 0 {
			times, than := g.sizes[i]/g.sizes[i-1], "linear"
			if times == 1 {
				than = "the same"
			}
			fmt.Fprintf(&b, " → (%.2f × %s) ", v/last/times, than)
		}
		b.WriteString(amount(v, g.metric))
		last = v
	}
	return b.String(), nil
}

// verdict writes a value, and says when it misses its goal.
func verdict(v float64, f figure) string {
	s := amount(v, f.metric)
	if f.goal > 0 && v > f.goal {
		s += ", missed"
	}
	return s
}

// amount writes a value in the unit a person reads.
func amount(v float64, metric string) string {
	switch {
	case v == 0:
		return ""
	case metric == "ns/op" && v >= 1e9:
		return fmt.Sprintf("%.2f s", v/1e9)
	case metric == "ns/op":
		return fmt.Sprintf("%.3g ms", v/1e6)
	case metric == "cpu-ms/op":
		return amount(v*1e6, "ns/op")
	case strings.HasSuffix(metric, "-ms"):
		return fmt.Sprintf("%.3g ms", v)
	case strings.HasSuffix(metric, "-MiB"):
		return fmt.Sprintf("%.0f MiB", v)
	case strings.HasSuffix(metric, "s/index"):
		return fmt.Sprintf("%.3g s", v)
	}
	return fmt.Sprintf("%.3g %s", v, metric)
}

// processor names the machine's.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "processor unknown"
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if name, ok := strings.CutPrefix(s.Text(), "model name"); ok {
			return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(name), ":"))
		}
	}
	return "processor unknown"
}
