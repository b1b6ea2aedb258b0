package trace

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"
)

// ticks are those of the kernel's clock in /proc, a hundred a second on every
// machine that Go runs on.
const ticks = 100

// Started gives when the process began, as the kernel knows it: before the
// first line of the program.
func Started() time.Time {
	now := time.Now()
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return now
	}
	// The name, in brackets, may hold spaces; the start is the twentieth after it.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	uptime, err := os.ReadFile("/proc/uptime")
	if err != nil || len(fields) < 20 {
		return now
	}
	began, err := strconv.ParseFloat(fields[19], 64)
	if err != nil {
		return now
	}
	up, _, _ := strings.Cut(string(uptime), " ")
	since, err := strconv.ParseFloat(up, 64)
	if err != nil {
		return now
	}
	return now.Add(-time.Duration((since - began/ticks) * float64(time.Second)))
}

// Memory gives what the process holds now and held at most, in MiB, and how
// much of it is its own: the rest is files that it and others look into (the
// program, the drawing library, the index), which the system takes back as it
// needs.
func Memory() (now, peak, own float64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0, 0
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			now = kib / 1024
		case "VmHWM":
			peak = kib / 1024
		case "RssAnon":
			own = kib / 1024
		}
	}
	return now, peak, own
}
