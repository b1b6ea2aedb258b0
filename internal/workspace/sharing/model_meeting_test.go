//go:build unix

package sharing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// meet brings all desks together and looks at what each has.
func (m *model) meet() {
	ctx := m.t.Context()
	for {
		moved := 0
		for _, d := range m.desks {
			out, err := d.sync()
			if err != nil && share.Unreachable(err) {
				out, err = d.sync()
				moved++
			}
			if errors.Is(err, share.ErrForked) && m.dumped > 0 {
				moved++
				continue
			}
			d.must(err)
			moved += out.Sent + out.Received
		}
		if moved == 0 {
			break
		}
	}
	m.countDocuments()
	shared := m.sharedWords(ctx)
	for _, d := range m.desks {
		if n, err := d.store.Waiting(ctx); err != nil || n > 0 {
			m.t.Errorf("desk %d: %d changes still wait (%v)", d.n, n, err)
		}
		same, different, err := (&Desk{Store: d.store, Base: d.base}).Compare(ctx)
		d.must(err)
		if len(different) > 0 || same == 0 {
			m.t.Errorf("desk %d: %d records the same as on the server, %d not: %v", d.n, same, len(different), different)
			for _, x := range different {
				m.t.Log(d.rowsOf(x.Record))
			}
		}
		disputes, err := d.store.Disputes(ctx)
		d.must(err)
		var offered strings.Builder
		for _, x := range disputes {
			offered.Write(x.Mine)
		}
		for at, token := range d.said {
			if !strings.Contains(shared, token) && !strings.Contains(offered.String(), token) {
				m.t.Errorf("desk %d saved %s (%s of %s): it is neither in the shared journal nor in a dispute\n%s", d.n, token, at.field,
					at.record, d.story(at.record, token))
			}
		}
	}
}

// sharedWords is all that the shared journal ever held.
func (m *model) sharedWords(ctx context.Context) string {
	var all strings.Builder
	l, err := m.desks[0].store.Link(ctx)
	m.desks[0].must(err)
	head, hash := int64(0), []byte(nil)
	for {
		rows, last, err := m.desks[0].base.Pull(ctx, l.Lineage, head, hash)
		m.desks[0].must(err)
		for _, r := range rows {
			head, hash = r.Number, r.Hash
			for _, op := range r.Change.Ops {
				all.Write(op.After)
			}
		}
		if head == last {
			return all.String()
		}
	}
}

// rowsOf tells what the shared journal has of a record, and what the desk has, for
// a failure.
func (d *modelDesk) rowsOf(id repertoire.ID) string {
	ctx := d.m.t.Context()
	var b strings.Builder
	l, err := d.store.Link(ctx)
	d.must(err)
	head, hash := int64(0), []byte(nil)
	var aggregate repertoire.Aggregate
	for {
		rows, last, err := d.base.Pull(ctx, l.Lineage, head, hash)
		d.must(err)
		for _, r := range rows {
			head, hash = r.Number, r.Hash
			for _, op := range r.Change.Ops {
				if op.ID == id {
					aggregate = op.Aggregate
					fmt.Fprintf(&b, "  row %d of desk %s, %s %s %q: %s\n", r.Number, r.Desk[30:], r.Change.ID[30:], r.Change.Cause, r.Change.Label, op.After)
				}
			}
		}
		if head == last {
			break
		}
	}
	history, err := d.store.History(ctx, aggregate, id)
	d.must(err)
	for _, h := range history {
		fmt.Fprintf(&b, "  here %d %s %s %q: %s\n", h.Seq, h.ID[30:], h.Cause, h.Label, h.Op.After)
	}
	err = d.store.EachBody(ctx, func(x store.Body) error {
		if x.ID == id {
			fmt.Fprintf(&b, "  now, trashed %v: %s\n", x.Trashed, x.JSON)
		}
		return nil
	})
	d.must(err)
	fmt.Fprintf(&b, "  this desk is %s\n", l.Desk[30:])
	return b.String()
}

func (m *model) close() {
	for _, d := range m.desks {
		d.base.Close()
		_ = d.store.Close()
	}
}

// story tells what a desk's journal has of a record, for a failure.
func (d *modelDesk) story(id repertoire.ID, token string) string {
	history, err := d.store.History(d.m.t.Context(), repertoire.AggPartnership, id)
	d.must(err)
	var b strings.Builder
	for _, h := range history {
		fmt.Fprintf(&b, "  %4d %s %-14s %q before:%v after:%v %s nil:%v\n", h.Seq, h.ID[14:], h.Author+" "+string(h.Cause), h.Label,
			strings.Contains(string(h.Op.Before), token), strings.Contains(string(h.Op.After), token), h.Op.Aggregate, h.Op.After == nil)
	}
	disputes, err := d.store.Disputes(d.m.t.Context())
	d.must(err)
	for _, x := range disputes {
		if x.Record == id {
			fmt.Fprintf(&b, "  dispute %s %s %q mine %.300s theirs %.300s\n", x.Change, x.Kind, x.Field, x.Mine, x.Theirs)
		}
	}
	return b.String()
}
