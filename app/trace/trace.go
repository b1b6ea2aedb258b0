package trace

import (
	"image"
	"log/slog"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"repertoire/app/task"
)

// Wait is something a person waits for.
type Wait string

// The waits that are timed. That for a place is At with its name.
const (
	Start     Wait = "start"     // the process → the list painted
	Keystroke Wait = "keystroke" // a key in the search box → its results painted
	Entry     Wait = "entry"     // a row chosen → its form painted
	Page      Wait = "page"      // a row chosen → its page of the book painted
	Typed     Wait = "typed"     // a key in a field → painted
	Save      Wait = "save"      // « Enregistrer » → « enregistré » painted
)

// At is the wait for a place: from the command to nothing left to read or paint.
func At(place string) Wait { return Wait("place " + place) }

// Trace keeps the waits of one window. Use it from the interface thread.
type Trace struct {
	probe *canvas.Raster
	begun map[Wait]time.Time
	done  map[Wait][]time.Duration
	seen  []func(time.Time) // called once the next frame is painted
	now   func() time.Time
}

// New returns a trace whose start is that of the process.
func New(started time.Time) *Trace {
	t := &Trace{begun: map[Wait]time.Time{Start: started}, done: map[Wait][]time.Duration{}, now: time.Now}
	t.probe = canvas.NewRaster(t.paint)
	return t
}

// Probe is what the window paints last of its content: one dot, which tells
// that a frame is made.
func (t *Trace) Probe() fyne.CanvasObject {
	if t == nil {
		return nil
	}
	return t.probe
}

// paint is called while a frame is made. What waits for it is told from the
// loop, that is once the frame is on the screen.
func (t *Trace) paint(w, h int) image.Image {
	if seen := t.seen; len(seen) > 0 {
		t.seen = nil
		go fyne.Do(func() {
			at := t.now()
			for _, f := range seen {
				f(at)
			}
		})
	}
	return image.NewRGBA(image.Rect(0, 0, w, h))
}

// Begin notes that a person asked for something. Asking again before it came
// begins anew: the answer to the first is never shown.
func (t *Trace) Begin(w Wait) {
	if t != nil {
		t.begun[w] = t.now()
	}
}

// End notes that what was asked for is there; the next frame shows it. What
// nobody asked for is not counted.
func (t *Trace) End(w Wait) {
	if t == nil {
		return
	}
	begun, ok := t.begun[w]
	if !ok {
		return
	}
	delete(t.begun, w)
	t.Painted(func(at time.Time) { t.keep(w, at.Sub(begun)) })
}

// Rest ends a wait once nothing is read or written any more.
func (t *Trace) Rest(w Wait) {
	if t != nil {
		task.WhenIdle(func() { t.End(w) })
	}
}

// Give takes a wait back: what was asked for will not come.
func (t *Trace) Give(w Wait) {
	if t != nil {
		delete(t.begun, w)
	}
}

// Painted calls f once the next frame is on the screen.
func (t *Trace) Painted(f func(at time.Time)) {
	t.seen = append(t.seen, f)
	t.probe.Refresh()
}

// most is how many waits of a kind are kept: the newest.
const most = 10_000

func (t *Trace) keep(w Wait, d time.Duration) {
	list := append(t.done[w], d)
	if len(list) > most {
		list = list[len(list)-most:]
	}
	t.done[w] = list
	slog.Debug("waited", "for", string(w), "ms", milliseconds(d))
}

// Figure is what the waits of one kind came to, in milliseconds.
type Figure struct {
	Count int     `json:"count"`
	P50   float64 `json:"p50"`
	P95   float64 `json:"p95"`
	Max   float64 `json:"max"`
}

// Figures gives the waits so far, by kind.
func (t *Trace) Figures() map[Wait]Figure {
	out := map[Wait]Figure{}
	if t == nil {
		return out
	}
	for w, list := range t.done {
		sorted := slices.Clone(list)
		slices.Sort(sorted)
		// The nearest rank: the wait that this share of them did not exceed.
		rank := func(share int) float64 { return milliseconds(sorted[(len(sorted)*share+99)/100-1]) }
		out[w] = Figure{Count: len(sorted), P50: rank(50), P95: rank(95), Max: milliseconds(sorted[len(sorted)-1])}
	}
	return out
}

// Forget begins anew.
func (t *Trace) Forget() {
	if t != nil {
		t.done = map[Wait][]time.Duration{}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
