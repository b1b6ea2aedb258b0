//go:build unix

package sharing

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

var largeImport = flag.Int("largeimport", 2000, "records of one import that another desk takes in")

// TestALargeImportIsTakenInPiecewise: an import of thousands is one row of the
// shared journal, one change at the other desk, undone as one, and its records
// pass through memory one by one.
func TestALargeImportIsTakenInPiecewise(t *testing.T) {
	m := office(t, "large", 2)
	a, b := m.desks[0], m.desks[1]
	a.exchange()
	b.exchange()
	c := a.change(repertoire.CauseImport, "grand import")
	all := a.authorities()
	for i := range *largeImport {
		p := partnership(repertoire.NewID(), all[0].ID, all[1].ID, m.token())
		for j := range 12 { // words that do not pack to nothing
			p.Description += " " + strconv.FormatUint(uint64(i*7919+j)*2654435761, 36) + string(repertoire.NewID())
		}
		put(&c, p, 0)
	}
	a.apply(c)
	before, _, err := b.store.Browse(t.Context(), store.BrowseQuery{Limit: 1_000_000})
	b.must(err)
	a.exchange()
	c.Ops = nil
	l := b.mustLink()
	hash, err := b.store.Followed(t.Context(), l.Head)
	b.must(err)
	rows, _, err := b.base.Pull(t.Context(), l.Lineage, l.Head, hash)
	b.must(err)
	if last := rows[len(rows)-1]; last.Each == nil || last.Change.Ops != nil || last.Change.ID != c.ID {
		t.Fatal("the row came whole: the test looks at nothing")
	}
	b.base.Close()
	b.must(b.store.Close())
	p := begin(t, child{Dir: b.dir, URL: m.url, Follow: true}).result(t)
	t.Logf("%d records taken in with a peak of %d MB", *largeImport, p.Peak>>10)
	b.store, err = store.Open(t.Context(), b.dir, store.Options{Person: "essai"})
	b.must(err)
	b.reopen()
	after, _, err := b.store.Browse(t.Context(), store.BrowseQuery{Limit: 1_000_000})
	b.must(err)
	if len(after)-len(before) != *largeImport {
		t.Errorf("%d came", len(after)-len(before))
	}
	if got, err := b.store.Change(t.Context(), c.ID); err != nil || len(got.Ops) != *largeImport {
		t.Errorf("the change holds %d, %v", len(got.Ops), err)
	}
	plan, err := b.store.PlanUndo(t.Context(), c.ID)
	b.must(err)
	back, err := plan.Change("essai", m.now(b), store.Skip)
	b.must(err)
	b.apply(back)
	m.meet()
	if left, _, err := a.store.Browse(t.Context(), store.BrowseQuery{Limit: 1_000_000}); err != nil || len(left) != len(before) {
		t.Errorf("after the undo: %d, not %d, %v", len(left), len(before), err)
	}
}

// peak is the most memory, in kB, that this process has held.
func peak() int {
	raw, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(raw)) {
		var n int
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &n); err == nil {
			return n
		}
	}
	return 0
}
