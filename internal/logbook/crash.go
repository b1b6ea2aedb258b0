package logbook

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"repertoire/internal/repertoire"
)

// Reports of crashes nobody was told of are called crash-….txt, the others
// report-….txt; the newest ten are kept.
const (
	untold   = "crash-"
	told     = "report-"
	maxTold  = 10
	stampFmt = "20060102-150405"
	// lastHeading stands above the last commands.
	lastHeading = "Last commands:"
)

// current is the book of the running program, for panics that end it from
// anywhere.
var current atomic.Pointer[Book]

// watch opens the file the runtime writes to when a goroutine of nobody's ends
// the program, or memory is broken: no code of ours runs any more then.
func (b *Book) watch() {
	current.Store(b)
	name := fmt.Sprintf("%s%s-%s-%d.txt", untold, b.program, b.started.Format(stampFmt), os.Getpid())
	f, err := os.OpenFile(filepath.Join(b.dir, name), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		slog.Warn("crash file", Err(err))
		return
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		slog.Warn("crash file", Err(err))
	}
	b.crash = f
}

func (b *Book) unwatch() {
	current.CompareAndSwap(b, nil)
	if b.crash == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	info, err := b.crash.Stat()
	b.crash.Close()
	if err == nil && info.Size() == 0 {
		_ = os.Remove(b.crash.Name())
	}
}

// Crashed writes the report of a panic that was recovered only to be told, and
// gives the sentence for the person. It invents no cause: what broke is in the
// report. Call it from the deferred function that recovered, then end.
func Crashed(cause any) error {
	b := current.Load()
	stack := debug.Stack()
	if b == nil || b.crash == nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", cause, stack)
		return sentence("")
	}
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	fmt.Fprintf(b.crash, "panic: %v (%T)\n\n%s\nAll goroutines:\n%s\n", describe(cause), cause, stack, all)
	b.head(b.crash, lastCommands())
	_ = b.crash.Sync()
	slog.Error("crash", "program", b.program, "version", b.version)
	return sentence(b.crash.Name())
}

// describe is what may be written of a panic's cause: the runtime's own words,
// a text, which a programmer wrote, and of any other error its kinds alone.
func describe(cause any) string {
	var r runtime.Error
	switch x := cause.(type) {
	case error:
		if errors.As(x, &r) {
			return withoutHome(r.Error())
		}
		return Err(x).Value.String()
	case string:
		return withoutHome(x)
	}
	return "…"
}

// sentence says that the program ended, and what that means for the work.
func sentence(report string) error {
	s := "Répertoire s’est arrêté sur une erreur de programme. Ce qui était enregistré l’est toujours."
	if report != "" {
		s += fmt.Sprintf(" Le rapport est dans « %s ».", report)
	}
	return &repertoire.Error{Kind: repertoire.Internal, Message: s, File: report}
}

// head is what tells where a report comes from.
func (b *Book) head(out *os.File, last []done) {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "\n%s %s, %s, %s/%s, started %s, ended %s\n", b.program, b.version, runtime.Version(), runtime.GOOS, runtime.GOARCH,
		b.started.Format(time.RFC3339), time.Now().Format(time.RFC3339))
	fmt.Fprintln(w, lastHeading)
	for _, c := range last {
		fmt.Fprintf(w, "  %s %s\n", c.at.Format("15:04:05"), c.name)
	}
	_ = w.Flush()
}

// Report is a crash a person has not been told of yet.
type Report struct {
	File string
	At   time.Time
}

// Untold gives the newest crash of a program nobody was told of, nil when there
// is none, and throws away the empty files of windows that were killed.
func (b *Book) Untold() *Report {
	if b == nil || b.dir == "" {
		return nil
	}
	files, _ := filepath.Glob(filepath.Join(b.dir, untold+b.program+"-*.txt"))
	var newest *Report
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || b.crash != nil && file == b.crash.Name() {
			continue
		}
		if info.Size() == 0 {
			if time.Since(info.ModTime()) > 24*time.Hour || !alive(file) {
				_ = os.Remove(file)
			}
			continue
		}
		if newest == nil || info.ModTime().After(newest.At) {
			newest = &Report{File: file, At: info.ModTime()}
		}
	}
	if newest != nil {
		b.complete(newest.File)
		_ = os.Chtimes(newest.File, newest.At, newest.At) // when it ended, not when it was read
	}
	return newest
}

// Told notes that a person knows of the report and of those before it, and
// forgets the oldest.
func (b *Book) Told(r *Report) {
	files, _ := filepath.Glob(filepath.Join(b.dir, untold+b.program+"-*.txt"))
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && info.Size() > 0 && !info.ModTime().After(r.At) {
			renamed := filepath.Join(b.dir, told+strings.TrimPrefix(filepath.Base(file), untold))
			if os.Rename(file, renamed) == nil && file == r.File {
				r.File = renamed
			}
		}
	}
	old, _ := filepath.Glob(filepath.Join(b.dir, told+"*.txt"))
	slices.Sort(old)
	for len(old) > maxTold {
		_ = os.Remove(old[0])
		old = old[1:]
	}
}

// complete adds to what the runtime wrote by itself the last commands, which
// the log has.
func (b *Book) complete(file string) {
	data, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(data), lastHeading) {
		return
	}
	log, err := os.ReadFile(filepath.Join(b.dir, b.program+".log"))
	if err != nil {
		return
	}
	var last []string
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, "msg=command ") {
			last = append(last, "  "+line)
		}
	}
	last = last[max(0, len(last)-maxCommands):]
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "\n%s %s, %s/%s\n%s\n%s", b.program, b.version, runtime.GOOS, runtime.GOARCH, lastHeading, strings.Join(last, ""))
}

// Text reads a report whole, to be copied.
func (r *Report) Text() (string, error) {
	data, err := os.ReadFile(r.File)
	if err != nil {
		return "", repertoire.Missing("Le rapport « %s » n’est plus là.", r.File)
	}
	return string(data), nil
}

// Go runs work in a goroutine of its own; a panic in it ends the program as one
// anywhere else does, with a report that has the last commands.
func Go(work func()) {
	go func() {
		defer End()
		work()
	}()
}

// End, deferred after Close so that it runs before it, tells of a panic and ends
// the program with code 1.
func End() {
	if cause := recover(); cause != nil {
		err := Crashed(cause)
		Tell(err.Error())
		os.Exit(1)
	}
}

// Tell says the sentence of an end to the person; a window replaces it by one
// that shows.
var Tell = func(sentence string) { fmt.Fprintln(os.Stderr, sentence) }
