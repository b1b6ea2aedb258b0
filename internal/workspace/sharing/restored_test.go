//go:build unix

package sharing

import (
	"fmt"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// forgetful is an office of two desks whose server forgets what the first of
// them invoiced; blind tells that nothing shows it there.
func forgetful(t *testing.T, name string, blind bool) (a, b *modelDesk, lost order.Invoice) {
	m := office(t, name, 2)
	m.name, m.issued, m.dumped = name, map[repertoire.ID]string{}, 1
	a, b = m.desks[0], m.desks[1]
	a.exchange()
	b.exchange()
	_, err := (&Desk{Store: b.store, Base: b.base}).peers(t.Context())
	b.must(err)
	m.server.Exec(name, `CREATE SCHEMA dump;`+m.each(`CREATE TABLE dump.% AS TABLE repertoire.%;`))
	lost = a.mustBill()
	m.server.Exec(name, m.each(`TRUNCATE repertoire.% CASCADE;`)+m.each(`INSERT INTO repertoire.% TABLE dump.%;`))
	if !blind {
		m.server.Exec(name, `UPDATE repertoire.head SET home = home || '*'`)
	}
	return a, b, lost
}

func (d *modelDesk) mustBill() order.Invoice {
	d.m.t.Helper()
	o := d.takeOrder()
	v, err := d.bill(o)
	if repertoire.KindOf(err) == repertoire.Conflicting { // its order was renumbered as it came in
		o, err = d.store.Order(d.m.t.Context(), o.ID)
		d.must(err)
		v, err = d.bill(o)
	}
	d.must(err)
	return *v
}

func (d *modelDesk) giveBack() {
	d.m.t.Helper()
	_, err := (&Desk{Store: d.store, Base: d.base}).GiveBack(d.m.t.Context())
	d.must(err)
}

// TestARestoredServerGivesNoNumberTwice: a desk that knows nothing of it does not
// invoice before the one that does has told its numbers; what was forgotten
// comes back after its turn.
func TestARestoredServerGivesNoNumberTwice(t *testing.T) {
	a, b, lost := forgetful(t, "forgets", false)
	// A desk that the backup does not know is asked too, for another remembers it.
	b.m.server.Exec("forgets", `DELETE FROM repertoire.desk WHERE id = '`+string(a.mustLink().Desk)+`'`)
	_, err := b.bill(b.takeOrder())
	if err == nil || !strings.Contains(err.Error(), "revient d’une sauvegarde") || !strings.Contains(err.Error(), "« poste »") {
		t.Fatalf("before the other desk answered: %v", err)
	}
	if _, err := (&Desk{Store: a.store, Base: a.base}).Sync(t.Context()); err == nil {
		t.Fatal("a did not see that the server forgot")
	}
	second := b.mustBill() // the numbers are told at the first contact, before anything is given back
	if lost.Count != 1 || second.Count != 2 {
		t.Errorf("issued %s, then %s", lost.Number(), second.Number())
	}
	a.giveBack()
	b.exchange()
	third := a.mustBill()
	b.m.meet()
	for _, v := range []order.Invoice{lost, second, third} {
		got, err := b.store.Invoice(t.Context(), v.ID)
		if err != nil || got.Number() != v.Number() {
			t.Errorf("%s is %s here, %v", v.Number(), got.Number(), err)
		}
	}
	if third.Count != 3 {
		t.Errorf("the third is %s", third.Number())
	}
	if r, err := b.base.Restoration(t.Context()); err != nil || r.Epoch == "" || len(r.Missing) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestANumberGivenTwiceIsFound: where nobody could know, or an officer did not
// wait, both documents stay, at every desk, and a sentence tells of them until
// one is taken back.
func TestANumberGivenTwiceIsFound(t *testing.T) {
	for name, blind := range map[string]bool{"blind": true, "accepted": false} {
		a, b, lost := forgetful(t, name, blind)
		b.m.reckless = true
		if !blind {
			if _, err := b.bill(b.takeOrder()); err == nil {
				t.Fatal("invoiced without waiting")
			}
			b.must(b.base.AcceptRestored(t.Context(), "Claire"))
		}
		second := b.mustBill()
		if second.Number() != lost.Number() {
			t.Fatalf("%s and %s: the test looks at nothing", lost.Number(), second.Number())
		}
		if _, err := a.sync(); err == nil { // gave back, or not yet
			a.exchange()
		} else {
			a.giveBack()
		}
		a.m.meet()
		for _, d := range a.m.desks {
			twice, err := d.store.DoubleNumbers(t.Context())
			if err != nil || len(twice) != 1 || len(twice[0].Documents) != 2 || !strings.Contains(twice[0].Message, lost.Number()) {
				t.Errorf("%s, desk %d is told %+v, %v", name, d.n, twice, err)
			}
		}
		// One is taken back: nothing is left to tell.
		settings, err := b.store.SalesSettings(t.Context())
		b.must(err)
		o, err := b.store.Order(t.Context(), second.Order)
		b.must(err)
		credit, err := second.Credit(settings, repertoire.DateOf(b.m.now(&modelDesk{})), "numéro en double")
		b.must(err)
		c := b.change(repertoire.CauseEdit, "avoir")
		o.Credit, o.Credited = credit.ID, credit.Totals.Gross
		put(&c, credit, 0)
		put(&c, &o, o.Version)
		_, err = (&Desk{Store: b.store, Base: b.base}).issue(t.Context(), c)
		b.must(err)
		a.exchange()
		for _, d := range a.m.desks {
			if twice, err := d.store.DoubleNumbers(t.Context()); err != nil || len(twice) > 0 {
				t.Errorf("%s, desk %d, after the credit note: %+v, %v", name, d.n, twice, err)
			}
		}
	}
}

// TestAnAdministratorMarksARestoration that nothing shows.
func TestAnAdministratorMarksARestoration(t *testing.T) {
	a, b, lost := forgetful(t, "marked", true)
	b.must(b.base.MarkRestored(t.Context()))
	if _, err := b.bill(b.takeOrder()); err == nil || !strings.Contains(err.Error(), "Il manque") {
		t.Fatalf("not marked: %v", err)
	}
	if r, err := b.base.Restoration(t.Context()); err != nil || !r.Waiting() || !strings.Contains(RestorationLine(r), share.Names(r.Missing)) {
		t.Errorf("%+v, %v", r, err)
	}
	a.giveBack()
	if v := b.mustBill(); v.Count != lost.Count+1 {
		t.Errorf("%s after %s", v.Number(), lost.Number())
	}
}

// TestWhatRodeAlongIsOfferedAgain: a record that came back with the change that
// needed it took what else was written in it along; when the server forgets that
// row, what was written is offered again by itself.
func TestWhatRodeAlongIsOfferedAgain(t *testing.T) {
	m := office(t, "rode", 2)
	m.name, m.dumped = "rode", 1
	a, b := m.desks[0], m.desks[1]
	v := town("Vire")
	c := a.change(repertoire.CauseEdit, "création")
	put(&c, v, 0)
	put(&c, partnership("p-vire", v.ID, a.authorities()[1].ID, "Vire"), 0)
	a.apply(c)
	a.exchange()
	b.exchange()
	m.server.Exec("rode", `CREATE SCHEMA dump;`+m.each(`CREATE TABLE dump.% AS TABLE repertoire.%;`))
	gone := b.change(repertoire.CauseEdit, "suppression")
	gone.Ops = append(gone.Ops, store.Delete(repertoire.AggPartnership, "p-vire", store.AnyVersion),
		store.Delete(repertoire.AggAuthority, v.ID, store.AnyVersion))
	b.apply(gone)
	b.exchange()
	p, err := a.store.Partnership(t.Context(), "p-vire")
	a.must(err)
	p.Notes = "Relancer en mai"
	a.save(p)
	v.Notes = "Jumelage de 1962"
	c = a.change(repertoire.CauseEdit, "collectivité")
	put(&c, v, store.AnyVersion)
	a.apply(c)
	a.exchange()
	if n, err := a.store.Waiting(t.Context()); err != nil || n > 0 {
		t.Fatal(n, err)
	}
	m.server.Exec("rode", m.each(`TRUNCATE repertoire.% CASCADE;`)+m.each(`INSERT INTO repertoire.% TABLE dump.%;`))
	a.giveBack()
	m.meet()
	for _, d := range m.desks {
		got, err := d.store.Authority(t.Context(), v.ID)
		if err != nil || got.Notes != "Jumelage de 1962" {
			t.Errorf("desk %d: %q, %v", d.n, got.Notes, err)
		}
	}
}

// TestADeletedIdentifierTakenAgain: a répertoire was made and deleted, the server
// forgets both, and another desk makes one of its identifier. The new one stands
// everywhere; the old one stays where it was, in the trash of the desks that knew
// it, and comes back to all from there once the identifier is free.
func TestADeletedIdentifierTakenAgain(t *testing.T) {
	m := office(t, "taken", 3)
	m.name, m.dumped = "taken", 1
	a, b, late := m.desks[0], m.desks[1], m.desks[2]
	m.server.Exec("taken", `CREATE SCHEMA dump;`+m.each(`CREATE TABLE dump.% AS TABLE repertoire.%;`))
	old := &repertoire.Directory{ID: repertoire.NewID(), Slug: "auge", Title: "Pays d’Auge"}
	c := a.change(repertoire.CauseEdit, "répertoire")
	put(&c, old, 0)
	a.apply(c, word{place{old.ID, "title"}, old.Title})
	a.exchange()
	b.exchange()
	remove := func(d *modelDesk, id repertoire.ID) {
		t.Helper()
		c := d.change(repertoire.CauseEdit, "suppression")
		c.Ops = append(c.Ops, store.Delete(repertoire.AggDirectory, id, store.AnyVersion))
		if !d.apply(c) {
			t.Fatal("not deleted")
		}
		d.exchange()
	}
	remove(b, old.ID)
	a.exchange()
	m.server.Exec("taken", m.each(`TRUNCATE repertoire.% CASCADE;`)+m.each(`INSERT INTO repertoire.% TABLE dump.%;`))
	fresh := &repertoire.Directory{ID: repertoire.NewID(), Slug: "auge", Title: "Vallée d’Auge"}
	c = late.change(repertoire.CauseEdit, "répertoire")
	put(&c, fresh, 0)
	late.apply(c, word{place{fresh.ID, "title"}, fresh.Title})
	late.exchange()
	a.giveBack()
	b.giveBack()
	m.meet()
	for _, d := range m.desks {
		if got, err := d.store.Directory(t.Context(), "auge"); err != nil || got.ID != fresh.ID {
			t.Errorf("desk %d has %q, %v", d.n, got.Title, err)
		}
	}
	restore := func() error {
		c, err := a.store.PlanRestore(t.Context(), repertoire.AggDirectory, old.ID, "Awa", m.now(a))
		if err == nil {
			_, err = a.store.Apply(t.Context(), c)
		}
		return err
	}
	if err := restore(); repertoire.KindOf(err) != repertoire.Refused && repertoire.KindOf(err) != repertoire.Conflicting {
		t.Errorf("it comes back beside the new one: %v", err)
	}
	remove(late, fresh.ID)
	a.exchange()
	a.must(restore())
	m.meet()
	for _, d := range m.desks {
		if got, err := d.store.Directory(t.Context(), "auge"); err != nil || got.Title != old.Title {
			t.Errorf("desk %d has %q, %v", d.n, got.Title, err)
		}
	}
}

// TestWhatAnotherDeskGaveBackComesInAsItIsThere: two desks give one change back to
// a server that forgot it. The one that finds it there takes it as the other gave
// it, on top of what that desk wrote before, not as it would have sent it.
func TestWhatAnotherDeskGaveBackComesInAsItIsThere(t *testing.T) {
	m := office(t, "asthere", 2)
	m.name, m.dumped = "asthere", 1
	a, b := m.desks[0], m.desks[1]
	m.server.Exec("asthere", `CREATE SCHEMA dump;`+m.each(`CREATE TABLE dump.% AS TABLE repertoire.%;`))
	p, q := a.first(), b.first()
	// More than comes in at once: a sends its own before the row after this comes in.
	c := b.change(repertoire.CauseImport, "import")
	towns := b.authorities()
	for i := range opsTogether {
		put(&c, partnership(repertoire.NewID(), towns[0].ID, towns[1].ID, fmt.Sprint("Import ", i)), 0)
	}
	q.Context = "écrit à Nantes"
	put(&c, &q, q.Version)
	if p.ID != q.ID || !b.apply(c) {
		t.Fatal("the test looks at nothing")
	}
	p.Description = "écrit à Lille"
	a.save(p)
	a.exchange()
	b.exchange()
	a.exchange()
	m.server.Exec("asthere", m.each(`TRUNCATE repertoire.% CASCADE;`)+m.each(`INSERT INTO repertoire.% TABLE dump.%;`))
	b.giveBack()
	a.giveBack()
	m.meet()
}
