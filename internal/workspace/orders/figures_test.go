package orders

import (
	"reflect"
	"testing"

	"repertoire/internal/order"
)

func each[T any](list []T) []order.Alike[T] {
	out := make([]order.Alike[T], len(list))
	for i, x := range list {
		out[i] = order.Alike[T]{Of: x, Times: 1}
	}
	return out
}

// What the base counts in kinds is what counting order by order gives.
func TestFiguresInKindsAreThoseOfEachOrder(t *testing.T) {
	d := sold(t, 80)
	ctx := t.Context()
	if _, err := d.Cancel(ctx, "F2026-0003", "colis perdu", "", true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.TakeBack(ctx, "F2026-0006", Taken{Copies: []int{1, 0}, Reason: "un abîmé"}); err != nil {
		t.Fatal(err)
	}
	free := taken(t, d, OrderDraft{Details: order.Buyer{Name: "Adhérente", Member: true}})
	if _, err := d.Fulfil(ctx, free.Number(), FulfilOptions{}, quiet); err != nil {
		t.Fatal(err)
	}
	owing := taken(t, d, OrderDraft{Details: portBookshop()})
	for _, p := range []order.Payment{{Amount: 500, Means: "chèque"}, {Amount: -100}} {
		if _, err := d.Receive(ctx, owing.Number(), p); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Fulfil(ctx, owing.Number(), FulfilOptions{}, quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Invoice(ctx, owing.Number(), ""); err != nil {
		t.Fatal(err)
	}
	orders, invoices, err := d.everything(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []order.Period{{}, {Since: "2026-02-01", Until: "2026-02-28"}, {Since: "2026-03-01"}, {Until: "2026-01-31"}} {
		want := order.Tally(each(orders), each(invoices), p)
		want.Unpaid = order.Owing(orders, invoices, d.today())
		got, err := d.Figures(ctx, p)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: %v\ngot  %+v\nwant %+v", p, err, got, want)
		}
		if p == (order.Period{}) && (len(want.Unpaid) < 10 || len(want.Revenue) != 2 || want.Sales[0].Free != 1) {
			t.Errorf("the sample tells too little: %+v", want)
		}
	}
}

// A list shows what the orders hold.
func TestRowsAreThoseOfTheOrders(t *testing.T) {
	d := sold(t, 30)
	for _, q := range []OrderQuery{{}, {Text: "F2026-0007"}, {Text: "loire 003"}, {States: []order.State{order.Received}}} {
		rows, err := d.Rows(t.Context(), q)
		list, err2 := d.List(t.Context(), q)
		numbers, err3 := d.Numbers(t.Context())
		if err != nil || err2 != nil || err3 != nil || len(rows) != len(list) || len(rows) == 0 {
			t.Fatalf("%+v: %d rows, %d orders, %v %v %v", q, len(rows), len(list), err, err2, err3)
		}
		for i, o := range list {
			if r := rows[i]; r.ID != o.ID || r.Number() != o.Number() || r.State != o.State() || r.Gross != o.Totals().Gross ||
				r.Buyer != o.Buyer.Name || r.Date != o.Date || r.Invoice != numbers[o.Invoice] || !reflect.DeepEqual(r.Lines(), o.Lines) {
				t.Errorf("%+v is shown as %+v", o, r)
			}
		}
	}
}
