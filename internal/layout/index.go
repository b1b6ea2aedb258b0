package layout

// indexInline sets an index inside the flow (in a cell or a group): its lines
// are balanced over its columns there.
func (b *builder) indexInline(in Index, p place) {
	n := min(max(in.Columns, 1), 4)
	gap := b.s.design.rules.gutter
	inner := p
	inner.width = (p.width - gap*float64(n-1)) / float64(n)
	sub := builder{chunkState: b.chunkState}
	sub.index(in, inner)
	b.pushBalanced(sub.boxes, n, inner.width+gap, p)
}

// index sets the lines of an index at the width of one of its columns.
func (b *builder) index(in Index, p place) {
	node := p.node.add("Index")
	origin := originOf(in.Origin, p.origin)
	st := b.styleNamed("index", "small", origin)
	head := b.styleNamed("index-letter", "h4", origin)
	const hang = 10.0
	letter := ""
	var list *Node
	var again *groupMark // « C (suite) », where a column goes on with a letter
	for i, e := range in.Entries {
		if e.Letter != "" && e.Letter != letter {
			letter = e.Letter
			n := node.add("P")
			// The running head says from which letter to which a page goes.
			b.marks = append(b.marks, runMark{text: letter, entry: true})
			b.text(Plain(letter), head, 0, 0, origin, p, n)
			list = nil
			again = &groupMark{head: b.letterAgain(letter, head, p)}
		}
		if list == nil {
			list = node.add("L")
		}
		text := append([]Inline(nil), e.Text...)
		ranges := b.numbers.list(e.Targets)
		for k, r := range ranges {
			sep := ", "
			// The first number never parts from its name's last word, nor the
			// last one from the one before.
			if k == 0 || k == len(ranges)-1 && k < 4 {
				sep = ",\u00A0"
			}
			text = append(text, Text{Text: sep, Verbatim: true}, Text{Text: r.text, Anchor: r.anchor, Verbatim: true})
		}
		line := st
		// Lines after the first hang; a sub-entry starts further in.
		indent, back := -hang, hang
		if e.Sub {
			indent, back = -hang, 2*hang
		}
		body := list.add("LI").add("LBody")
		boxes := b.lines(text, line, indent, back, origin, p, body)
		for k, v := range boxes {
			if k > 0 {
				v.cost = costNever
			}
			if k == 0 && i > 0 && e.Sub && !in.Entries[i-1].Sub {
				v.cost = costNever // an entry keeps its first sub-entry
			}
			if k == 0 {
				v.group = again
			}
			b.push(v, 0, p)
		}
	}
}

// letterAgain is the head of a column that goes on with a letter.
func (b *builder) letterAgain(letter string, st style, p place) *vbox {
	para := b.s.paragraph(paraInput{text: []Inline{Text{Text: letter + " " + b.s.design.rules.suite, NoHyphen: true}}, style: st,
		measure: p.width, lang: b.plan.lang})
	v := vbox{height: st.leading}
	for _, l := range para.lines {
		v.frags = append(v.frags, frag{y: baselineIn(st), line: l})
		break
	}
	return &v
}
