package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// someone is a buyer whom an invoice can name.
func someone() order.Buyer {
	return order.Buyer{ID: "lille", Name: "Ville de Lille", SIREN: "215903501",
		Billing: order.Address{Lines: []string{"Place Augustin-Laurent"}, PostCode: "59000", City: "Lille"}}
}

// house is a shop that may invoice.
func house() *order.Settings {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison d’essai", SIREN: "732829320", VATNumber: "FR44732829320",
		Address: order.Address{Lines: []string{"1, rue des Essais"}, PostCode: "75001", City: "Paris"}}
	return &s
}

// delivered is an order that can be invoiced.
func delivered(id string) *order.Order {
	o := &order.Order{ID: repertoire.ID(id), Buyer: someone(), Date: "2026-03-02", Basis: order.With, Regime: order.RegimeBooks,
		Lines: []order.Line{{Edition: order.Edition{ID: "e1", Title: "Répertoire"}, Format: order.Digital, Quantity: 1, Unit: 2500,
			Rate: 550}},
		Delivered: "2026-03-02"}
	if err := o.Advance(order.Transmitted, day0, "Awa", ""); err != nil {
		panic(err)
	}
	return o
}

// selling is a base with a shop and n delivered orders, "o0" and on.
func selling(t testing.TB, n int) *story {
	s := newStory(t)
	s.apply(s.put(house(), 0))
	for i := range n {
		s.apply(s.put(delivered(fmt.Sprint("o", i)), 0))
	}
	return s
}

// bill issues the invoice of an order in a store, as a window does.
func bill(ctx context.Context, s *Store, id repertoire.ID, on repertoire.Date) (*order.Invoice, Applied, error) {
	o, err := s.Order(ctx, id)
	if err != nil {
		return nil, Applied{}, err
	}
	settings, err := s.SalesSettings(ctx)
	if err != nil {
		return nil, Applied{}, err
	}
	v, err := o.Bill(settings, on, day0, "Awa")
	if err != nil {
		return nil, Applied{}, err
	}
	c := repertoire.Change{ID: repertoire.NewID(), Author: "Awa", At: day0, Cause: repertoire.CauseEdit, Label: "Facture"}
	for record, version := range map[sold]int64{&o: o.Version, v: 0} {
		op, err := Put(record, version)
		if err != nil {
			return nil, Applied{}, err
		}
		c.Ops = append(c.Ops, op)
	}
	applied, err := s.Apply(ctx, c)
	return v, applied, err
}

// unbroken checks the numbers of the base and gives how many there are.
func unbroken(t testing.TB, s *Store) int {
	t.Helper()
	all, err := s.Invoices(context.Background(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]int{}
	for _, v := range all {
		key := fmt.Sprint(v.Series, v.Year)
		if v.Count != last[key]+1 || len(v.Lines) == 0 || v.Totals.Gross == 0 {
			t.Fatalf("%s follows %d in %s", v.Number(), last[key], key)
		}
		last[key] = v.Count
		o, err := s.Order(context.Background(), v.Order)
		if err != nil || o.Invoice != v.ID && o.Credit != v.ID {
			t.Fatalf("%s: the order says %q, %v", v.Number(), o.Invoice, err)
		}
	}
	return len(all)
}

func TestAnInvoiceHasItsNumberWithItsContent(t *testing.T) {
	s := selling(t, 3)
	for i := range 3 {
		v, applied, err := bill(t.Context(), s.Store, repertoire.ID(fmt.Sprint("o", i)), "2026-03-03")
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Invoice(t.Context(), v.ID)
		if want := fmt.Sprintf("F2026-%04d", i+1); err != nil || kept.Number() != want {
			t.Errorf("got %s, want %s, %v", kept.Number(), want, err)
		}
		for _, op := range applied.Change.Ops {
			if op.Aggregate == repertoire.AggInvoice && !strings.Contains(string(op.After), fmt.Sprintf(`"count":%d`, i+1)) {
				t.Errorf("the journal says %s", op.After)
			}
		}
	}
	s.sound(t)
}

func TestAnIssuedInvoiceStays(t *testing.T) {
	s := selling(t, 2)
	v, applied, err := bill(t.Context(), s.Store, "o0", "2026-03-03")
	if err != nil {
		t.Fatal(err)
	}
	kept, _ := s.Invoice(t.Context(), v.ID)
	o, _ := s.Order(t.Context(), "o0")
	refused := func(what string, err error, says string) {
		t.Helper()
		if repertoire.KindOf(err) != repertoire.Refused || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = s.PlanUndo(t.Context(), applied.Change.ID)
	refused("undo", err, "avoir")
	other := kept
	other.Totals.Gross++
	_, err = s.try(s.put(&other, AnyVersion))
	refused("change", err, "ne se modifie pas")
	_, err = s.try(Delete(repertoire.AggInvoice, v.ID, AnyVersion))
	refused("delete", err, "ne se supprime pas")
	_, err = s.try(Delete(repertoire.AggOrder, "o0", AnyVersion))
	refused("delete the order", err, "est facturée")
	cheaper := o
	cheaper.Lines = []order.Line{o.Lines[0]}
	cheaper.Lines[0].Unit = 1
	_, err = s.try(s.put(&cheaper, AnyVersion))
	refused("change the order", err, "ne se modifie plus")
	early := o
	early.Steps = o.Steps[:1]
	_, err = s.try(s.put(&early, AnyVersion))
	refused("step back", err, "état antérieur")
	_, _, err = bill(t.Context(), s.Store, "o0", "2026-03-04")
	refused("twice", err, "déjà facturée")
	_, _, err = bill(t.Context(), s.Store, "o1", "2026-03-02")
	refused("an earlier date", err, "antérieur")
	// Past the program, the base itself refuses.
	for _, query := range []string{`UPDATE invoice SET gross = 0`, `DELETE FROM invoice`, `UPDATE invoice SET deleted_at = 'x'`,
		`INSERT INTO invoice(id, version, series, year, count, kind, date, book_order, gross, body) VALUES ('x', 1, 'F', 2026, 3, 'facture', '2026-04-01', 'o1', 0, '{}')`} {
		if _, err := s.writer.Exec(query); !violates(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if again, _ := s.Invoice(t.Context(), v.ID); again.Totals.Gross != kept.Totals.Gross {
		t.Error("the invoice changed")
	}
	settings := *house()
	settings.ClosedUntil = "2026-12-31"
	s.apply(s.put(&settings, AnyVersion))
	_, _, err = bill(t.Context(), s.Store, "o1", "2026-03-05")
	refused("closed", err, "période comptable close")
	if n := unbroken(t, s.Store); n != 1 {
		t.Errorf("%d invoices", n)
	}
	s.sound(t)
}

// A window that read the settings before they were closed is refused too.
func TestAPeriodClosedMeanwhileIsClosed(t *testing.T) {
	s := selling(t, 1)
	o, _ := s.Order(t.Context(), "o0")
	v, err := o.Bill(*house(), "2026-03-05", day0, "Awa")
	if err != nil {
		t.Fatal(err)
	}
	settings := *house()
	settings.ClosedUntil = "2026-03-31"
	s.apply(s.put(&settings, AnyVersion))
	if _, err := s.try(s.put(&o, o.Version), s.put(v, 0)); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "close") {
		t.Errorf("got %v", err)
	}
	if o, _ := s.Order(t.Context(), "o0"); o.State() != order.Transmitted {
		t.Errorf("half done: the order is %s", o.State())
	}
}

func TestTwoWindowsInvoiceAtOnce(t *testing.T) {
	const n = 40
	s := selling(t, n)
	other, err := Open(t.Context(), s.Dir(), Options{Share: true, Now: s.options.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	// Both go through all orders, one from each end: some orders are asked for
	// by both, and each is invoiced once.
	var issued sync.Map
	var wait sync.WaitGroup
	for w, st := range []*Store{s.Store, other} {
		wait.Go(func() {
			for i := range n {
				k := i
				if w == 1 {
					k = n - 1 - i
				}
				id := repertoire.ID(fmt.Sprint("o", k))
				_, _, err := bill(context.Background(), st, id, "2026-03-03")
				if err == nil {
					if _, twice := issued.LoadOrStore(id, w); twice {
						t.Errorf("%s invoiced twice", id)
					}
				} else if kind := repertoire.KindOf(err); kind != repertoire.Refused && kind != repertoire.Conflicting {
					t.Errorf("%s: %v", id, err)
				}
			}
		})
	}
	wait.Wait()
	if got := unbroken(t, s.Store); got != n {
		t.Errorf("%d invoices for %d orders", got, n)
	}
	s.sound(t)
}

func TestStockNeverFallsBelowNothing(t *testing.T) {
	s := selling(t, 0)
	e := order.Edition{ID: "e1", Title: "Répertoire"}
	move := func(id string, n int) repertoire.Op {
		return s.put(&order.Movement{ID: repertoire.ID(id), Edition: e, Quantity: n, Cause: order.Count, Date: "2026-03-02"}, 0)
	}
	run := s.apply(move("m1", 3))
	s.apply(move("m2", -2))
	if _, err := s.try(move("m3", -2)); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "Il manque 1 exemplaire") {
		t.Errorf("got %v", err)
	}
	plan, err := s.PlanUndo(t.Context(), run.Change.ID)
	if err != nil {
		t.Fatal(err)
	}
	c, err := plan.Change("Awa", day0, Overwrite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), c); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("undoing the print run of copies sold: %v", err)
	}
}

// invoiceChildVariable makes this test binary a window that invoices for ever.
const invoiceChildVariable = "REPERTOIRE_STORE_INVOICE_CHILD"

// invoicingChild makes orders and invoices them, saying each number once it is
// promised.
func invoicingChild(dir string) int {
	ctx := context.Background()
	s, err := Open(ctx, dir, Options{})
	for err == nil {
		o := delivered(string(repertoire.NewID()))
		var op repertoire.Op
		if op, err = Put(o, 0); err != nil {
			break
		}
		if _, err = s.Apply(ctx, repertoire.Change{ID: repertoire.NewID(), Author: "enfant", At: day0, Cause: repertoire.CauseEdit,
			Ops: []repertoire.Op{op}}); err != nil {
			break
		}
		var v *order.Invoice
		if v, _, err = bill(ctx, s, o.ID, "2026-03-03"); err != nil {
			break
		}
		kept, e := s.Invoice(ctx, v.ID)
		fmt.Println(kept.Number())
		err = e
	}
	fmt.Println("fail", err)
	return 1
}

// Killed between the number and the document, there is neither or both.
func TestKilledWhileInvoicing(t *testing.T) {
	s := selling(t, 0)
	dir := s.Dir()
	s.Close()
	r := rand.New(rand.NewPCG(9, 9))
	seen := map[string]bool{}
	for range 15 {
		ctx, cancel := context.WithCancel(t.Context())
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = append(os.Environ(), invoiceChildVariable+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		after := 1 + r.IntN(6)
		for i := 0; lines.Scan(); i++ {
			line := lines.Text()
			if strings.HasPrefix(line, "fail") {
				t.Fatal(line)
			}
			if seen[line] {
				t.Fatalf("%s given twice", line)
			}
			seen[line] = true
			if i == after {
				time.AfterFunc(time.Duration(r.IntN(4000))*time.Microsecond, cancel)
			}
		}
		cancel()
		_ = cmd.Wait() // it was killed
		again, err := Open(t.Context(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if n := unbroken(t, again); n < len(seen) {
			t.Fatalf("%d invoices, %d were promised", n, len(seen))
		}
		again.Close()
	}
	if len(seen) < 15 {
		t.Fatalf("only %d invoices were made: the test looks at nothing", len(seen))
	}
}
