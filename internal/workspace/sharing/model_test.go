//go:build unix

package sharing

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
)

var (
	seeds = flag.Int("shareseeds", 12, "random histories of several desks to play")
	from  = flag.Int("sharefrom", 1, "the first of them")
	seed1 = flag.Int("shareseed", 0, "one seed to play alone")
)

// TestDesksAgree plays random histories of two to five desks: edits, creations,
// deletions, restorations, undos, merges, imports, spells offline, desks that
// stop at any step, a server killed. Then all meet: every desk and the server
// have the same records, byte for byte, and each saved word is in the shared
// journal or in a dispute that somebody sees.
func TestDesksAgree(t *testing.T) {
	server := sharetest.Start(t)
	first, last := *from, *from+*seeds-1
	if *seed1 > 0 {
		first, last = *seed1, *seed1
	}
	if testing.Short() {
		last = min(last, first+4)
	}
	var total tally
	for seed := first; seed <= last; seed++ {
		m := newModel(t, server, uint64(seed))
		m.play(40 + m.Rand.IntN(80))
		m.meet()
		total.add(m.tally)
		m.close()
		server.Exec("postgres", fmt.Sprintf("DROP DATABASE seed%d WITH (FORCE)", seed))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d histories: %d saves, %d exchanges, %d changes sent ahead, %d desk crashes, %d lost answers, %d server kills, %d disputes: 0 lost, 0 differing",
		last-first+1, total.saves, total.syncs, total.sendings, total.crashes, total.lostAnswers, total.kills, total.disputes)
	t.Logf("%d invoices, %d servers restored, %d invoices refused for it: 0 numbers twice; %d twice, and found, where nobody could know or an officer went ahead",
		total.invoices, total.restored, total.refused, total.doubles)
}

type tally struct {
	saves, syncs, sendings, crashes, lostAnswers, kills, disputes int

	invoices, restored, refused, doubles int
}

func (t *tally) add(x tally) {
	t.saves += x.saves
	t.syncs += x.syncs
	t.sendings += x.sendings
	t.crashes += x.crashes
	t.lostAnswers += x.lostAnswers
	t.kills += x.kills
	t.disputes += x.disputes
	t.invoices += x.invoices
	t.restored += x.restored
	t.refused += x.refused
	t.doubles += x.doubles
}

type model struct {
	*rand.Rand
	t      testing.TB
	server *sharetest.Server
	url    string
	desks  []*modelDesk
	clock  time.Time
	tokens int
	name   string // of the database
	dumped int    // the step at which it was, 0 for never
	// reckless: nobody could know that the server forgot, or an officer invoiced
	// without waiting: a number may serve twice then, and must be found.
	reckless bool
	issued   map[repertoire.ID]string
	tally
}

type modelDesk struct {
	m      *model
	n      int
	dir    string
	store  *store.Store
	base   *share.Base
	skew   time.Duration
	online bool
	// underway is what it sent without taking in what others wrote.
	underway store.Underway
	// said are the words the desk was told were saved, by record and field, as
	// far as the desk itself has not written over them.
	said map[place]string
}

type place struct {
	record repertoire.ID
	field  string
}

// word is one saved word.
type word struct {
	place
	token string
}

func newModel(t *testing.T, server *sharetest.Server, seed uint64) *model {
	t.Helper()
	m := &model{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, server: server, clock: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
		name: fmt.Sprintf("seed%d", seed), issued: map[repertoire.ID]string{}}
	name := m.name
	server.Database(name)
	m.url = server.URL("admin", name)
	for i := range 2 + m.IntN(4) {
		d := &modelDesk{m: m, n: i, dir: quickDir(t), online: true, said: map[place]string{}, underway: store.Underway{}}
		if m.IntN(4) == 0 {
			d.skew = time.Duration(m.IntN(800)-400) * 24 * time.Hour
		}
		m.desks = append(m.desks, d)
		d.create()
		link := store.Link{URL: m.url, Desk: repertoire.NewID(), DeskName: fmt.Sprintf("poste %d", i)}
		if i == 0 {
			d.fill()
			h, err := d.base.Create(t.Context(), "essai")
			d.must(err)
			link.Lineage = h.Lineage
			d.must(d.store.BeginSharing(t.Context(), link, true))
		} else {
			h, err := d.base.Head(t.Context())
			d.must(err)
			link.Lineage = h.Lineage
			d.must(d.store.BeginSharing(t.Context(), link, false))
		}
		_, err := d.sync()
		d.must(err)
	}
	return m
}

// quickDir is a folder for a desk of a test.
func quickDir(t testing.TB) string {
	t.Helper()
	return filepath.Join(sharetest.Start(t).Temp(t), "desk")
}

func (d *modelDesk) must(err error) {
	d.m.t.Helper()
	if err != nil {
		d.m.t.Fatalf("desk %d: %v (%v)", d.n, err, errors.Unwrap(err))
	}
}

func (d *modelDesk) create() {
	var err error
	d.store, err = store.Create(d.m.t.Context(), d.dir, store.Options{Person: "essai"})
	d.must(err)
	d.base, err = share.Open(d.m.t.Context(), d.m.url, sharetest.Password)
	d.must(err)
}

// crash ends the desk as a power cut does for what it holds in memory, and
// starts it again.
func (d *modelDesk) crash() {
	d.m.crashes++
	d.underway = store.Underway{}
	d.base.Close()
	d.must(d.store.Close())
	var err error
	d.store, err = store.Open(d.m.t.Context(), d.dir, store.Options{Person: "essai"})
	d.must(err)
	d.reopen()
}

func (d *modelDesk) reopen() {
	var err error
	d.base, err = share.Open(d.m.t.Context(), d.m.url, sharetest.Password)
	d.must(err)
}

func (d *modelDesk) sync() (Outcome, error) {
	d.m.syncs++
	desk := d.desk()
	out, err := desk.Sync(d.m.t.Context())
	if errors.Is(err, share.ErrForked) && d.m.dumped > 0 && d.m.IntN(2) == 0 {
		out, err = desk.GiveBack(d.m.t.Context())
	}
	for out.Guarded != nil && err == nil {
		d.must(d.store.Accept(d.m.t.Context(), out.Guarded.Number))
		out, err = desk.Sync(d.m.t.Context())
	}
	d.m.disputes += out.Disputed
	return out, err
}

func (d *modelDesk) desk() *Desk {
	return &Desk{Store: d.store, Base: d.base, Author: fmt.Sprintf("poste %d", d.n), underway: d.underway}
}

// sendOnly sends what waits and takes in nothing.
func (d *modelDesk) sendOnly() {
	l, err := d.store.Link(d.m.t.Context())
	d.must(err)
	if !l.Introduced || l.Forked {
		return
	}
	var out Outcome
	if _, err := d.desk().send(d.m.t.Context(), &out); err != nil && !share.Unreachable(err) {
		d.must(err)
	}
	d.m.sendings += out.Sent
}

// loseAnswer pushes the oldest change and never hears of it.
func (d *modelDesk) loseAnswer() {
	ctx := d.m.t.Context()
	next, err := d.store.Outgoing(ctx, nil)
	d.must(err)
	if next == nil {
		return
	}
	l, err := d.store.Link(ctx)
	d.must(err)
	hash, err := d.store.Followed(ctx, l.Head)
	d.must(err)
	_, err = d.base.Push(ctx, share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: next.Change, Head: l.Head, Hash: hash, Depends: next.Depends,
		Strict: next.Strict})
	if err != nil && !errors.Is(err, share.ErrBehind) {
		d.must(err)
	}
	d.m.lostAnswers++
	d.crash()
}

func (m *model) now(d *modelDesk) time.Time {
	m.clock = m.clock.Add(time.Minute)
	return m.clock.Add(d.skew)
}

func (m *model) token() string {
	m.tokens++
	return fmt.Sprintf("mot%05d", m.tokens)
}

func (d *modelDesk) change(cause repertoire.Cause, label string) repertoire.Change {
	return repertoire.Change{ID: repertoire.NewID(), Author: fmt.Sprintf("poste %d", d.n), At: d.m.now(d), Cause: cause, Label: label}
}

// apply saves; a refusal is not a save. Words it held are remembered, those it
// wrote over are not asked for any more.
func (d *modelDesk) apply(c repertoire.Change, words ...word) bool {
	d.m.t.Helper()
	if len(c.Ops) == 0 {
		return false
	}
	got, err := d.store.Apply(d.m.t.Context(), c)
	var known *repertoire.Error
	if errors.As(err, &known) && (known.Kind == repertoire.Refused || known.Kind == repertoire.Conflicting) {
		return false
	}
	d.must(err)
	if got.Seq == 0 {
		return false
	}
	d.m.saves++
	if c.Cause == repertoire.CauseUndo || c.Cause == repertoire.CauseRestore {
		words = nil
	}
	for _, op := range c.Ops {
		if op.After == nil || c.Cause == repertoire.CauseUndo || c.Cause == repertoire.CauseRestore {
			maps.DeleteFunc(d.said, func(p place, _ string) bool { return p.record == op.ID })
		}
	}
	for _, w := range words {
		d.said[w.place] = w.token
	}
	return true
}

func put(c *repertoire.Change, record any, version int64) {
	op, err := store.Put(record, version)
	if err != nil {
		panic(err)
	}
	c.Ops = append(c.Ops, op)
}

func (m *model) play(steps int) {
	for step := range steps {
		m.fate(step)
		d := m.desks[m.IntN(len(m.desks))]
		switch n := m.IntN(100); {
		case n < 5:
			d.online = !d.online
		case n < 8:
			d.crash()
		case n < 11:
			d.loseAnswer()
		case n < 12 && m.kills < 1:
			m.kills++
			m.server.Kill()
			if _, err := d.sync(); err == nil || !share.Unreachable(err) {
				m.t.Fatalf("a dead server: %v", err)
			}
			m.server.Up()
		case n < 20:
			if d.online {
				for range 1 + m.IntN(3) {
					d.deed()
					d.sendOnly()
				}
			}
		case n < 35:
			if d.online {
				_, err := d.sync()
				if err != nil && share.Unreachable(err) { // connections the kill broke
					_, err = d.sync()
				}
				if !errors.Is(err, share.ErrForked) || m.dumped == 0 {
					d.must(err)
				}
			}
		default:
			d.deed()
		}
	}
}
