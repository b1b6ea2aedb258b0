package workspace

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

var (
	crashRuns = flag.Int("crashruns", 20, "how many times a workspace at work is killed; make torture says more")
	crashSeed = flag.Uint64("crashseed", 1, "seed of the moments at which it is")
)

// crashDir tells the test program to be the officer who is killed.
const crashDir = "REPERTOIRE_TEST_CRASH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		saveForEver(dir)
		return
	}
	if dir := os.Getenv(aheadDir); dir != "" {
		dieAhead(dir)
		return
	}
	if dir := os.Getenv(rebuildDir); dir != "" {
		rebuild(dir)
		return
	}
	flag.Parse()
	code := m.Run()
	closeBenchWorkspaces()
	os.Exit(code)
}

// saveForEver writes a new word in one entry after another, and says so on
// standard output once the save has returned.
func saveForEver(dir string) {
	ctx := context.Background()
	w, err := Open(ctx, dir, base.OpenOptions{Author: "Officier"})
	if err != nil {
		fmt.Println("ERR", err)
		return
	}
	r, err := w.Searches().Search(ctx, searches.Query{Limit: 20, Sort: searches.SortTitle})
	if err != nil {
		fmt.Println("ERR", err)
		return
	}
	for n := time.Now().UnixNano(); ; n++ {
		p, err := w.Records().Partnership(ctx, r.Hits[n%int64(len(r.Hits))].ID)
		if err == nil {
			p.Objectives = fmt.Sprintf("mot%dfin", n)
			p, err = w.Records().SavePartnership(ctx, p)
		}
		if err != nil {
			fmt.Println("ERR", err)
			return
		}
		fmt.Println("ACK", p.ID, p.Objectives)
	}
}

// TestKilledAtWork kills a workspace at random moments and wants, each time,
// every acknowledged save present and found, the base sound and the index
// equal to the base.
func TestKilledAtWork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(*crashSeed, 9))
	acked := map[repertoire.ID]string{}
	saves := 0
	for run := range *crashRuns {
		// One time in five the clock runs from the start: opening and catching
		// up are killed too.
		saves += killOnce(t, dir, time.Duration(random.IntN(60_000))*time.Microsecond, run%5 == 4, acked)
		if t.Failed() {
			t.Fatalf("run %d of seed %d", run, *crashSeed)
		}
		survives(t, dir, acked, run%10 == 9 || run == *crashRuns-1)
		if t.Failed() {
			t.Fatalf("after run %d of seed %d", run, *crashSeed)
		}
	}
	if saves < *crashRuns {
		t.Errorf("only %d saves in %d runs: the harness kills too early", saves, *crashRuns)
	}
	t.Logf("%d runs, %d acknowledged saves", *crashRuns, saves)
}

// killOnce lets a child save, kills it after a while, and notes what it
// acknowledged.
func killOnce(t *testing.T, dir string, after time.Duration, fromStart bool, acked map[repertoire.ID]string) (saves int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = child.Process.Kill() }
	if fromStart {
		time.AfterFunc(4*after, kill)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) != 3 || words[0] != "ACK" {
			t.Errorf("the child says %q", lines.Text())
			break
		}
		if saves == 0 && !fromStart {
			time.AfterFunc(after, kill)
		}
		acked[repertoire.ID(words[1])] = words[2]
		saves++
	}
	kill()
	_ = child.Wait()
	return saves
}

// survives opens what the killed child left. thorough runs the whole check.
func survives(t *testing.T, dir string, acked map[repertoire.ID]string, thorough bool) {
	t.Helper()
	w, err := Open(t.Context(), dir, base.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for id, word := range acked {
		p, err := w.Records().Partnership(t.Context(), id)
		if err != nil {
			t.Error(err)
			continue
		}
		// One more save may have reached the disk before its acknowledgement
		// could be read: its word is greater, as the clock only goes forward.
		if p.Objectives < word {
			t.Errorf("%s was acknowledged as %q and is %q", id, word, p.Objectives)
		}
		r, err := w.Searches().Search(t.Context(), searches.Query{Text: p.Objectives})
		if err != nil || r.Total != 1 || r.Hits[0].ID != id {
			t.Errorf("the index does not find %q: %d answers, %v", p.Objectives, r.Total, err)
		}
		acked[id] = p.Objectives
	}
	if !thorough {
		return
	}
	if r, err := w.Safety().Check(t.Context()); err != nil || !r.OK {
		t.Errorf("check says %+v, %v", r, err)
	}
}
