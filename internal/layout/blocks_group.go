package layout

import "math"

// group sets an entry, a box or a plain run of blocks.
func (b *builder) group(in Group, p place) {
	p.origin = originOf(in.Origin, p.origin)
	node := p.node.add("Sect")
	node.Title = in.Title
	if in.NewPage {
		b.force = max(b.force, forcePage)
	} else if in.Apart {
		b.force = max(b.force, forceApart)
	}
	if in.Tab != nil {
		b.tab = in.Tab
	}
	if in.Anchor != "" {
		b.anchors = append(b.anchors, in.Anchor)
	}
	if in.Running != "" {
		b.marks = append(b.marks, runMark{text: in.Running, entry: true})
	}
	inner := p
	inner.node = node
	boxed := in.Role == "box" || in.Role == "sidebar" || in.Role == "quote"
	pad := 0.0
	if boxed {
		pad = b.s.design.box.pad
		inner.width -= 2 * pad
		inner.cell = true
	}
	start := len(b.boxes)
	if boxed {
		b.box(in, p, inner, pad)
	} else {
		b.body = false
		b.blocks(in.Blocks, inner)
	}
	b.flush(inner)
	boxes := b.boxes[start:]
	if len(boxes) == 0 {
		return
	}
	// A hairline parts entries; none under a title.
	boxes[0].rule = in.Role == "entry" && boxes[0].cost < costNever
	if in.Role == "card" {
		keepCard(boxes, b.full)
	}
	if in.Keep && stackHeight(boxes) <= b.full {
		for i := 1; i < len(boxes); i++ {
			if boxes[i].force == forceNone {
				boxes[i].cost = costNever
			}
		}
	}
	if in.Head != "" {
		mark := &groupMark{head: b.suite(in.Head, p)}
		for i := range boxes {
			if boxes[i].group == nil {
				boxes[i].group = mark
				boxes[i].opens = i == 0
			}
		}
	}
}

// keepCard keeps a small card whole; of a larger one, what opens it stays with
// its first lines and the last lines with its end. To part it between is better
// than a page that stays white by half.
func keepCard(boxes []vbox, full float64) {
	whole := stackHeight(boxes) <= cardWhole*full
	for i := 1; i < len(boxes); i++ {
		if boxes[i].force != forceNone {
			continue
		}
		if whole || i < 4 || i > len(boxes)-4 {
			boxes[i].cost = costNever
		}
		boxes[i].cost += costCard
	}
}

const (
	cardWhole = 0.22
	costCard  = 90.0 // a card goes over to the next page
)

// suite is the head shown on the pages a group runs over.
func (b *builder) suite(head string, p place) *vbox {
	st := b.styleNamed("suite", "small", p.origin)
	para := b.s.paragraph(paraInput{text: []Inline{Text{Text: head + " " + b.s.design.rules.suite, NoHyphen: true}}, style: st,
		measure: p.width, lang: b.plan.lang})
	v := vbox{}
	y := 0.0
	for _, l := range para.lines {
		v.frags = append(v.frags, frag{y: y + baselineIn(st), line: l})
		y += st.leading
	}
	// Whole lines of the grid, so that what follows stands on it.
	g := b.s.design.grid
	v.height = math.Ceil((y+st.after-0.01)/g) * g
	v.frags = append(v.frags, frag{y: y + 1, path: hline(p.width, b.s.design.table.rule, b.s.design.colors["hairline"])})
	return &v
}

// box sets blocks over a tint, with a coloured bar on the outer edge.
func (b *builder) box(in Group, p, inner place, pad float64) {
	boxes := b.sub(in.Blocks, inner)
	if len(boxes) == 0 {
		return
	}
	d := &b.s.design
	back := &backdrop{w: p.width, pad: pad, fill: d.colors[d.box.fill], bar: d.box.bar, barColor: d.colors["accent"]}
	over := pad
	if in.Role == "quote" {
		back.fill, over = Color{None: true}, 0
	}
	for i := range boxes {
		boxes[i].shift(pad, 0)
		boxes[i].backdrop = back
	}
	first, last := &boxes[0], &boxes[len(boxes)-1]
	first.shift(0, over)
	first.height += over
	if first.backdrop != back {
		first.backdrop = back
	}
	last.height += over
	first.before = d.grid
	for _, v := range boxes {
		v.backdrop, v.snap = back, false
		b.pushAsIs(v, p)
	}
	b.after = d.grid
}

// side sets cells next to one another, as one piece when it fits on a page.
func (b *builder) side(in Side, p place) {
	if len(in.Cells) == 0 {
		return
	}
	gap := in.Gap
	if gap == 0 {
		gap = b.s.design.rules.gutter
	}
	shares, sum := make([]float64, len(in.Cells)), 0.0
	for i := range in.Cells {
		shares[i] = 1
		if i < len(in.Shares) && in.Shares[i] > 0 {
			shares[i] = in.Shares[i]
		}
		sum += shares[i]
	}
	room := p.width - gap*float64(len(in.Cells)-1)
	var cells [][]vbox
	var xs []float64
	x := 0.0
	for i, blocks := range in.Cells {
		inner := p
		inner.cell = true
		inner.width = room * shares[i] / sum
		inner.node = p.node.add("Div")
		cells = append(cells, b.sub(blocks, inner))
		xs = append(xs, x)
		x += inner.width + gap
	}
	for i, v := range abreast(cells, xs, b.full*0.96) {
		before := 0.0
		if i == 0 {
			before = 0.5 * b.s.design.grid
		}
		b.push(v, before, p)
	}
	b.after = 0.5 * b.s.design.grid
}

// abreast puts columns of boxes next to one another in one box, or in several
// slices when they are higher than limit.
func abreast(cells [][]vbox, xs []float64, limit float64) []vbox {
	var slices []vbox
	at := make([]int, len(cells))
	for {
		var v vbox
		left := false
		for c, boxes := range cells {
			y := 0.0
			first := true
			for at[c] < len(boxes) {
				bx := boxes[at[c]]
				gap := bx.before
				if first {
					gap = 0
				}
				// At least one box of a cell goes on each slice, or nothing
				// would ever move on.
				if !first && y+gap+bx.height+v.notesHeight()+bx.notesHeight() > limit {
					left = true
					break
				}
				if first && c == 0 {
					v.baseline = bx.baseline
				}
				v.absorb(bx, xs[c], y+gap)
				y += gap + bx.height
				first = false
				at[c]++
			}
			v.height = math.Max(v.height, y)
		}
		slices = append(slices, v)
		if !left {
			return slices
		}
	}
}

// columned balances blocks over columns inside the flow: one piece when it
// fits on a page, slices of a page otherwise.
func (b *builder) columned(in Columned, p place) {
	n := min(max(in.Count, 1), 6)
	gap := b.s.design.rules.gutter
	inner := p
	inner.width = (p.width - gap*float64(n-1)) / float64(n)
	if inner.width < 40 {
		n, inner.width = 1, p.width
	}
	boxes := b.sub(in.Blocks, inner)
	b.pushBalanced(boxes, n, inner.width+gap, p)
	b.after = 0.5 * b.s.design.grid
}

// pushBalanced pushes boxes balanced over n columns, step apart.
func (b *builder) pushBalanced(boxes []vbox, n int, step float64, p place) {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = step * float64(i)
	}
	for len(boxes) > 0 {
		take, cells := fillOver(boxes, n, b.full*0.96, b.s.design.grid)
		v := abreast(cells, xs, math.Inf(1))[0]
		v.snap = boxes[0].snap
		b.push(v, boxes[0].before, p)
		boxes = boxes[take:]
	}
}
