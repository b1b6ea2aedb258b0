package order_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// dayAfter is a day so many days after 2 March 2026.
func dayAfter(n int) repertoire.Date {
	return repertoire.DateOf(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n))
}

// Whatever is paid, refunded and taken back, in whatever order, the sums agree:
// what is due, the credit notes against the invoice, the journal's columns, the
// VAT that falls due.
func TestTheLedgerAddsUpWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(genLine(), 1, 6).Draw(t, "lines")
		for i := range lines {
			lines[i].Quantity = rapid.IntRange(1, 9).Draw(t, "copies")
			lines[i].Format = rapid.SampledFrom([]order.Format{order.Paper, order.Digital}).Draw(t, "format")
			lines[i].Rate = 550
		}
		lines[0].Unit, lines[0].Discount = max(lines[0].Unit, 1), 0
		s := sellingFromParis()
		o := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Delivered: "2026-03-02", Regime: order.RegimeBooks,
			Lines: lines,
			Basis: rapid.SampledFrom([]order.Basis{order.With, order.Without}).Draw(t, "basis"),
			Buyer: order.Buyer{Name: "X", Billing: place("", "59000")}}
		if err := o.Advance(order.Shipped, at, "x", ""); err != nil {
			t.Fatal(err)
		}
		var notes []order.Invoice
		var paid order.Cents
		for day := range rapid.IntRange(1, 12).Draw(t, "days") {
			switch on := dayAfter(day); rapid.SampledFrom([]string{"pay", "pay all", "refund", "bill", "take back"}).Draw(t, "what") {
			case "pay", "refund":
				amount := order.Cents(rapid.Int64Range(-5000, 200000).Draw(t, "amount"))
				if err := o.Receive(s, order.Payment{Date: on, Amount: amount}, at, "x"); err == nil && amount != 0 {
					paid += amount
				} else if err == nil {
					paid = o.Received()
				} else if amount > 0 || paid+amount >= 0 && amount != 0 {
					t.Fatalf("%s: %v", amount.French(), err)
				}
			case "pay all":
				if err := o.Receive(s, order.Payment{Date: on}, at, "x"); err == nil {
					paid = o.Received()
					if o.Invoice != "" && o.Due() != 0 {
						t.Fatalf("all is paid and %s is due", o.Due().French())
					}
				}
			case "bill":
				if o.Invoice == "" {
					v, err := o.Bill(s, on, at, "x")
					if err != nil {
						t.Fatal(err)
					}
					v.Count = 1
					notes = append(notes, *v)
				}
			case "take back":
				if len(notes) == 0 {
					continue
				}
				left := notes[0].Left(notes[1:])
				for i := range left {
					left[i] = rapid.IntRange(0, left[i]).Draw(t, "taken")
				}
				c, err := notes[0].CreditPart(s, notes[1:], left, on, "retour")
				if slices.Max(left) == 0 {
					if err == nil {
						t.Fatal("a credit note of nothing")
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				c.Count = len(notes)
				o.TakeBack(c, at, "x")
				notes = append(notes, *c)
				if _, err := c.CII(); err != nil {
					t.Fatal(err)
				}
			}
			checkLedger(t, o, notes, paid)
		}
		if len(notes) == 0 {
			return
		}
		// What is left is taken back: nothing of the invoice remains, by any sum.
		last := dayAfter(40)
		c, err := o.Cancel(s, &notes[0], last, at, "x", "fin", notes[1:]...)
		if err != nil {
			t.Fatal(err)
		}
		if c != nil {
			c.Count = len(notes)
			notes = append(notes, *c)
		}
		var net, tax, gross order.Cents
		for _, v := range notes {
			net, tax, gross = net+v.Signed(v.Totals.Net), tax+v.Signed(v.Totals.Tax), gross+v.Signed(v.Totals.Gross)
		}
		if net != 0 || tax != 0 || gross != 0 || o.Due() != -paid {
			t.Fatalf("after all is taken back: %d %d %d, due %s of %s paid", net, tax, gross, o.Due().French(), paid.French())
		}
		var due order.Cents
		for _, x := range order.Exigible([]order.Order{o}, notes, order.Period{}) {
			due += x.Tax
		}
		if due != 0 {
			t.Fatalf("%s of VAT is due of nothing", due.French())
		}
	})
}

func checkLedger(t *rapid.T, o order.Order, notes []order.Invoice, paid order.Cents) {
	var billed, tax order.Cents
	for _, v := range notes {
		billed, tax = billed+v.Signed(v.Totals.Gross), tax+v.Signed(v.Totals.Tax)
		var lines, rates, amounts order.Cents
		for i, n := range v.Totals.Lines {
			lines += n
			amounts += v.Lines[i].Amount()
		}
		for _, x := range v.Totals.Rates {
			rates += x.Gross
			if x.Net+x.Tax != x.Gross {
				t.Fatalf("%+v", x)
			}
		}
		if lines != v.Totals.Net || rates != v.Totals.Gross || v.Totals.Net+v.Totals.Tax != v.Totals.Gross || v.Basis == order.With &&
			amounts != v.Totals.Gross || v.Basis == order.Without && amounts != v.Totals.Net {
			t.Fatalf("%s: lines %d, rates %d, amounts %d, %+v", v.Kind, lines, rates, amounts, v.Totals)
		}
	}
	if o.Received() != paid || o.Due() != billed-paid {
		t.Fatalf("received %s of %s, due %s of %s billed", o.Received().French(), paid.French(), o.Due().French(), billed.French())
	}
	if o.Invoice != "" && (o.State() == order.Paid) != (o.Due() <= 0) {
		t.Fatalf("%s with %s due", o.State(), o.Due().French())
	}
	var debit, credit, buyers order.Cents
	entries := map[int]order.Cents{}
	for _, x := range order.Journal([]order.Order{o}, notes, order.Period{}) {
		debit, credit = debit+x.Debit, credit+x.Credit
		entries[x.Entry] += x.Debit - x.Credit
		if x.Account == "411000" {
			buyers += x.Debit - x.Credit
		}
	}
	for n, sum := range entries {
		if sum != 0 {
			t.Fatalf("entry %d is out by %s", n, sum.French())
		}
	}
	if debit != credit || buyers != billed-paid {
		t.Fatalf("journal: %s and %s, the buyer owes %s", debit.French(), credit.French(), buyers.French())
	}
	var due order.Cents
	for _, x := range order.Exigible([]order.Order{o}, notes, order.Period{}) {
		due += x.Tax
	}
	if o.Invoice != "" && paid >= billed && due != tax {
		t.Fatalf("paid, and %s of VAT due of %s", due.French(), tax.French())
	}
}

func TestOneCopyOfTwoIsTakenBack(t *testing.T) {
	v, err := issuedInvoice(order.With, order.RegimeBooks,
		[]order.Line{{Edition: order.Edition{ID: "e", Title: "L"}, Format: order.Paper, Quantity: 2, Unit: 1999, Rate: 550}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := v.CreditPart(order.DefaultSettings(), nil, []int{1}, "2026-03-04", "un exemplaire abîmé")
	if err != nil || c.Totals.Gross != 1999 || c.Lines[0].Quantity != 1 || !c.Partial {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := v.CreditPart(order.DefaultSettings(), []order.Invoice{*c}, []int{2}, "2026-03-04", "encore"); err == nil ||
		!strings.Contains(err.Error(), "il en reste 1") {
		t.Errorf("more than is left: %v", err)
	}
}

func TestPaymentsThatMakeNoSense(t *testing.T) {
	v := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Basis: order.With,
		Lines: []order.Line{{Edition: order.Edition{ID: "e"}, Format: order.Paper, Quantity: 1, Unit: 1000}}}
	s := sellingFromParis()
	for name, p := range map[string]order.Payment{"before the order": {Date: "2020-03-02"},
		"a refund of nothing received": {Date: "2026-03-03", Amount: -1}} {
		refusedAt(t, name, v.Receive(s, p, at, "x"))
	}
	if err := v.Receive(s, order.Payment{Date: "2026-03-03"}, at, "x"); err != nil || v.Received() != 1000 {
		t.Fatalf("a payment before the invoice: %v", err)
	}
	refusedAt(t, "nothing left to pay", v.Receive(s, order.Payment{Date: "2026-03-03"}, at, "x"))
}

// The columns of the FEC are the eighteen of the decree, and each line has them.
func TestTheFECHasItsColumns(t *testing.T) {
	v, err := issuedInvoice(order.With, order.RegimeBooks,
		[]order.Line{{Edition: order.Edition{ID: "e", Title: "L"}, Format: order.Paper, Quantity: 2, Unit: 1999, Rate: 550}})
	if err != nil {
		t.Fatal(err)
	}
	list := order.Journal(nil, []order.Invoice{*v}, order.Period{})
	rows := bytes.Split(bytes.TrimSuffix(order.JournalFEC(list), []byte("\r\n")), []byte("\r\n"))
	if len(rows) != 4 || !bytes.HasPrefix(rows[0], []byte("JournalCode\tJournalLib\tEcritureNum")) {
		t.Fatalf("%s", bytes.Join(rows, []byte("\n")))
	}
	for i, r := range rows {
		if n := bytes.Count(r, []byte("\t")); n != 17 {
			t.Errorf("line %d has %d tabs", i, n)
		}
	}
	if want := "VE\tVentes\t1\t20260303\t411000"; !bytes.HasPrefix(rows[1], []byte(want)) ||
		!bytes.Contains(rows[1], []byte("39,98\t0,00")) {
		t.Errorf("%s", rows[1])
	}
	if got := fmt.Sprint(order.Exigible([]order.Order{{ID: v.Order, Date: "2026-03-02"}}, []order.Invoice{*v},
		order.Period{})); got != "[{2026-03 550 208}]" {
		t.Error(got)
	}
}

// A copy whose share of a discounted cent is nothing is taken back for nothing,
// not for its price.
func TestACopyThatCostNothingIsTakenBackForNothing(t *testing.T) {
	line := func(quantity int, unit order.Cents, off order.Rate) order.Line {
		return order.Line{Edition: order.Edition{ID: "e", Title: "R"}, Format: order.Paper, Quantity: quantity, Unit: unit, Discount: off, Rate: 550}
	}
	s := sellingFromParis()
	o := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Delivered: "2026-03-02", Regime: order.RegimeBooks, Basis: order.With,
		Lines: []order.Line{line(1, 2000, 0), line(2, 1, 2500)}, Buyer: order.Buyer{Name: "X", Billing: place("", "59000")}}
	if err := o.Advance(order.Shipped, at, "x", ""); err != nil {
		t.Fatal(err)
	}
	v, err := o.Bill(s, dayAfter(1), at, "x")
	if err != nil {
		t.Fatal(err)
	}
	v.Count = 1
	first, err := v.CreditPart(s, nil, []int{0, 1}, dayAfter(2), "retour")
	if err != nil {
		t.Fatal(err)
	}
	first.Count = 1
	second, err := v.CreditPart(s, []order.Invoice{*first}, []int{0, 1}, dayAfter(3), "retour")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*order.Invoice{first, second} {
		if c.Lines[0].Amount() != c.Totals.Gross {
			t.Errorf("the line says %s, the note %s", c.Lines[0].Amount().French(), c.Totals.Gross.French())
		}
	}
	if first.Totals.Gross+second.Totals.Gross != v.Lines[1].Amount() {
		t.Errorf("%s and %s taken back of %s", first.Totals.Gross.French(), second.Totals.Gross.French(), v.Lines[1].Amount().French())
	}
}
