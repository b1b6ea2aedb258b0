package store

import (
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// A backup that is restored takes no invoice back: their numbers are not given
// again, and what was closed stays closed.
func TestRestoringKeepsTheInvoices(t *testing.T) {
	s := selling(t, 3)
	must := func(id repertoire.ID) *order.Invoice {
		t.Helper()
		v, _, err := bill(t.Context(), s.Store, id, "2026-03-03")
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	must("o0")
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.apply(s.put(delivered("later"), 0))
	must("later")
	second := must("o1")
	o, _ := s.Order(t.Context(), "o1")
	kept, _ := s.Invoice(t.Context(), second.ID)
	credit, err := o.Cancel(*house(), &kept, "2026-03-04", day0, "Awa", "erreur")
	if err != nil {
		t.Fatal(err)
	}
	s.apply(s.put(&o, o.Version), s.put(credit, 0))
	settings := *house()
	settings.ClosedUntil = "2026-03-04"
	s.apply(s.put(&settings, AnyVersion))
	dir, options := s.Dir(), s.options
	s.Close()
	if _, err := Restore(t.Context(), dir, b.File, options, nil); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), dir, options)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	s.Store = again
	if n := unbroken(t, again); n != 4 {
		t.Errorf("%d invoices and credit notes", n)
	}
	if o, _ := again.Order(t.Context(), "o1"); o.State() != order.Cancelled {
		t.Errorf("the cancelled order is %s", o.State())
	}
	if _, _, err := bill(t.Context(), again, "o2", "2026-03-04"); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("the period is open again: %v", err)
	}
	v, _, err := bill(t.Context(), again, "o2", "2026-03-05")
	if err != nil {
		t.Fatal(err)
	}
	if kept, _ := again.Invoice(t.Context(), v.ID); kept.Number() != "F2026-0004" {
		t.Errorf("the next number is %s", kept.Number())
	}
	s.sound(t)
}

func TestABackupWithOtherInvoicesIsRefused(t *testing.T) {
	other := selling(t, 1)
	if _, _, err := bill(t.Context(), other.Store, "o0", "2026-03-03"); err != nil {
		t.Fatal(err)
	}
	b, err := other.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := selling(t, 1)
	v, _, err := bill(t.Context(), s.Store, "o0", "2026-03-03")
	if err != nil {
		t.Fatal(err)
	}
	dir, options := s.Dir(), s.options
	s.Close()
	if _, err := Restore(t.Context(), dir, b.File, options, nil); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "F2026-0001") {
		t.Errorf("got %v", err)
	}
	again, err := Open(t.Context(), dir, options)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := again.Invoice(t.Context(), v.ID); err != nil {
		t.Error(err)
	}
}

// The readable archive keeps orders and invoices with their numbers.
func TestTheArchiveKeepsInvoices(t *testing.T) {
	s := selling(t, 2)
	for _, id := range []repertoire.ID{"o1", "o0"} {
		if _, _, err := bill(t.Context(), s.Store, id, "2026-03-03"); err != nil {
			t.Fatal(err)
		}
	}
	folder, dir := t.TempDir()+"/archive", t.TempDir()
	if err := s.ExportJSON(t.Context(), folder, nil); err != nil {
		t.Fatal(err)
	}
	again, err := ImportJSON(t.Context(), folder, dir, s.options, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if n := unbroken(t, again); n != 2 {
		t.Errorf("%d invoices", n)
	}
	(&story{TB: t, Store: again}).sound(t)
}
