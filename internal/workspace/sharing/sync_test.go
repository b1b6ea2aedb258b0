//go:build unix

package sharing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/share/sharetest"
	"repertoire/internal/store"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		runChild()
		return
	}
	sharetest.Main(m)
}

// office is a server and desks that a test moves by hand.
func office(t testing.TB, name string, desks int) *model {
	t.Helper()
	server := sharetest.Start(t)
	server.Database(name)
	m := &model{Rand: newRand(), t: t, server: server, url: server.URL("admin", name), clock: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	for i := range desks {
		d := &modelDesk{m: m, n: i, dir: quickDir(t), said: map[place]string{}}
		m.desks = append(m.desks, d)
		d.create()
		d.link(i == 0)
	}
	t.Cleanup(m.close)
	return m
}

func (d *modelDesk) mustLink() store.Link {
	l, err := d.store.Link(d.m.t.Context())
	d.must(err)
	return *l
}

func (d *modelDesk) link(first bool) {
	ctx := d.m.t.Context()
	link := store.Link{URL: d.m.url, Desk: repertoire.NewID(), DeskName: "poste"}
	var h share.Head
	var err error
	if first {
		d.fill()
		h, err = d.base.Create(ctx, "essai")
	} else {
		h, err = d.base.Head(ctx)
	}
	d.must(err)
	link.Lineage = h.Lineage
	d.must(d.store.BeginSharing(ctx, link, first))
	_, err = d.sync()
	d.must(err)
}

// first gives the first partnership of a desk.
func (d *modelDesk) first() repertoire.Partnership {
	rows, _, err := d.store.Browse(d.m.t.Context(), store.BrowseQuery{Limit: 1})
	d.must(err)
	p, err := d.store.Partnership(d.m.t.Context(), rows[0].ID)
	d.must(err)
	return p
}

func (d *modelDesk) save(p repertoire.Partnership) {
	c := d.change(repertoire.CauseEdit, "modification")
	put(&c, &p, p.Version)
	if !d.apply(c) {
		d.m.t.Fatal("refused")
	}
}

func (d *modelDesk) exchange() Outcome {
	out, err := d.sync()
	d.must(err)
	return out
}

func TestFieldsApartMergeThemselves(t *testing.T) {
	m := office(t, "apart", 2)
	a, b := m.desks[0], m.desks[1]
	p, q := a.first(), b.first()
	p.Description = "écrit à Lille"
	a.save(p)
	q.Context = "écrit à Nantes"
	b.save(q)
	a.exchange()
	if out := b.exchange(); out.Disputed != 0 {
		t.Errorf("%d disputes over two fields", out.Disputed)
	}
	a.exchange()
	for _, d := range m.desks {
		if p := d.first(); p.Description != "écrit à Lille" || p.Context != "écrit à Nantes" {
			t.Errorf("desk %d has %q and %q", d.n, p.Description, p.Context)
		}
	}
}

func TestOneFieldTwiceWaitsForAChoice(t *testing.T) {
	m := office(t, "twice", 2)
	a, b := m.desks[0], m.desks[1]
	p, q := a.first(), b.first()
	p.Description = "version de Lille"
	a.save(p)
	q.Description = "version de Nantes"
	b.save(q)
	a.exchange()
	if out := b.exchange(); out.Disputed != 1 {
		t.Fatalf("%d disputes", out.Disputed)
	}
	if got := b.first().Description; got != "version de Lille" {
		t.Errorf("in force: %q", got)
	}
	disputes, err := b.store.Disputes(t.Context())
	b.must(err)
	op, ok, err := b.store.Settlement(t.Context(), disputes[0])
	if err != nil || !ok || disputes[0].By != "poste 0" {
		t.Fatal(disputes, ok, err)
	}
	c := b.change(repertoire.CauseEdit, "choix")
	c.Ops = append(c.Ops, op)
	b.apply(c)
	b.must(b.store.Settle(t.Context(), disputes[0].Num, "mine"))
	b.exchange()
	a.exchange()
	if got := a.first().Description; got != "version de Nantes" {
		t.Errorf("after the choice: %q", got)
	}
	if left, _ := b.store.Disputes(t.Context()); len(left) > 0 {
		t.Errorf("still disputed: %v", left)
	}
}

// TestEditAgainstDeletion tries the pair both ways round: the edit survives,
// and somebody is told.
func TestEditAgainstDeletion(t *testing.T) {
	for _, deleterFirst := range []bool{true, false} {
		m := office(t, map[bool]string{true: "del1", false: "del2"}[deleterFirst], 2)
		a, b := m.desks[0], m.desks[1]
		p := a.first()
		q := p
		c := a.change(repertoire.CauseEdit, "suppression")
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, p.ID, p.Version))
		a.apply(c)
		q.Description = "travaillé pendant ce temps"
		q.Version = b.first().Version
		b.save(q)
		order := []*modelDesk{a, b, a}
		if !deleterFirst {
			order = []*modelDesk{b, a, b}
		}
		disputed := 0
		for _, d := range order {
			disputed += d.exchange().Disputed
		}
		for _, d := range m.desks {
			got, err := d.store.Partnership(t.Context(), p.ID)
			if err != nil || got.Description != "travaillé pendant ce temps" {
				t.Errorf("deleter first %v, desk %d: %q, %v", deleterFirst, d.n, got.Description, err)
			}
		}
		if disputed != 1 {
			t.Errorf("deleter first %v: %d disputes", deleterFirst, disputed)
		}
	}
}

func TestMassDeletionWaitsForAPerson(t *testing.T) {
	m := office(t, "mass", 2)
	a, b := m.desks[0], m.desks[1]
	c := a.change(repertoire.CauseEdit, "ménage")
	rows, _, err := a.store.Browse(t.Context(), store.BrowseQuery{})
	a.must(err)
	for _, r := range rows[:4] {
		c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, r.ID, r.Version))
	}
	a.apply(c)
	a.exchange()
	desk := &Desk{Store: b.store, Base: b.base}
	out, err := desk.Sync(t.Context())
	b.must(err)
	if out.Guarded == nil || out.Guarded.Change.Label != "ménage" {
		t.Fatalf("let in without a word: %+v", out)
	}
	if left, _, _ := b.store.Browse(t.Context(), store.BrowseQuery{}); len(left) != len(rows) {
		t.Errorf("%d of %d left before anybody was asked", len(left), len(rows))
	}
	b.must(b.store.Accept(t.Context(), out.Guarded.Number))
	if out, err = desk.Sync(t.Context()); err != nil || out.Guarded != nil {
		t.Fatal(out, err)
	}
	if left, _, _ := b.store.Browse(t.Context(), store.BrowseQuery{}); len(left) != len(rows)-4 {
		t.Errorf("%d left", len(left))
	}
}

// TestServerFromAnOlderBackup loses rows on the server, as restoring an older
// dump does: desks notice, and give back what is missing.
func TestServerFromAnOlderBackup(t *testing.T) {
	m := office(t, "older", 2)
	a, b := m.desks[0], m.desks[1]
	b.exchange()
	for _, d := range m.desks {
		d.base.Close() // a database in use is not copied
	}
	m.server.Exec("postgres", `CREATE DATABASE dump TEMPLATE older`)
	for _, d := range m.desks {
		d.reopen()
	}
	for _, d := range m.desks {
		p := d.first()
		if d == a {
			p.Notes = "poste 0"
		} else {
			p.Context = "poste 1"
		}
		d.save(p)
		d.exchange()
	}
	a.exchange()
	for _, d := range m.desks {
		d.base.Close()
	}
	m.server.Exec("postgres", `DROP DATABASE older WITH (FORCE)`)
	m.server.Exec("postgres", `CREATE DATABASE older TEMPLATE dump`)
	for _, d := range m.desks {
		d.crash()
		if _, err := d.sync(); !errors.Is(err, share.ErrForked) {
			t.Fatalf("desk %d did not notice: %v", d.n, err)
		}
	}
	for _, d := range []*modelDesk{b, a, b} {
		if _, err := (&Desk{Store: d.store, Base: d.base}).GiveBack(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	m.meet()
	if p := a.first(); p.Notes != "poste 0" || p.Context != "poste 1" {
		t.Errorf("after giving back: %q, %q", p.Notes, p.Context)
	}
}

// TestNoAnswerIsNoLoss cuts connections in the middle of exchanges, by a proxy
// that lets a random number of bytes through.
func TestNoAnswerIsNoLoss(t *testing.T) {
	m := office(t, "cut", 2)
	a, b := m.desks[0], m.desks[1]
	p := newProxy(t, m.server.Port)
	address := strings.Replace(m.url, portOf(m.server.Port), portOf(p.port), 1)
	cut := 0
	for i := range 40 {
		q := a.first()
		q.Notes = m.token()
		a.save(q)
		p.left.Store(int64(m.IntN(9000)))
		base, err := share.Open(t.Context(), address, sharetest.Password)
		if err == nil {
			_, err = (&Desk{Store: a.store, Base: base}).Sync(t.Context())
			base.Close()
		}
		if err != nil {
			cut++
			if !share.Unreachable(err) {
				t.Fatalf("cut %d: %v (%v)", i, err, errors.Unwrap(err))
			}
		}
	}
	if cut < 5 {
		t.Fatalf("only %d of 40 exchanges were cut", cut)
	}
	a.exchange()
	b.exchange()
	m.meet()
	t.Logf("%d of 40 exchanges cut", cut)
}

func TestSentencesOfRefusal(t *testing.T) {
	m := office(t, "refusal", 1)
	d := m.desks[0]
	m.server.Exec("refusal", `CREATE ROLE lectrice LOGIN PASSWORD '`+sharetest.Password+
		`' IN ROLE repertoire_reader; CREATE ROLE personne LOGIN PASSWORD '`+sharetest.Password+`'`)
	open := func(login, database, password string) error {
		b, err := share.Open(t.Context(), m.server.URL(login, database), password)
		if err == nil {
			defer b.Close()
			_, err = b.Head(t.Context())
		}
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{open("admin", "refusal", "faux"), "refuse ce nom ou ce mot de passe"},
		{open("admin", "absente", sharetest.Password), "n’existe pas sur le serveur"},
		{open("admin", "postgres", sharetest.Password), "pas encore de base partagée"},
		{open("personne", "refusal", sharetest.Password), "n’a pas le droit"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("said %v, not that it %s", c.err, c.want)
		}
		if c.err != nil && strings.Contains(fmt.Sprintf("%v %v", c.err, errors.Unwrap(c.err)), sharetest.Password) {
			t.Error("the password is in the error")
		}
	}
	reader, err := share.Open(t.Context(), m.server.URL("lectrice", "refusal"), sharetest.Password)
	d.must(err)
	defer reader.Close()
	p := d.first()
	p.Notes = "écrit par une lectrice"
	d.save(p)
	_, err = (&Desk{Store: d.store, Base: reader}).Sync(t.Context())
	if err == nil || !strings.Contains(err.Error(), "pas le droit d’écrire") || !strings.Contains(err.Error(), "restent dans ce dossier") {
		t.Errorf("a reader who writes: %v", err)
	}
	if n, _ := d.store.Waiting(t.Context()); n != 1 {
		t.Errorf("%d changes wait", n)
	}
	m.server.Exec("refusal", `UPDATE repertoire.version SET version = 99`)
	out := d.exchange()
	if out.Sent != 0 || !strings.Contains(d.base.ReadOnly(), "plus récent") {
		t.Errorf("an older program sent %d", out.Sent)
	}
}

// TestErasureReachesTheServer takes a person out of the server's journal and
// out of every desk's.
func TestErasureReachesTheServer(t *testing.T) {
	m := office(t, "erased", 2)
	a, b := m.desks[0], m.desks[1]
	p := a.first()
	p.Contacts = []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Hortense Quinquempoix",
		Email: "h.quinquempoix@example.org"}}
	a.save(p)
	p = a.first()
	p.Notes = "suite"
	a.save(p)
	a.exchange()
	b.exchange()
	is := func(c repertoire.Contact) bool { return strings.Contains(c.Name, "Quinquempoix") }
	if _, err := a.store.ErasePerson(t.Context(), is,
		store.Erasure{ID: repertoire.NewID(), Author: "poste 0", At: m.now(a), Reason: "demande"}); err != nil {
		t.Fatal(err)
	}
	a.exchange()
	b.exchange()
	if words := m.sharedWords(t.Context()); strings.Contains(strings.ToLower(words), "quinquempoix") {
		t.Error("the server's journal still names the person")
	}
	for _, d := range m.desks {
		changes, err := d.store.ChangesSince(t.Context(), 0, 1000)
		d.must(err)
		for _, c := range changes {
			for _, op := range c.Ops {
				if strings.Contains(string(op.Before)+string(op.After), "uinquempoix") {
					t.Errorf("desk %d, change %d still names the person", d.n, c.Seq)
				}
			}
		}
	}
	m.meet()
}

// TestFilesTravel sends a picture with the record that shows it.
func TestFilesTravel(t *testing.T) {
	m := office(t, "files", 2)
	a, b := m.desks[0], m.desks[1]
	data := bytes.Repeat([]byte("pixels "), 400_000) // three pieces
	sum, err := a.store.Media().Put(bytes.NewReader(data))
	a.must(err)
	p := a.first()
	p.Pictures = []repertoire.Picture{{Media: sum, Caption: "La fontaine"}}
	a.save(p)
	a.exchange()
	b.exchange()
	got, err := b.store.Media().Media(sum)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes came, %v", len(got), err)
	}
}

// TestPurge: a picture goes from the server when nothing speaks of it any more: at
// once when a person's data were erased, else when it is asked for; one that is
// sent again meanwhile stays.
func TestPurge(t *testing.T) {
	server, a, b := two(t, "purged")
	ctx := t.Context()
	picture := func(words string) string {
		sum, err := a.base.Store.Media().Put(strings.NewReader(words))
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	portrait, fountain := picture("portrait"), picture("fontaine")
	p, err := a.base.Store.Partnership(ctx, "p1")
	if err != nil {
		t.Fatal(err)
	}
	p.Contacts = []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Hortense Quinquempoix", Role: portrait}}
	p.Pictures = []repertoire.Picture{{Media: fountain, Caption: "La fontaine"}}
	a.apply(&p)
	a.must()
	b.must()
	count := func() (n int) {
		m, err := a.room.Purge(ctx, true, nil)
		if err != nil {
			t.Fatal(err)
		}
		return m.Files
	}
	there := func(sum string) bool {
		common, err := share.Open(ctx, server.URL("admin", "purged"), sharetest.Password)
		if err != nil {
			t.Fatal(err)
		}
		defer common.Close()
		missing, err := common.Missing(ctx, []string{sum})
		return err == nil && len(missing) == 0
	}
	if !there(portrait) || !there(fountain) || count() != 0 {
		t.Fatal("the pictures are not on the server, or are said to be of no use")
	}
	is := func(c repertoire.Contact) bool { return strings.Contains(c.Name, "Quinquempoix") }
	if _, err := a.base.Store.ErasePerson(ctx, is, store.Erasure{ID: repertoire.NewID(), Author: "Awa", At: time.Now(), Reason: "demande"}); err != nil {
		t.Fatal(err)
	}
	a.must()
	if there(portrait) || !there(fountain) {
		t.Errorf("after the erasure: portrait %v, fountain %v", there(portrait), there(fountain))
	}
	// A recipe that is changed leaves its former bytes behind.
	for _, text := range []string{`{"name":"un"}`, `{"name":"deux"}`} {
		dir := filepath.Join(a.base.Dir(), store.RecipesFolder)
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "r.json"), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		a.must()
	}
	if n := count(); n != 1 {
		t.Errorf("%d files of no use, not 1", n)
	}
	if out, err := a.room.Purge(ctx, false, nil); err != nil || out.Files != 1 || !out.Removed || count() != 0 {
		t.Errorf("%+v, %v, then %d", out, err, count())
	}
	b.must()
	if !there(fountain) || readFile(b.base.Dir(), "recettes/r.json") != `{"name":"deux"}` {
		t.Error("more went than nothing speaks of")
	}
}

// TestFirstSharingGoesOn stops a first sharing in the middle and takes it up again.
func TestFirstSharingGoesOn(t *testing.T) {
	m := office(t, "resume", 0)
	d := &modelDesk{m: m, dir: quickDir(t), said: map[place]string{}}
	m.desks = append(m.desks, d)
	d.create()
	d.fill()
	c := d.change(repertoire.CauseImport, "import")
	all := d.authorities()
	for range 1300 {
		put(&c, partnership(repertoire.NewID(), all[0].ID, all[1].ID, m.token()), 0)
	}
	d.apply(c)
	h, err := d.base.Create(t.Context(), "essai")
	d.must(err)
	d.must(d.store.BeginSharing(t.Context(), store.Link{URL: m.url, Desk: repertoire.NewID(), DeskName: "poste", Lineage: h.Lineage}, true))
	ctx, stop := context.WithCancel(t.Context())
	desk := &Desk{Store: d.store, Base: d.base, Progress: func(done, total int, _ string) {
		if done >= 1000 {
			stop()
		}
	}}
	if _, err := desk.Sync(ctx); err == nil {
		t.Fatal("it was not stopped")
	}
	if h, _ := d.base.Head(t.Context()); h.Complete {
		t.Error("others may join half a base")
	}
	d.createOne() // work goes on meanwhile
	d.crash()
	d.exchange()
	m.meet()
	if h, _ := d.base.Head(t.Context()); !h.Complete || h.Last < 4 || h.Last > 5 {
		t.Errorf("the head: %+v", h)
	}
}

// newRand is the random source of tests that need little of it.
func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

func portOf(port int) string { return strconv.Itoa(port) }

// proxy passes connections on until left bytes went through, then cuts them.
type proxy struct {
	port int
	left atomic.Int64
}

func newProxy(t *testing.T, to int) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p := &proxy{port: l.Addr().(*net.TCPAddr).Port}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", "127.0.0.1:"+portOf(to))
			if err != nil {
				_ = in.Close()
				continue
			}
			go p.pass(in, out)
			go p.pass(out, in)
		}
	}()
	return p
}

func (p *proxy) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buf := make([]byte, 512)
	for {
		n, err := from.Read(buf)
		if p.left.Add(-int64(n)) < 0 {
			return
		}
		if _, werr := to.Write(buf[:n]); err != nil || werr != nil {
			return
		}
	}
}
