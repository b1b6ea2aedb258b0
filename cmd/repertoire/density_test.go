//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A screen of four thousand points, at the scales people set: no word is cut, no
// button out of sight, and the scale changes under the open window as it does
// when the window is moved to another screen.
func TestAFineScreen(t *testing.T) {
	s := newScreen(t, "-screen", "0", "3840x2160x24")
	dir := sample(t)
	s.run(built(t), "-w", dir)
	h := &hand{screen: s}
	s.titled("the workspace opens", func(title string) bool { return strings.Contains(title, filepath.Base(dir)) })
	s.must("xdotool", "windowmove", s.window, "0", "0")
	h.said.Reset()
	h.keys("Down")
	var config string
	for _, v := range s.env {
		if c, ok := strings.CutPrefix(v, "XDG_CONFIG_HOME="); ok {
			config = c
		}
	}
	settings := filepath.Join(config, "fyne", "settings.json")
	if err := os.MkdirAll(filepath.Dir(settings), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, scale := range []float32{1.5, 3, 2, 1} {
		if err := os.WriteFile(settings, fmt.Appendf(nil, `{"scale":%g}`, scale), 0o600); err != nil {
			t.Fatal(err)
		}
		h.until(fmt.Sprintf("scale %g", scale), func() bool { return h.state().Scale == scale })
		s.must("xdotool", "windowsize", s.window, "3840", "2160")
		h.idle()
		for _, id := range []string{"go-partnerships", "go-map", "go-editions"} {
			where := fmt.Sprintf("%s at %g", id, scale)
			h.sound(where, h.seen("visit "+id))
			h.keep(where)
		}
	}
}
