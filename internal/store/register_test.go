package store

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// mustBill issues an invoice and gives its number.
func mustBill(t *testing.T, s *Store, id repertoire.ID, on repertoire.Date) string {
	t.Helper()
	v, _, err := bill(t.Context(), s, id, on)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.Invoice(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	return kept.Number()
}

// wreck garbles the root page of a table in a closed base.
func wreck(t *testing.T, base string, tables ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", base)
	if err != nil {
		t.Fatal(err)
	}
	var at []int64
	var size int64
	done(t, db.QueryRow(`PRAGMA page_size`).Scan(&size))
	for _, table := range tables {
		rows, err := db.Query(`SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?`, table)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := collect(rows, func(rows *sql.Rows) (n int64, err error) { err = rows.Scan(&n); return n, err })
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, pages...)
	}
	done(t, db.Close())
	f, err := os.OpenFile(base, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range at {
		if page == 0 {
			continue
		}
		if _, err := f.WriteAt(bytes.Repeat([]byte{0xa7, 0x11, 0xc3}, int(size)/3), (page-1)*size); err != nil {
			t.Fatal(err)
		}
	}
	done(t, f.Close())
}

// A number is never given twice, whichever table of the base is lost before a
// backup is put back; what was sold since comes along from what can be read.
func TestNoNumberTwiceAfterAnyDamage(t *testing.T) {
	for _, c := range []struct {
		name   string
		tables []string
		gone   bool // the whole base
		noBook bool // the register beside it too
		want   string
	}{
		{"settings", []string{"sales"}, false, false, "F2026-0003"},
		{"orders", []string{"book_order"}, false, false, "F2026-0003"},
		{"invoices", []string{"invoice"}, false, false, "F2026-0003"},
		{"invoices and journal", []string{"invoice", "change_op"}, false, false, "F2026-0003"},
		{"journal", []string{"change", "change_op"}, false, true, "F2026-0003"},
		{"the base", nil, true, false, "F2026-0003"},
		{"invoices, journal and register", []string{"invoice", "change_op"}, false, true, ""},
		{"the base and the register", nil, true, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := selling(t, 3)
			mustBill(t, s.Store, "o0", "2026-03-03")
			b, err := s.Backup(t.Context(), "", ReasonManual, nil)
			if err != nil {
				t.Fatal(err)
			}
			mustBill(t, s.Store, "o1", "2026-03-03")
			o, _ := s.Order(t.Context(), "o1")
			done(t, o.Advance(order.Paid, day0, "Awa", ""))
			o.PaidOn = "2026-03-03"
			s.apply(s.put(&o, o.Version))
			dir := s.Dir()
			s.Close()
			wreck(t, s.base(), c.tables...)
			if c.gone {
				done(t, os.Remove(s.base()))
			}
			if c.noBook {
				done(t, os.Remove(filepath.Join(dir, registerFile)))
			}
			plan, err := Restore(t.Context(), dir, b.File, s.options, nil)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Open(t.Context(), dir, s.options)
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			_, _, err = bill(t.Context(), again, "o2", "2026-03-05")
			if c.want == "" {
				if !plan.Unknown || repertoire.KindOf(err) != repertoire.Refused || !strings.Contains(err.Error(), "numéro") {
					t.Fatalf("a number was given where none can be known: %+v, %v", plan, err)
				}
				if _, err := again.GiveLast(t.Context(), "F", 2026, 2, "Awa"); err != nil {
					t.Fatal(err)
				}
				if got := mustBill(t, again, "o2", "2026-03-05"); got != "F2026-0003" {
					t.Fatalf("the next number is %s", got)
				}
				return
			}
			if err != nil || plan.Unknown {
				t.Fatal(err, plan.Unknown)
			}
			all, _ := again.Invoices(t.Context(), "2026-03-05", "")
			if len(all) != 1 || all[0].Number() != c.want {
				t.Fatalf("the next number is %v", all)
			}
			readable := !c.gone && len(c.tables) < 2
			if o, err := again.Order(t.Context(), "o1"); readable &&
				(err != nil || o.PaidOn == "" || plan.Payments != 1 || plan.Invoices != 1) {
				t.Fatalf("the payment is lost: %+v, %v, %+v", o.State(), err, plan)
			}
		})
	}
}

// The register is ahead when the base was replaced by hand: its numbers hold.
func TestABaseReplacedByHandGivesNoNumberAgain(t *testing.T) {
	s := selling(t, 3)
	mustBill(t, s.Store, "o0", "2026-03-03")
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	mustBill(t, s.Store, "o1", "2026-03-04")
	s.Close()
	done(t, os.Remove(s.base()))
	done(t, copyFile(b.File, s.base()))
	s.reopen()
	if said := strings.Join(s.Warnings(), " "); !strings.Contains(said, "F2026-0002") {
		t.Errorf("nothing is said of the lost invoice: %q", said)
	}
	if _, _, err := bill(t.Context(), s.Store, "o2", "2026-03-03"); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("a document before the last one of the register: %v", err)
	}
	if got := mustBill(t, s.Store, "o2", "2026-03-05"); got != "F2026-0003" {
		t.Fatalf("the next number is %s", got)
	}
}

// A register that is cut short is finished, one that was changed is kept aside
// and made again; either way it ends with all that the base has.
func TestTheRegisterIsMadeWholeAgain(t *testing.T) {
	s := selling(t, 3)
	for _, id := range []repertoire.ID{"o0", "o1"} {
		mustBill(t, s.Store, id, "2026-03-03")
	}
	s.Close()
	file := filepath.Join(s.Dir(), registerFile)
	whole, err := os.ReadFile(file)
	if err != nil || bytes.Count(whole, []byte("\n")) != 5 {
		t.Fatalf("%v\n%s", err, whole)
	}
	if bytes.Contains(whole, []byte("Lille")) {
		t.Error("the register names a buyer")
	}
	for _, c := range []struct {
		name string
		text []byte
		told bool
	}{
		{"gone", nil, false},
		{"cut short", whole[:len(whole)-20], false},
		{"a digit changed", bytes.Replace(whole, []byte(`"count":2`), []byte(`"count":7`), 1), true},
		{"a line taken out", whole[bytes.IndexByte(whole, '\n')+1:], true},
		{"garbage", []byte("\x00\x01\n\x02"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			done(t, os.Remove(file))
			if c.text != nil {
				done(t, os.WriteFile(file, c.text, 0o600))
			}
			s.reopen()
			if told := strings.Contains(strings.Join(s.Warnings(), " "), "registre"); told != c.told {
				t.Errorf("told %v: %q", told, s.Warnings())
			}
			r, err := readRegister(s.Dir())
			if err != nil || len(r.lines) != 5 || r.rest != 0 {
				t.Fatalf("%d lines, %d bytes behind, %v", len(r.lines), r.rest, err)
			}
			s.Close()
		})
	}
}

// What is not ours in a base is refused, and its rows serve in a clean one.
func TestABaseWithForeignObjectsIsNotOpened(t *testing.T) {
	for _, text := range []string{
		`CREATE TRIGGER evil AFTER INSERT ON change BEGIN UPDATE partnership SET title = 'EVIL'; END`,
		`CREATE VIEW evil AS SELECT 1`,
		`DROP TRIGGER invoice_stays`,
		`DROP INDEX change_op_record; CREATE INDEX change_op_record ON change_op(seq, record)`,
		`CREATE TABLE more(x)`,
	} {
		s := selling(t, 2)
		s.lille()
		mustBill(t, s.Store, "o0", "2026-03-03")
		b, err := s.Backup(t.Context(), "", ReasonManual, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		done(t, removeIfThere(b.File+".sha256"))
		for _, file := range []string{s.base(), b.File} {
			db, err := sql.Open("sqlite3", file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(text); err != nil {
				t.Fatal(err)
			}
			done(t, db.Close())
		}
		if _, err := Open(t.Context(), s.Dir(), s.options); repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: opened, %v", text, err)
		}
		if _, err := Restore(t.Context(), s.Dir(), b.File, s.options, nil); repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: restored, %v", text, err)
		}
		r, err := Salvage(t.Context(), s.Dir(), s.options, nil)
		if err != nil || r.Lost != 0 || r.Unknown || absent(filepath.Join(r.Aside, File)) {
			t.Fatalf("%s: %+v, %v", text, r, err)
		}
		s.reopen()
		if p := s.partnership("p1"); p.ID == "" || unbroken(t, s.Store) != 1 {
			t.Errorf("%s: rows are missing", text)
		}
		s.sound(t)
		if got := mustBill(t, s.Store, "o1", "2026-03-04"); got != "F2026-0002" {
			t.Errorf("%s: the next number is %s", text, got)
		}
		s.Close()
	}
}

// Without any backup, what a damaged base still gives makes a sound one.
func TestASalvageBringsWhatCanBeRead(t *testing.T) {
	s := selling(t, 2)
	s.lille()
	mustBill(t, s.Store, "o0", "2026-03-03")
	s.Close()
	wreck(t, s.base(), "partnership")
	r, err := Salvage(t.Context(), s.Dir(), s.options, nil)
	if err != nil || r.Unknown {
		t.Fatal(r, err)
	}
	s.reopen()
	if p := s.partnership("p1"); p.ID == "" { // from the journal
		t.Error("the partnership is lost")
	}
	s.sound(t)
	s.Close()
	done(t, os.WriteFile(s.base(), bytes.Repeat([]byte("nothing"), 4000), 0o600))
	if _, err := Salvage(t.Context(), s.Dir(), s.options, nil); repertoire.KindOf(err) != repertoire.Damaged {
		t.Errorf("got %v", err)
	}
	if raw, err := os.ReadFile(s.base()); err != nil || !bytes.HasPrefix(raw, []byte("nothing")) {
		t.Error("the base was touched", errors.Join(err))
	}
}

// The plan says what the restoration then does, and itself does nothing.
func TestThePlanIsTheDeed(t *testing.T) {
	s := selling(t, 2)
	s.lille()
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.edit(func(p *repertoire.Partnership) { p.Notes = "depuis" })
	s.apply(s.put(&repertoire.Directory{ID: "neuf", Slug: "japon", Title: "Japon"}, 0))
	mustBill(t, s.Store, "o0", "2026-03-03")
	open, err := PlanRestore(t.Context(), s.Dir(), b.File, Options{Now: s.options.Now, Share: true}, nil)
	if err != nil {
		t.Fatal("while open:", err)
	}
	s.Close()
	plan, err := PlanRestore(t.Context(), s.Dir(), b.File, s.options, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.reopen()
	if p := s.partnership("p1"); p.Notes != "depuis" {
		t.Fatal("the plan restored")
	}
	s.Close()
	for _, p := range []RestorePlan{open, plan} {
		if p.Total != 2 || p.Invoices != 1 || p.Orders != 1 || p.Present != "sound" || !p.Vouched {
			t.Fatalf("%+v", p)
		}
	}
	did, err := Restore(t.Context(), s.Dir(), b.File, s.options, nil)
	if err != nil || did.Total != plan.Total || did.Invoices != plan.Invoices {
		t.Fatalf("%+v, %v", did, err)
	}
	s.reopen()
	if p := s.partnership("p1"); p.Notes == "depuis" {
		t.Error("the record is not taken back")
	}
	s.sound(t)
}
