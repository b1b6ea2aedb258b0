package layout

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// runningState follows the marks of running heads through the pages.
type runningState struct {
	heading     string // since the last Heading.Running
	first, last string // entries seen on the page
	open        string // entry that runs over from the page before
	tab         *Tab   // of that entry
	mixed       bool   // the page ends one index and begins another
	headings    int    // begun on the page
}

// turn starts a page: an entry that runs over is the first on it.
func (r *runningState) turn(draft *pageDraft) {
	if draft.opening || r.open == "" || len(draft.placed) == 0 {
		return
	}
	if len(draft.placed[0].v.running) > 0 {
		return // another begins, or a chapter
	}
	r.first, r.last = r.open, r.open
}

// list begins a part under a heading: letters of the index before are not its own.
func (r *runningState) list(heading string) {
	r.heading = heading
	r.headings++
	r.mixed = r.mixed || letters(r.first)
	if letters(r.first) || letters(r.open) {
		r.first, r.last = "", ""
	}
	// What comes under a heading is no part of the entry before it: the pages after
	// do not bear its name.
	r.open = ""
}

func (r *runningState) see(marks []runMark) {
	for _, m := range marks {
		if !m.entry {
			r.list(m.text)
			continue
		}
		if r.first == "" {
			r.first = m.text
		}
		r.last = m.text
		r.open = m.text
	}
}

// pageHead is what stands at the edges of a page.
type pageHead struct {
	outer, inner string // of the running head; both empty for none
	folio        bool
	tab          *Tab
}

// headsOf follows the marks of a book through its pages. A page that opens a
// section has no head, a blank or full page neither head nor folio.
func headsOf(b *book, title string) []pageHead {
	heads := make([]pageHead, len(b.drafts))
	var r runningState
	for i, draft := range b.drafts {
		r.turn(draft)
		heads[i].tab = r.tabOf(draft)
		for _, pb := range draft.placed {
			r.see(pb.v.running)
		}
		h := r.head(draft, title, i%2 == 1)
		h.tab = heads[i].tab
		heads[i] = h
	}
	return heads
}

// head gives the words at the head of a page, and makes ready for the next.
func (r *runningState) head(draft *pageDraft, title string, verso bool) (h pageHead) {
	if draft.opening {
		r.heading = ""
		if r.first == "" {
			r.open = ""
		}
	}
	first, last := r.first, r.last
	if first == "" {
		first, last = r.open, r.open
	}
	// Letters of one of two indexes on a page would pass for those of both.
	mixed := r.mixed || r.headings > 1 && letters(first)
	r.first, r.last, r.mixed, r.headings = "", "", false, 0
	if draft.blank || draft.full != nil || draft.section.Matter == CoverMatter {
		return h
	}
	h.folio = true
	if draft.opening {
		return h
	}
	section := draft.section.Title
	if r.heading != "" && !mixed {
		section = r.heading
	}
	if mixed {
		first, last = "", ""
	}
	// The outer corner is what a thumb uncovers: first entry of the page on
	// the left, last one on the right, as in a dictionary.
	h.outer, h.inner = last, section
	if verso {
		h.outer = first
	}
	if letters(first) && letters(last) && first != last {
		h.outer = first + " – " + last
	}
	if h.outer == "" {
		h.outer, h.inner = section, ""
		if verso {
			h.outer = title
		}
	}
	return h
}

// running draws the head and the folio.
func (c *canvas) running(draft *pageDraft) {
	h := c.d.heads[c.index]
	if h.folio {
		c.folio(draft)
	}
	if h.folio && !draft.opening {
		c.head(h.outer, h.inner, c.index%2 == 1)
	}
}

// letters tells the heads of an index from the names of entries.
func letters(s string) bool { return s != "" && utf8.RuneCountInString(s) <= 3 }

func (c *canvas) head(outer, inner string, verso bool) {
	d := &c.d.s.design
	st := d.styles["running"]
	width := d.textWidth()
	y := d.margins.head
	x := c.d.left(c.index)
	room := width
	if line := c.d.s.fitLine(inner, st, width*0.4, c.d.plan.lang); line != nil {
		at := x
		if verso {
			at = x + width - line.width
		}
		c.line(&frag{line: line}, at, y)
		room -= line.width + 2*st.size
	}
	if line := c.d.s.fitLine(outer, st, room, c.d.plan.lang); line != nil {
		at := x + width - line.width
		if verso {
			at = x
		}
		c.line(&frag{line: line}, at, y)
	}
	c.add(moved(hline(width, d.table.rule, d.colors["hairline"]), x, y+5.5, 0))
}

func (c *canvas) folio(draft *pageDraft) {
	d := &c.d.s.design
	line := c.d.s.fitLine(c.d.book.labels[c.index], d.styles["folio"], 100, c.d.plan.lang)
	if line == nil {
		return
	}
	x := c.d.left(c.index)
	if c.index%2 == 0 {
		x += d.textWidth() - line.width
	}
	c.line(&frag{line: line}, x, d.Page.H-d.margins.foot)
}

// fitLine sets a text on one line of at most width, cut at a word when too
// long.
func (s *Setter) fitLine(text string, st style, width float64, lang string) *setLine {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	st.align = AlignLeft
	set := func(t string) *paraLayout {
		return s.paragraph(paraInput{text: []Inline{Text{Text: t, NoHyphen: true}}, style: st, measure: width, lang: lang})
	}
	p := set(text)
	for words := strings.Fields(text); len(p.lines) > 1 && len(words) > 1; {
		words = words[:len(words)-1]
		p = set(strings.TrimRight(strings.Join(words, " "), " –,;:") + "\u00A0…")
	}
	if len(p.lines) == 0 {
		return nil
	}
	return p.lines[0]
}

// oneLine sets a label of a size and colour in the bold sans.
func (s *Setter) oneLine(text string, size float64, fill Color, lang string) *setLine {
	st := s.design.styles["thumb"]
	st.size, st.color, st.figures = size, fill, figuresLining
	st.name = Style(fmt.Sprintf("square %v", fill))
	return s.fitLine(text, st, 1000, lang)
}

// thumb draws the tab of the section on the outer edge, each lower than the
// one before.
func (c *canvas) thumb(draft *pageDraft) {
	if tab := c.d.heads[c.index].tab; tab != nil && draft.thumb == "" && !draft.blank {
		c.tab(tab)
		return
	}
	if draft.thumb == "" || draft.blank {
		return
	}
	d := &c.d.s.design
	n := max(len(c.d.thumbs), 1)
	w, h := d.rules.thumbW, d.rules.thumbH
	room := d.textHeight()
	step := min(h*1.15, room/float64(n))
	h = min(h, step*0.9)
	y := d.margins.top + step*float64(c.d.thumbs[draft.thumb])
	x := d.Page.W - w
	if c.index%2 == 1 {
		x = -d.Bleed
	}
	c.add(moved(rect(w+d.Bleed, h, d.colors["accent"]), x, y, 0))
	line := c.d.s.fitLine(draft.thumb, d.styles["thumb"], h-6, c.d.plan.lang)
	if line == nil {
		return
	}
	// The label reads across the tab when it is short, which tabs are.
	visible := 0.0
	if c.index%2 == 0 {
		visible = d.Page.W - w
	}
	c.line(&frag{line: line}, visible+(w-line.width)/2, y+h/2+d.styles["thumb"].size*0.35)
}

// tabOf is the tab of the first entry on a page, which may have begun before.
func (r *runningState) tabOf(draft *pageDraft) *Tab {
	if draft.opening {
		r.tab = nil
	}
	shown := r.tab
	if r.first == "" {
		shown = nil
	}
	for _, pb := range draft.placed {
		// An entry without a tab ends the one before.
		for _, m := range pb.v.running {
			if m.entry {
				r.tab = nil
			}
		}
		if pb.v.tab == nil {
			continue
		}
		if shown == nil {
			shown = pb.v.tab
		}
		r.tab = pb.v.tab
	}
	return shown
}

// tab draws the mark of a theme at the outer edge.
func (c *canvas) tab(t *Tab) {
	d := &c.d.s.design
	w, room := d.rules.thumbW, d.textHeight()
	step := room / float64(max(t.Rows, 1))
	h := min(d.rules.thumbH, step*0.9)
	y := d.margins.top + step*float64(t.Row) + (step-h)/2
	x, seen := d.Page.W-w, d.Page.W-w
	if c.index%2 == 1 {
		x, seen = -d.Bleed, 0
	}
	c.add(moved(rect(w+d.Bleed, h, t.Fill), x, y, 0))
	if len(t.Sign) == 0 {
		return
	}
	size := w * 0.5
	sign := scaled(&Path{Ops: t.Sign, Fill: Readable(t.Fill), Stroke: Color{None: true}}, size)
	c.add(moved(sign, seen+(w-size)/2, y+(h-size)/2, 0))
}
