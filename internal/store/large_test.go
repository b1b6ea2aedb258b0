package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// large makes a change of n partnerships of Lille and Saint-Louis, and of one
// authority each tenth of them, every one with a long text.
func (s *story) large(n int, text string) Large {
	l := Large{Change: s.next(repertoire.CauseImport, "Import")}
	l.Operations = func(Reader) iter.Seq2[repertoire.Op, error] {
		return func(yield func(repertoire.Op, error) bool) {
			for i := range n / 10 {
				a := foreign(fmt.Sprintf("place%d", i), fmt.Sprintf("Ville %d", i), "SN")
				a.Notes = text
				if op, err := Put(a, 0); !yield(op, err) {
					return
				}
			}
			for i := range n {
				p := pair(fmt.Sprintf("large%d", i), "lille", fmt.Sprintf("place%d", i%(n/10)))
				p.Context = fmt.Sprint(text, i)
				if op, err := Put(p, 0); !yield(op, err) {
					return
				}
			}
		}
	}
	return l
}

// weighed tells, through most, how much more the program holds at any moment of
// the operations than when they began.
func weighed(l Large, most *int64) Large {
	operations := l.Operations
	held := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	l.Operations = func(r Reader) iter.Seq2[repertoire.Op, error] {
		return func(yield func(repertoire.Op, error) bool) {
			i, start := 0, held()
			for op, err := range operations(r) {
				if i++; i%500 == 0 {
					*most = max(*most, held()-start)
				}
				if !yield(op, err) {
					return
				}
			}
		}
	}
	return l
}

// A change of 20 MB, and its undo, are one step each and never in memory: 1,000
// records of 20 kB weigh less than 300 of them would.
func TestALargeChangeIsOnTheDiskNotInMemory(t *testing.T) {
	s := newStory(t)
	s.lille()
	before := s.contents()
	const records, each, bar = 1000, 20_000, 6 << 20
	l := s.large(records, strings.Repeat("Coopération. ", each/13))
	var most int64
	applied, err := s.ApplyLarge(t.Context(), weighed(l, &most))
	done(t, err)
	if most > bar {
		t.Errorf("the change held %d MB", most>>20)
	}
	if len(applied.Change.Ops) != records*11/10 || applied.Change.Ops[records].After != nil {
		t.Errorf("%d ops in the answer, with %d bytes in one", len(applied.Change.Ops), len(applied.Change.Ops[records].After))
	}
	log, err := s.Reader.Log(t.Context(), 0, 1)
	done(t, err)
	if log[0].ID != l.ID || log[0].Records != records*11/10 || log[0].Seq != applied.Seq {
		t.Errorf("journal %+v", log[0])
	}
	if p := s.partnership("large7"); !strings.HasSuffix(p.Context, "7") {
		t.Error("large7 is not what was written")
	}
	again, err := s.ApplyLarge(t.Context(), l)
	if err != nil || !again.Repeated || again.Seq != applied.Seq || len(again.Change.Ops) != len(applied.Change.Ops) {
		t.Errorf("applied again: %+v, %v", again.Seq, err)
	}
	plan, err := s.PlanUndo(t.Context(), l.ID)
	done(t, err)
	most = 0
	undone, err := s.ApplyLarge(t.Context(), weighed(plan.Large(t.Context(), "Awa", s.at, Skip), &most))
	done(t, err)
	if most > bar {
		t.Errorf("the undo held %d MB", most>>20)
	}
	if len(plan.Conflicts) > 0 || undone.Change.Undoes != l.ID {
		t.Errorf("undo %q, %d conflicts", undone.Change.Undoes, len(plan.Conflicts))
	}
	if after := s.contents(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("the undo does not give back what was there")
	}
	s.sound(t)
}

// What stops a large change half-way leaves nothing of it.
func TestALargeChangeIsWholeOrNotAtAll(t *testing.T) {
	s := newStory(t)
	s.lille()
	before, last := s.contents(), s.seq()
	stop := errors.New("stopped")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, end := range map[string]func(yield func(repertoire.Op, error) bool){
		"its source fails": func(yield func(repertoire.Op, error) bool) { yield(repertoire.Op{}, stop) },
		"a record twice":   func(yield func(repertoire.Op, error) bool) { yield(s.put(pair("large3", "lille", "place1"), 0), nil) },
		"out of turn":      func(yield func(repertoire.Op, error) bool) { yield(s.put(foreign("late", "Thiès", "SN"), 0), nil) },
		"an older version": func(yield func(repertoire.Op, error) bool) { yield(s.put(pair("p1", "lille", "place1"), 7), nil) },
		"a place unknown":  func(yield func(repertoire.Op, error) bool) { yield(s.put(pair("new", "lille", "nowhere"), 0), nil) },
	} {
		s.stoppedBy(t.Context(), name, end)
	}
	s.stoppedBy(ctx, "cancelled", func(yield func(repertoire.Op, error) bool) {
		cancel()
		yield(s.put(pair("new", "lille", "place1"), 0), nil)
	})
	if fmt.Sprint(s.contents()) != fmt.Sprint(before) || s.seq() != last {
		t.Error("something of a change that failed is there")
	}
}

func (s *story) seq() int64 {
	s.Helper()
	seq, err := s.LastSeq(context.Background())
	done(s, err)
	return seq
}

// stoppedBy applies a large change that ends badly.
func (s *story) stoppedBy(ctx context.Context, name string, end func(yield func(repertoire.Op, error) bool)) {
	s.Helper()
	l := s.large(20, "texte")
	operations := l.Operations
	l.Operations = func(r Reader) iter.Seq2[repertoire.Op, error] {
		return func(yield func(repertoire.Op, error) bool) {
			for op, err := range operations(r) {
				if !yield(op, err) {
					return
				}
			}
			end(yield)
		}
	}
	if applied, err := s.ApplyLarge(ctx, l); err == nil {
		s.Errorf("%s: applied as %d", name, applied.Seq)
	}
}
