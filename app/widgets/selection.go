package widgets

import "slices"

// Selection is which rows of a list are picked. It never changes: its methods
// return the next one.
type Selection struct {
	Current int // the row keys move from, -1 for none
	anchor  int
	rows    map[int]bool
	every   int // so many first rows are all picked, without a list of them
}

// NewSelection returns one without any row.
func NewSelection() Selection { return Selection{Current: -1, anchor: -1} }

// Has tells whether row is picked.
func (s Selection) Has(row int) bool { return row >= 0 && row < s.every || s.rows[row] }

// Count is how many rows are picked.
func (s Selection) Count() int {
	if s.every > 0 {
		return s.every
	}
	return len(s.rows)
}

// Every tells whether the rows were picked as a whole, by All.
func (s Selection) Every() bool { return s.every > 0 }

// All picks the n rows of the list; the current one stays so.
func (s Selection) All(n int) Selection {
	return Selection{Current: s.Current, anchor: s.anchor, every: n}
}

// Rows lists the picked rows from the top.
func (s Selection) Rows() []int {
	out := make([]int, 0, s.Count())
	for row := range s.every {
		out = append(out, row)
	}
	for row := range s.rows {
		out = append(out, row)
	}
	slices.Sort(out)
	return out
}

// Only picks row alone; -1 picks none.
func (s Selection) Only(row int) Selection {
	if row < 0 {
		return NewSelection()
	}
	return Selection{Current: row, anchor: row, rows: map[int]bool{row: true}}
}

// Toggled adds row or takes it away, as Ctrl and a click do.
func (s Selection) Toggled(row int) Selection {
	next := Selection{Current: row, anchor: row, rows: map[int]bool{}}
	for _, r := range s.Rows() {
		next.rows[r] = true
	}
	if next.rows[row] && len(next.rows) > 1 {
		delete(next.rows, row)
	} else {
		next.rows[row] = true
	}
	return next
}

// Extended picks everything from the last plainly picked row to row, as Shift
// and a click do.
func (s Selection) Extended(row int) Selection {
	if s.anchor < 0 {
		return s.Only(row)
	}
	next := Selection{Current: row, anchor: s.anchor, rows: map[int]bool{}}
	for r := min(s.anchor, row); r <= max(s.anchor, row); r++ {
		next.rows[r] = true
	}
	return next
}
