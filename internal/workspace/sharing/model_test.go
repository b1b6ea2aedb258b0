//go:build unix

package sharing

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
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
	t.Logf("%d histories: %d saves, %d exchanges, %d desk crashes, %d lost answers, %d server kills, %d disputes: 0 lost, 0 differing",
		last-first+1, total.saves, total.syncs, total.crashes, total.lostAnswers, total.kills, total.disputes)
}

type tally struct{ saves, syncs, crashes, lostAnswers, kills, disputes int }

func (t *tally) add(x tally) {
	t.saves += x.saves
	t.syncs += x.syncs
	t.crashes += x.crashes
	t.lostAnswers += x.lostAnswers
	t.kills += x.kills
	t.disputes += x.disputes
}

type model struct {
	*rand.Rand
	t      *testing.T
	server *sharetest.Server
	url    string
	desks  []*modelDesk
	clock  time.Time
	tokens int
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
	m := &model{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, server: server, clock: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	name := fmt.Sprintf("seed%d", seed)
	server.Database(name)
	m.url = server.URL("admin", name)
	for i := range 2 + m.IntN(4) {
		d := &modelDesk{m: m, n: i, dir: quickDir(t), online: true, said: map[place]string{}}
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
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(sharetest.Quick(), "repertoire-desk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "desk")
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
	desk := &Desk{Store: d.store, Base: d.base}
	out, err := desk.Sync(d.m.t.Context())
	for out.Guarded != nil && err == nil {
		d.must(d.store.Accept(d.m.t.Context(), out.Guarded.Number))
		out, err = desk.Sync(d.m.t.Context())
	}
	d.m.disputes += out.Disputed
	return out, err
}

// loseAnswer pushes the oldest change and never hears of it.
func (d *modelDesk) loseAnswer() {
	ctx := d.m.t.Context()
	next, err := d.store.Outgoing(ctx)
	d.must(err)
	if next == nil {
		return
	}
	l, err := d.store.Link(ctx)
	d.must(err)
	_, err = d.base.Push(ctx, share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: next.Change, Head: l.Head, Depends: next.Depends,
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

func (d *modelDesk) fill() {
	c := d.change(repertoire.CauseSample, "départ")
	for _, slug := range []string{"madagascar", "senegal"} {
		put(&c, &repertoire.Directory{ID: repertoire.DeriveID("d:" + slug), Slug: slug, Title: slug, Countries: []string{"MG"}}, 0)
	}
	var ids []repertoire.ID
	for i := range 6 {
		a := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("a:", i)), Name: fmt.Sprint("Ville ", i), Article: -1, Country: "FR",
			Level: repertoire.LevelCommune}
		if i%2 == 1 {
			a.Country = "MG"
		}
		put(&c, &a, 0)
		ids = append(ids, a.ID)
	}
	for i := range 8 {
		put(&c, partnership(repertoire.NewID(), ids[(2*i)%6], ids[(2*i+1)%6], fmt.Sprint("Titre ", i)), 0)
	}
	if !d.apply(c) {
		d.m.t.Fatal("the sample was refused")
	}
}

func partnership(id, french, foreign repertoire.ID, title string) *repertoire.Partnership {
	return &repertoire.Partnership{ID: id, Title: title, Directories: []string{"madagascar"},
		Parties: []repertoire.Party{{Authority: french, Side: repertoire.SideFrench}, {Authority: foreign, Side: repertoire.SideForeign}}}
}

func (m *model) play(steps int) {
	for range steps {
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
		case n < 35:
			if d.online {
				_, err := d.sync()
				if err != nil && share.Unreachable(err) { // connections the kill broke
					_, err = d.sync()
				}
				d.must(err)
			}
		default:
			d.deed()
		}
	}
}

// deed is something an officer does.
func (d *modelDesk) deed() {
	ctx := d.m.t.Context()
	rows, _, err := d.store.Browse(ctx, store.BrowseQuery{Limit: 1000})
	d.must(err)
	pick := func() (repertoire.Partnership, bool) {
		if len(rows) == 0 {
			return repertoire.Partnership{}, false
		}
		p, err := d.store.Partnership(ctx, rows[d.m.IntN(len(rows))].ID)
		d.must(err)
		return p, true
	}
	p, any := pick()
	switch n := d.m.IntN(100); {
	case n < 12 || !any:
		d.createOne()
	case n < 55:
		c := d.change(repertoire.CauseEdit, "modification")
		w := d.edit(&p)
		put(&c, &p, p.Version)
		d.apply(c, w)
	case n < 63:
		c := d.change(repertoire.CauseEdit, "suppression")
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, p.ID, p.Version))
		d.apply(c)
	case n < 69:
		d.restore()
	case n < 77:
		d.undo()
	case n < 82: // merge of two
		q, _ := pick()
		if q.ID == p.ID {
			return
		}
		c := d.change(repertoire.CauseMerge, "fusion")
		w := d.edit(&p)
		put(&c, &p, p.Version)
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, q.ID, q.Version))
		d.apply(c, w)
	case n < 87: // import: several at once
		c := d.change(repertoire.CauseImport, "import")
		var words []word
		for i, r := range rows {
			if i > 5 {
				break
			}
			q, err := d.store.Partnership(ctx, r.ID)
			d.must(err)
			words = append(words, d.edit(&q))
			put(&c, &q, q.Version)
		}
		d.apply(c, words...)
	case n < 91:
		d.dropAuthority()
	case n < 95:
		d.editAuthority()
	default:
		d.directory()
	}
}

func (d *modelDesk) edit(p *repertoire.Partnership) word {
	token := d.m.token()
	w := word{place{p.ID, ""}, token}
	switch d.m.IntN(5) {
	case 0:
		p.Title, w.field = token, "title"
	case 1:
		p.Description, w.field = token, "description"
	case 2:
		p.Context, w.field = token, "context"
	case 3:
		id := repertoire.NewID()
		p.Projects, w.field = append(p.Projects, repertoire.Project{ID: id, Title: token}), "project "+string(id)
	case 4:
		p.Notes, w.field = token, "notes"
	}
	return w
}

func (d *modelDesk) authorities() []repertoire.Authority {
	var out []repertoire.Authority
	err := d.store.EachBody(d.m.t.Context(), func(b store.Body) error {
		var a repertoire.Authority
		if b.Aggregate != repertoire.AggAuthority || b.Trashed {
			return nil
		}
		err := json.Unmarshal(b.JSON, &a)
		out = append(out, a)
		return err
	})
	d.must(err)
	return out
}

func (d *modelDesk) createOne() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	token, id := d.m.token(), repertoire.NewID()
	c := d.change(repertoire.CauseEdit, "création")
	french, foreign := all[d.m.IntN(len(all))].ID, all[d.m.IntN(len(all))].ID
	if d.m.IntN(3) == 0 { // with an authority that reference data give the same ID everywhere
		a := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("r:", d.m.IntN(4))), Name: "Référence", Article: -1, Country: "SN",
			Level: repertoire.LevelCommune}
		if _, err := d.store.Authority(d.m.t.Context(), a.ID); err != nil {
			put(&c, &a, 0)
		}
		foreign = a.ID
	}
	put(&c, partnership(id, french, foreign, token), 0)
	d.apply(c, word{place{id, "title"}, token})
}

func (d *modelDesk) restore() {
	trash, err := d.store.Trash(d.m.t.Context())
	d.must(err)
	if len(trash) == 0 {
		return
	}
	x := trash[d.m.IntN(len(trash))]
	c, err := d.store.PlanRestore(d.m.t.Context(), x.Aggregate, x.ID, "essai", d.m.now(d))
	if err == nil {
		d.apply(c)
	}
}

func (d *modelDesk) undo() {
	log, err := d.store.Log(d.m.t.Context(), 0, 10)
	d.must(err)
	if len(log) == 0 {
		return
	}
	plan, err := d.store.PlanUndo(d.m.t.Context(), log[d.m.IntN(len(log))].ID)
	if err != nil {
		return
	}
	c, err := plan.Change("essai", d.m.now(d), store.Skip)
	d.must(err)
	d.apply(c)
}

func (d *modelDesk) dropAuthority() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	c := d.change(repertoire.CauseEdit, "suppression de collectivité")
	c.Ops = append(c.Ops, store.Delete(repertoire.AggAuthority, all[d.m.IntN(len(all))].ID, store.AnyVersion))
	d.apply(c)
}

func (d *modelDesk) editAuthority() {
	all := d.authorities()
	if len(all) == 0 {
		return
	}
	a := all[d.m.IntN(len(all))]
	token := d.m.token()
	a.Notes = token
	c := d.change(repertoire.CauseEdit, "collectivité")
	put(&c, &a, store.AnyVersion)
	d.apply(c, word{place{a.ID, "notes"}, token})
}

func (d *modelDesk) directory() {
	slug := fmt.Sprint("rep", d.m.IntN(3))
	c := d.change(repertoire.CauseEdit, "répertoire")
	if old, err := d.store.Directory(d.m.t.Context(), slug); err == nil {
		if d.m.IntN(2) == 0 {
			c.Ops = append(c.Ops, store.Delete(repertoire.AggDirectory, old.ID, old.Version))
			d.apply(c)
			return
		}
		token := d.m.token()
		old.Title = token
		put(&c, &old, old.Version)
		d.apply(c, word{place{old.ID, "title"}, token})
		return
	}
	token, id := d.m.token(), repertoire.NewID()
	put(&c, &repertoire.Directory{ID: id, Slug: slug, Title: token}, 0)
	d.apply(c, word{place{id, "title"}, token})
}

// meet brings all desks together and looks at what each has.
func (m *model) meet() {
	ctx := m.t.Context()
	for {
		moved := 0
		for _, d := range m.desks {
			out, err := d.sync()
			if err != nil && share.Unreachable(err) {
				out, err = d.sync()
				moved++
			}
			d.must(err)
			moved += out.Sent + out.Received
		}
		if moved == 0 {
			break
		}
	}
	shared := m.sharedWords(ctx)
	for _, d := range m.desks {
		if n, err := d.store.Waiting(ctx); err != nil || n > 0 {
			m.t.Errorf("desk %d: %d changes still wait (%v)", d.n, n, err)
		}
		same, different, err := (&Desk{Store: d.store, Base: d.base}).Compare(ctx)
		d.must(err)
		if len(different) > 0 || same == 0 {
			m.t.Errorf("desk %d: %d records the same as on the server, %d not: %v", d.n, same, len(different), different)
		}
		disputes, err := d.store.Disputes(ctx)
		d.must(err)
		var offered strings.Builder
		for _, x := range disputes {
			offered.Write(x.Mine)
		}
		for at, token := range d.said {
			if !strings.Contains(shared, token) && !strings.Contains(offered.String(), token) {
				m.t.Errorf("desk %d saved %s (%s of %s): it is neither in the shared journal nor in a dispute\n%s", d.n, token, at.field,
					at.record, d.story(at.record, token))
			}
		}
	}
}

// sharedWords is all that the shared journal ever held.
func (m *model) sharedWords(ctx context.Context) string {
	var all strings.Builder
	l, err := m.desks[0].store.Link(ctx)
	m.desks[0].must(err)
	head, hash := int64(0), []byte(nil)
	for {
		rows, last, err := m.desks[0].base.Pull(ctx, l.Lineage, head, hash)
		m.desks[0].must(err)
		for _, r := range rows {
			head, hash = r.Number, r.Hash
			for _, op := range r.Change.Ops {
				all.Write(op.After)
			}
		}
		if head == last {
			return all.String()
		}
	}
}

func (m *model) close() {
	for _, d := range m.desks {
		d.base.Close()
		_ = d.store.Close()
	}
}

// story tells what a desk's journal has of a record, for a failure.
func (d *modelDesk) story(id repertoire.ID, token string) string {
	history, err := d.store.History(d.m.t.Context(), repertoire.AggPartnership, id)
	d.must(err)
	var b strings.Builder
	for _, h := range history {
		fmt.Fprintf(&b, "  %4d %s %-14s %q before:%v after:%v %s nil:%v\n", h.Seq, h.ID[14:], h.Author+" "+string(h.Cause), h.Label,
			strings.Contains(string(h.Op.Before), token), strings.Contains(string(h.Op.After), token), h.Op.Aggregate, h.Op.After == nil)
	}
	disputes, err := d.store.Disputes(d.m.t.Context())
	d.must(err)
	for _, x := range disputes {
		if x.Record == id {
			fmt.Fprintf(&b, "  dispute %s %s %q mine %.300s theirs %.300s\n", x.Change, x.Kind, x.Field, x.Mine, x.Theirs)
		}
	}
	return b.String()
}
