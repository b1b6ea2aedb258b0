package driving

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/shell"
	"repertoire/app/task"
	"repertoire/app/trace"
	"repertoire/internal/logbook"
)

// Socket is the name of the variable that names the socket.
const Socket = "REPERTOIRE_DEBUG_SOCKET"

// State is what a person sees of the window.
type State struct {
	Title string `json:"title"`
	// Focus is the kind of what has the keyboard, "" for nothing.
	Focus string `json:"focus"`
	// Over counts what stands over the window: questions, menus.
	Over int `json:"over"`
	// Buttons are the labels and hints of what can be pressed in the topmost.
	Buttons []string `json:"buttons"`
	// Main is the button of the topmost question that Enter presses, "" for none.
	Main string `json:"main"`
	// Faults are words cut and buttons out of sight, Texts all that can be
	// read: told by the build that tests drive.
	Faults []string `json:"faults"`
	Texts  []string `json:"texts"`
	// Text is the size of the text, in hundredths of the first day's.
	Text int `json:"text"`
	// Scale is how many dots of the screen a unit takes.
	Scale float32 `json:"scale"`
	// Commands are those that can be done now; Did tells whether the one asked
	// for was.
	Commands []string `json:"commands"`
	Did      bool     `json:"did"`
}

// Listen serves the socket at path until the program ends.
func Listen(path string, s *shell.Shell) {
	_ = os.Remove(path) // a program that crashed leaves its own
	l, err := net.Listen("unix", path)
	if err != nil {
		slog.Error("debug socket", logbook.Err(err))
		return
	}
	logbook.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			logbook.Go(func() { serve(c, s) })
		}
	})
}

func serve(c net.Conn, s *shell.Shell) {
	defer c.Close()
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		verb, what, _ := strings.Cut(lines.Text(), " ")
		out, err := json.Marshal(answer(s, verb, what))
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(c, "%s\n", out); err != nil {
			return
		}
	}
}

// answer does what one line asks for.
func answer(s *shell.Shell, verb, what string) any {
	switch verb {
	case "idle":
		rest()
		return true
	case "state":
		return on(func() any { return look(s) })
	case "over":
		return on(func() any { return len(s.Window().Canvas().Overlays().List()) })
	case "do":
		return on(func() any { return s.Perform(what) })
	case "visit":
		did := on(func() any { return s.Perform(what) })
		rest()
		out := on(func() any { return look(s) }).(State)
		out.Did = did.(bool)
		return out
	case "tap":
		return on(func() any { return tap(s, what) })
	case "drop":
		return on(func() any { s.Drop(what); return true })
	case "write":
		return on(func() any { return s.WriteIn(what) })
	case "clip":
		return on(func() any { return clip(what) })
	case "trace":
		return on(func() any { return waits(s) })
	case "heap":
		return heap(what)
	case "forget":
		return on(func() any { s.Trace().Forget(); return true })
	case "panic":
		fyne.Do(func() { s.Window().SetContent(&broken{}) })
		return true
	}
	return "unknown"
}

// heap writes in a file what the memory is held by, for go tool pprof.
func heap(file string) bool {
	f, err := os.Create(file)
	if err != nil {
		return false
	}
	defer f.Close()
	runtime.GC()
	return pprof.WriteHeapProfile(f) == nil
}

// clip puts what a file holds where a person's copy would.
func clip(file string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	fyne.CurrentApp().Clipboard().SetContent(string(text))
	return true
}

// on does f on the interface thread. It does not wait for a command that opens
// nothing to end badly: the program's end closes the socket.
func on(f func() any) any {
	var out any
	fyne.DoAndWait(func() { out = f() })
	return out
}

// Waits is how long a person waited for what, in milliseconds, and what the
// program holds, in MiB.
type Waits struct {
	Waits map[trace.Wait]trace.Figure `json:"waits"`
	// Now and Peak are all the process holds, Own what of it is no file's, Heap
	// what Go keeps of that.
	Now, Peak, Own, Heap float64
}

func waits(s *shell.Shell) Waits {
	now, peak, own := trace.Memory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return Waits{Waits: s.Trace().Figures(), Now: now, Peak: peak, Own: own, Heap: float64(m.HeapInuse) / (1 << 20)}
}

// rest comes back once the keys that came are taken in, nothing works in the
// background, and what came of it is painted.
func rest() {
	done := make(chan struct{})
	fyne.Do(func() { settle(func() { close(done) }) })
	<-done
}

// settle calls done after two turns of the window's loop in which nothing was
// begun: the first takes in what the keyboard sent, the second has painted it.
func settle(done func()) {
	task.WhenIdle(func() {
		turns := 0
		var a *fyne.Animation
		a = &fyne.Animation{Duration: time.Hour, RepeatCount: fyne.AnimationRepeatForever, Tick: func(float32) {
			if turns++; turns != 2 {
				return
			}
			a.Stop()
			if task.Busy() {
				settle(done)
				return
			}
			done()
		}}
		a.Start()
	})
}

// broken is a view that cannot be shown: the deliberate panic of the tests.
type broken struct{ widget.BaseWidget }

// CreateRenderer is Fyne's.
func (b *broken) CreateRenderer() fyne.WidgetRenderer {
	var rows map[string]int
	rows["broken"] = 1 //nolint:staticcheck // the panic is what it is for
	return nil
}
