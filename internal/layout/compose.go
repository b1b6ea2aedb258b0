package layout

import (
	"fmt"
	"maps"
)

// pageDraft is a page before it is drawn. Positions are from the top left of
// the text block, or of the page for a full one.
type pageDraft struct {
	section *sectionPlan
	placed  []placedBox
	notes   []*noteBox
	full    *FullPage
	opening bool // first page of its section
	blank   bool
	thumb   string
}

// placedBox is a box on a page; gap is the room really left above it.
type placedBox struct {
	x, y, gap float64
	v         *vbox
}

// composer cuts one section into pages.
type composer struct {
	d       *Design
	section *sectionPlan
	start   int // index of the section's first page in the book
	pages   []*pageDraft
	y       float64 // used height of the last page
	height  float64
	told    map[*aside]int // facts already placed
}

// strip is what runs through one number of columns.
type strip struct {
	columns int
	boxes   []vbox
	full    *chunk
}

// compose lays the chunks of a section on pages.
func compose(d *Design, sp *sectionPlan, start int) *composer {
	c := &composer{d: d, section: sp, start: start, height: d.textHeight()}
	for _, s := range strips(d, sp) {
		switch {
		case s.full != nil:
			c.newPage()
			page := c.pages[len(c.pages)-1]
			page.full = s.full.full
			for i := range s.full.set.boxes {
				v := &s.full.set.boxes[i]
				page.placed = append(page.placed, placedBox{v: v, x: 0, y: 0})
			}
			c.y = c.height + 1 // nothing more goes on it
		case s.columns > 1:
			c.columns(s)
		default:
			c.flow(s.boxes)
		}
	}
	if len(c.pages) == 0 {
		c.newPage()
	}
	return c
}

// strips joins the chunks that run through the same columns.
func strips(d *Design, sp *sectionPlan) []strip {
	var segs []strip
	after, keep := 0.0, false
	end := 0.0
	var pending force
	for _, ch := range sp.chunks {
		r := ch.set
		if ch.full != nil {
			segs = append(segs, strip{full: ch})
			after, keep, pending = 0, false, forceNone
			continue
		}
		if len(r.boxes) == 0 {
			after, keep, pending = max(after, r.after), keep || r.keep, max(pending, r.force)
			continue
		}
		same := len(segs) > 0 && segs[len(segs)-1].full == nil && segs[len(segs)-1].columns == ch.columns && !ch.alone()
		if !same {
			segs = append(segs, strip{columns: ch.columns})
			end = 0
		}
		s := &segs[len(segs)-1]
		// A chunk was set as if it started on the grid: it must.
		first := len(s.boxes)
		s.boxes = append(s.boxes, r.boxes...)
		v := &s.boxes[first]
		gap := max(after, v.before)
		if first > 0 || !same {
			at := end + gap - v.before
			gap += lift(at, d.grid)
		}
		v.before = gap
		if keep && v.force == forceNone {
			v.cost, v.rule = costNever, false
		}
		if pending > v.force {
			v.force = pending
		}
		for i := first; i < len(s.boxes); i++ {
			end += s.boxes[i].before + s.boxes[i].height
		}
		after, keep, pending = r.after, r.keep, r.force
	}
	return segs
}

// alone chunks make a segment of their own: they balance their columns.
func (c *chunk) alone() bool {
	if len(c.blocks) != 1 {
		return false
	}
	switch c.blocks[0].(type) {
	case Index, Columned:
		return c.columns > 1
	}
	return false
}

func (c *composer) newPage() *pageDraft {
	p := &pageDraft{section: c.section, opening: true, thumb: c.section.Thumb}
	for _, q := range c.pages {
		p.opening = p.opening && q.blank
	}
	c.pages = append(c.pages, p)
	c.y = 0
	return p
}

// turn makes a new page, a right-hand one when asked.
func (c *composer) turn(f force) {
	if f == forceRecto && (c.start+len(c.pages))%2 == 1 {
		c.pages = append(c.pages, &pageDraft{section: c.section, blank: true, thumb: c.section.Thumb})
	}
	c.newPage()
}

// room left on the current page.
func (c *composer) room() float64 { return c.height - c.y }

func (c *composer) flow(boxes []vbox) {
	if len(boxes) == 0 {
		return
	}
	if len(c.pages) == 0 {
		c.turn(boxes[0].force)
	} else if boxes[0].force.must() {
		c.turn(boxes[0].force)
	}
	gap := 0.0
	if c.y > 0 {
		gap = boxes[0].before
		if c.room()-gap < 4*c.d.grid || c.room()-gap < boxes[0].height {
			c.turn(forceNone)
			gap = 0
		}
	}
	cuts := c.cut(boxes, c.room()-gap)
	if gap > 0 && (cuts[0].overfull || cuts[0].forbidden) {
		c.turn(forceNone)
		gap = 0
		cuts = c.cut(boxes, c.height)
	}
	for attempt := 0; ; attempt++ {
		from := c.mark()
		short := c.lay(boxes, cuts, gap)
		if len(short) == 0 || attempt == fillAttempts {
			return
		}
		// Facts that parted from their text need more room under its end.
		for i, more := range short {
			boxes[i].height += more + 0.5
		}
		c.back(from)
		cuts = c.cut(boxes, c.room()-gap)
	}
}

// fillAttempts is how often pages are cut again for facts that did not fit.
const fillAttempts = 4

// lay places the boxes of a flow page after page. It tells how much room facts
// lacked, by the filler that has to give it.
func (c *composer) lay(boxes []vbox, cuts []pageCut, gap float64) map[int]float64 {
	f := flow{boxes: boxes}
	short := map[int]float64{}
	for i, cut := range cuts {
		if i > 0 {
			c.turn(boxes[cut.from].force)
			gap = 0
		}
		c.place(&f, cut, gap, short)
	}
	return short
}

// mark and back undo what was placed since.
func (c *composer) mark() composerMark {
	m := composerMark{pages: len(c.pages), y: c.y, told: maps.Clone(c.told)}
	if m.pages > 0 {
		p := c.pages[m.pages-1]
		m.placed, m.notes = len(p.placed), len(p.notes)
	}
	return m
}

type composerMark struct {
	pages, placed, notes int
	y                    float64
	told                 map[*aside]int
}

func (c *composer) back(m composerMark) {
	c.pages, c.y, c.told = c.pages[:m.pages], m.y, m.told
	if m.pages > 0 {
		p := c.pages[m.pages-1]
		p.placed, p.notes = p.placed[:m.placed], p.notes[:m.notes]
	}
}

func (c *composer) cut(boxes []vbox, first float64) []pageCut {
	f := flow{boxes: boxes, first: first, rest: c.height, grid: c.d.grid, noteSep: c.d.grid}
	return f.cut()
}

// place puts the boxes of a cut on the current page.
func (c *composer) place(f *flow, cut pageCut, gap float64, short map[int]float64) {
	page := c.pages[len(c.pages)-1]
	y := c.y + gap
	x := 0.0
	var beside []run
	put := func(v *vbox, gap float64) {
		page.placed = append(page.placed, placedBox{x: x, y: y, gap: gap, v: v})
		page.notes = append(page.notes, v.notes...)
		y += v.height
	}
	if cut.in >= 0 {
		put(&f.boxes[cut.in], 0)
		y = c.d.grid + y
		y += lift(y, c.d.grid)
	}
	first := &f.boxes[cut.from]
	if cut.from > 0 && first.group != nil && !first.opens {
		put(first.group.head, 0)
	}
	x = c.textLeft(first.aside)
	top := y
	if cut.from > 0 && first.table != nil && !first.opensTab {
		put(first.table.head, 0)
	}
	for i := cut.from; i < cut.to; i++ {
		if i == cut.out {
			continue
		}
		v := &f.boxes[i]
		room := 0.0
		if i > cut.from {
			room = v.before
			y += room
		} else {
			room = gap
		}
		if v.snap {
			l := lift(y, c.d.grid)
			y += l
		}
		x = c.textLeft(v.aside)
		if v.aside != nil {
			if n := len(beside); n == 0 || beside[n-1].aside != v.aside {
				if i > cut.from {
					top = y
				}
				beside = append(beside, run{aside: v.aside, top: top, at: len(page.placed)})
			}
			last := &beside[len(beside)-1]
			last.bottom, last.ends, last.filler = y+v.height, v.filler, i
		}
		put(v, room)
	}
	c.y = y
	c.facts(page, beside, short)
	if cut.overfull {
		last := &page.placed[len(page.placed)-1]
		last.v = c.tooHigh(last.v)
	}
}

// tooHigh gives a box that leaves its page a warning.
func (c *composer) tooHigh(v *vbox) *vbox {
	o := Origin{Entry: v.entry}
	if len(v.regions) > 0 {
		o = v.regions[0].origin
	}
	return withWarning(v, Warning{Kind: WarnCut, Origin: o,
		Message: fmt.Sprintf(
			"Un élément de %.0f points de haut ne tient pas avec ses notes dans la page, haute de %.0f ; son bas sort de la page.",
			v.height, c.height)})
}

// withWarning copies a box: boxes are shared between attempts.
func withWarning(v *vbox, w Warning) *vbox {
	out := *v
	out.warnings = append(append([]Warning(nil), v.warnings...), w)
	return &out
}

// columns balances a segment over its columns, page after page.
func (c *composer) columns(s strip) {
	n := s.columns
	step := (c.d.textWidth()-c.d.rules.gutter*float64(n-1))/float64(n) + c.d.rules.gutter
	boxes := s.boxes
	fresh := true // nothing of the segment is placed yet
	if len(c.pages) == 0 || boxes[0].force.must() {
		c.turn(boxes[0].force)
	}
	for len(boxes) > 0 {
		gap := 0.0
		if c.y > 0 {
			gap = max(boxes[0].before, 0.5*c.d.grid)
			gap += lift(c.y+gap, c.d.grid)
			if c.room()-gap < 5*c.d.grid || c.better(boxes, n, c.room()-gap) {
				c.turn(forceNone)
				gap = 0
			}
		}
		run := len(boxes)
		for i := 1; i < len(boxes); i++ {
			if boxes[i].force.must() {
				run = i
				break
			}
		}
		take, cells := fillOver(boxes[:run], n, c.room()-gap, c.d.grid)
		page := c.pages[len(c.pages)-1]
		bottom := c.y
		for k, cell := range cells {
			y := c.y + gap
			if head := c.again(cell, k == 0 && fresh); head != nil {
				page.placed = append(page.placed, placedBox{x: step * float64(k), y: y, v: head})
				y += head.height
			}
			for i := range cell {
				v := &cell[i]
				room := 0.0
				if i > 0 {
					room = v.before
				}
				y += room
				if y+v.height > c.height+0.05 {
					v = c.tooHigh(v)
				}
				page.placed = append(page.placed, placedBox{x: step * float64(k), y: y, gap: room, v: v})
				page.notes = append(page.notes, v.notes...)
				y += v.height
			}
			bottom = max(bottom, y)
		}
		c.y = bottom + lift(bottom, c.d.grid)
		boxes, fresh = boxes[take:], false
		if len(boxes) > 0 {
			c.turn(boxes[0].force)
		}
	}
}

// again is the head of a column that goes on with a letter of an index.
func (c *composer) again(cell []vbox, opens bool) *vbox {
	if len(cell) == 0 || opens || cell[0].group == nil || cell[0].opens {
		return nil
	}
	return cell[0].group.head
}

// better tells whether a short run of columns that does not fit here should
// wait for the next page rather than leave a few lines there.
func (c *composer) better(boxes []vbox, n int, room float64) bool {
	return firstFit(boxes, n, room) < len(boxes) && firstFit(boxes, n, c.height/2) == len(boxes)
}
