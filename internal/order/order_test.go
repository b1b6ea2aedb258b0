package order_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func genLine() *rapid.Generator[order.Line] {
	return rapid.Custom(func(t *rapid.T) order.Line {
		return order.Line{Edition: order.Edition{ID: "e", Title: "R"}, Format: order.Paper,
			Quantity: rapid.IntRange(1, order.MaxQuantity).Draw(t, "quantity"),
			Unit:     order.Cents(rapid.Int64Range(0, int64(order.MaxUnit)).Draw(t, "unit")),
			Discount: order.Rate(rapid.IntRange(0, 10000).Draw(t, "discount")),
			Rate:     rapid.SampledFrom([]order.Rate{0, 210, 550, 1000, 2000}).Draw(t, "rate")}
	})
}

// Whatever is sold, sums agree to the cent and VAT is within half a cent of the
// exact one, a rate at a time.
func TestTotalsAgreeToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(genLine(), 1, order.MaxLines).Draw(t, "lines")
		basis := rapid.SampledFrom([]order.Basis{order.With, order.Without}).Draw(t, "basis")
		total := order.Total(basis, lines)
		var agreed, net, tax, gross, byLine order.Cents
		for i, l := range lines {
			agreed += l.Amount()
			byLine += total.Lines[i]
			if l.Amount() < 0 || l.Amount() > l.Full() || l.Off()+l.Amount() != l.Full() || total.Lines[i] < 0 ||
				total.Lines[i] > l.Amount() {
				t.Fatalf("line %+v: %d, %d without VAT", l, l.Amount(), total.Lines[i])
			}
		}
		for _, v := range total.Rates {
			if v.Net+v.Tax != v.Gross {
				t.Fatalf("%+v", v)
			}
			// Exact in integers: |2·(gross·rate − tax·(100 % + rate))| ≤ 100 % + rate.
			exact := 2 * (int64(v.Gross)*int64(v.Rate) - int64(v.Tax)*int64(10000+v.Rate))
			if basis == order.Without {
				exact = 2 * (int64(v.Net)*int64(v.Rate) - int64(v.Tax)*10000)
			}
			if limit := int64(10000 + v.Rate); exact > limit || exact < -limit {
				t.Fatalf("VAT %+v is off", v)
			}
			net, tax, gross = net+v.Net, tax+v.Tax, gross+v.Gross
		}
		if net != total.Net || tax != total.Tax || gross != total.Gross || byLine != total.Net || net+tax != gross {
			t.Fatalf("sums: %+v, lines %d", total, byLine)
		}
		if basis == order.With && gross != agreed || basis == order.Without && net != agreed {
			t.Fatalf("agreed %d, %+v", agreed, total)
		}
	})
}

func TestTotalsByHand(t *testing.T) {
	line := func(n int, unit order.Cents, rate, off order.Rate) order.Line {
		return order.Line{Quantity: n, Unit: unit, Rate: rate, Discount: off}
	}
	for _, c := range []struct {
		name            string
		basis           order.Basis
		lines           []order.Line
		net, tax, gross order.Cents
	}{
		{"a book at 25 €", order.With, []order.Line{line(1, 2500, 550, 0)}, 2370, 130, 2500},
		{"three, rounded once", order.With, []order.Line{line(1, 2500, 550, 0), line(1, 2500, 550, 0), line(1, 2500, 550, 0)}, 7109, 391,
			7500},
		{"postage at 20 %", order.With, []order.Line{line(1, 2500, 550, 0), line(1, 890, 2000, 0)}, 3112, 278, 3390},
		{"before VAT", order.Without, []order.Line{line(3, 2370, 550, 0)}, 7110, 391, 7501},
		{"half a cent goes up", order.Without, []order.Line{line(1, 10, 500, 0)}, 10, 1, 11},
		{"5 % off", order.With, []order.Line{line(1, 1050, 550, 500)}, 945, 52, 997},
		{"exempt", order.With, []order.Line{line(2, 1234, 0, 0)}, 2468, 0, 2468},
		{"free", order.With, []order.Line{line(2, 0, 550, 0)}, 0, 0, 0},
	} {
		if got := order.Total(c.basis, c.lines); got.Net != c.net || got.Tax != c.tax || got.Gross != c.gross {
			t.Errorf("%s: %d + %d = %d, want %d + %d = %d", c.name, got.Net, got.Tax, got.Gross, c.net, c.tax, c.gross)
		}
	}
}

func TestAmountsAsWritten(t *testing.T) {
	for c, want := range map[order.Cents]string{0: "0,00\u00a0€", 5: "0,05\u00a0€", 123450: "1\u202f234,50\u00a0€", -990: "−9,90\u00a0€"} {
		if got := c.French(); got != want {
			t.Errorf("%d: %q", c, got)
		}
		if back, err := order.ParseCents(strings.Replace(c.Comma(), "−", "-", 1)); err != nil || back != c {
			t.Errorf("%d reads back as %d, %v", c, back, err)
		}
	}
	for _, bad := range []string{"", "douze", "1,234", "10 USD", "1e5", "99999999999999999999"} {
		if c, err := order.ParseCents(bad); err == nil {
			t.Errorf("%q is %d", bad, c)
		}
	}
	for s, want := range map[string]order.Rate{"5,5": 550, "5.50 %": 550, "20": 2000, "0": 0, "100": 10000} {
		if got, err := order.ParseRate(s); err != nil || got != want {
			t.Errorf("%q: %d, %v", s, got, err)
		}
	}
	for _, bad := range []string{"", "-1", "100,01", "101", "5,555", "x"} {
		if r, err := order.ParseRate(bad); err == nil {
			t.Errorf("%q is %d", bad, r)
		}
	}
}

func TestThePriceThatSaysMostWins(t *testing.T) {
	s := order.DefaultSettings()
	s.Prices = []order.Price{{Format: order.Paper, Unit: 1}, {Format: order.Paper, For: order.Members, Unit: 2},
		{Directory: "sn", Format: order.Paper, Unit: 3},
		{Edition: "e", Format: order.Paper, Unit: 4}, {Edition: "e", Format: order.Paper, For: order.NonMembers, Unit: 5},
		{Format: order.Digital, For: order.Members}}
	for _, c := range []struct {
		edition, directory string
		member             bool
		want               order.Cents
	}{{"x", "mg", false, 1}, {"x", "mg", true, 2}, {"x", "sn", true, 3}, {"e", "sn", true, 4}, {"e", "sn", false, 5}} {
		got, _, err := s.PriceOf(order.Edition{ID: repertoire.ID(c.edition), Directory: c.directory}, order.Paper, c.member)
		if err != nil || got != c.want {
			t.Errorf("%+v: %d, %v", c, got, err)
		}
	}
	if _, _, err := s.PriceOf(order.Edition{ID: "x"}, order.Digital, false); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("no price: %v", err)
	}
	s.Postage = []order.PostageStep{{Copies: 5, Cost: 900}, {Copies: 1, Cost: 400}}
	for copies, want := range map[int]order.Cents{0: 0, 1: 400, 2: 900, 5: 900, 6: 1300, 12: 2700, 15: 2700} {
		if got := s.PostageOf(copies); got != want {
			t.Errorf("postage of %d: %d, want %d", copies, got, want)
		}
	}
}

// Any row of deeds leaves the order in a state of its life, dated in order, and
// never delivered, invoiced or paid without what comes before.
func TestStatesFollowTheirPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := order.Order{Steps: []order.Step{{State: order.Received, At: at}}}
		rank := map[order.State]int{order.Received: 0, order.Confirmed: 1, order.Preparing: 2, order.Transmitted: 3, order.Invoiced: 4,
			order.Paid: 5, order.Cancelled: 6}
		for range 12 {
			to := rapid.SampledFrom([]order.State{order.Received, order.Confirmed, order.Preparing, order.Shipped, order.Transmitted,
				order.Invoiced, order.Paid, order.Cancelled}).Draw(t, "to")
			before := len(o.Steps)
			if err := o.Advance(to, at, "x", ""); err != nil {
				if len(o.Steps) != before || repertoire.KindOf(err) != repertoire.Refused {
					t.Fatalf("refused, yet changed: %v", err)
				}
			}
		}
		for i := 1; i < len(o.Steps); i++ {
			a, b := o.Steps[i-1].State, o.Steps[i].State
			if a == order.Cancelled || rank[b] <= rank[a] || b != order.Cancelled && rank[b] != rank[a]+1 {
				t.Fatalf("%s leads to %s", a, b)
			}
		}
	})
}

func TestSettingsThatCouldNotServe(t *testing.T) {
	for name, change := range map[string]func(*order.Settings){
		"regime": func(s *order.Settings) { s.Regime = "x" }, "basis": func(s *order.Settings) { s.Basis = "" },
		"rate":   func(s *order.Settings) { s.BookRate = 10001 },
		"seller": func(s *order.Settings) { s.Seller.SIREN = "123456789" }, "due": func(s *order.Settings) { s.DueDays = 90 },
		"same series": func(s *order.Settings) { s.CreditSeries = "F" }, "series": func(s *order.Settings) { s.InvoiceSeries = "F-1" },
		"closed":  func(s *order.Settings) { s.ClosedUntil = "2026-02" },
		"price":   func(s *order.Settings) { s.Prices = []order.Price{{Format: "x"}} },
		"postage": func(s *order.Settings) { s.Postage = []order.PostageStep{{Copies: 0}} },
		"stock":   func(s *order.Settings) { s.LowStock = -1 },
	} {
		s := order.DefaultSettings()
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		change(&s)
		if err := s.Check(); repertoire.KindOf(err) != repertoire.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := order.DefaultSettings()
	if err := s.Ready(); err == nil || !strings.Contains(err.Error(), "le nom, l’adresse, le SIREN, le numéro de TVA") {
		t.Errorf("no seller: %v", err)
	}
}

func TestMembershipHasItsPeriod(t *testing.T) {
	b := order.Buyer{Member: true, MemberFrom: "2026", MemberUntil: "2026-06-30"}
	for day, want := range map[repertoire.Date]bool{"2025-12-31": false, "2026-01-01": true, "2026-06-30": true, "2026-07-01": false} {
		if b.MemberOn(day) != want {
			t.Errorf("%s: %v", day, !want)
		}
	}
	if (order.Buyer{MemberFrom: "2020"}).MemberOn("2026-01-01") {
		t.Error("a stranger is a member")
	}
}

// A name that a spreadsheet would run is text.
func TestExportsRunNothing(t *testing.T) {
	o := order.Order{Year: 2026, Count: 1, Date: "2026-03-02", Buyer: order.Buyer{Name: `=HYPERLINK("http://x")`}, Reference: "-2+3",
		Commitment: "+33"}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(order.OrdersCSV([]order.Order{o}, nil), []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range rows[1] {
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
			t.Errorf("%q runs", cell)
		}
	}
}
