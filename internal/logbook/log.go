package logbook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"repertoire/internal/repertoire"
)

// Options are what a program opens its log with.
type Options struct {
	Program string // "repertoire", "repertoirectl"
	Version string
	// Level is "debug", "info", "warn" or "error"; "" is info, or debug where
	// the environment has REPERTOIRE_DEBUG.
	Level string
	// Dir is the folder, "" for the one of the system.
	Dir string
}

// Book is a program's open log.
type Book struct {
	dir, program, version string
	started               time.Time
	file                  *rotating
	crash                 *os.File // what the runtime writes when all ends
}

// ParseLevel reads a level; an unknown one is refused with a sentence.
func ParseLevel(s string) (slog.Level, error) {
	switch strings.ToLower(s) {
	case "":
		if os.Getenv("REPERTOIRE_DEBUG") != "" {
			return slog.LevelDebug, nil
		}
		return slog.LevelInfo, nil
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	}
	return 0, repertoire.Refuse("« %s » n’est pas un niveau de journal : debug, info, warn ou error.", s)
}

// Open begins the log of a program and makes it the default of log/slog. A log
// that cannot be written keeps nobody from working: it is then silent.
func Open(o Options) (*Book, error) {
	level, err := ParseLevel(o.Level)
	if err != nil {
		return nil, err
	}
	b := &Book{program: o.Program, version: o.Version, dir: o.Dir, started: time.Now()}
	if b.dir == "" {
		b.dir, err = Folder()
	}
	var out io.Writer = io.Discard
	if err == nil {
		if b.file, err = openRotating(filepath.Join(b.dir, o.Program+".log")); err == nil {
			out = b.file
		}
		b.watch()
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: scrub})))
	// Libraries write with log: their words are not ours to vouch for, so that
	// only that they spoke is kept, unless somebody is looking for a fault.
	log.SetFlags(0)
	log.SetOutput(library{})
	slog.Info("begin", "program", o.Program, "version", o.Version, "pid", os.Getpid())
	return b, nil
}

// Close ends the log of a program that ended well.
func (b *Book) Close() {
	if b == nil {
		return
	}
	slog.Info("end", "pid", os.Getpid(), "after", time.Since(b.started).Round(time.Millisecond))
	b.unwatch()
	if b.file != nil {
		_ = b.file.Close()
	}
}

// Err is what may be kept of an error: its kind and the kinds of its causes,
// never its sentence, which names entries and people.
func Err(err error) slog.Attr {
	var kinds []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		var number syscall.Errno
		switch x := e.(type) {
		case *repertoire.Error:
			kinds = append(kinds, string(x.Kind))
		case syscall.Errno:
			number = x
			kinds = append(kinds, fmt.Sprintf("errno %d", int(number)))
		default:
			kinds = append(kinds, fmt.Sprintf("%T", e))
		}
	}
	return slog.String("error", strings.Join(kinds, " < "))
}

// scrub keeps what must not be in a log out of it: errors written whole, and
// the home folder, which bears a person's name.
func scrub(_ []string, a slog.Attr) slog.Attr {
	if err, ok := a.Value.Any().(error); ok {
		return slog.Attr{Key: a.Key, Value: Err(err).Value}
	}
	if a.Value.Kind() == slog.KindString {
		a.Value = slog.StringValue(withoutHome(a.Value.String()))
	}
	return a
}

func withoutHome(s string) string {
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		s = strings.ReplaceAll(s, home, "~")
	}
	return s
}

// library hears what libraries log.
type library struct{}

func (library) Write(p []byte) (int, error) {
	if slog.Default().Enabled(context.Background(), slog.LevelDebug) {
		slog.Debug("library", "said", strings.TrimSpace(string(p)))
	} else {
		slog.Warn("library", "bytes", len(p))
	}
	return len(p), nil
}
