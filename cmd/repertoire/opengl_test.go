//go:build linux

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/workspace"
)

// Where no window can be drawn the program says so in a sentence, ends with 1
// and leaves the workspace to others: with a driver too old, and on a display
// without any.
func TestWithoutOpenGLASentenceSaysSo(t *testing.T) {
	binary := built(t)
	for name, at := range map[string]struct{ server, env []string }{
		"old driver": {nil, []string{"MESA_GL_VERSION_OVERRIDE=1.1"}},
		"no GLX":     {[]string{"-extension", "GLX"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, at.server...)
			dir := filepath.Join(t.TempDir(), "exemple")
			if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Essai"}); err != nil {
				t.Fatal(err)
			}
			program := exec.CommandContext(t.Context(), binary, "-w", dir)
			program.Env = append(s.env, at.env...)
			said := &bytes.Buffer{}
			program.Stderr = said
			if err := program.Run(); program.ProcessState.ExitCode() != 1 {
				t.Errorf("ended with %v", err)
			}
			for _, want := range []string{"OpenGL 2.1", "n’a pas été ouvert", "repertoirectl"} {
				if !strings.Contains(said.String(), want) {
					t.Errorf("said %q, without %q", said, want)
				}
			}
			w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
			if err != nil {
				t.Fatalf("the workspace is not free: %v", err)
			}
			if n := w.Notices(); len(n) > 0 {
				t.Errorf("it was opened: %v", n)
			}
			_ = w.Close()
		})
	}
}
