//go:build unix

package sharing

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// fate dumps the server now and then, and restores it from the dump later: all
// that was written meanwhile is forgotten there.
func (m *model) fate(step int) {
	switch n := m.IntN(100); {
	case m.dumped == 0 && n < 4:
		m.server.Exec(m.name, `CREATE SCHEMA dump;`+m.each(`CREATE TABLE dump.% AS TABLE repertoire.%;`))
		m.dumped = step + 1
	case m.dumped > 0 && step > m.dumped+5 && m.restored < 2 && n < 5:
		m.restored++
		m.server.Exec(m.name, m.each(`TRUNCATE repertoire.% CASCADE;`)+m.each(`INSERT INTO repertoire.% TABLE dump.%;`))
		switch m.IntN(6) {
		case 0: // a disk set back, which nobody sees
			m.reckless = true
		case 1: // an administrator says it
			m.desks[0].must(m.desks[0].base.MarkRestored(m.t.Context()))
		default: // a dump loaded again
			m.server.Exec(m.name, `UPDATE repertoire.head SET home = home || '*'`)
		}
	}
}

// each makes a statement for every table of the shared base.
func (m *model) each(statement string) string {
	var all strings.Builder
	for _, t := range []string{"version", "head", "journal", "touch", "record", "blob", "piece", "desk", "presence", "counter", "file"} {
		all.WriteString(strings.ReplaceAll(statement, "%", t))
	}
	return all.String()
}

// invoice invoices an order that waits for it, or takes a new one.
func (d *modelDesk) invoice() {
	ctx := d.m.t.Context()
	all, err := d.store.Orders(ctx, store.OrderQuery{})
	d.must(err)
	all = slices.DeleteFunc(all, func(o order.Order) bool { return o.Invoice != "" })
	if len(all) == 0 || d.m.IntN(3) == 0 {
		all = append(all, d.takeOrder())
	}
	if !d.online {
		return
	}
	o := all[d.m.IntN(len(all))]
	v, err := d.bill(o)
	if v != nil && err == nil {
		return
	}
	if errors.Is(err, share.ErrForked) || share.Unreachable(err) {
		return
	}
	if known, ok := errors.AsType[*repertoire.Error](err); !ok || known.Kind != repertoire.Refused && known.Kind != repertoire.Conflicting {
		d.must(err)
	}
	if r, err := d.base.Restoration(ctx); err == nil && r.Waiting() {
		d.m.refused++
		if d.m.IntN(8) == 0 {
			d.must(d.base.AcceptRestored(ctx, "poste"))
			d.m.reckless = true
		}
	}
}

func (d *modelDesk) takeOrder() order.Order {
	now := d.m.now(&modelDesk{})
	o := anOrder(repertoire.NewID(), repertoire.DateOf(now))
	d.must(o.Advance(order.Transmitted, now, "Awa", ""))
	c := d.change(repertoire.CauseEdit, "commande")
	put(&c, o, 0)
	d.apply(c)
	taken, err := d.store.Order(d.m.t.Context(), o.ID)
	d.must(err)
	return taken
}

// bill issues an invoice through the server; nil when it was refused.
func (d *modelDesk) bill(o order.Order) (*order.Invoice, error) {
	ctx := d.m.t.Context()
	now := d.m.now(&modelDesk{})
	settings, err := d.store.SalesSettings(ctx)
	if err != nil {
		return nil, err
	}
	v, err := o.Bill(settings, repertoire.DateOf(now), now, "Awa")
	if err != nil {
		return nil, err
	}
	c := d.change(repertoire.CauseEdit, "Facture")
	put(&c, v, 0)
	put(&c, &o, o.Version)
	desk := d.desk()
	applied, err := desk.issue(ctx, c)
	if err != nil || applied.Seq == 0 {
		return nil, err
	}
	issued, err := d.store.Invoice(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	for id, number := range d.m.issued {
		if number == issued.Number() && !d.m.reckless {
			d.m.t.Errorf("%s was given to %s and to %s", number, id, issued.ID)
		}
	}
	d.m.issued[issued.ID] = issued.Number()
	d.m.invoices++
	return &issued, nil
}

// countDocuments holds every desk's documents against what was issued.
func (m *model) countDocuments() {
	ctx := m.t.Context()
	for _, d := range m.desks {
		all, err := d.store.Invoices(ctx, "", "")
		d.must(err)
		there, bears := map[repertoire.ID]string{}, map[string]int{}
		for _, v := range all {
			there[v.ID] = v.Number()
			bears[v.Number()]++
		}
		for id, number := range m.issued {
			if there[id] != number {
				m.t.Errorf("desk %d: invoice %s was issued as %s and is %q here", d.n, id, number, there[id])
			}
		}
		twice, err := d.store.DoubleNumbers(ctx)
		d.must(err)
		found := fmt.Sprint(twice)
		for number, n := range bears {
			if n < 2 {
				continue
			}
			if d == m.desks[0] {
				m.doubles++
			}
			if !m.reckless || !strings.Contains(found, "le numéro "+number) {
				m.t.Errorf("desk %d: %s stands on %d invoices; told: %s", d.n, number, n, found)
			}
		}
	}
}
