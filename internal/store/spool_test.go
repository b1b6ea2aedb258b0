package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"repertoire/internal/repertoire"
)

// What is set aside in any order is written in its order, and leaves no file.
func TestASpoolKeepsALargeChange(t *testing.T) {
	s := newStory(t)
	s.lille()
	spool := s.Spool()
	for _, op := range []repertoire.Op{s.put(pair("p2", "lille", "podor"), 0), s.put(foreign("podor", "Podor <&>", "SN"), 0),
		Delete(repertoire.AggPartnership, "p1", 1)} {
		done(t, spool.Add(op))
	}
	if spool.Count != 3 {
		t.Errorf("%d set aside", spool.Count)
	}
	applied, err := s.ApplyLarge(t.Context(), spool.Large(s.next(repertoire.CauseImport, "Import")))
	done(t, err)
	if len(applied.Change.Ops) != 3 || applied.Change.Ops[0].ID != "podor" {
		t.Errorf("written: %+v", applied.Change.Ops)
	}
	a, err := s.Authority(t.Context(), "podor")
	if err != nil || a.Name != "Podor <&>" {
		t.Errorf("podor is %q: %v", a.Name, err)
	}
	done(t, spool.Close())
	if left, _ := filepath.Glob(filepath.Join(s.Dir(), spoolName)); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	s.sound(t)
}

// What a crash leaves of one is taken away when the folder is opened again.
func TestASpoolLeftByACrashIsSwept(t *testing.T) {
	s := newStory(t)
	s.lille()
	left := filepath.Join(s.Dir(), ".tmp-1234")
	done(t, os.WriteFile(left, []byte("Unetelle"), 0o600))
	s.reopen()
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Error("it is still there")
	}
}

// A folder that cannot be written to says so in a sentence.
func TestASpoolWithoutRoom(t *testing.T) {
	spool := &Spool{dir: filepath.Join(t.TempDir(), "gone")}
	op, err := Put(foreign("podor", "Podor", "SN"), 0)
	done(t, err)
	if err := spool.Add(op); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("%v", err)
	}
	done(t, spool.Close())
}
