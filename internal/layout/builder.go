package layout

import (
	"fmt"
	"math"
)

// chunkState is what all columns of one chunk of a section share. Chunks are
// set in parallel, each with its own state, and so come out the same whatever
// the order.
type chunkState struct {
	s       *Setter
	plan    *plan
	full    float64 // height of a text page
	noteNo  int     // number of the last footnote
	numbers *numbering
	floor   *lineFloor
	once    map[string]bool // warnings already given
	faults  []Warning       // that belong to no box
	words   int
}

// builder turns blocks into the boxes of one column.
type builder struct {
	*chunkState
	boxes []vbox
	tight bool // of a cell: no room above its first box

	// State of the column being built.
	after   float64 // room the last block wants below
	keep    bool    // the next box must follow on the same page
	body    bool    // the last block was a body paragraph
	force   force
	y       float64 // of the column so far
	marks   []runMark
	anchors []string
	tab     *Tab
}

// place is where blocks are being set.
type place struct {
	width  float64
	cell   bool   // in a table, a side, a cover: off the grid
	style  Style  // default paragraph style
	align  Align  // of a table column
	origin Origin // inherited
	node   *Node
}

// push adds a box, with at least before above it.
func (b *builder) push(v vbox, before float64, p place) {
	gap := math.Max(before, b.after)
	b.after = 0
	if len(b.boxes) == 0 && b.tight {
		gap = 0
	}
	if v.snap && !p.cell {
		at := b.y + gap
		gap += math.Ceil((at-0.01)/b.s.design.grid)*b.s.design.grid - at
		if gap < 0 {
			gap = 0
		}
	} else {
		v.snap = false
	}
	v.before += gap
	if b.keep {
		v.cost = costNever
	}
	b.keep = false
	if b.force != forceNone {
		v.force, v.cost = b.force, 0
		b.force = forceNone
	}
	for _, a := range b.anchors {
		v.anchors = append(v.anchors, anchorMark{name: a})
	}
	b.anchors = nil
	v.running = append(b.marks, v.running...)
	b.marks = nil
	if b.tab != nil {
		v.tab, b.tab = b.tab, nil
	}
	if v.entry == "" {
		v.entry = p.origin.Entry
	}
	b.y += v.before + v.height
	b.boxes = append(b.boxes, v)
}

// sub sets blocks apart, as a column of their own, and returns their boxes.
func (b *builder) sub(blocks []Block, p place) []vbox {
	in := builder{chunkState: b.chunkState, tight: p.cell}
	in.blocks(blocks, p)
	in.flush(p)
	return in.boxes
}

// flush gives a place to marks that no box took.
func (b *builder) flush(p place) {
	if len(b.anchors) > 0 || len(b.marks) > 0 {
		b.keep = len(b.boxes) > 0
		b.push(vbox{}, 0, p)
	}
}

func (b *builder) blocks(blocks []Block, p place) {
	for _, bl := range blocks {
		b.block(bl, p)
	}
}

func (b *builder) block(bl Block, p place) {
	body := false
	switch bl := bl.(type) {
	case Paragraph:
		body = b.paragraph(bl, p)
	case Heading:
		b.heading(bl, p)
	case List:
		b.list(bl, p)
	case Table:
		b.tableBlock(bl, p)
	case Image:
		b.image(bl, p)
	case Drawing:
		b.drawing(bl, p)
	case Group:
		b.group(bl, p)
	case Side:
		b.side(bl, p)
	case Columned:
		b.columned(bl, p)
	case Beside:
		b.beside(bl, p)
	case Index:
		b.indexInline(bl, p)
	case Contents:
		b.contents(bl, p)
	case Space:
		b.after = math.Max(b.after, bl.Lines*b.s.design.grid)
	case Rule:
		b.ruleBlock(p)
	case PageBreak:
		b.force = max(b.force, forcePage)
		if bl.Recto {
			b.force = forceRecto
		}
	case FullPage:
		// A plate inside a flow is set by the section; here it is only reached
		// inside a cell, where there is no page to fill.
		b.blocks(bl.Blocks, p)
	}
	b.body = body
}

// styleNamed finds a style; an unknown name is said once and set as body.
func (b *builder) styleNamed(name, fallback Style, origin Origin) style {
	if name == "" {
		name = fallback
	}
	if st, ok := b.s.design.styles[name]; ok {
		return st
	}
	b.warnOnce("style "+string(name), Warning{Kind: WarnStyle, Page: -1, Origin: origin,
		Message: fmt.Sprintf("Le style « %s » n’existe pas dans la maquette ; le passage est composé comme le texte courant.", name)})
	return b.s.design.styles["body"]
}

func (b *builder) warnOnce(key string, w Warning) {
	if !b.once[key] {
		b.once[key] = true
		b.faults = append(b.faults, w)
	}
}

// originOf completes a block's origin with its group's.
func originOf(own, inherited Origin) Origin {
	if own.Entry == "" {
		own.Entry = inherited.Entry
	}
	if own.Title == "" {
		own.Title = inherited.Title
	}
	if own.Field == "" {
		own.Field = inherited.Field
	}
	return own
}

func (b *builder) ruleBlock(p place) {
	g := b.s.design.grid
	v := vbox{height: g, frags: []frag{{y: g / 2, path: hline(p.width, b.s.design.table.rule, b.s.design.colors["hairline"])}}}
	b.push(v, 0, p)
}
