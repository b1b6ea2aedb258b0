package exchange

import (
	"context"

	"repertoire/internal/reference"
)

// rowLot is some rows, with what their French names may mean.
type rowLot struct {
	rows  []TableRow
	meant map[reference.Mention]reference.Answer
}

// lotOfRows is how many rows are read together; fewer than manyEnough are not
// worth a second processor.
const (
	lotOfRows  = 64
	manyEnough = 1000
)

// rowsAhead gives the rows of the table in order. Those of a long one are read,
// and their names looked up, on another processor while the ones before are
// worked on.
func (p *planner) rowsAhead(ctx context.Context, yield func(TableRow) error) error {
	if p.table.Count < manyEnough {
		return p.table.Each(ctx, yield)
	}
	ctx, stop := context.WithCancel(ctx)
	lots := make(chan rowLot, 1)
	var failed error // of the reading; seen once lots is closed
	go func() {
		defer close(lots)
		failed = p.readLots(ctx, lots)
	}()
	var err error
	for lot := range lots {
		p.resolver.meant = lot.meant
		for _, row := range lot.rows {
			if err == nil {
				err = yield(row)
			}
		}
		if err != nil {
			stop() // what is on its way is let go by
		}
	}
	stop()
	p.resolver.meant = nil
	if err == nil {
		err = failed
	}
	return err
}

// readLots hands over the rows of the table lot by lot.
func (p *planner) readLots(ctx context.Context, lots chan<- rowLot) error {
	f := foresight{planner: p, asked: map[frenchCell]bool{}}
	var lot rowLot
	hand := func() error {
		select {
		case lots <- lot:
			lot = rowLot{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := p.table.Each(ctx, func(row TableRow) error {
		if lot.rows == nil {
			lot = rowLot{make([]TableRow, 0, lotOfRows), map[reference.Mention]reference.Answer{}}
		}
		lot.rows = append(lot.rows, row)
		if !p.again {
			f.see(row, lot.meant)
		}
		if len(lot.rows) < lotOfRows {
			return nil
		}
		return hand()
	})
	if err == nil && len(lot.rows) > 0 {
		err = hand()
	}
	return err
}

// foresight looks up the French names of rows before they are asked for. It
// reads the table, the columns and the resolver only, and leaves what is not
// plain to whoever asks.
type foresight struct {
	*planner
	asked map[frenchCell]bool
}

// manyAsked bounds the names that are remembered as looked up.
const manyAsked = 4_000

func (f *foresight) see(row TableRow, meant map[reference.Mention]reference.Answer) {
	q := frenchCell{loneName(f.text(row, FieldFrench)), loneName(f.text(row, FieldINSEE)), loneName(f.text(row, FieldSIREN)),
		loneName(f.text(row, FieldLevel)), loneName(f.text(row, FieldDepartement))}
	if q.name+q.insee+q.siren == "" || f.asked[q] {
		return
	}
	if len(f.asked) >= manyAsked {
		clear(f.asked)
	}
	f.asked[q] = true
	if m, _, reason := frenchMention(&q); reason == "" {
		meant[m] = f.resolver.Resolver.Who(m)
	}
}

// loneName is the one name of a cell, "" when it holds several or none.
func loneName(cell string) string {
	if list := namesIn(splitBars(cell)); len(list) == 1 {
		return list[0]
	}
	return ""
}
