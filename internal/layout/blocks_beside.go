package layout

import (
	"maps"
	"math"
)

// The grid of a page has twelve columns: facts take four, text the rest.
const (
	factShare = 1.0 / 3
	// factShareShort is the share of facts that are longer than their text by
	// shortText lines: half of the page.
	factShareShort = 0.5
	shortText      = 3
	factGutter     = 1.3 // lines of the grid
	// fillStep is the largest piece of the room made under a short text, in lines:
	// pages may be cut between two.
	fillStep = 3
	// wholeBeside is the highest part of a page that stays whole with its facts.
	wholeBeside = 0.24
	// endText is how many lines of a text with facts go over to a next page at
	// least, endFacts how many of the two together: the last word of an entry, or
	// its last fact beside nothing, is a fault at the head of a page.
	endText, endFacts = 5, 8
	// openText is how many lines of it stand under their title at least: a head over
	// two lines at the foot of a page reads as left behind.
	openText = 4
	// shortBeside is how much longer than its facts a text must be to part.
	shortBeside = 0.15
	// costBare is that of a page that starts with facts whose text is all told.
	costBare = 400.0
)

// WideWidth and FactWidth are the measures of the two columns, in points.
func (d Design) WideWidth() float64 { return (d.textWidth() - factGutter*d.grid) * (1 - factShare) }

// FactWidth is that of the facts.
func (d Design) FactWidth() float64 { return (d.textWidth() - factGutter*d.grid) * factShare }

// beside sets blocks in the wide column, with their facts at hand. Pages are not
// known yet: on which side the facts stand is settled when they are placed.
func (b *builder) beside(in Beside, p place) {
	d := &b.s.design
	if p.cell || len(in.Facts) == 0 || !near(p.width, d.textWidth()) {
		b.blocks(in.Facts, p)
		b.blocks(in.Blocks, p)
		return
	}
	if usual := b.sideBySide(in, p, factShare); usual.facts > usual.text+shortText*d.grid {
		// Facts longer than their text leave it white: each takes half of the page.
		wide := usual.undo().sideBySide(in, p, factShareShort)
		if math.Max(wide.facts, wide.text) > math.Max(usual.facts, usual.text)-d.grid {
			wide.undo().sideBySide(in, p, factShare)
		}
	}
}

// besideSet is what blocks and facts became at a share: their heights, and how
// to take them back.
type besideSet struct {
	text, facts float64
	undo        func() *builder
}

// sideBySide sets facts at a share of the width, and the text beside them.
func (b *builder) sideBySide(in Beside, p place, share float64) besideSet {
	undo := b.mark(p.node)
	room := factGutter * b.s.design.grid
	inner := p
	facts := p
	facts.cell, facts.style = true, "facts"
	facts.width = (p.width - room) * share
	facts.node = p.node.add("Div")
	inner.width = p.width - room - facts.width
	mark := &aside{boxes: b.sub(in.Facts, facts), width: facts.width, room: room}
	start := len(b.boxes)
	b.keep = len(b.boxes) > 0
	b.blocks(in.Blocks, inner)
	b.flush(inner)
	out := besideSet{facts: stackHeight(mark.boxes), undo: undo}
	if len(b.boxes) > start {
		out.text = stackHeight(b.boxes[start:])
	}
	b.besides(mark, start, inner)
	return out
}

// mark gives what takes the builder back to where it is now, to set the same
// blocks otherwise: nothing of the first attempt is counted or reported.
func (b *builder) mark(n *Node) func() *builder {
	was, state, kids := *b, *b.chunkState, len(n.Kids)
	state.once = maps.Clone(b.once)
	var next int
	if b.floor != nil {
		next = b.floor.next
	}
	return func() *builder {
		at := b.chunkState
		*b, *at = was, state
		b.chunkState = at
		n.Kids = n.Kids[:kids]
		if b.floor != nil {
			b.floor.next = next
		}
		return b
	}
}

// besides ties the boxes from start on to their facts, and makes room under a
// text that is shorter than they are.
func (b *builder) besides(mark *aside, start int, p place) {
	b.under(mark, start, p)
	text := 0.0
	if len(b.boxes) > start {
		text = stackHeight(b.boxes[start:])
	}
	high := stackHeight(mark.boxes)
	after := b.after
	b.after, b.keep = 0, len(b.boxes) > 0
	step := fillStep * b.s.design.grid
	for room := high - text; room > step; room -= step {
		b.push(vbox{height: step, room: true}, 0, p)
		high -= step
	}
	b.push(vbox{height: math.Max(0, high-text), room: true, filler: true}, 0, p)
	b.after, high = after, stackHeight(mark.boxes)
	whole := high+shortBeside*b.full > text && math.Max(high, text) <= b.full*wholeBeside
	under := 0.0
	for i := start; i < len(b.boxes) && under < openText*b.s.design.grid; i++ {
		v := &b.boxes[i]
		if i > start && !v.force.must() {
			v.cost = costNever
		}
		under += v.before + v.height
	}
	left, said := 0.0, 0.0
	for i := len(b.boxes) - 1; i >= start; i-- {
		v := &b.boxes[i]
		v.aside = mark
		left += v.height
		if !v.room {
			said += v.height
		}
		ending := left < endFacts*b.s.design.grid || said > 0 && said < endText*b.s.design.grid
		if (whole || ending) && i > start && !v.force.must() {
			v.cost = costNever
		} else if said == 0 && i > start && !v.force.must() {
			v.cost += costBare // the facts that are left would stand beside nothing
		}
		left += v.before
	}
}

// under puts the last facts in the room under their text, when they would go over to
// a page where nothing stands beside them and this spares it.
func (b *builder) under(mark *aside, start int, p place) {
	if len(b.boxes) <= start || mark.width > p.width {
		return
	}
	head := 0.0
	if start > 0 {
		head = stackHeight(b.boxes[:start]) + b.boxes[start].before
	}
	gap := b.s.design.grid
	text, high := stackHeight(b.boxes[start:]), stackHeight(mark.boxes)
	if head+high <= b.full || head+text > b.full {
		return
	}
	for i := len(mark.boxes) - 1; i > 0; i-- {
		if mark.boxes[i].cost >= costNever {
			continue
		}
		last := mark.boxes[i:]
		if head+text+gap+stackHeight(last) > b.full {
			return
		}
		if head+stackHeight(mark.boxes[:i]) > b.full {
			continue
		}
		b.after = 0
		for k, v := range last {
			before := v.before
			v.before, v.snap = 0, false
			if k == 0 {
				before = gap
			}
			b.keep = true
			b.push(v, before, p)
		}
		mark.boxes = mark.boxes[:i]
		return
	}
}
