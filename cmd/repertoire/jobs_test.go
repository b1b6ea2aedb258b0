//go:build linux

package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"repertoire/internal/workspace"
)

// jobs asks for the four jobs of a day to be timed: make jobs.
var jobs = flag.Bool("jobs", false, "mesure les quatre travaux d’une journée")

// tally counts what a hand does.
type tally struct {
	*hand
	keys, clicks int
}

// typing is how long a person takes for a key, who types well.
const typing = "120"

func (c *tally) chord(names ...string) {
	c.t.Helper()
	c.keys += len(names)
	c.must("xdotool", append([]string{"key", "--clearmodifiers", "--delay", typing}, names...)...)
	c.idle()
}

func (c *tally) text(text string) {
	c.t.Helper()
	c.keys += len([]rune(text))
	c.must("xdotool", "type", "--clearmodifiers", "--delay", typing, text)
	c.idle()
}

func (c *tally) click(label string) {
	c.t.Helper()
	c.clicks++
	c.until("the button "+label, func() bool { return c.ask("tap " + label) })
	c.idle()
}

// The four jobs of a day, done by a hand in the real window: how many clicks and
// keys they take, and how long at a good typist's pace.
func TestTheFourJobs(t *testing.T) {
	if !*jobs {
		t.Skip("timed when asked for: make jobs")
	}
	dir := sample(t)
	h := takeOn(t, dir, 1440, 900)
	h.ask("do rows")
	var told strings.Builder
	job := func(name string, do func(c *tally)) {
		c := &tally{hand: h}
		began := time.Now()
		do(c)
		fmt.Fprintf(&told, "%-28s %2d clicks %3d keys %5.1f s\n", name, c.clicks, c.keys, time.Since(began).Seconds())
		h.keep(name)
		h.escape(name)
		h.ask("do rows")
		h.idle()
	}
	before := partnerships(t, dir)
	job("a new partnership", func(c *tally) {
		c.chord("ctrl+n")
		c.text("Baïgorry")
		c.chord("Return")
		c.text("Antsirabe")
		c.chord("Return", "ctrl+t")
		c.text("eau")
		c.chord("Return", "ctrl+s")
		c.titled("saved", func(title string) bool { return !strings.HasPrefix(title, "●") })
	})
	if got := partnerships(t, dir); got != before+1 {
		t.Errorf("%d partnerships, %d before", got, before)
	}
	job("mend and save", func(c *tally) {
		c.chord("ctrl+f")
		c.text("parthenay")
		c.chord("Down", "ctrl+g")
		c.text("suivi")
		c.chord("Return")
		c.text("28/11/2026")
		c.chord("ctrl+s")
		c.titled("saved", func(title string) bool {
			return strings.HasPrefix(title, "Parthenay") && !strings.HasPrefix(title, "●")
		})
	})
	job("find and send a list", func(c *tally) {
		c.chord("ctrl+f", "ctrl+a")
		c.text("eau sénégal")
		c.chord("ctrl+k")
		c.text("adresses")
		c.chord("Return")
		c.until("the addresses are there", func() bool { return c.over() > 0 })
		c.chord("Return")
	})
	job("make and freeze a book", func(c *tally) {
		c.chord("ctrl+parenleft", "ctrl+shift+e")
		c.click("Éditions figées")
		c.click("Figer une édition…")
		c.chord("Return")
		c.until("the edition is frozen", func() bool { return frozen(t, dir) == 1 })
	})
	t.Log("\n" + told.String())
}

// frozen counts the frozen editions, beside the window that has them open.
func frozen(t *testing.T, dir string) int {
	t.Helper()
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{ReadOnly: true, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	list, err := w.Books().Editions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}
