package logbook

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test binary be a program that crashes.
func TestMain(m *testing.M) {
	if how := os.Getenv("LOGBOOK_CRASH"); how != "" {
		crash(how)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func crash(how string) {
	b, err := Open(Options{Program: "essai", Version: "1.2.3", Dir: os.Getenv("LOGBOOK_DIR")})
	if err != nil {
		panic(err)
	}
	defer b.Close()
	defer End()
	Did("save")
	Did("edition build")
	wait := make(chan bool)
	switch how {
	case "here":
		breakHere(nil)
	case "ours":
		Go(func() { breakHere(nil) })
		<-wait
	case "nobody":
		go breakHere(nil)
		<-wait
	}
}

//go:noinline
func breakHere(m map[string]int) { m["Jeanne Ravelo"] = 1 }

// A panic on the main thread, in a goroutine of ours, in one of a library: each
// leaves a report with its stack and the last commands, found once by the next
// start.
func TestACrashLeavesItsReport(t *testing.T) {
	for _, how := range []string{"here", "ours", "nobody"} {
		t.Run(how, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "LOGBOOK_CRASH="+how, "LOGBOOK_DIR="+dir)
			out, err := cmd.CombinedOutput()
			if err == nil {
				t.Fatalf("the program ended well:\n%s", out)
			}
			said := string(out)
			if how != "nobody" {
				if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said, "Ce qui était enregistré l’est toujours") ||
					strings.Contains(said, "OpenGL") {
					t.Errorf("exit %d, said %s", cmd.ProcessState.ExitCode(), said)
				}
			}
			b, err := Open(Options{Program: "essai", Version: "1.2.3", Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			r := b.Untold()
			if r == nil {
				t.Fatal("the next start knows nothing")
			}
			if how != "nobody" && !strings.Contains(said, r.File) {
				t.Errorf("the sentence does not name %s: %s", r.File, said)
			}
			text, err := r.Text()
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"assignment to entry in nil map", "breakHere", "crash_test.go", "Last commands:", "save",
				"edition build", "1.2.3"} {
				if !strings.Contains(text, want) {
					t.Errorf("the report lacks %q:\n%s", want, text)
				}
			}
			if strings.Contains(text, "Ravelo") {
				t.Error("the report has a name")
			}
			b.Told(r)
			if b.Untold() != nil {
				t.Error("told twice")
			}
			if _, err := r.Text(); err != nil {
				t.Errorf("the report is gone once told: %v", err)
			}
		})
	}
}

// A program that ended well leaves no report, and the empty file of one that
// was killed is no crash.
func TestNoReportWithoutACrash(t *testing.T) {
	dir := t.TempDir()
	b, err := Open(Options{Program: "essai", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	if err := os.WriteFile(filepath.Join(dir, "crash-essai-20260101-000000-999999999.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err = Open(Options{Program: "essai", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if r := b.Untold(); r != nil {
		t.Errorf("a crash of %s", r.File)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "crash-*")); len(files) != 1 {
		t.Errorf("left: %v", files)
	}
}
