//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"repertoire/app/driving"
	"strings"
	"sync"
	"testing"
	"time"

	"repertoire/app/files"
	"repertoire/internal/share/sharetest"
)

// patience is how long a step of the window may take on a slow machine whose
// OpenGL is drawn by the processor.
const patience = 60 * time.Second

// screen is a virtual display with a French keyboard and one program on it.
type screen struct {
	socket string // of the window's debugging: see app/driving
	conn   net.Conn
	lines  *bufio.Reader

	t       *testing.T
	env     []string
	window  string // the window's number, once found
	program *exec.Cmd
	said    *bytes.Buffer // what the program wrote
}

// newScreen starts a display of its own. Without the tools the test is
// skipped, except where the project's gate runs: there they must be.
func newScreen(t *testing.T, server ...string) *screen {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes long")
	}
	for _, tool := range []string{"Xvfb", "xdotool", "setxkbmap", "localedef", "import", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing: .ci/setup test installs it", tool)
			}
			t.Skipf("%s is missing", tool)
		}
	}
	home := t.TempDir()
	s := &screen{t: t, said: &bytes.Buffer{}, socket: filepath.Join(t.TempDir(), "s")}
	// Without a French UTF-8 locale every accent typed is lost (X11's input
	// method); one made here needs no right on the machine.
	locales := filepath.Join(home, "locale")
	if err := os.MkdirAll(locales, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("localedef", "-i", "fr_FR", "-f", "UTF-8",
		filepath.Join(locales, "fr_FR.UTF-8")).CombinedOutput(); err != nil {
		t.Fatalf("localedef: %v\n%s", err, out)
	}
	runtime, cache := filepath.Join(home, "run"), filepath.Join(home, "cache")
	for _, dir := range []string{runtime, cache} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// What the program shows with the desktop's own programs opens nothing here.
	programs := filepath.Join(home, "bin")
	if err := os.MkdirAll(programs, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(programs, "xdg-open"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	s.env = append(os.Environ(), "PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"), "DISPLAY="+startDisplay(t, server...),
		"LOCPATH="+locales, "LC_ALL=fr_FR.UTF-8", "LANG=fr_FR.UTF-8", "LANGUAGE=",
		"WAYLAND_DISPLAY=", "XDG_RUNTIME_DIR="+runtime, "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"),
		"XDG_CACHE_HOME="+cache, "XDG_STATE_HOME="+filepath.Join(home, "state"), "LIBGL_ALWAYS_SOFTWARE=1", driving.Socket+"="+s.socket,
		files.OwnChooser+"=1")
	s.must("setxkbmap", "-layout", "fr", "-variant", "oss")
	return s
}

// startDisplay lets the server choose a free number and gives it: ":5".
func startDisplay(t *testing.T, more ...string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// Without -noreset the keyboard is English again as soon as setxkbmap ends.
	server := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"},
		more...)...)
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	w.Close()
	defer r.Close()
	if err := r.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

// binaries holds the program, built once for all tests of the window.
var binaries struct {
	once sync.Once
	file string
	err  error
}

// built gives the program.
func built(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes long")
	}
	binaries.once.Do(func() {
		dir, err := os.MkdirTemp("", "repertoire-window")
		if err != nil {
			binaries.err = err
			return
		}
		binaries.file = filepath.Join(dir, "repertoire")
		// As people have it, but for the eyes of app/sight.
		if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo,driven", "-o", binaries.file, ".").CombinedOutput(); err != nil {
			binaries.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if binaries.err != nil {
		t.Fatal(binaries.err)
	}
	return binaries.file
}

func TestMain(m *testing.M) {
	code := m.Run()
	sharetest.Stop()
	if binaries.file != "" {
		_ = os.RemoveAll(filepath.Dir(binaries.file))
	}
	if samples.dir != "" {
		_ = os.RemoveAll(samples.dir)
	}
	os.Exit(code)
}

// run starts the program and waits for its window.
func (s *screen) run(binary string, args ...string) {
	s.t.Helper()
	s.program = exec.Command(binary, args...)
	s.program.Env, s.program.Stdout, s.program.Stderr = s.env, s.said, s.said
	if err := s.program.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = s.program.Process.Kill()
		_ = s.program.Wait()
		if s.t.Failed() {
			s.t.Logf("the program said:\n%s", s.said)
		}
	})
	s.until("the window opens", func() bool {
		out, err := s.try("xdotool", "search", "--onlyvisible", "--name", "Répertoire")
		s.window, _, _ = strings.Cut(strings.TrimSpace(out), "\n")
		return err == nil && s.window != ""
	})
	s.must("xdotool", "windowfocus", "--sync", s.window)
	s.until("the debug socket answers", func() bool {
		c, err := net.Dial("unix", s.socket)
		if err == nil {
			s.conn, s.lines = c, bufio.NewReader(c)
			s.t.Cleanup(func() { _ = c.Close() })
		}
		return err == nil
	})
}

// stop ends the program as a power cut would.
func (s *screen) stop() {
	_ = s.program.Process.Kill()
	_ = s.program.Wait()
}

// keys presses keys or chords: "ctrl+n", "Return".
func (s *screen) keys(names ...string) {
	s.t.Helper()
	s.must("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, names...)...)
	s.idle()
}

// write types a text as hands do.
func (s *screen) write(text string) {
	s.t.Helper()
	s.must("xdotool", "type", "--clearmodifiers", "--delay", "40", text)
	s.idle()
}

// say sends a line and reads the answer; false when the program has ended.
func (s *screen) say(line string, into any) bool {
	s.t.Helper()
	if err := s.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintln(s.conn, line); err != nil {
		return false
	}
	answer, err := s.lines.ReadBytes('\n')
	if err != nil {
		return false
	}
	if err := json.Unmarshal(answer, into); err != nil {
		s.t.Fatalf("%s: %s", line, answer)
	}
	return true
}

// ask sends a line the program has to outlive.
func (s *screen) ask(line string) bool {
	s.t.Helper()
	var done bool
	if !s.say(line, &done) {
		s.keep(line)
		s.t.Fatalf("%q ended the program:\n%s", line, s.said)
	}
	return done
}

// idle waits until the window has caught up with the keyboard.
func (s *screen) idle() { s.t.Helper(); s.ask("idle") }

// title gives what stands on the window.
func (s *screen) title() string {
	out, _ := s.try("xdotool", "getwindowname", s.window)
	return strings.TrimSpace(out)
}

// titled waits until the window's title is as it should be.
func (s *screen) titled(step string, is func(title string) bool) {
	s.t.Helper()
	s.until(step, func() bool { return is(s.title()) })
}

// picture takes what is on the screen.
func (s *screen) picture() image.Image {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "import", "-window", "root", "png:-")
	cmd.Env = s.env
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("no picture of the screen: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// until waits for something the window brings about.
func (s *screen) until(step string, done func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); s.turn() {
		if done() {
			return
		}
		if s.program.ProcessState != nil {
			break
		}
	}
	s.keep(step)
	s.t.Fatalf("%s: not within %s; the window is called %q", step, patience, s.title())
}

// turn lets the window come to rest once more; before it can be asked, the
// display's server has its turn.
func (s *screen) turn() {
	if s.conn == nil {
		time.Sleep(20 * time.Millisecond) // no socket to wait on yet
		return
	}
	var done bool
	s.say("idle", &done)
}

// keep leaves a picture of a failure where the variable REPERTOIRE_PICTURES
// says.
func (s *screen) keep(step string) {
	dir := os.Getenv("REPERTOIRE_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, strings.ReplaceAll(step, " ", "-")+".png"))
	if err != nil {
		s.t.Log(err)
		return
	}
	defer f.Close()
	if err := png.Encode(f, s.picture()); err != nil {
		s.t.Log(err)
	}
}

func (s *screen) must(tool string, args ...string) string {
	s.t.Helper()
	out, err := s.try(tool, args...)
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", tool, strings.Join(args, " "), err, out)
	}
	return out
}

func (s *screen) try(tool string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, args...)
	cmd.Env = s.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}
