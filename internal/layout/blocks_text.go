package layout

import (
	"strconv"
)

// paragraph sets a paragraph and tells whether it was body text, after which
// the next one is indented.
func (b *builder) paragraph(in Paragraph, p place) bool {
	st := b.styleNamed(in.Style, p.style, in.Origin)
	if p.align != AlignDefault {
		st.align = p.align
	}
	first := 0.0
	if b.body && (in.Style == "" || in.Style == "body") && !p.cell {
		first = st.indent
	}
	node := p.node.add("P")
	b.text(in.Text, st, first, 0, originOf(in.Origin, p.origin), p, node)
	return st.name == "body" && len(in.Text) > 0
}

// text sets inlines as lines and pushes them.
func (b *builder) text(inlines []Inline, st style, indent, hang float64, origin Origin, p place, node *Node) {
	p.origin = originOf(origin, p.origin)
	boxes := b.lines(inlines, st, indent, hang, origin, p, node)
	for i, v := range boxes {
		before := 0.0
		if i == 0 {
			before = st.before
		}
		b.push(v, before, p)
	}
	if len(boxes) > 0 {
		b.after = st.after
		if st.keepNext {
			b.keep = true
		}
	}
}

// lines sets inlines as boxes of one line each.
func (b *builder) lines(inlines []Inline, st style, indent, hang float64, origin Origin, p place, node *Node) []vbox {
	notes := notesIn(inlines)
	in := paraInput{
		text: inlines, style: st, measure: p.width - st.left - st.right, indent: indent, hang: hang,
		noteNo: b.noteNo, lang: b.plan.lang, resolve: b.numbers.label,
	}
	if in.measure < st.size {
		in.measure = st.size
	}
	para := b.s.paragraph(in)
	b.words += para.words
	numbered := b.noteNo
	b.noteNo += len(notes)
	for _, f := range para.faults {
		if f.line >= len(para.lines) {
			b.faults = append(b.faults, Warning{Kind: f.kind, Page: -1, Origin: origin, Message: f.message})
		}
	}
	nodes := spanNodes(node, para.spans)
	up := baselineIn(st)
	boxes := make([]vbox, 0, len(para.lines))
	for i, l := range para.lines {
		v := vbox{height: st.leading, snap: near(st.leading, b.s.design.grid), baseline: up, entry: origin.Entry}
		v.frags = []frag{{x: st.left, y: up, line: l, spans: nodes, infos: para.spans}}
		v.regions = []boxRegion{{x: st.left, w: in.measure, h: st.leading, origin: origin}}
		for _, k := range l.notes {
			if k < len(notes) {
				v.notes = append(v.notes, b.note(notes[k], numbered+k+1, origin, p, node))
			}
		}
		for _, f := range para.faults {
			if f.line == i {
				v.warnings = append(v.warnings, Warning{Kind: f.kind, Origin: origin, Message: f.message})
			}
		}
		// Two lines at least on each side of a break, and a paragraph of three
		// lines stays whole.
		if n := len(para.lines); i > 0 && (i == 1 || i == n-1 || n <= 3 || st.keepNext) {
			v.cost = costNever
		} else if i > 0 && para.lines[i-1].hyphen {
			v.cost = costHyphen
		}
		boxes = append(boxes, v)
	}
	if b.floor != nil {
		boxes = b.floor.hold(boxes, st.leading)
	}
	return boxes
}

func near(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }

// baselineIn is where the baseline falls in a line of a style.
func baselineIn(st style) float64 { return (st.leading-st.size)/2 + 0.79*st.size }

func notesIn(inlines []Inline) []Note {
	var notes []Note
	for _, in := range inlines {
		if n, ok := in.(Note); ok {
			notes = append(notes, n)
		}
	}
	return notes
}

// note sets a footnote for the foot of the page that calls it.
func (b *builder) note(n Note, number int, origin Origin, p place, parent *Node) *noteBox {
	st := b.styleNamed("note", "small", origin)
	in := builder{chunkState: b.chunkState}
	node := parent.add("Note")
	lbl, body := node.add("Lbl"), node.add("P")
	width := b.s.design.textWidth()
	if p.width < width && !p.cell {
		width = p.width
	}
	label := b.s.paragraph(paraInput{text: []Inline{Text{Text: strconv.Itoa(number) + ".", Verbatim: true}}, style: st, measure: width,
		lang: b.plan.lang})
	const indent = 14.0
	at := place{width: width - indent, cell: true, style: "note", origin: origin, node: body}
	v := stack(in.lines(n.Text, st, 0, 0, origin, at, body))
	v.shift(indent, 0)
	if len(label.lines) > 0 {
		v.frags = append([]frag{{y: baselineIn(st), line: label.lines[0], spans: spanNodes(lbl, label.spans), infos: label.spans}},
			v.frags...)
	}
	return &noteBox{height: v.height, frags: v.frags, faults: v.warnings, region: boxRegion{w: width, h: v.height, origin: origin}}
}

func (b *builder) heading(in Heading, p place) {
	level := min(max(in.Level, 1), 6)
	st := b.styleNamed(in.Style, Style("h"+strconv.Itoa(level)), in.Origin)
	st.keepNext = true
	if in.Anchor != "" {
		b.anchors = append(b.anchors, in.Anchor)
	}
	if in.Running != "" {
		b.marks = append(b.marks, runMark{text: in.Running})
	}
	node := p.node.add("H" + strconv.Itoa(level))
	node.Title = plainText(in.Text)
	start := len(b.boxes)
	b.text(in.Text, st, 0, 0, originOf(in.Origin, p.origin), p, node)
	if in.Bar != (Color{}) && len(b.boxes) > start {
		first := &b.boxes[start]
		first.frags = append(first.frags, frag{y: -barRise, path: rect(p.width, barHeight, in.Bar)})
	}
	b.body = false
}

// The bar over a heading: how thick, and how far above its first line.
const barHeight, barRise = 1.2, 4.0

func (b *builder) list(in List, p place) {
	st := b.styleNamed("list", "body", in.Origin)
	if p.cell {
		st = b.styleNamed("", p.style, in.Origin)
	}
	origin := originOf(in.Origin, p.origin)
	l := p.node.add("L")
	indent := 1.25 * st.size
	if in.Ordered && len(in.Items) > 9 {
		indent = 1.8 * st.size
	}
	for i, item := range in.Items {
		li := l.add("LI")
		lbl, body := li.add("Lbl"), li.add("LBody")
		mark := "•"
		if in.Ordered {
			mark = strconv.Itoa(i+1) + "."
		}
		inner := p
		inner.width, inner.node, inner.origin = p.width-indent, body, origin
		if !p.cell {
			inner.style = "list"
		}
		boxes := b.sub(item, inner)
		label := b.s.paragraph(paraInput{text: []Inline{Text{Text: mark, Verbatim: true, Color: "accent"}}, style: st, measure: indent,
			lang: b.plan.lang})
		for k := range boxes {
			boxes[k].shift(indent, 0)
			if k == 0 && len(label.lines) > 0 {
				y := boxes[0].baseline
				if y == 0 {
					y = baselineIn(st)
				}
				boxes[0].frags = append([]frag{{y: y, line: label.lines[0], spans: spanNodes(lbl, label.spans), infos: label.spans}},
					boxes[0].frags...)
			}
			b.pushAsIs(boxes[k], p)
		}
	}
	if !p.cell {
		b.after = 0.5 * b.s.design.grid
	}
}

// pushAsIs adds a box of a sub-column: the room and costs it was given there
// stay.
func (b *builder) pushAsIs(v vbox, p place) {
	before, cost, f := v.before, v.cost, v.force
	v.before = 0
	b.push(v, before, p)
	last := &b.boxes[len(b.boxes)-1]
	if cost > last.cost {
		last.cost = cost
	}
	if f > last.force {
		last.force, last.cost = f, 0
	}
}
