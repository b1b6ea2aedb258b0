package store

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

var crashRuns = flag.Int("crashruns", 100, "how many times the kill -9 test kills its child")

// childVariable makes this test binary the child of the harness.
const childVariable = "REPERTOIRE_STORE_CRASH_CHILD"

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(childVariable) != "":
		os.Exit(crashChild(os.Getenv(childVariable)))
	case os.Getenv(readerVariable) != "":
		os.Exit(readingChild(os.Getenv(readerVariable)))
	case os.Getenv(invoiceChildVariable) != "":
		os.Exit(invoicingChild(os.Getenv(invoiceChildVariable)))
	}
	os.Exit(m.Run())
}

// crashChild writes for ever: after each save it has been promised, it says so
// on its standard output. The run's seed decides what it writes.
func crashChild(setup string) int {
	dir, seed, _ := strings.Cut(setup, "|")
	n, _ := strconv.ParseUint(seed, 10, 64)
	r := rand.New(rand.NewPCG(n, 1))
	ctx := context.Background()
	s, err := Open(ctx, dir, Options{})
	if err != nil {
		fmt.Println("fail", err)
		return 1
	}
	// Short journals, so that kills also fall into checkpoints.
	if _, err := s.writer.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", 5+r.IntN(60))); err != nil {
		fmt.Println("fail", err)
		return 1
	}
	last, err := s.LastSeq(ctx)
	if err != nil {
		fmt.Println("fail", err)
		return 1
	}
	fmt.Println("ready", last)
	for {
		c, err := crashChange(ctx, s, r, last+1)
		if err == nil {
			var applied Applied
			applied, err = s.Apply(ctx, c)
			last = applied.Seq
		}
		if err != nil {
			fmt.Println("fail", err)
			return 1
		}
		fmt.Println("ack", last)
		if r.IntN(40) == 0 {
			if _, err := s.Backup(ctx, "", ReasonScheduled, nil); err != nil {
				fmt.Println("fail", err)
				return 1
			}
		}
	}
}

// crashChange is an import, an edit, a renaming, a deletion or an undo; the
// counter partnership holds the number of its change, so that the state says
// how far it goes.
func crashChange(ctx context.Context, s *Store, r *rand.Rand, seq int64) (repertoire.Change, error) {
	c := repertoire.Change{ID: repertoire.ID(fmt.Sprint("c", seq)), Author: "enfant", At: day0.Add(time.Duration(seq) * time.Second),
		Cause: repertoire.CauseEdit, Label: fmt.Sprint(seq)}
	add := func(record any, version int64) error {
		op, err := Put(record, version)
		c.Ops = append(c.Ops, op)
		return err
	}
	counter, err := s.Partnership(ctx, "counter")
	if err != nil {
		return c, err
	}
	counter.FirstYear = int(seq)
	counter.Description = strings.Repeat("x ", r.IntN(3000))
	if err := add(&counter, counter.Version); err != nil {
		return c, err
	}
	switch r.IntN(4) {
	case 0:
		for i := range 1 + r.IntN(12) {
			a := foreign(fmt.Sprintf("a%d-%d", seq, i), fmt.Sprintf("Ville %d", i), "SN")
			p := pair(fmt.Sprintf("p%d-%d", seq, i), "lille", string(a.ID))
			if err := add(a, 0); err != nil {
				return c, err
			}
			if err := add(p, 0); err != nil {
				return c, err
			}
		}
	case 1:
		return c, add(french("lille", fmt.Sprintf("Lille %d", seq), 0), AnyVersion)
	case 2:
		rows, _, err := s.Browse(ctx, BrowseQuery{Sort: SortUpdated, Limit: 3})
		for _, row := range rows {
			if row.ID != "counter" {
				c.Ops = append(c.Ops, Delete(repertoire.AggPartnership, row.ID, row.Version))
			}
		}
		return c, err
	}
	return c, nil
}

// TestKilledAtAnyMomentKeepsWhatWasAcknowledged kills a writing child at
// random, again and again on the same base, and looks at what is left: every
// acknowledged change is there, at most one more, and the base is in step with
// its journal.
func TestKilledAtAnyMomentKeepsWhatWasAcknowledged(t *testing.T) {
	runs := *crashRuns
	if testing.Short() {
		runs = min(runs, 20)
	}
	const bases = 4 // each grows old, and they run side by side
	for b := range bases {
		t.Run(fmt.Sprint("base ", b), func(t *testing.T) {
			t.Parallel()
			dir := crashBase(t)
			r := rand.New(rand.NewPCG(uint64(b), 7))
			for run := range runs / bases {
				if run%25 == 24 { // not to grow without end
					dir = crashBase(t)
				}
				acknowledged := killOnce(t, dir, uint64(b*100000+run), time.Duration(r.IntN(25000))*time.Microsecond)
				lookAfterCrash(t, dir, acknowledged, run%5 == 4)
			}
		})
	}
}

func crashBase(t *testing.T) string {
	s := newStory(t)
	s.apply(s.put(&repertoire.Directory{ID: "d", Slug: "senegal"}, 0), s.put(french("lille", "Lille", 0), 0),
		s.put(foreign("dakar", "Dakar", "SN"), 0),
		s.put(pair("counter", "lille", "dakar"), 0))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.Dir()
}

// killOnce lets a child work for a while after it is ready, kills it, and
// gives the last change it acknowledged.
func killOnce(t *testing.T, dir string, seed uint64, after time.Duration) int64 {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d", childVariable, dir, seed))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := int64(-1)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, number, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "fail":
			t.Fatalf("child: %s", number)
		case "ready":
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		if acknowledged, err = strconv.ParseInt(number, 10, 64); err != nil {
			t.Fatalf("child said %q", lines.Text())
		}
	}
	_ = cmd.Wait() // killed, as was meant
	if acknowledged < 0 {
		t.Fatal("the child never came up")
	}
	return acknowledged
}

func lookAfterCrash(t *testing.T, dir string, acknowledged int64, whole bool) {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatalf("after change %d: %v", acknowledged, err)
	}
	defer s.Close()
	last, err := s.LastSeq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// One more may be on the disk whose acknowledgement was not read.
	if last != acknowledged && last != acknowledged+1 {
		t.Fatalf("the base ends at %d, %d was acknowledged", last, acknowledged)
	}
	p, err := s.Partnership(t.Context(), "counter")
	if err != nil || last > 1 && int64(p.FirstYear) != last {
		t.Fatalf("the state is of change %d, the journal of %d (%v)", p.FirstYear, last, err)
	}
	if whole {
		(&story{TB: t, Store: s}).sound(t)
	}
	backups, err := Backups(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range backups {
		if err := VerifyBackup(t.Context(), b.File); err != nil {
			t.Fatalf("a crash left a bad backup with a good name: %v", err)
		}
		os.Remove(b.File)
	}
	if leavings, _ := filepath.Glob(filepath.Join(dir, "*.tmp")); len(leavings) > 1 {
		t.Fatalf("left behind: %v", leavings)
	}
}
