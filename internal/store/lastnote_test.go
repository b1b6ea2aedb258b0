package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// abandoned is a base whose program died with its last changes in the journal,
// and the card of that program.
func abandoned(t *testing.T) (dir string, s *story) {
	t.Helper()
	s = newStory(t)
	s.lille()
	if _, err := s.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0"); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		s.edit(func(p *repertoire.Partnership) { p.FirstYear = 2000 + i })
	}
	dir = t.TempDir()
	for _, name := range []string{File, File + "-wal", lastFile, registerFile} {
		if from := filepath.Join(s.Dir(), name); !absent(from) {
			done(t, copyFile(from, filepath.Join(dir, name)))
		}
	}
	done(t, os.WriteFile(filepath.Join(dir, "lock.json"),
		[]byte(`{"person":"Chloé","machine":"`+folder.Here("", day0).Machine+`","pid":1}`), 0o600))
	return dir, s
}

// What is said after a program that did not close is what was found.
func TestWhatIsSaidOfAnUncleanEndIsTrue(t *testing.T) {
	const allThere, gone = "tout ce qui était enregistré est là", "n’y sont plus"
	for _, c := range []struct {
		name      string
		damage    func(wal string)
		says, not string
	}{
		{"the journal is whole", func(string) {}, allThere, gone},
		{"the journal is gone", func(wal string) { _ = os.Remove(wal) }, gone, allThere},
		{"the journal is cut", func(wal string) { _ = os.Truncate(wal, 40) }, gone, allThere},
		{"a hole in the journal", func(wal string) {
			raw, _ := os.ReadFile(wal)
			clear(raw[56:156])
			_ = os.WriteFile(wal, raw, 0o600)
		}, "perdus", allThere},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, _ := abandoned(t)
			c.damage(filepath.Join(dir, File+"-wal"))
			s, err := Open(t.Context(), dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Join(s.Warnings(), " ")
			if !strings.Contains(said, c.says) || strings.Contains(said, c.not) {
				t.Errorf("said %q", said)
			}
			done(t, s.Close())
			if s, err = Open(t.Context(), dir, Options{}); err != nil || len(s.Warnings()) > 0 {
				t.Fatalf("said again: %v, %v", s.Warnings(), err)
			}
			done(t, s.Close())
		})
	}
}

// A command waits for another one, and not for a window.
func TestACommandWaitsForAnother(t *testing.T) {
	s := newStory(t)
	if _, err := Open(t.Context(), s.Dir(), Options{Command: true}); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("a command beside a window: %v", err)
	}
	dir := s.Dir()
	s.Close()
	first, err := Open(t.Context(), dir, Options{Command: true})
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan error)
	go func() {
		second, err := Open(context.Background(), dir, Options{Command: true})
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(time.Millisecond):
	}
	done(t, first.Close())
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
}

// The register, the documents and the backups are looked at with the rest.
func TestTheAuditSeesWhatLiesBesideTheBase(t *testing.T) {
	s := selling(t, 2)
	mustBill(t, s.Store, "o0", "2026-03-03")
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	audit := func(want int) {
		t.Helper()
		found, err := s.Audit(t.Context(), nil)
		if err != nil || len(found) != want {
			t.Fatalf("%v, %v", found, err)
		}
	}
	audit(0)
	raw, _ := os.ReadFile(b.File)
	done(t, os.WriteFile(b.File, flip(raw, len(raw)/2), 0o600))
	audit(1)
	done(t, os.Remove(b.File+".sha256"))
	done(t, os.WriteFile(b.File, raw, 0o600))
	audit(1)
	file := filepath.Join(s.Dir(), registerFile)
	book, _ := os.ReadFile(file)
	done(t, os.WriteFile(file, flip(book, len(book)/2), 0o600))
	audit(2)
	done(t, os.WriteFile(file, book[:strings.LastIndex(strings.TrimSpace(string(book)), "\n")+1], 0o600))
	audit(2)
}
