//go:build linux

package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/share/sharetest"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/sharing"
)

// TestTwoWindowsSeeEachOther has two real windows on two workspaces of one
// shared base: what is saved in one appears in the other unasked, both ways
// round, and the foot of each says where it stands.
func TestTwoWindowsSeeEachOther(t *testing.T) {
	a := newScreen(t)
	server := sharetest.Start(t)
	server.Database("fenetres")
	access := sharing.Access{Address: server.URL("admin", "fenetres"), Password: sharetest.Password}
	lille, nantes := filepath.Join(t.TempDir(), "lille"), filepath.Join(t.TempDir(), "nantes")
	for _, dir := range []string{lille, nantes} {
		if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: dir == lille, Author: "Essai"}); err != nil {
			t.Fatal(err)
		}
		w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
		if err != nil {
			t.Fatal(err)
		}
		if dir == lille {
			_, err = w.Sharing().Begin(t.Context(), access, nil)
		} else {
			_, err = w.Sharing().Join(t.Context(), access, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	b := newScreen(t)
	for s, dir := range map[*screen]string{a: lille, b: nantes} {
		s.env = append(s.env, "PGPASSWORD="+sharetest.Password)
		s.run(built(t), "-w", dir)
		s.titled("the workspace opens", func(title string) bool { return strings.Contains(title, filepath.Base(dir)) })
		s.idle()
	}
	const name = "Saint-Étienne-de-Baïgorry"
	b.keys("ctrl+f")
	b.write(name) // nothing is called so yet

	a.keys("ctrl+parenleft")
	a.keys("ctrl+n")
	a.titled("a new form", func(title string) bool { return strings.Contains(title, "Nouveau partenariat") })
	a.write(name)
	a.keys("Return")
	a.titled("the French authority is in", func(title string) bool { return strings.Contains(title, name) })
	a.write("Antsirabe")
	a.keys("Return")
	a.titled("its partner is in", func(title string) bool { return strings.Contains(title, name+" – Antsirabe") })
	a.keys("ctrl+s")
	a.titled("saved", func(title string) bool { return strings.HasPrefix(title, name+" – Antsirabe") })
	saved := time.Now()
	b.until("the other window finds it", func() bool {
		b.keys("ctrl+f", "Down")
		return strings.HasPrefix(b.title(), name)
	})
	t.Logf("seen in the other window %s after the save, on a loaded machine, keys included", time.Since(saved).Round(10*time.Millisecond))

	// And back: what is put in the trash there leaves the form here.
	b.ask("do delete")
	b.until("it left where it was deleted", func() bool { b.ask("tap Mettre à la corbeille"); return !strings.HasPrefix(b.title(), name) })
	deleted := time.Now()
	a.titled("it left the other window", func(title string) bool { return !strings.HasPrefix(title, name) })
	t.Logf("and back after %s", time.Since(deleted).Round(10*time.Millisecond))
}
