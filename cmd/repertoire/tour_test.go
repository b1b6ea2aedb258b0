//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"repertoire/app/driving"
	"repertoire/app/sight"
	"repertoire/app/trace"
	"repertoire/internal/workspace"
)

// hand drives the window of a screen through its debug socket.
type hand struct {
	*screen
	faults []string // those told already
}

// take starts the program on a sample workspace, in a window of that size.
func take(t *testing.T, width, height int) *hand {
	t.Helper()
	return takeOn(t, sample(t), width, height)
}

// samples holds the workspace of the samples, made once.
var samples struct {
	once sync.Once
	dir  string
	err  error
}

// sample gives a sample workspace of the test's own.
func sample(t *testing.T) string {
	t.Helper()
	samples.once.Do(func() {
		dir, err := os.MkdirTemp("", "repertoire-sample")
		if err == nil {
			samples.dir = dir
			_, err = workspace.Init(context.Background(), filepath.Join(dir, "exemple"), workspace.InitOptions{Sample: true, Author: "Essai"})
		}
		samples.err = err
	})
	if samples.err != nil {
		t.Fatal(samples.err)
	}
	dir := filepath.Join(t.TempDir(), "exemple")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(samples.dir, "exemple"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// takeOn starts it on a workspace that is there.
func takeOn(t *testing.T, dir string, width, height int) *hand {
	t.Helper()
	h := &hand{screen: newScreen(t)}
	h.start(dir, width, height)
	return h
}

// start opens a folder in a window of that size.
func (h *hand) start(dir string, width, height int) {
	h.t.Helper()
	h.run(built(h.t), "-w", dir)
	h.must("xdotool", "windowsize", h.window, fmt.Sprint(width), fmt.Sprint(height))
	h.titled("the workspace opens", func(title string) bool { return strings.Contains(title, filepath.Base(dir)) })
	h.idle()
}

// again quits as a person does, and comes back.
func (h *hand) again(dir string, width, height int) {
	h.t.Helper()
	h.must("xdotool", "key", "--clearmodifiers", "ctrl+q")
	if err := h.program.Wait(); err != nil {
		h.t.Fatalf("quitting: %v\n%s", err, h.said)
	}
	h.start(dir, width, height)
}

// state tells what is seen once the window is at rest.
func (h *hand) state() driving.State {
	h.t.Helper()
	h.idle()
	return h.seen("state")
}

// seen sends a line that is answered by what is seen then.
func (h *hand) seen(line string) driving.State {
	h.t.Helper()
	var s driving.State
	if !h.say(line, &s) {
		h.t.Fatalf("%q ended the program:\n%s", line, h.said)
	}
	return s
}

// over counts what stands over the window once it is at rest.
func (h *hand) over() int {
	h.t.Helper()
	h.idle()
	n := 0
	if !h.say("over", &n) {
		h.t.Fatalf("the program ended:\n%s", h.said)
	}
	return n
}

// escape presses Esc until nothing stands over the window, and fails where it
// does nothing.
func (h *hand) escape(where string) {
	h.t.Helper()
	for over := h.over(); over > 0; {
		h.must("xdotool", "key", "--clearmodifiers", "Escape")
		now := h.over()
		for try := 0; now == over && try < 20; try++ {
			now = h.over() // the key travels through the display's server
		}
		if now >= over {
			h.keep(where)
			h.t.Errorf("%s: Esc does nothing, the focus is on %q", where, h.state().Focus)
			for _, way := range []string{"Annuler", "Fermer", "Non"} {
				h.ask("tap " + way)
			}
			if now = h.over(); now >= over {
				h.t.Fatalf("%s: no way out", where)
			}
		}
		over = now
	}
}

// enter presses Enter in the question a command asks, and fails where nothing
// comes of it.
func (h *hand) enter(id string) {
	h.t.Helper()
	before := h.seen("visit " + id)
	if before.Main == "" {
		h.escape(id)
		return
	}
	h.must("xdotool", "key", "--clearmodifiers", "Return")
	for try := 0; try < 20; try++ {
		if now := h.state(); now.Over != before.Over || now.Title != before.Title || !slices.Equal(now.Texts, before.Texts) {
			h.sound(id+" and Enter", now)
			h.escape(id)
			return
		}
	}
	h.keep(id)
	h.t.Errorf("%s: Enter does nothing, « %s » is the main button, the focus is on %q", id, before.Main, before.Focus)
	h.escape(id)
}

// sound fails on what a person would see wrong, once for each fault.
func (h *hand) sound(where string, s driving.State) {
	h.t.Helper()
	known := h.faults
	wrong := append(slices.Clone(s.Faults), sight.Raw(s.Texts)...)
	if h.said.Len() > 0 {
		wrong = append(wrong, "the program wrote "+h.said.String())
		h.said.Reset()
	}
	for _, f := range wrong {
		if !slices.Contains(h.faults, f) {
			h.t.Errorf("%s: %s", where, f)
			h.faults = append(h.faults, f)
		}
	}
	if len(h.faults) > len(known) {
		h.keep(where)
	}
}

// leaving are the commands that end or change what the tour stands on, or open
// another window, which takes the keyboard.
var leaving = []string{"quit", "close", "french", "english", "text-larger", "text-smaller", "look-auto", "look-dark", "look-light",
	"second", "preview-window"}

// unanswered are the questions whose answer leaves the folder or takes long:
// Enter is tried on them elsewhere.
var unanswered = []string{"open", "create", "produce", "palette"}

// choosers are the buttons behind which a file or a folder is chosen.
var choosers = []string{"Choisir le dossier", "Choisir l’emplacement", "Choisir un fichier", "Choisir un profil",
	"Ajouter une image ou un PDF", "Joindre le texte signé (PDF ou image)", "Archiver ailleurs…",
	"Enregistrer l’image", "Exporter les chiffres", "Parcourir…", "Choisir un dossier", "Ajouter une image"}

// Every command of the registry, from every place, and every dialog that opens
// a file: the program lives, says nothing on its standard error, cuts no word,
// hides no button and shows nothing that only a machine reads; Esc comes back
// from each question and Enter answers it. In the large window only what its
// size changes is looked at again.
func TestEveryCommandInTheRealWindow(t *testing.T) {
	t.Run("1280×720", func(t *testing.T) {
		h := take(t, 1280, 720)
		opened := 0
		asked := h.tour(func(id string, s driving.State) {
			for _, b := range s.Buttons {
				if slices.Contains(choosers, b) {
					h.ask("tap " + b)
					h.sound(id+" · "+b, h.state())
					opened++
				}
			}
		})
		if opened < 4 {
			t.Errorf("only %d choosers of files were met", opened)
		}
		for _, id := range asked {
			if !slices.Contains(unanswered, id) {
				h.enter(id)
			}
		}
		h.growth()
		h.told()
	})
	t.Run("1920×1080", func(t *testing.T) { take(t, 1920, 1080).tour(nil) })
}

// tour visits every command and gives those that ask something; more looks
// closer at what each shows.
func (h *hand) tour(more func(id string, s driving.State)) (asked []string) {
	h.t.Helper()
	h.said.Reset() // what the desktop lacks is said at the start
	h.keys("Down")
	for _, id := range h.state().Commands {
		if slices.Contains(leaving, id) || strings.HasPrefix(id, "directory-") && id != "directory-madagascar" {
			continue
		}
		s := h.seen("visit " + id)
		if !s.Did {
			continue // a command before it took away what it needs
		}
		h.sound(id, s)
		if s.Over > 0 {
			asked = append(asked, id)
		}
		if more != nil {
			more(id, s)
		}
		h.escape(id)
	}
	return asked
}

// growth has the text grow and shrink by the keys of a French keyboard, with
// the cursor in an entry and without, and by Ctrl and the wheel over what
// scrolls and over what does not.
func (h *hand) growth() {
	h.t.Helper()
	h.ask("do rows")
	chord := func(step string, want int, keys ...string) {
		h.t.Helper()
		h.must("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, keys...)...)
		h.until(step, func() bool { return h.state().Text == want })
	}
	wheel := func(step string, want int, x, y string) {
		h.t.Helper()
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

// told fails when the program did not time what was just done in it.
func (h *hand) told() {
	h.t.Helper()
	h.ask("do find")
	h.write("eau")
	h.until("the key is timed", func() bool { return h.waits().Waits[trace.Keystroke].Count > 0 })
	for _, w := range []trace.Wait{trace.Start, trace.Entry, trace.At("journal")} {
		if h.waits().Waits[w].Count == 0 {
			h.t.Errorf("%s was not timed", w)
		}
	}
	if w := h.waits(); w.Now < 20 || w.Peak < w.Now {
		h.t.Errorf("the program holds %g MiB, %g at most", w.Now, w.Peak)
	}
}

func (h *hand) waits() driving.Waits {
	h.t.Helper()
	var w driving.Waits
	if !h.say("trace", &w) {
		h.t.Fatalf("the program ended:\n%s", h.said)
	}
	return w
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
