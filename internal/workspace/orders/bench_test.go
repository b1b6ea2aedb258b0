package orders

import (
	"path/filepath"
	"testing"

	"repertoire/internal/benching"
	"repertoire/internal/order"
)

// What the counter is asked for, with 10,000 orders in it.
func BenchmarkTenThousandOrders(b *testing.B) {
	d := sold(b, 10_000)
	ctx := b.Context()
	run := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			spent := benching.Start(b)
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			spent.Report()
		})
	}
	run("show", func() error { _, err := d.Get(ctx, "C2026-5000"); return err })
	run("show by invoice", func() error { _, err := d.Get(ctx, "F2026-5000"); return err })
	run("rows", func() error { _, err := d.Rows(ctx, OrderQuery{}); return err })
	run("list", func() error { _, err := d.List(ctx, OrderQuery{}); return err })
	run("search", func() error { _, err := d.Rows(ctx, OrderQuery{Text: "nantes loire 017"}); return err })
	run("search invoice", func() error { _, err := d.Rows(ctx, OrderQuery{Text: "F2026-5000"}); return err })
	run("figures", func() error { _, err := d.Figures(ctx, order.Period{}); return err })
	run("stock", func() error { _, err := d.Stock(ctx); return err })
	run("numbers", func() error { _, err := d.Numbers(ctx); return err })
	run("journal", func() error { _, err := d.Journal(ctx, order.Period{}); return err })
	run("members", func() error { _, err := d.Members(ctx, "mars 2026"); return err })
	run("export", func() error { return d.Export(ctx, OrderQuery{}, false, filepath.Join(b.TempDir(), "c.csv")) })
	run("add", func() error {
		_, err := d.Add(ctx, OrderDraft{Details: order.Buyer{Name: "Commune d’Essai-sur-Loire 003"},
			Items: []OrderItem{{Edition: "mars 2026", Format: order.Digital, Quantity: 1}}})
		return err
	})
}
