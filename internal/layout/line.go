package layout

import (
	"strings"
	"unicode/utf8"
)

// lineBuilder makes the lines of one paragraph from its breaks.
type lineBuilder struct {
	s     *Setter
	f     *flatText
	runs  []textRun
	items []lineItem
	base  int8
	align Align
	in    paraInput
	run   int // first run that may touch the next line: lines come in order
}

// segment is the part of a run on the line.
type segment struct {
	run        *textRun
	start, end int
}

func (b *lineBuilder) line(l brokenLine, n int) *setLine {
	out := &setLine{}
	start, end := b.extent(l)
	last := &b.items[l.to]
	forced := last.kind == itemPenalty && last.penalty <= always
	hyphen := last.kind == itemPenalty && last.flagged
	out.hyphen = hyphen
	segs := b.segments(start, end)
	left, measure := b.in.hang, b.in.measure-b.in.hang
	if n == 0 {
		if b.base == 0 {
			left += b.in.indent
		}
		measure -= b.in.indent
	}
	natural, blanks, clusters := b.measureOf(l)
	if b.align == AlignJustify {
		natural -= last.hang
	}
	gap := measure - natural
	space, track := 0.0, 0.0
	if b.align == AlignJustify && blanks > 0 && (!forced && gap > 0 || gap < 0) {
		space, track = spread(gap, blanks, clusters, b.in.style.size)
		natural = measure
		// Beside an address that cannot part there may be no good line: a short
		// one is better than words far apart.
		if most := gulf * b.in.style.size; space > most {
			space, track = 0.1*b.in.style.size, 0
			natural = measure - gap + space*float64(blanks)
		}
	}
	out.over = max(0, natural-measure)
	out.width = natural
	x := left
	switch {
	case b.align == AlignCenter:
		x += max(0, gap) / 2
	case b.align == AlignRight, b.base == 1 && b.align != AlignRight && natural < measure:
		// Text that runs right to left starts at the right.
		x += max(0, measure-natural)
	}
	levels := make([]int8, len(segs))
	for i, sg := range segs {
		levels[i] = sg.run.level
	}
	broken := forced && int(last.pos) < len(b.f.runes) // by a Break, not at the end
	trailing := last.kind == itemGlue || broken
	for _, i := range visualOrder(levels) {
		sg := segs[i]
		lastSeg := i == len(segs)-1
		r := b.set(sg, space, track, hyphen && lastSeg, trailing && lastSeg, int(last.pos))
		r.x = x
		x += r.width
		out.runs = append(out.runs, r)
	}
	for at := start; at < end && len(b.f.notes) > 0; at++ {
		if k, ok := b.f.notes[at]; ok {
			out.notes = append(out.notes, k)
		}
	}
	return out
}

// gulf is the most that justification adds to a blank, in sizes of the text.
const gulf = 0.75

// extent is the range of runes of a line, without blanks at its end.
func (b *lineBuilder) extent(l brokenLine) (start, end int) {
	if l.from >= len(b.items) || l.from > l.to {
		p := int(b.items[l.to].pos)
		return p, p
	}
	start, end = int(b.items[l.from].pos), int(b.items[l.to].pos)
	for end > start && blank(b.f.runes[end-1]) {
		end--
	}
	return start, max(start, end)
}

// measureOf sums what is on the line: its natural width, the blanks that can
// stretch, the clusters between which track can be put.
func (b *lineBuilder) measureOf(l brokenLine) (width float64, blanks, clusters int) {
	_, end := b.extent(l)
	for i := l.from; i < l.to; i++ {
		it := &b.items[i]
		if it.kind == itemPenalty || int(it.pos) >= end {
			continue
		}
		width += it.width
		if it.kind == itemGlue && it.stretch > 0 {
			blanks++
		}
		clusters += int(it.next - it.pos)
	}
	if it := &b.items[l.to]; it.kind == itemPenalty && it.flagged {
		width += it.width
	}
	return width, blanks, clusters
}

// spread shares the gap among blanks; when they would become holes, letters
// take a little of it, up to 3 % of their size, which the eye forgives.
func spread(gap float64, blanks, clusters int, size float64) (space, track float64) {
	space = gap / float64(blanks)
	const hole = 0.32 // of the size, added to a normal blank
	if limit := hole * size; space > limit && clusters > blanks {
		extra := gap - limit*float64(blanks)
		track = min(extra/float64(clusters), 0.03*size)
		space = (gap - track*float64(clusters)) / float64(blanks)
	}
	return space, track
}

func (b *lineBuilder) segments(start, end int) []segment {
	for b.run < len(b.runs) && b.runs[b.run].end <= start {
		b.run++
	}
	var segs []segment
	for i := b.run; i < len(b.runs) && b.runs[i].start < end; i++ {
		r := &b.runs[i]
		a, z := max(start, r.start), min(end, r.end)
		if a < z {
			segs = append(segs, segment{r, a, z})
		}
	}
	return segs
}

// set draws a segment: words from the cache, blanks at their line's width.
func (b *lineBuilder) set(sg segment, space, track float64, hyphen, trailing bool, at int) setRun {
	r := sg.run
	out := setRun{font: r.font, size: r.size, dy: r.rise, fill: r.attr.color, rtl: r.level%2 == 1, span: r.attr.span}
	if langOf(r.attr.lang) != langOf(b.in.lang) {
		out.lang = r.attr.lang
	}
	runes := b.f.runes[sg.start:sg.end]
	if runes[0] == objectChar {
		sq := b.f.squares[sg.start]
		out.square, out.width, out.text = &sq, squareWidth(r), sq.Label
		return out
	}
	var text strings.Builder
	text.Grow(len(runes) + len(runes)/8 + 4)
	glyphs := make([]Glyph, 0, len(runes)+2)
	var starts []int // of the pieces, to be turned round
	for i := 0; i < len(runes); {
		if out.rtl {
			starts = append(starts, len(glyphs))
		}
		c := runes[i]
		if blank(c) {
			w := blankWidth(r, c)
			if c == ' ' || c == nbsp {
				w += space
			}
			g, _ := r.font.GlyphOf(c)
			from := int32(text.Len())
			text.WriteRune(c)
			glyphs = append(glyphs, Glyph{ID: g, Advance: w + track, Start: from, End: int32(text.Len())})
			i++
			continue
		}
		j := i + 1
		for j < len(runes) && !blank(runes[j]) {
			j++
		}
		word := drawn(runes[i:j])
		from := int32(text.Len())
		text.WriteString(word)
		glyphs = b.word(glyphs, r, word, from, track)
		i = j
	}
	if hyphen {
		if out.rtl {
			starts = append(starts, len(glyphs))
		}
		g, _ := r.font.GlyphOf('-')
		from := int32(text.Len())
		text.WriteRune(softHyphen)
		glyphs = append(glyphs, Glyph{ID: g, Advance: r.font.Advance(g) * r.size / float64(r.font.UnitsPerEm), Start: from,
			End: int32(text.Len())})
	}
	if out.rtl {
		glyphs = turned(glyphs, starts)
	}
	for i := range glyphs {
		out.width += glyphs[i].Advance
	}
	out.glyphs = glyphs
	if trailing {
		// The blank at the line's end, or one that stands for a Break, is for
		// those who copy the text or have it read aloud; it takes no room.
		if g, ok := r.font.GlyphOf(' '); ok && at < len(b.f.runes) {
			from := int32(text.Len())
			text.WriteByte(' ')
			blank := Glyph{ID: g, Start: from, End: int32(text.Len())}
			if out.rtl {
				// Glyphs stand as they are seen: this end is on the left.
				out.glyphs = append([]Glyph{blank}, out.glyphs...)
			} else {
				out.glyphs = append(out.glyphs, blank)
			}
		}
	}
	out.text = text.String()
	return out
}

// turned gives pieces from the last to the first, each as it was: words of a run
// that is read from the right stand so.
func turned(glyphs []Glyph, starts []int) []Glyph {
	out := make([]Glyph, 0, len(glyphs)+1)
	end := len(glyphs)
	for i := len(starts) - 1; i >= 0; i-- {
		out = append(out, glyphs[starts[i]:end]...)
		end = starts[i]
	}
	return out
}

// drawn leaves out what has no ink and no meaning once lines are made.
func drawn(runes []rune) string {
	for _, r := range runes {
		if r == softHyphen || r == zeroSpace || r == lineBreak {
			return strings.Map(func(r rune) rune {
				if r == softHyphen || r == zeroSpace || r == lineBreak {
					return -1
				}
				return r
			}, string(runes))
		}
	}
	return string(runes)
}

// word adds the glyphs of a word.
func (b *lineBuilder) word(out []Glyph, r *textRun, word string, from int32, track float64) []Glyph {
	if word == "" {
		return out
	}
	w := b.s.shapes.shape(shapeKey{font: r.font, feats: r.feats, script: r.script, rtl: r.level%2 == 1, lang: langOf(r.attr.lang),
		text: word})
	scale := r.size / float64(r.font.UnitsPerEm)
	for _, g := range w.glyphs {
		// What no font draws was reported; the sign for it is drawn, never the
		// font's empty box, which PDF/A forbids too.
		if g.id == 0 {
			if sign, ok := r.font.GlyphOf('\uFFFD'); ok {
				g.id = sign
			}
		}
		put := Glyph{
			ID: g.id, DX: float32(float64(g.dx) * scale), DY: float32(float64(g.dy) * scale),
			Advance: float64(g.advance)*scale + r.attr.tracking,
			Start:   from + g.start, End: from + g.end,
		}
		// Tracking opens clusters, not the marks of one.
		if g.end > g.start {
			put.Advance += track * float64(utf8.RuneCountInString(word[g.start:g.end]))
		}
		out = append(out, put)
	}
	return out
}
