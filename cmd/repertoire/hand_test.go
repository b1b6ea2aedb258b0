//go:build linux

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"repertoire/app/driving"
	"repertoire/app/trace"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// byHand asks for the waits of a person's hand: make hand RECORDS=10000,100000.
var byHand = flag.String("hand", "", "les nombres de partenariats pour lesquels les attentes sont mesurées, séparés par des virgules")

// TestByHand has a hand go through the window, at a person's pace, on workspaces
// of some sizes, and prints how long the program made it wait, by the program's
// own trace. It judges nothing: the figures depend on the machine.
func TestByHand(t *testing.T) {
	if *byHand == "" {
		t.Skip("measured when asked for: make hand")
	}
	for _, size := range strings.Split(*byHand, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(size, func(t *testing.T) { measure(t, n) })
	}
}

// invented makes a workspace of n partnerships out of the generator, its index
// built and closed.
func invented(t *testing.T, n int) string {
	t.Helper()
	dir := sample(t)
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Tables().Generate(t.Context(), n, 1, "senegal", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Searches().Search(t.Context(), searches.Query{Text: "eau", Limit: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asked are the texts typed into the search box, letter after letter.
var asked = []string{"eau potable", "lille", "jeunesse et sport", "sénégal santé", "thème:eau", "ville de lyon", "coopération", "école"}

func measure(t *testing.T, n int) {
	dir := invented(t, n)
	h := takeOn(t, dir, 1280, 800)
	ready := func() driving.Waits {
		h.until("the list is there", func() bool { return h.waits().Waits[trace.Start].Count > 0 })
		return h.waits()
	}
	// The first start of an account looks through the fonts of the machine and
	// keeps what it found: a day begins with the second.
	first := ready().Waits[trace.Start].Max
	h.again(dir, 1280, 800)
	start := ready()
	pace := func(ms string, keys ...string) {
		h.must("xdotool", append([]string{"key", "--clearmodifiers", "--delay", ms}, keys...)...)
		h.idle()
	}
	// Twice: the first time makes the places, the second is what a day is made of.
	commands := h.state().Commands
	for range 2 {
		for _, id := range commands {
			if strings.HasPrefix(id, "go-") {
				h.seen("visit " + id)
			}
		}
	}
	h.seen("visit rows")
	for _, text := range asked {
		h.ask("do find")
		pace("40", "ctrl+a")
		h.must("xdotool", "type", "--clearmodifiers", "--delay", "180", text)
		h.idle()
	}
	h.ask("do clear")
	if !slices.Contains(h.state().Buttons, "Page dans sa fenêtre") {
		h.ask("do preview")
	}
	h.ask("do rows")
	pace("450", slices.Repeat([]string{"Down"}, 40)...)
	for range 12 {
		h.ask("do rows")
		pace("300", "Down")
		h.ask("write description")
		h.must("xdotool", "type", "--clearmodifiers", "--delay", "150", " Un mot.")
		h.idle()
		pace("40", "ctrl+s")
	}
	before := h.waits()
	long := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(long, []byte(strings.Repeat("Une phrase de soixante signes, avec ses accents là où il faut.\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	h.ask("write objectives")
	h.ask("clip " + long)
	pace("40", "ctrl+v")
	pasted := h.waits()
	pace("40", "ctrl+z")
	h.ask("do abandon")
	h.ask("do rows")
	// A person reads on for a minute and a half; what the window keeps for a
	// minute, the pages of the long text among it, lapses.
	for range 9 {
		pace("450", "Down")
		time.Sleep(10 * time.Second)
	}
	after := h.waits()

	var b strings.Builder
	fmt.Fprintf(&b, "\n%d partnerships\n%-28s %5s %9s %9s %9s\n", n, "a person waits for", "n", "p50 ms", "p95 ms", "max ms")
	var names []string
	for w := range after.Waits {
		names = append(names, string(w))
	}
	slices.Sort(names)
	for _, name := range names {
		f := after.Waits[trace.Wait(name)]
		fmt.Fprintf(&b, "%-28s %5d %9.0f %9.0f %9.0f\n", name, f.Count, f.P50, f.P95, f.Max)
	}
	holds := func(w driving.Waits) string { return fmt.Sprintf("%.0f (%.0f, %.0f)", w.Now, w.Own, w.Heap) }
	fmt.Fprintf(&b, "the very first start of the account: %.0f ms\n", first)
	fmt.Fprintf(&b, "memory MiB (of it no file's, Go's heap): usable %s, worked in %s, 60,000 characters pasted %s, given up %s, peak %.0f\n",
		holds(start), holds(before), holds(pasted), holds(after), after.Peak)
	if dir := os.Getenv("REPERTOIRE_PICTURES"); dir != "" {
		h.ask("heap " + filepath.Join(dir, fmt.Sprintf("heap-%d.pprof", n)))
	}
	t.Log(b.String())
}
