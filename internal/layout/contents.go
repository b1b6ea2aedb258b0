package layout

import "strconv"

// contentsLine is a line of the table of contents.
type contentsLine struct {
	level  int
	title  string
	anchor string
}

// contents sets the table of contents: title, leaders, page number.
func (b *builder) contents(in Contents, p place) {
	levels := max(in.Levels, 1)
	toc := p.node.add("TOC")
	var lines []contentsLine
	for _, l := range b.plan.contents {
		if l.level <= levels {
			lines = append(lines, l)
		}
	}
	for i, l := range lines {
		b.contentsLine(l, p, toc)
		// A chapter stays with its first line below.
		b.keep = i+1 < len(lines) && lines[i+1].level > l.level
	}
	b.after = b.s.design.grid
}

func (b *builder) contentsLine(l contentsLine, p place, toc *Node) {
	st := b.styleNamed(Style("contents-"+strconv.Itoa(min(l.level, 3))), "body", Origin{})
	item := toc.add("TOCI")
	link := item.add("Link")
	link.Alt = l.title
	number := b.s.paragraph(paraInput{text: []Inline{Text{Text: b.numbers.label(l.anchor), Verbatim: true}}, style: st, measure: 100,
		lang: b.plan.lang})
	const room = 30.0 // for the number and air before it
	inner := p
	inner.width = p.width - room
	boxes := b.lines([]Inline{Text{Text: l.title, NoHyphen: true}}, st, 0, 0, Origin{}, inner, link)
	for i := range boxes {
		v := &boxes[i]
		for k := range v.frags {
			v.frags[k].spans = sameNode(link, len(v.frags[k].spans))
			v.frags[k].infos = nil
		}
		v.regions = nil
		if i == len(boxes)-1 && len(v.frags) > 0 && len(number.lines) > 0 {
			last := v.frags[0].line
			nw := number.lines[0].width
			v.frags = append(v.frags, b.leader(v.frags[0].x+last.width, p.width-nw, v.baseline)...)
			v.frags = append(v.frags, frag{x: p.width - nw, y: v.baseline, line: number.lines[0], spans: sameNode(link, len(number.spans))})
		}
		v.frags = append(v.frags, frag{link: &Link{W: p.width, H: st.leading, Anchor: l.anchor, Alt: l.title}, node: link})
		before := 0.0
		if i == 0 {
			before = st.before
		} else {
			v.cost = costNever
		}
		b.push(*v, before, p)
	}
	b.after = st.after
}

// leader is a row of dots on a grid of its own, so that the dots of all lines
// stand one under the other.
func (b *builder) leader(from, to, y float64) []frag {
	dot := b.styleNamed("contents-2", "body", Origin{})
	f := b.s.fonts.face(dot.family, false, false)
	g, ok := f.GlyphOf('.')
	if !ok {
		return nil
	}
	const step = 5.0
	size := dot.size * 0.9
	width := f.Advance(g) * size / float64(f.UnitsPerEm)
	first := float64(int((from+8)/step)+1) * step
	last := to - 7 - width
	if first > last {
		return nil
	}
	run := setRun{font: f, size: size, fill: b.s.design.colors["hairline"]}
	for x := first; x <= last; x += step {
		n := int32(len(run.text))
		run.glyphs = append(run.glyphs, Glyph{ID: g, Advance: step, Start: n, End: n + 1})
		run.text += "."
	}
	return []frag{{x: first, y: y, line: &setLine{runs: []setRun{run}}}}
}
