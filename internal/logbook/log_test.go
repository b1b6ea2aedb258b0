package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

func opened(t *testing.T, level string) (*Book, func() string) {
	t.Helper()
	dir := t.TempDir()
	b, err := Open(Options{Program: "essai", Version: "1.2.3", Level: level, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b, func() string {
		data, err := os.ReadFile(filepath.Join(dir, "essai.log"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
}

// Neither the sentence of an error, nor the home folder, nor what a library
// says goes into the log; what happened does.
func TestTheLogHasNoPersonalData(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	_, read := opened(t, "")
	err := fmt.Errorf("fiche: %w", repertoire.Refuse("« Jeanne Ravelo » n’a pas consenti."))
	slog.Warn("failed", Err(err))
	slog.Warn("failed", "cause", err)
	slog.Info("path", "file", filepath.Join(home, "a.csv"))
	log.Print("Jeanne Ravelo est dans la bibliothèque")
	Did("save")
	said := read()
	for _, secret := range []string{"Jeanne", "Ravelo", home} {
		if strings.Contains(said, secret) {
			t.Errorf("the log has %q:\n%s", secret, said)
		}
	}
	for _, want := range []string{string(repertoire.Refused), "msg=command name=save", "version=1.2.3", "msg=library"} {
		if !strings.Contains(said, want) {
			t.Errorf("the log lacks %q:\n%s", want, said)
		}
	}
	if got := Err(&fs.PathError{Op: "open", Path: "/jeanne", Err: errors.New("Jeanne")}).Value.String(); strings.Contains(
		strings.ToLower(got), "jeanne") || got == "" {
		t.Errorf("an error is kept as %q", got)
	}
}

func TestLevels(t *testing.T) {
	if _, err := ParseLevel("bruyant"); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("an unknown level: %v", err)
	}
	t.Setenv("REPERTOIRE_DEBUG", "1")
	if level, _ := ParseLevel(""); level != slog.LevelDebug {
		t.Errorf("REPERTOIRE_DEBUG gives %s", level)
	}
	_, read := opened(t, "error")
	slog.Warn("quiet")
	slog.Error("loud")
	if said := read(); strings.Contains(said, "quiet") || !strings.Contains(said, "loud") {
		t.Errorf("at level error:\n%s", said)
	}
}

// However much is written, the log keeps its size, and its last words.
func TestTheLogRotates(t *testing.T) {
	b, read := opened(t, "")
	long := strings.Repeat("x", 1000)
	for i := range 6000 {
		slog.Info("line", "n", i, "x", long)
	}
	files, err := filepath.Glob(filepath.Join(b.dir, "essai.log*"))
	if err != nil || len(files) != 1+maxOlder {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if info, err := os.Stat(f); err != nil || info.Size() > maxBytes {
			t.Errorf("%s: %d bytes, %v", f, info.Size(), err)
		}
	}
	if !strings.Contains(read(), "n=5999") {
		t.Error("the last line is not in the log")
	}
}
