package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// A large change that is written lot by lot leaves in every table what the same
// operations leave when they are written one by one: new records, changed ones,
// some that come back from the trash, some that change nothing, one that goes.
func TestLotsWriteWhatOneByOneDoes(t *testing.T) {
	const records = lotSize*2 + 5
	bring := func(s *story) (ops []repertoire.Op) {
		s.lille()
		var there []repertoire.Op
		for i := range 20 {
			there = append(there, s.put(pair(fmt.Sprintf("p-%03d", i*7), "lille", "stlouis"), 0))
		}
		s.apply(there...)
		s.apply(Delete(repertoire.AggPartnership, "p-007", 1), Delete(repertoire.AggPartnership, "p-014", 1))
		for i := range records {
			ops = append(ops, s.put(foreign(fmt.Sprintf("v-%03d", i), fmt.Sprintf("Ville %d", i), "SN"), 0))
		}
		for i := range records {
			p := pair(fmt.Sprintf("p-%03d", i), "lille", fmt.Sprintf("v-%03d", i))
			version := int64(0)
			if i%7 == 0 && i < 140 && i != 7 && i != 14 {
				version = 1
			}
			if i == 21 {
				p = pair("p-021", "lille", "stlouis") // as it was
			}
			p.Themes = []string{"1", "2"}[:i%3]
			if i == 21 {
				p.Themes = nil
			}
			ops = append(ops, s.put(p, version))
		}
		return append(ops, Delete(repertoire.AggPartnership, "p1", 1))
	}
	one, lots := newStory(t), newStory(t)
	ops := bring(one)
	c := one.next(repertoire.CauseImport, "Import")
	c.Ops = ops
	want := one.must(c)
	spool := lots.Spool()
	defer spool.Close()
	for _, op := range bring(lots) {
		done(t, spool.Add(op))
	}
	applied, err := lots.ApplyLarge(t.Context(), spool.Large(lots.next(repertoire.CauseImport, "Import")))
	done(t, err)
	if len(applied.Change.Ops) != len(want.Change.Ops) || len(want.Change.Ops) < 2*records {
		t.Errorf("%d operations, one by one %d", len(applied.Change.Ops), len(want.Change.Ops))
	}
	for _, table := range []string{"authority", "partnership", "partnership_party", "partnership_directory", "partnership_theme",
		"partnership_country", "change", "change_op"} {
		a, b := dump(t, one, table), dump(t, lots, table)
		if !slices.Equal(a, b) {
			for i := range a {
				if i >= len(b) || a[i] != b[i] {
					t.Errorf("%s, row %d of %d and %d:\n%s\n%s", table, i, len(a), len(b), a[i], b[min(i, len(b)-1)])
					break
				}
			}
		}
	}
	lots.sound(t)
}

// dump gives the rows of a table as text.
func dump(t *testing.T, s *story, table string) (out []string) {
	t.Helper()
	rows, err := s.writer.QueryContext(t.Context(), "SELECT * FROM "+table)
	done(t, err)
	names, err := rows.Columns()
	done(t, err)
	done(t, each(rows, func(r *sql.Rows) error {
		cells, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		err := r.Scan(into...)
		var line strings.Builder
		for i, c := range cells {
			fmt.Fprintf(&line, "%s=%q ", names[i], c.String)
		}
		out = append(out, line.String())
		return err
	}))
	slices.Sort(out)
	return out
}
