//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/app/driving"
	"repertoire/internal/workspace"
)

// hand drives the window of a screen through its debug socket.
type hand struct{ *screen }

// take starts the program on a sample workspace, in a window of that size.
func take(t *testing.T, width, height int) *hand {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "exemple")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	return takeOn(t, dir, width, height)
}

// takeOn starts it on a workspace that is there.
func takeOn(t *testing.T, dir string, width, height int) *hand {
	t.Helper()
	s := newScreen(t)
	s.run(built(t), "-w", dir)
	h := &hand{screen: s}
	s.must("xdotool", "windowsize", s.window, fmt.Sprint(width), fmt.Sprint(height))
	s.titled("the workspace opens", func(title string) bool { return strings.Contains(title, filepath.Base(dir)) })
	h.idle()
	return h
}

func (h *hand) state() driving.State {
	h.t.Helper()
	h.idle()
	var s driving.State
	if !h.say("state", &s) {
		h.t.Fatalf("the program ended:\n%s", h.said)
	}
	return s
}

// escape presses Esc until nothing stands over the window, and fails where it
// does nothing.
func (h *hand) escape(where string) {
	h.t.Helper()
	for over := h.state().Over; over > 0; {
		h.must("xdotool", "key", "--clearmodifiers", "Escape")
		now := h.state()
		for try := 0; now.Over == over && try < 20; try++ {
			now = h.state() // the key travels through the display's server
		}
		if now.Over >= over {
			h.keep(where)
			h.t.Errorf("%s: Esc does nothing, the focus is on %q", where, now.Focus)
			for _, way := range []string{"Annuler", "Fermer", "Non"} {
				h.ask("tap " + way)
			}
			if now = h.state(); now.Over >= over {
				h.t.Fatalf("%s: no way out", where)
			}
		}
		over = now.Over
	}
}

// sound fails on what a person would see wrong.
func (h *hand) sound(where string, s driving.State) {
	h.t.Helper()
	for _, f := range s.Faults {
		h.t.Errorf("%s: %s", where, f)
	}
	if h.said.Len() > 0 {
		h.t.Errorf("%s: the program wrote %q", where, h.said)
		h.said.Reset()
	}
	if len(s.Faults) > 0 {
		h.keep(where)
	}
}

// leaving are the commands that end or change what the tour stands on.
var leaving = []string{"quit", "close", "french", "english", "text-larger", "text-smaller", "look-auto", "look-dark", "look-light"}

// choosers are the buttons behind which a file or a folder is chosen.
var choosers = []string{"Choisir le dossier", "Choisir l’emplacement", "Choisir un fichier", "Choisir un profil",
	"Ajouter une image ou un PDF", "Joindre le texte signé (PDF ou image)", "Archiver ailleurs…",
	"Enregistrer l’image", "Exporter les chiffres", "Parcourir…", "Choisir un dossier", "Ajouter une image"}

// Every command of the registry, from every place, and every dialog that opens
// a file: the program lives, says nothing, shows its buttons whole, and Esc
// comes back.
func TestEveryCommandInTheRealWindow(t *testing.T) {
	for _, size := range [][2]int{{1280, 720}, {1920, 1080}} {
		t.Run(fmt.Sprintf("%d×%d", size[0], size[1]), func(t *testing.T) {
			h := take(t, size[0], size[1])
			h.said.Reset() // what the desktop lacks is said at the start
			opened := 0
			choose := func(where string, s driving.State) {
				for _, b := range s.Buttons {
					if slices.Contains(choosers, b) {
						h.ask("tap " + b)
						h.sound(where+" · "+b, h.state())
						opened++
					}
				}
			}
			h.must("xdotool", "key", "--clearmodifiers", "Down")
			for _, id := range h.state().Commands {
				if slices.Contains(leaving, id) || strings.HasPrefix(id, "directory-") && id != "directory-madagascar" {
					continue
				}
				if !h.ask("do " + id) {
					continue // a command before it took away what it needs
				}
				s := h.state()
				h.sound(id, s)
				choose(id, s)
				h.escape(id)
			}
			if opened < 4 {
				t.Errorf("only %d choosers of files were met", opened)
			}
		})
	}
}

// The text grows and shrinks by the keys of a French keyboard, with the cursor
// in an entry and without, and by Ctrl and the wheel over what scrolls and over
// what does not.
func TestTheTextGrowsByKeysAndWheel(t *testing.T) {
	h := take(t, 1280, 720)
	chord := func(step string, want int, keys ...string) {
		t.Helper()
		h.must("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, keys...)...)
		h.until(step, func() bool { return h.state().Text == want })
	}
	wheel := func(step string, want int, x, y string) {
		t.Helper()
		h.must("xdotool", "mousemove", "--window", h.window, x, y, "keydown", "ctrl", "click", "4", "keyup", "ctrl")
		h.until(step, func() bool { return h.state().Text == want })
	}
	for _, focus := range []string{"rows", "find"} {
		h.ask("do " + focus)
		chord("Ctrl and = in "+focus, 110, "ctrl+equal")
		chord("Ctrl and - of the keypad in "+focus, 100, "ctrl+KP_Subtract")
		chord("Ctrl and + of the keypad in "+focus, 110, "ctrl+KP_Add")
		chord("Ctrl and 0 in "+focus, 100, "ctrl+agrave")
	}
	wheel("the wheel over the rows", 110, "400", "400")
	wheel("the wheel over a place without a scroll", 120, "400", "700")
}

// A view that breaks ends the program with a true sentence and a report that
// has its stack and the last commands; the next start says so.
func TestAPanicInAViewLeavesAReport(t *testing.T) {
	h := take(t, 1280, 800)
	h.ask("do find")
	h.idle()
	var done bool
	h.say("panic", &done)
	if err := h.program.Wait(); err == nil || h.program.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
	said := h.said.String()
	if !strings.Contains(said, "Ce qui était enregistré l’est toujours") || strings.Contains(said, "OpenGL") {
		t.Errorf("said %q", said)
	}
	var state string
	for _, v := range h.env {
		if s, ok := strings.CutPrefix(v, "XDG_STATE_HOME="); ok {
			state = s
		}
	}
	files, err := filepath.Glob(filepath.Join(state, "repertoire", "crash-repertoire-*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("reports: %v, %v", files, err)
	}
	report, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"assignment to entry in nil map", "(*broken).CreateRenderer", "Last commands:", "find"} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report lacks %q:\n%s", want, report)
		}
	}
	h.run(built(t))
	h.until("the next start tells", func() bool { return slices.Contains(h.state().Buttons, "Copier le rapport") })
	h.keep("the-report-is-offered")
}
