//go:build unix

package sharing

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"repertoire/internal/benching"
	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// The load is short in the suite; the tables of the README are
// -loaddesks 1,10,50 -loadrecords 20000 -loadseconds 60 -loadtaking server,all.
var (
	loadDesks   = flag.String("loaddesks", "3", "how many desks at once, one run each: 1,10,50")
	loadRecords = flag.Int("loadrecords", 300, "records of the base")
	loadText    = flag.Int("loadtext", 20, "sentences in each of them")
	loadSeconds = flag.Int("loadseconds", 3, "how long each desk saves")
	loadEvery   = flag.Duration("loadevery", time.Second, "one save of each desk in this time")
	loadTaking  = flag.String("loadtaking", "server,all",
		"all: desks take in what others save, as they do; server: they fetch it and put it by, as if each had a machine of its own for it")
	loadSearch = flag.Bool("loadsearch", false, "the desks keep their search index too")
)

// childVariable makes this test binary a desk of its own.
const childVariable = "REPERTOIRE_SHARE_DESK"

// child is what a desk process is told and what it tells.
type child struct {
	Dir, URL string
	Seed     uint64
	Seconds  int
	Every    time.Duration
	Taking   string
	Of, Nth  int  // which desk it is
	Search   bool // it keeps its index
	Join     bool // fill the folder from the base, say how long it took, and end
	Follow   bool // exchange once, and end

	Joined    time.Duration            `json:",omitempty"`
	Pushed    []time.Duration          // from the save to the server's word
	Seen      map[string]time.Duration // of others' changes, from their save
	Saved     int
	Disputed  int // of its saves, those that wait for a choice
	Different int
	CPU       time.Duration // from the first save to the last
	Peak      int           // memory in kB
	Err       string        `json:",omitempty"`

	Own []string `json:",omitempty"` // what it saved

	*saving
}

// saving is what a desk process knows of its own saves.
type saving struct {
	mu   sync.Mutex // over Pushed and Seen too
	own  map[repertoire.ID]time.Time
	over bool
}

// runChild is the life of a desk process: it says "ready" when it follows the
// base, saves until its time is over once it is told to go, waits to be told to
// end, takes in what is left and compares.
func runChild() {
	var c child
	if err := json.Unmarshal([]byte(os.Getenv(childVariable)), &c); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	if err := c.live(context.Background(), bufio.NewReader(os.Stdin)); err != nil {
		c.Err = err.Error()
	}
	raw, _ := json.Marshal(c)
	fmt.Println(string(raw))
}

func (c *child) live(ctx context.Context, in *bufio.Reader) error {
	common, err := share.Open(ctx, c.URL, sharetest.Password)
	if err != nil {
		return err
	}
	defer common.Close()
	s, err := store.Open(ctx, c.Dir, store.Options{Person: "essai"})
	if err != nil {
		return err
	}
	defer s.Close()
	desk := &Desk{Store: s, Base: common}
	defer func() { c.Peak = peak() }()
	if c.Follow {
		_, err = desk.Sync(ctx)
		return err
	}
	if c.Join {
		began := time.Now()
		h, err := common.Head(ctx)
		if err != nil {
			return err
		}
		if err := s.BeginSharing(ctx, store.Link{URL: c.URL, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: "poste"}, false); err != nil {
			return err
		}
		_, err = desk.Sync(ctx)
		c.Joined = time.Since(began)
		return err
	}
	return c.work(ctx, s, common, in)
}

// work is a desk that follows as the program does, and saves.
func (c *child) work(ctx context.Context, s *store.Store, common *share.Base, in *bufio.Reader) error {
	b := &base.Base{Store: s, Now: time.Now}
	if c.Search {
		_ = s.Close()
		var err error
		if b, err = base.Open(ctx, c.Dir, base.OpenOptions{Author: "poste"}); err != nil {
			return err
		}
		if err := b.Index.Wait(ctx); err != nil {
			return err
		}
		s = b.Store
	}
	room := New(b, "essai")
	if !c.Search {
		room.received = nil
	}
	if err := room.keep(c.URL, sharetest.Password, false); err != nil {
		return err
	}
	c.Seen, c.saving = map[string]time.Duration{}, &saving{own: map[repertoire.ID]time.Time{}}
	room.sent = c.pushed
	cancel := b.Subscribe(c.told)
	defer cancel()
	rows, _, err := s.Browse(ctx, store.BrowseQuery{Limit: 100_000})
	if err != nil {
		return err
	}
	desk := &Desk{Store: s, Base: common, Told: func(a store.Applied) { c.told(sharedEvent(a)) }}
	if _, err := desk.Sync(ctx); err != nil { // what runs before this one left
		return err
	}
	clear(c.Seen)
	room.Start(ctx)
	room.untilUpToDate()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if c.Taking == "server" {
		room.idle.Store(true)
		go c.fetch(ctx, s, common)
	}
	fmt.Println("ready")
	if _, err := in.ReadString('\n'); err != nil {
		return err
	}
	spent := benching.Spent()
	if err := c.save(ctx, b, rows); err != nil {
		return err
	}
	c.CPU = benching.Spent() - spent
	room.Close()
	stop()
	return c.finish(context.WithoutCancel(ctx), desk, in)
}

func sharedEvent(a store.Applied) base.Event { return base.Event{Change: a.Change} }

// untilUpToDate waits until the room follows.
func (room *Room) untilUpToDate() {
	done := make(chan struct{})
	var once sync.Once
	defer room.Watch(func(s State) {
		if s.Phase == UpToDate {
			once.Do(func() { close(done) })
		}
	})()
	<-done
}

// pushed hears of what the server has.
func (c *child) pushed(id repertoire.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.own[id]; ok && !c.over {
		c.Pushed = append(c.Pushed, time.Since(at))
	}
}

// told hears of what came in.
func (c *child) told(e base.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.own[e.Change.ID]; ok {
		return
	}
	c.Seen[string(e.Change.ID)] = time.Since(e.Change.At)
	if c.over {
		c.Seen[string(e.Change.ID)] = 0 // it came, but was not waited for
	}
}

// fetch asks the server for what others save as often as a desk does where many
// write, and puts it by.
func (c *child) fetch(ctx context.Context, s *store.Store, common *share.Base) {
	l, err := s.Link(ctx)
	if err != nil {
		return
	}
	head, hash := l.Head, []byte(nil)
	if hash, err = s.Followed(ctx, head); err != nil {
		return
	}
	tick := time.NewTicker(longest + restMost/2)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		rows, _, err := common.Pull(ctx, l.Lineage, head, hash)
		if err != nil {
			return
		}
		if n := len(rows); n > 0 {
			head, hash = rows[n-1].Number, rows[n-1].Hash
		}
	}
}

// save saves as long as it is told to.
func (c *child) save(ctx context.Context, b *base.Base, rows []store.Row) error {
	random := rand.New(rand.NewPCG(c.Seed, 3))
	end := time.After(time.Duration(c.Seconds) * time.Second)
	first := time.NewTimer(time.Duration(random.Int64N(int64(c.Every)))) // desks do not save in step
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-end:
			return nil
		case <-first.C:
			tick.Reset(c.Every)
		case <-tick.C:
			nth := random.IntN(len(rows))
			if c.Taking == "server" { // each its own: what is moved elsewhere would have to come in first
				nth = nth/c.Of*c.Of + c.Nth
			}
			p, err := b.Store.Partnership(ctx, rows[min(nth, len(rows)-1)].ID)
			if err != nil {
				return err
			}
			p.Notes = fmt.Sprint("relu ", c.Seed, " ", c.Saved)
			ch := repertoire.Change{ID: repertoire.NewID(), Author: "poste", At: time.Now(), Cause: repertoire.CauseEdit, Label: "essai"}
			put(&ch, &p, store.AnyVersion)
			c.mu.Lock()
			c.own[ch.ID] = ch.At
			c.Own = append(c.Own, string(ch.ID))
			c.mu.Unlock()
			if err := c.apply(ctx, b, ch); err != nil {
				return err
			}
			c.Saved++
		}
	}
}

func (c *child) apply(ctx context.Context, b *base.Base, ch repertoire.Change) error {
	if c.Search {
		_, err := b.Apply(ctx, ch)
		return err
	}
	b.Writing.Lock()
	applied, err := b.Store.Apply(ctx, ch)
	b.Writing.Unlock()
	if err == nil {
		b.Publish(applied.Change)
	}
	return err
}

func (c *child) finish(ctx context.Context, desk *Desk, in *bufio.Reader) error {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	for _, said := range []string{"done", "sent"} { // all have sent before any compares
		if _, err := desk.Sync(ctx); err != nil {
			return err
		}
		fmt.Println(said)
		if _, err := in.ReadString('\n'); err != nil {
			return err
		}
	}
	if _, err := desk.Sync(ctx); err != nil {
		return err
	}
	disputes, err := desk.Store.Disputes(ctx)
	if err != nil {
		return err
	}
	c.Disputed = len(disputes)
	_, different, err := desk.Compare(ctx)
	c.Different = len(different)
	return err
}

// process is a desk process under a test's hand.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func begin(t *testing.T, c child) *process {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(os.Args[0])}
	// One thread at a time: where fifty share two cores, threads that look for work
	// for each other take a good part of them.
	p.cmd.Env = append(os.Environ(), childVariable+"="+string(raw), "GOMAXPROCS=1")
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// line reads what a process says.
func (p *process) line() string {
	line, _ := p.out.ReadString('\n')
	return strings.TrimSpace(line)
}

func (p *process) result(t *testing.T) child {
	t.Helper()
	var c child
	line := p.line()
	if err := json.Unmarshal([]byte(line), &c); err != nil || c.Err != "" {
		t.Fatalf("a desk said %.300q, %v", line+c.Err, err)
	}
	_ = p.cmd.Wait()
	return c
}

// TestDesksUnderLoad has desks, each a process, save and follow each other, and
// prints what it measured; what it asserts is that nothing is lost and all end
// alike, never a time.
func TestDesksUnderLoad(t *testing.T) {
	server := sharetest.Start(t)
	server.Database("load")
	url := server.URL("admin", "load")
	first := filepath.Join(quickDir(t), "first")
	records := fillLarge(t, first, url, *loadRecords)
	joined := filepath.Join(quickDir(t), "joined")
	s, err := store.Create(t.Context(), joined, store.Options{Person: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	j := begin(t, child{Dir: joined, URL: url, Join: true}).result(t)
	t.Logf("%d records joined in %s with a peak of %d MB", records, j.Joined.Round(10*time.Millisecond), j.Peak>>10)
	if *loadSearch {
		b, err := base.Open(t.Context(), joined, base.OpenOptions{Author: "poste"})
		if err == nil {
			err = errors.Join(b.Index.Wait(t.Context()), b.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%6s %8s %6s %7s %6s %9s %9s %9s %9s %9s %9s %10s %5s %9s", "desks", "records", "every", "taking", "saves", "push p50", "push p95",
		"all p50", "all p95", "CPU desks", "CPU server", "disputed", "lost", "differing")
	for text := range strings.SplitSeq(*loadDesks, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		for taking := range strings.SplitSeq(*loadTaking, ",") {
			loadRun(t, server, joined, url, n, taking)
		}
	}
}

// loadRun has n desks save and follow each other. The CPU printed is that of one
// save: at the desk that makes it and at all that take it in, and on the server.
func loadRun(t *testing.T, server *sharetest.Server, from, url string, n int, taking string) {
	t.Helper()
	root := quickDir(t)
	var all []*process
	for i := range n {
		dir := filepath.Join(root, strconv.Itoa(i))
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		all = append(all, begin(t, child{Dir: dir, URL: url, Seed: uint64(1000*n+i) + uint64(len(taking))<<32, Seconds: *loadSeconds, Every: *loadEvery,
			Taking: taking, Of: n, Nth: i, Search: *loadSearch}))
	}
	var served time.Duration
	for _, said := range []string{"ready", "done", "sent"} {
		for _, p := range all {
			if got := p.line(); got != said {
				t.Fatalf("a desk said %.300q, not %q", got, said)
			}
		}
		switch said {
		case "ready":
			served = server.CPU()
		case "done":
			served = server.CPU() - served
		}
		for _, p := range all {
			fmt.Fprintln(p.in)
		}
	}
	var spent time.Duration
	var pushed []time.Duration
	latest := map[string]time.Duration{}
	saved, disputed, differing := 0, 0, 0
	var own []string
	for _, p := range all {
		c := p.result(t)
		pushed = append(pushed, c.Pushed...)
		saved += c.Saved
		own = append(own, c.Own...)
		spent += c.CPU
		disputed += c.Disputed
		differing += c.Different
		for id, d := range c.Seen {
			latest[id] = max(latest[id], d)
		}
	}
	var seen []time.Duration
	for _, d := range latest {
		if d > 0 {
			seen = append(seen, d)
		}
	}
	lost := 0
	for _, id := range own {
		if _, ok := latest[id]; !ok && n > 1 {
			lost++
		}
	}
	lost = max(0, lost-disputed) // what waits for a choice is seen, not lost
	if lost != 0 || differing != 0 {
		t.Errorf("%d desks: %d of %d saves lost, %d records differ", n, lost, saved, differing)
	}
	each := time.Duration(max(saved, 1))
	t.Logf("%6d %8d %6s %7s %6d %9s %9s %9s %9s %9s %10s %9d %5d %9d", n, *loadRecords, *loadEvery, taking, saved, share100(pushed, 50),
		share100(pushed, 95), share100(seen, 50), share100(seen, 95), (spent / each).Round(10*time.Microsecond),
		(served / each).Round(10*time.Microsecond), disputed, lost, differing)
}

// share100 is the duration below which a share in a hundred lie.
func share100(all []time.Duration, percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)*percent/100].Round(100 * time.Microsecond)
}

// fillLarge makes a base of n partnerships and shares it.
func fillLarge(t testing.TB, dir, url string, n int) int {
	t.Helper()
	ctx := t.Context()
	s, err := store.Create(ctx, dir, store.Options{Person: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := repertoire.Change{ID: repertoire.NewID(), Author: "essai", At: time.Now(), Cause: repertoire.CauseSample, Label: "départ"}
	put(&c, &repertoire.Directory{ID: "d", Slug: "madagascar", Title: "M", Countries: []string{"MG"}}, 0)
	put(&c, town("Lille"), 0)
	put(&c, town("Nantes"), 0)
	text := strings.Repeat("Programme d’eau et d’assainissement mené avec les quartiers. ", *loadText)
	for i := range n {
		p := entry(fmt.Sprintf("p%06d", i), fmt.Sprint("Partenariat ", i))
		p.Description = text
		put(&c, p, 0)
		if len(c.Ops) >= 2000 || i == n-1 {
			if _, err := s.Apply(ctx, c); err != nil {
				t.Fatal(err)
			}
			c.ID, c.Ops = repertoire.NewID(), nil
		}
	}
	common, err := share.Open(ctx, url, sharetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	defer common.Close()
	h, err := common.Create(ctx, "essai")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.BeginSharing(ctx, store.Link{URL: url, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: "poste"}, true); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := (&Desk{Store: s, Base: common}).Sync(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d records put in common in %s", n+3, time.Since(began).Round(10*time.Millisecond))
	return n + 3
}

// TestADeskKilledInMidPush kills desk processes with kill -9 while they push,
// again and again: the folder opens, nothing saved is lost, both sides end alike.
func TestADeskKilledInMidPush(t *testing.T) {
	m := office(t, "killed", 2)
	d := m.desks[0]
	d.base.Close()
	d.must(d.store.Close())
	random := newRand()
	killed := 0
	for i := range 6 {
		p := begin(t, child{Dir: d.dir, URL: m.url, Seed: uint64(100 + i), Seconds: 60, Every: 5 * time.Millisecond})
		if got := p.line(); got != "ready" {
			t.Fatalf("round %d: %.300q", i, got)
		}
		fmt.Fprintln(p.in)
		var once sync.Once
		timer := time.AfterFunc(time.Duration(100+random.IntN(400))*time.Millisecond, func() {
			once.Do(func() { _ = p.cmd.Process.Signal(syscall.SIGKILL) })
		})
		_, _ = io.Copy(io.Discard, p.out)
		timer.Stop()
		if err := p.cmd.Wait(); err != nil && strings.Contains(err.Error(), "killed") {
			killed++
		}
	}
	if killed != 6 {
		t.Fatalf("%d of 6 desks were killed", killed)
	}
	var err error
	d.store, err = store.Open(t.Context(), d.dir, store.Options{Person: "essai"})
	d.must(err)
	d.reopen()
	saved, err := d.store.ChangesSince(t.Context(), 0, 100_000)
	d.must(err)
	n := 0
	for _, c := range saved {
		if c.Label == "essai" {
			n++
		}
	}
	m.meet()
	t.Logf("6 desks killed while pushing, %d changes saved", n)
	if n == 0 {
		t.Error("nothing was pushed: the test looks at nothing")
	}
	problems, err := d.store.Check(t.Context(), func(int, int, string) {})
	if err != nil || len(problems) > 0 {
		t.Errorf("the folder is not sound: %+v, %v", problems, err)
	}
}
