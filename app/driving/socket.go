package driving

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/shell"
	"repertoire/app/task"
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
	// Faults are buttons out of sight or with a word cut.
	Faults []string `json:"faults"`
	// Text is the size of the text, in hundredths of the first day's.
	Text int `json:"text"`
	// Commands are those that can be done now.
	Commands []string `json:"commands"`
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
	case "do":
		return on(func() any { return s.Perform(what) })
	case "tap":
		return on(func() any { return tap(s, what) })
	case "drop":
		return on(func() any { s.Drop(what); return true })
	case "panic":
		fyne.Do(func() { s.Window().SetContent(&broken{}) })
		return true
	}
	return "unknown"
}

// on does f on the interface thread. It does not wait for a command that opens
// nothing to end badly: the program's end closes the socket.
func on(f func() any) any {
	var out any
	fyne.DoAndWait(func() { out = f() })
	return out
}

// rest comes back once nothing works in the background and the interface has
// nothing left to do, three times in a row.
func rest() {
	for calm := 0; calm < 3; {
		fyne.DoAndWait(func() {})
		if calm++; task.Busy() > 0 {
			calm = 0
		}
		time.Sleep(15 * time.Millisecond) // a frame, in which animations and paints take their turn
	}
}

// broken is a view that cannot be shown: the deliberate panic of the tests.
type broken struct{ widget.BaseWidget }

// CreateRenderer is Fyne's.
func (b *broken) CreateRenderer() fyne.WidgetRenderer {
	var rows map[string]int
	rows["broken"] = 1 //nolint:staticcheck // the panic is what it is for
	return nil
}
