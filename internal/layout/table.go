package layout

import (
	"fmt"
	"math"
)

// tableBuilder sets one table.
type tableBuilder struct {
	*builder
	in     Table
	p      place
	origin Origin
	node   *Node
	xs, ws []float64 // left edge and width of each column
	facts  bool
}

// tableBlock sets a table as one box a row; head rows make one box that is
// repeated on the pages the table runs over.
func (b *builder) tableBlock(in Table, p place) {
	origin := originOf(in.Origin, p.origin)
	p.origin = origin
	columns := len(in.Columns)
	for _, rows := range [][]TableRow{in.Head, in.Rows} {
		for _, r := range rows {
			n := 0
			for _, c := range r.Cells {
				n += max(c.Span, 1)
			}
			columns = max(columns, n)
		}
	}
	if columns == 0 {
		return
	}
	if len(in.Caption) > 0 {
		st := b.styleNamed("caption", "small", origin)
		st.keepNext = true
		b.text(in.Caption, st, 0, 0, origin, p, p.node.add("Caption"))
	}
	t := &tableBuilder{builder: b, in: in, p: p, origin: origin, node: p.node.add("Table"), facts: in.Style == "facts"}
	t.measure(columns)
	t.rows()
	b.after = math.Max(b.after, 0.5*b.s.design.grid)
	b.body = false
}

// measure shares the width among columns: fixed widths first, the rest by
// shares. Fixed widths that are too large shrink together, with a warning.
func (t *tableBuilder) measure(n int) {
	fixed, shares := 0.0, 0.0
	col := func(i int) TableColumn {
		if i < len(t.in.Columns) {
			return t.in.Columns[i]
		}
		return TableColumn{}
	}
	share := func(c TableColumn) float64 {
		if c.Share > 0 {
			return c.Share
		}
		return 1
	}
	for i := range n {
		if c := col(i); c.Width > 0 {
			fixed += c.Width
		} else {
			shares += share(c)
		}
	}
	smallest := math.Min(24, t.p.width/float64(n))
	room := t.p.width - fixed
	shrink := 1.0
	if floor := smallest * shares; room < floor-0.01 {
		shrink = math.Max(t.p.width-floor, smallest) / math.Max(fixed, 1)
		room = math.Max(t.p.width-fixed*shrink, 0)
		t.faults = append(t.faults, Warning{Kind: WarnCut, Page: -1, Origin: t.origin,
			Message: fmt.Sprintf("Le tableau demande %.0f points de large et la colonne n’en a que %.0f ; ses colonnes ont été resserrées.",
				fixed+floor, t.p.width)})
	}
	x := 0.0
	for i := range n {
		c := col(i)
		w := c.Width * shrink
		if c.Width <= 0 {
			w = room * share(c) / shares
		}
		t.xs, t.ws = append(t.xs, x), append(t.ws, w)
		x += w
	}
}

func (t *tableBuilder) rows() {
	d := &t.s.design
	ink, hair := d.colors["accent"], d.colors["hairline"]
	var mark *tableMark
	var head vbox
	if len(t.in.Head) > 0 {
		for i, r := range t.in.Head {
			v := t.row(r, true, i)[0]
			head.absorb(v, 0, head.height)
			head.height += v.height
		}
		head.frags = append(head.frags, frag{path: hline(t.p.width, d.table.headRule, ink)},
			frag{y: head.height, path: hline(t.p.width, d.table.rule, ink)})
		copyOf := artifact(head)
		mark = &tableMark{head: &copyOf}
	}
	first := true
	before := 0.5 * d.grid
	if t.in.Bare {
		before = 0
		t.keep = t.keep || len(t.boxes) > 0
	}
	push := func(v vbox, cost float64) {
		v.table = mark
		v.opensTab = first
		gap := 0.0
		if first {
			gap = before
		}
		keep := t.keep
		t.push(v, gap, t.p)
		if !first && !keep {
			t.boxes[len(t.boxes)-1].cost = math.Max(cost, t.boxes[len(t.boxes)-1].cost)
		}
		first = false
	}
	if mark != nil {
		push(head, 0)
	}
	total := 0
	for i, r := range t.in.Rows {
		slices := t.row(r, false, i)
		for k := range slices {
			v := &slices[k]
			if t.facts && i == 0 && k == 0 {
				v.frags = append(v.frags, frag{path: hline(t.p.width, d.table.rule, hair)})
			}
			width := d.table.rule
			color := hair
			if i == len(t.in.Rows)-1 && k == len(slices)-1 && !t.facts {
				width, color = d.table.headRule, ink
			}
			if !t.in.Bare {
				v.frags = append(v.frags, frag{y: v.height, path: hline(t.p.width, width, color)})
			}
			cost := float64(costTable)
			// Neither the first row alone under its head nor the last one
			// alone on a page.
			switch {
			case total == 0 && mark != nil, t.in.Bare && total < 12:
				cost = costNever
			case total == 1 || i == len(t.in.Rows)-1:
				cost = 400
			}
			if k > 0 {
				cost = 4000
			}
			push(*v, cost)
			total++
		}
	}
}

// row sets a row as one box, or as slices when it is higher than a page.
func (t *tableBuilder) row(r TableRow, head bool, index int) []vbox {
	d := &t.s.design
	tr := t.node.add("TR")
	padX, padY := d.table.padX, d.table.padY
	if t.in.Bare {
		padY = 0.2 * padY
	}
	var cells [][]vbox
	var xs []float64
	c := 0
	for _, cell := range r.Cells {
		if c >= len(t.ws) {
			break
		}
		span := min(max(cell.Span, 1), len(t.ws)-c)
		w := 0.0
		for i := c; i < c+span; i++ {
			w += t.ws[i]
		}
		// The outer edges of a table without vertical rules align with the
		// text: no padding there.
		left, right := padX, padX
		if c == 0 {
			left = 0
		}
		if c+span == len(t.ws) {
			right = 0
		}
		header := head || cell.Header
		p := t.p
		p.cell, p.width = true, math.Max(w-left-right, 8)
		p.style, p.align = t.cellStyle(header, head), AlignDefault
		if c < len(t.in.Columns) {
			p.align = t.in.Columns[c].Align
		}
		p.node = tr.add("TD")
		if header {
			p.node.Role, p.node.Scope = "TH", "Row"
			if head {
				p.node.Scope = "Column"
			}
		}
		if span > 1 {
			p.node.Span = span
		}
		cells = append(cells, t.sub(cell.Blocks, p))
		xs = append(xs, t.xs[c]+left)
		c += span
	}
	limit := t.full*0.9 - 2*padY
	slices := abreast(cells, xs, limit)
	for i := range slices {
		v := &slices[i]
		h := v.height
		v.shift(0, padY)
		v.height = h + 2*padY
		if h == 0 {
			v.height = d.styles["table"].leading + 2*padY
		}
		if d.table.stripe != "" && index%2 == 1 && !head {
			v.frags = append([]frag{{path: rect(t.p.width, v.height, d.colors[d.table.stripe])}}, v.frags...)
		}
		v.snap = false
	}
	return slices
}

func (t *tableBuilder) cellStyle(header, head bool) Style {
	switch {
	case head:
		return "table-head"
	case t.facts && header:
		return "facts-label"
	case t.facts:
		return "facts"
	case header:
		return "table"
	case t.in.Style != "" && t.in.Style != "table" && t.s.design.HasStyle(t.in.Style):
		return t.in.Style
	}
	return "table"
}

// artifact copies a box for repetition: no element, no anchor, no field, so
// that a reader hears it once.
func artifact(v vbox) vbox {
	out := vbox{height: v.height, baseline: v.baseline, frags: make([]frag, len(v.frags))}
	for i, f := range v.frags {
		f.spans, f.infos, f.node, f.link = nil, nil, nil, nil
		out.frags[i] = f
	}
	return out
}
