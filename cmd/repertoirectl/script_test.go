package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"repertoire/internal/workspace"
)

// commandVariable makes this test binary the command line itself.
const commandVariable = "REPERTOIRECTL_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(commandVariable) != "" {
		main() // it exits
	}
	testscript.Main(m, map[string]func(){
		"repertoirectl": main,
	})
}

// wantExit is "exit CODE COMMAND…": it wants that very exit code.
func wantExit(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("exit %s, want %s", code, args[0])
	}
}

// TestScripts runs the command line as a script would: each file of
// testdata/script is one story.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit": wantExit,
			// change W QUERY sets ID to the only hit and CHANGE to
			// its newest change.
			"change": func(ts *testscript.TestScript, neg bool, args []string) {
				ask := func(into any, command ...string) {
					ts.Check(ts.Exec("repertoirectl", append([]string{"-w", args[0], "--json"}, command...)...))
					ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), into))
				}
				var found struct{ Hits []struct{ ID string } }
				ask(&found, "search", args[1])
				if len(found.Hits) != 1 {
					ts.Fatalf("%d hits for %q, want 1", len(found.Hits), args[1])
				}
				var history []struct{ Change string }
				ask(&history, "history", found.Hits[0].ID)
				ts.Setenv("ID", found.Hits[0].ID)
				ts.Setenv("CHANGE", history[0].Change)
			},
			// edition W NAME sets NAME to the ID of the newest edition.
			"edition": func(ts *testscript.TestScript, neg bool, args []string) {
				ts.Check(ts.Exec("repertoirectl", "-w", args[0], "--json", "edition", "list"))
				var list []struct{ ID string }
				ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &list))
				ts.Setenv(args[1], list[len(list)-1].ID)
			},
			// damage W ID cuts the file of an edition short.
			"damage": func(ts *testscript.TestScript, neg bool, args []string) {
				sum := args[1][strings.LastIndexByte(args[1], '-')+1:]
				files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "editions", sum+"*.json.gz"))
				ts.Check(err)
				ts.Check(os.Truncate(files[0], 100))
			},
			// bytes FILE HEX… writes raw bytes, for encodings txtar cannot hold.
			"bytes": func(ts *testscript.TestScript, neg bool, args []string) {
				var data []byte
				if _, err := fmt.Sscanf(strings.Join(args[1:], ""), "%x", &data); err != nil {
					ts.Fatalf("%v", err)
				}
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
			},
		},
	})
}

// A wrong command line never opens a workspace and is told in French.
func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{}, {"danser"}, {"search"}, {"-w"}, {"-w", "x", "search", "eau", "--limite", "3"}, {"-w", "x", "show"},
		{"-w", "x", "export", "--directory", "senegal", "--format", "pdf", "-o", "x"}, {"-w", "x", "edition"},
		{"-w", "x", "edition", "freeze", "--directory", "senegal"}, {"-w", "x", "edition", "gate"}, {"-w", "x", "edition", "rebuild", "a"},
		{"-w", "x", "edition", "diff", "a"},
		{"-w", "x", "edition", "build", "--directory", "senegal"}, {"-w", "x", "generate", "--directory", "senegal"},
		{"-w", "x", "import", "x.csv"}, {"-w", "x", "undo", "x", "--conflict", "peut-être"},
	} {
		var out, errs strings.Builder
		if code := run(context.Background(), args, &out, &errs); code != exitUsage {
			t.Errorf("%v: exit %d, want %d", args, code, exitUsage)
		}
		if !strings.Contains(errs.String(), "Mauvais usage") {
			t.Errorf("%v: the message is %q", args, errs.String())
		}
		if out.Len() != 0 {
			t.Errorf("%v: standard output has %q", args, out.String())
		}
	}
}

// brokenPipe is standard output once its reader has gone.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

// A reader that leaves early is no failure, and the workspace is closed behind
// it: the next command finds no stale lock to speak of.
func TestReaderLeavesEarly(t *testing.T) {
	dir := t.TempDir()
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"-w", dir, "init"}, &out, &errs); code != exitDone {
		t.Fatalf("init: exit %d, %s", code, errs.String())
	}
	if code := run(t.Context(), []string{"-w", dir, "directories", "--json"}, brokenPipe{}, &errs); code != exitDone || errs.Len() != 0 {
		t.Errorf("broken pipe: exit %d, %q", code, errs.String())
	}
	if code := run(t.Context(), []string{"-w", dir, "directories"}, &out, &errs); code != exitDone || errs.Len() != 0 {
		t.Errorf("afterwards: exit %d, %q", code, errs.String())
	}
}

// A query that begins with a dash is taken for an option: the message says how
// to write it.
func TestQueryThatLooksLikeAnOption(t *testing.T) {
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"-w", "x", "search", "-mot"}, &out, &errs); code != exitUsage ||
		!strings.Contains(errs.String(), "search -- -mot") {
		t.Errorf("exit %d, %q", code, errs.String())
	}
}

// While a window has the workspace, what only reads is answered and what writes
// is refused.
func TestReadingBesideAWindow(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := t.TempDir()
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"-w", dir, "init", "--sample"}, &out, &errs); code != exitDone {
		t.Fatalf("init: exit %d, %s", code, errs.String())
	}
	window, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Camille"})
	if err != nil {
		t.Fatal(err)
	}
	defer window.Close()
	file := filepath.Join(t.TempDir(), "f")
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitDone, []string{"directories"}}, {exitDone, []string{"search", "saint-louis"}}, {exitDone, []string{"check"}},
		{exitDone, []string{"review"}}, {exitUsage, []string{"review", "--limit", "-1"}},
		{exitDone, []string{"export", "--directory", "liban", "--format", "csv", "-o", file}},
		{exitDone, []string{"edition", "build", "--directory", "liban", "-o", file}},
		{exitRefused, []string{"generate", "--partnerships", "1", "--directory", "liban"}},
	} {
		out.Reset()
		errs.Reset()
		if code := run(t.Context(), append([]string{"-w", dir}, c.args...), &out, &errs); code != c.code {
			t.Errorf("%v: exit %d, want %d: %s", c.args, code, c.code, errs.String())
		}
		if c.args[0] == "search" && !strings.Contains(out.String(), "Lille") {
			t.Errorf("search beside a window: %s", out.String())
		}
	}
}
