package store

import (
	"database/sql"
	"strings"

	"repertoire/internal/repertoire"
)

// lotSize is how many operations of a large change are looked up in the base
// together and leave their rows in the tables of links and in the journal
// together: most of what a record costs is the number of statements.
const lotSize = 64

// lotWriter writes the operations of a large change lot by lot.
type lotWriter struct {
	*applier
	size int
	lot  []incoming
	seq  int64
	done []repertoire.Op
	// written is told of new partnerships; may be nil.
	written func(int64, *repertoire.Partnership, func(repertoire.ID) *repertoire.Authority)
}

// add takes an operation; lots are of one kind of record.
func (w *lotWriter) add(in incoming) error {
	if len(w.lot) > 0 && w.lot[0].Aggregate != in.Aggregate {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.lot = append(w.lot, in); len(w.lot) < w.size {
		return nil
	}
	return w.flush()
}

// flush writes the lot at hand.
func (w *lotWriter) flush() error {
	if w.size > 1 && len(w.lot) > 0 {
		if err := w.lookUp(w.lot); err != nil {
			return err
		}
	}
	w.holdFew()
	for _, in := range w.lot {
		op, changed, err := w.write(in)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if w.seq == 0 {
			if w.seq, err = w.journalHead(0); err != nil {
				return err
			}
		}
		if err := w.journalOp(w.seq, len(w.done), op); err != nil {
			return err
		}
		if p, ok := in.asNew.(*repertoire.Partnership); ok && in.absent && w.written != nil {
			w.written(w.seq, p, w.find)
		}
		op.Before, op.After = nil, nil
		w.done = append(w.done, op)
	}
	clear(w.lot)
	w.lot = w.lot[:0]
	return w.writeGathered()
}

// lookUp marks those of a lot that the base has nothing of: they need not be
// read one by one.
func (a *applier) lookUp(lot []incoming) error {
	ids := make([]any, lotSize)
	for i := range ids {
		ids[i] = "" // nobody's
	}
	for i := range lot {
		ids[i] = string(lot[i].ID)
	}
	s, err := a.stmt( //nolint:sqlclosecheck // closed with the transaction
		`SELECT id FROM ` + string(lot[0].Aggregate) + ` WHERE id IN (?` + strings.Repeat(",?", lotSize-1) + `)`)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(a.whole, ids...)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	if err := each(rows, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		there[id] = true
		return err
	}); err != nil {
		return err
	}
	for i := range lot {
		lot[i].absent = !there[string(lot[i].ID)]
	}
	return nil
}

// readIn reads the record of an operation and writes it as it will be when the
// base has none of that ID, which is what an import mostly brings. It looks at
// the operation alone, and may run beside the writing.
func (a *applier) readIn(in *incoming) (err error) {
	if in.record, err = a.understand(in.Op); err != nil || a.received {
		return err
	}
	switch v := in.record.(type) {
	case *repertoire.Partnership:
		fresh := *v
		if err = a.dates(&fresh, current{}); err != nil {
			return err
		}
		in.asNew = &fresh
		if fresh.Created.Equal(v.Created) && fresh.Updated.Equal(v.Updated) {
			in.body = in.After // as Put made it: it would be written the same
			return nil
		}
	case *repertoire.Authority:
		in.asNew = v
	default:
		return nil
	}
	in.body, err = Encode(in.asNew)
	return err
}

// waitingRows are rows of one table that wait to be written together.
type waitingRows struct {
	width int
	args  []any
}

// rowsAtOnce is how many rows one statement writes.
const rowsAtOnce = 16

// insert adds a row to a table; in a large change, with others of its lot. into
// is the statement up to its values.
func (a *applier) insert(into string, args ...any) error {
	if a.gathered == nil {
		_, err := a.exec(into+values(1, len(args)), args...)
		return err
	}
	r := a.gathered[into]
	if r == nil {
		r = &waitingRows{width: len(args)}
		a.gathered[into] = r
	}
	r.args = append(r.args, args...)
	return nil
}

func (a *applier) writeGathered() error {
	for into, r := range a.gathered {
		for rest := r.args; len(rest) > 0; {
			n := rowsAtOnce
			if len(rest) < n*r.width {
				n = 1
			}
			if _, err := a.exec(into+values(n, r.width), rest[:n*r.width]...); err != nil {
				return err
			}
			rest = rest[n*r.width:]
		}
		clear(r.args) // the bodies go
		r.args = r.args[:0]
	}
	return nil
}

// values writes the places of rows of a width.
func values(rows, width int) string {
	row := "(?" + strings.Repeat(",?", width-1) + ")"
	return " VALUES " + row + strings.Repeat(","+row, rows-1)
}
