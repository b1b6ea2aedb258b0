package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// interrupted is a base whose journal was never taken into it, with what each
// frame of the journal belongs to.
type interrupted struct {
	base, wal []byte
	pageSize  int
	// commits[i] is the number of acknowledged changes wholly within the first
	// i frames.
	commits []int
	first   int64 // last change that is in the base itself
}

func interrupt(t *testing.T) interrupted {
	s := newStory(t)
	s.lille()
	if _, err := s.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0"); err != nil {
		t.Fatal(err)
	}
	first, _ := s.LastSeq(t.Context())
	for i := range 6 {
		s.edit(func(p *repertoire.Partnership) {
			p.FirstYear, p.Description = 2000+i, strings.Repeat("y ", i*450)
		})
	}
	var x interrupted
	var err error
	if x.base, err = os.ReadFile(s.base()); err != nil {
		t.Fatal(err)
	}
	if x.wal, err = os.ReadFile(s.base() + "-wal"); err != nil {
		t.Fatal(err)
	}
	x.first = first
	x.pageSize = int(binary.BigEndian.Uint32(x.wal[8:]))
	x.commits = []int{0}
	n := 0
	for at := walHeader; at < len(x.wal); at += walFrameHeader + x.pageSize {
		if binary.BigEndian.Uint32(x.wal[at+4:]) != 0 {
			n++
		}
		x.commits = append(x.commits, n)
	}
	if n != 6 {
		t.Fatalf("%d commits in the journal", n)
	}
	return x
}

func (x interrupted) frame(i int) int { return walHeader + i*(walFrameHeader+x.pageSize) }

// openWith opens the base with a journal and says how many of its changes are
// there; the base must be sound and the state that of the journal.
func (x interrupted) openWith(t *testing.T, wal []byte) (changes int, warnings []string) {
	t.Helper()
	dir := t.TempDir()
	done(t, os.WriteFile(filepath.Join(dir, File), x.base, 0o644))
	done(t, os.WriteFile(filepath.Join(dir, File+"-wal"), wal, 0o644))
	s, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatalf("does not open: %v", err)
	}
	defer s.Close()
	st := &story{TB: t, Store: s}
	st.sound(t)
	last, err := s.LastSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changes = int(last - x.first)
	want := 1978
	if changes > 0 {
		want = 2000 + changes - 1
	}
	if p := st.partnership("p1"); p.FirstYear != want {
		t.Fatalf("the state is of %d, the journal of change %d", p.FirstYear, changes)
	}
	return changes, s.Warnings()
}

// TestAJournalDamagedAnywhereOpensAtAnAcknowledgedChange: cut at, torn in and
// garbled in every frame, the base opens at the last change before the damage.
func TestAJournalDamagedAnywhereOpensAtAnAcknowledgedChange(t *testing.T) {
	x := interrupt(t)
	frames := len(x.commits) - 1
	for i := range frames {
		for _, damage := range []struct {
			name string
			make func() []byte
			lost bool // commits behind the damage that should have been there
		}{
			{"cut", func() []byte { return append([]byte(nil), x.wal[:x.frame(i)]...) }, false},
			{"torn in its head", func() []byte { return append([]byte(nil), x.wal[:x.frame(i)+11]...) }, false},
			{"torn in its page", func() []byte { return append([]byte(nil), x.wal[:x.frame(i)+walFrameHeader+x.pageSize/2]...) }, false},
			{"garbled page", func() []byte { return flip(x.wal, x.frame(i)+walFrameHeader+100) }, true},
			{"garbled checksum", func() []byte { return flip(x.wal, x.frame(i)+17) }, true},
			{"zeroed", func() []byte { return zero(x.wal, x.frame(i), x.frame(i+1)) }, true},
		} {
			t.Run(fmt.Sprintf("frame %d %s", i, damage.name), func(t *testing.T) {
				got, warnings := x.openWith(t, damage.make())
				if want := x.commits[i]; got != want {
					t.Fatalf("opens at change %d, want %d", got, want)
				}
				behind := x.commits[frames] - x.commits[i+1]
				told := strings.Contains(strings.Join(warnings, " "), "journal de la base était abîmée")
				if damage.name != "zeroed" && told != (damage.lost && behind > 0) {
					t.Fatalf("%d commits are lost behind the damage, warnings %q", behind, warnings)
				}
			})
		}
	}
	t.Run("whole", func(t *testing.T) {
		if got, warnings := x.openWith(t, x.wal); got != 6 || len(warnings) > 0 {
			t.Fatalf("opens at %d, %v", got, warnings)
		}
	})
	t.Run("garbled header", func(t *testing.T) {
		got, warnings := x.openWith(t, flip(x.wal, 25))
		if got != 0 || !strings.Contains(strings.Join(warnings, " "), "6 enregistrements") {
			t.Fatalf("opens at %d, %v", got, warnings)
		}
	})
}

func flip(data []byte, at int) []byte {
	out := append([]byte(nil), data...)
	out[at] ^= 0x5a
	return out
}

func zero(data []byte, from, to int) []byte {
	out := append([]byte(nil), data...)
	clear(out[from:to])
	return out
}

func FuzzReadWAL(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x37\x7f\x06\x82\x00\x2d\xe2\x18\x00\x00\x02\x00 and then nothing that makes sense of it all"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if lost, err := readWAL(strings.NewReader(string(data))); err != nil || lost < 0 || lost > len(data)/512 {
			t.Fatalf("%d lost, %v", lost, err)
		}
	})
}
