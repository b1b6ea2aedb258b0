//go:build linux

package main

import (
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// The main job, in the real window, by keyboard alone: create a partnership
// whose names have accents, find it by its theme, see its page, make the PDF,
// take the creation back. What is looked at is what a person could see: the
// window's title, the screen, the files; and the base, read beside.
func TestTheMainJobByKeyboard(t *testing.T) {
	s := newScreen(t)
	dir := sample(t)
	before := partnerships(t, dir)
	s.run(built(t), "-w", dir)
	s.titled("the workspace opens", func(title string) bool { return strings.Contains(title, "exemple") })
	s.idle()

	// Ctrl+5, the key of ( and 5: the franco-malgache répertoire, so that the
	// entry has one.
	s.keys("ctrl+parenleft")
	s.keys("ctrl+n")
	s.titled("a new form", func(title string) bool { return strings.Contains(title, "Nouveau partenariat") })
	s.write("Saint-Étienne-de-Baïgorry")
	s.keys("Return")
	s.titled("the French authority is in", func(title string) bool { return strings.Contains(title, "Saint-Étienne-de-Baïgorry") })
	s.write("Antsirabe")
	s.keys("Return")
	s.titled("its partner is in", func(title string) bool { return strings.Contains(title, "Saint-Étienne-de-Baïgorry – Antsirabe") })
	s.keys("ctrl+t")
	s.write("égalité femmes")
	s.keys("Return")
	s.keys("ctrl+s")
	s.titled("saved", func(title string) bool {
		return strings.HasPrefix(title, "Saint-Étienne-de-Baïgorry – Antsirabe") && !strings.HasPrefix(title, "●")
	})
	s.until("the base has one more", func() bool { return partnerships(t, dir) == before+1 })

	// Found again by its theme, from another entry.
	s.keys("ctrl+f")
	s.write("parthenay")
	s.keys("Down")
	s.titled("another entry", func(title string) bool { return strings.HasPrefix(title, "Parthenay") })
	s.keys("ctrl+f", "ctrl+a")
	s.write("thème:égalité Baïgorry")
	s.keys("Down")
	s.titled("found by its theme", func(title string) bool { return strings.HasPrefix(title, "Saint-Étienne-de-Baïgorry") })

	// Its page beside the form: Ctrl+E shows it.
	without := ink(s.picture())
	s.keys("ctrl+e")
	s.until("the page is drawn", func() bool {
		changed := difference(without, ink(s.picture()))
		return changed > 0.02 // a page with its title and facts; a blank one changes less
	})

	pdf := filepath.Join(t.TempDir(), "livre d’essai.pdf")
	s.keys("ctrl+p")
	s.keys("ctrl+a")
	s.write(pdf)
	s.keys("Return")
	s.until("the book is written", func() bool { _, err := os.Stat(pdf); return err == nil })
	if out, err := exec.Command("qpdf", "--check", pdf).CombinedOutput(); err != nil {
		t.Errorf("the book is not sound: %v\n%s", err, out)
	}
	if out, err := exec.Command("pdftotext", pdf, "-").Output(); err != nil || !strings.Contains(string(out), "Baïgorry") {
		t.Errorf("the new entry is not in the book (%v)", err)
	}
	s.keys("Escape")

	s.keys("ctrl+l")
	s.keys("ctrl+shift+z")
	s.until("the creation is taken back", func() bool { return partnerships(t, dir) == before })

	// Killed, it opens again without harm.
	s.stop()
	if got := partnerships(t, dir); got != before {
		t.Errorf("%d partnerships after the end, %d before", got, before)
	}
}

// partnerships counts the records, beside the window that has them open.
func partnerships(t *testing.T, dir string) int {
	t.Helper()
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{ReadOnly: true, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r, err := w.Searches().Search(context.Background(), searches.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

// ink tells for each cell of 8 × 8 pixels how many are dark.
func ink(img image.Image) []int {
	b := img.Bounds()
	columns, rows := b.Dx()/8, b.Dy()/8
	cells := make([]int, columns*rows)
	for y := range rows * 8 {
		for x := range columns * 8 {
			if r, g, bl, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA(); r+g+bl < 3*0x8000 {
				cells[y/8*columns+x/8]++
			}
		}
	}
	return cells
}

// difference is the share of cells whose ink is not the same.
func difference(a, b []int) float64 {
	other := 0
	for i := range a {
		if a[i] != b[i] {
			other++
		}
	}
	return float64(other) / float64(len(a))
}
