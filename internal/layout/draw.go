package layout

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// drawer turns the drafts of a book into the display list. Pages are drawn on all
// processors: nothing of one depends on another but the heads, told beforehand, and
// the numbers of fonts, given afterwards.
type drawer struct {
	s      *Setter
	plan   *plan
	book   *book
	out    *Pages
	thumbs map[string]int
	heads  []pageHead
}

func (s *Setter) draw(p *plan, b *book) *Pages {
	root := &Node{Role: "Document", Lang: p.lang, Title: p.doc.Meta.Title}
	d := &drawer{s: s, plan: p, book: b, thumbs: map[string]int{}, heads: headsOf(b, p.doc.Meta.Title)}
	d.out = &Pages{
		Meta: p.doc.Meta, Size: s.design.Page, Bleed: s.design.Bleed, Structure: root,
		Anchors: map[string]Destination{}, Outline: p.outline, Entries: map[string][]int{},
	}
	for _, sp := range p.sections {
		n := root.add("Sect")
		n.Title = sp.Title
		for _, c := range sp.chunks {
			n.Kids = append(n.Kids, c.set.node.Kids...)
			d.out.Words += c.set.words
		}
		if sp.Thumb != "" {
			if _, ok := d.thumbs[sp.Thumb]; !ok {
				d.thumbs[sp.Thumb] = len(d.thumbs)
			}
		}
	}
	ranked(root)
	number(root)
	pages := make([]*canvas, len(b.drafts))
	each(len(pages), s.workers, func(i int) { pages[i] = d.page(i) })
	d.gather(pages)
	d.out.Warnings = append(d.out.Warnings, p.warnings...)
	for _, sp := range p.sections {
		for _, c := range sp.chunks {
			d.out.Warnings = append(d.out.Warnings, c.set.faults...)
		}
	}
	d.out.Warnings = once(append(d.out.Warnings, p.lost...))
	return d.out
}

// gather puts the pages together in their order: the first place of an anchor
// counts, and fonts are numbered as they come.
func (d *drawer) gather(pages []*canvas) {
	numbers := map[*Font]int{}
	for i, c := range pages {
		d.out.Pages = append(d.out.Pages, c.page)
		own := make([]int, len(c.fonts))
		for k, f := range c.fonts {
			n, ok := numbers[f]
			if !ok {
				n = len(d.out.Fonts)
				numbers[f] = n
				d.out.Fonts = append(d.out.Fonts, f)
			}
			own[k] = n
		}
		for _, it := range c.page.Items {
			if g, ok := it.(*Glyphs); ok {
				g.Font = own[g.Font]
			}
		}
		for _, a := range c.anchors {
			if _, ok := d.out.Anchors[a.name]; !ok {
				d.out.Anchors[a.name] = Destination{Page: i, Y: a.y}
			}
		}
		for id := range c.entries {
			d.out.Entries[id] = append(d.out.Entries[id], i)
		}
		d.out.Warnings = append(d.out.Warnings, c.warnings...)
	}
}

// each runs f for 0…n-1 on so many processors.
func each(n, workers int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n, max(workers, 1)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}

// once drops what has been said: a repeated head or an unknown style used on
// every page is one warning.
func once(all []Warning) []Warning {
	seen := map[Warning]bool{}
	var out []Warning
	for _, w := range all {
		k := w
		if w.Kind == WarnStyle {
			k.Page, k.Origin = 0, Origin{}
		}
		if !seen[k] {
			seen[k] = true
			out = append(out, w)
		}
	}
	return out
}

// left is where the text block starts: inner margins are at the spine, on the
// left of right-hand pages, which have even indexes.
func (d *drawer) left(page int) float64 {
	m := d.s.design.margins
	if page%2 == 0 {
		return m.inner
	}
	return m.outer
}

func (d *drawer) page(i int) *canvas {
	draft := d.book.drafts[i]
	page := &Page{Label: d.book.labels[i], Cover: draft.section.Matter == CoverMatter}
	c := &canvas{d: d, page: page, index: i, entries: map[string]bool{}}
	if draft.opening {
		c.anchors = append(c.anchors, anchorMark{name: draft.section.Anchor})
	}
	x, y := d.left(i), d.s.design.margins.top
	if draft.full != nil {
		x, y = 0, 0
		c.background(draft.full.Background)
	}
	c.thumb(draft)
	c.backdrops(draft, x, y)
	for _, pb := range draft.placed {
		c.box(pb, x, y)
	}
	c.notes(draft, x)
	c.running(draft)
	c.hollow(draft)
	return c
}

// fullEnough is how much of a page of text must be used.
const fullEnough = 1.0 / 3

// hollow tells of a page that is nearly empty: any of the body's; of what stands
// before it, those of a part that has several. A word of welcome or the legal
// notice, alone on its page, is as short as it is.
func (c *canvas) hollow(draft *pageDraft) {
	if draft.section.Matter == CoverMatter || draft.blank || draft.full != nil {
		return
	}
	if draft.section.Matter != BodyMatter && c.alone(draft) {
		return
	}
	used, origin := 0.0, Origin{}
	for _, pb := range draft.placed {
		if pb.v.room {
			continue
		}
		used = max(used, pb.y+pb.v.height)
		if origin == (Origin{}) && len(pb.v.regions) > 0 {
			origin = pb.v.regions[0].origin
		}
	}
	share := used / c.d.s.design.textHeight()
	if share >= fullEnough {
		return
	}
	c.warn(Warning{Kind: WarnHollow, Origin: origin,
		Message: fmt.Sprintf(
			"La page n’est remplie qu’à %.0f %% : allongez ou raccourcissez ce qui la précède, ou changez la présentation de la fiche.",
			share*100)})
}

// alone tells whether a page of text is the only one of its part.
func (c *canvas) alone(draft *pageDraft) bool {
	for _, i := range []int{c.index - 1, c.index + 1} {
		if i < 0 || i >= len(c.d.book.drafts) {
			continue
		}
		if next := c.d.book.drafts[i]; next.section == draft.section && !next.blank && next.full == nil {
			return false
		}
	}
	return true
}

// canvas draws one page.
type canvas struct {
	d     *drawer
	page  *Page
	index int

	fonts    []*Font // those of the page; its glyphs have their index here at first
	anchors  []anchorMark
	entries  map[string]bool
	warnings []Warning
}

func (c *canvas) warn(w Warning) {
	w.Page = c.index
	c.warnings = append(c.warnings, w)
}

func (c *canvas) add(it Item) { c.page.Items = append(c.page.Items, it) }

func (c *canvas) background(fill Color) {
	if fill.None || fill == (Color{}) {
		return
	}
	b, size := c.d.s.design.Bleed, c.d.s.design.Page
	c.add(moved(rect(size.W+2*b, size.H+2*b, fill), -b, -b, 0))
}

// backdrops paints the tints behind boxes first, one for each run of boxes.
func (c *canvas) backdrops(draft *pageDraft, x, y float64) {
	for i := 0; i < len(draft.placed); {
		pb := draft.placed[i]
		if pb.v.backdrop == nil {
			i++
			continue
		}
		b := pb.v.backdrop
		j := i + 1
		for j < len(draft.placed) && draft.placed[j].v.backdrop != nil && *draft.placed[j].v.backdrop == *b && draft.placed[j].y > pb.y &&
			draft.placed[j].gap < c.d.s.design.grid {
			j++
		}
		last := draft.placed[j-1]
		h := last.y + last.v.height - pb.y
		if !b.fill.None {
			c.add(moved(rect(b.w, h, b.fill), x+pb.x+b.x, y+pb.y, 0))
		}
		if b.bar > 0 {
			c.add(moved(rect(b.bar, h, b.barColor), x+pb.x+b.x, y+pb.y, 0))
		}
		i = j
	}
}

func (c *canvas) box(pb placedBox, x, y float64) {
	v := pb.v
	x, y = x+pb.x, y+pb.y
	if v.rule && pb.gap > 0 {
		st := c.d.s.design
		c.add(moved(hline(st.textWidth(), st.table.rule, st.colors["hairline"]), x, y-pb.gap/2, 0))
	}
	c.frags(v.frags, x, y)
	for _, a := range v.anchors {
		c.anchors = append(c.anchors, anchorMark{name: a.name, y: max(0, y+a.y-4)})
	}
	for _, r := range v.regions {
		c.region(r, x, y)
	}
	for _, w := range v.warnings {
		c.warn(w)
	}
	if v.entry != "" {
		c.entries[v.entry] = true
	}
}

// region joins the boxes of one field that follow one another.
func (c *canvas) region(r boxRegion, x, y float64) {
	if r.origin == (Origin{}) {
		return
	}
	n := Region{X: x + r.x, Y: y + r.y, W: r.w, H: r.h, Origin: r.origin}
	if k := len(c.page.Regions); k > 0 {
		last := &c.page.Regions[k-1]
		if last.Origin == n.Origin && near(last.X, n.X) && near(last.W, n.W) && n.Y >= last.Y && n.Y < last.Y+last.H+2*c.d.s.design.grid {
			last.H = n.Y + n.H - last.Y
			return
		}
	}
	c.page.Regions = append(c.page.Regions, n)
}

func (c *canvas) frags(frags []frag, x, y float64) {
	for i := range frags {
		f := &frags[i]
		switch {
		case f.line != nil:
			c.line(f, x+f.x, y+f.y)
		case f.path != nil:
			c.add(moved(f.path, x+f.x, y+f.y, idOf(f.node)))
		case f.picture != nil:
			p := *f.picture
			p.X, p.Y, p.Node = x+f.x, y+f.y, idOf(f.node)
			c.add(&p)
		case f.link != nil:
			l := *f.link
			l.X, l.Y, l.Node = x+f.x, y+f.y, idOf(f.node)
			c.add(&l)
		}
	}
}

func idOf(n *Node) NodeID {
	if n == nil {
		return 0
	}
	return n.ID
}

func moved(p *Path, dx, dy float64, node NodeID) *Path {
	out := *p
	out.Node = node
	out.Ops = make([]PathOp, len(p.Ops))
	for i, op := range p.Ops {
		op.X, op.Y = op.X+dx, op.Y+dy
		if op.Kind == 'C' {
			op.X1, op.Y1, op.X2, op.Y2 = op.X1+dx, op.Y1+dy, op.X2+dx, op.Y2+dy
		}
		out.Ops[i] = op
	}
	return &out
}

func (c *canvas) line(f *frag, x, y float64) {
	for i := range f.line.runs {
		r := &f.line.runs[i]
		node := NodeID(0)
		if r.span < len(f.spans) {
			node = idOf(f.spans[r.span])
		}
		if r.square != nil {
			c.square(r, x+r.x, y, node)
		} else if len(r.glyphs) > 0 {
			c.add(&Glyphs{
				Font: c.font(r.font), Size: r.size, X: x + r.x, Y: y - r.dy, Run: r.glyphs, Text: r.text,
				Fill: r.fill, RTL: r.rtl, Node: node, Lang: r.lang,
			})
		}
	}
	for k := range f.infos {
		if f.infos[k].kind == spanLink {
			c.link(f, k, x, y)
		}
	}
}

// link covers the runs of a link on a line.
func (c *canvas) link(f *frag, span int, x, y float64) {
	from, to, size := 1e9, -1e9, 0.0
	for i := range f.line.runs {
		r := &f.line.runs[i]
		if r.span == span {
			from, to, size = min(from, r.x), max(to, r.x+r.width), max(size, r.size)
		}
	}
	if to <= from {
		return
	}
	info := f.infos[span]
	c.add(&Link{X: x + from, Y: y - 0.85*size, W: to - from, H: 1.15 * size, URL: info.url, Anchor: info.anchor, Alt: info.alt,
		Node: idOf(f.spans[span])})
}

// square draws a small filled square with its number.
func (c *canvas) square(r *setRun, x, y float64, node NodeID) {
	side := r.size * 1.16
	top := y - r.size*0.36 - side/2
	c.add(moved(rect(side, side, r.square.Fill), x, top, node))
	size := r.size * 0.66
	line := c.d.s.oneLine(r.square.Label, size, Readable(r.square.Fill), c.d.plan.lang)
	if line == nil {
		return
	}
	c.line(&frag{line: line, spans: []*Node{{ID: node}}}, x+(side-line.width)/2, top+side/2+size*0.36)
}

func (c *canvas) font(f *Font) int {
	if i := slices.Index(c.fonts, f); i >= 0 {
		return i
	}
	c.fonts = append(c.fonts, f)
	return len(c.fonts) - 1
}

// notes stand at the foot of the text block under a short rule.
func (c *canvas) notes(draft *pageDraft, x float64) {
	if len(draft.notes) == 0 {
		return
	}
	ds := &c.d.s.design
	h := 0.0
	for _, n := range draft.notes {
		h += n.height
	}
	y := ds.margins.top + ds.textHeight() - h
	c.add(moved(hline(ds.rules.noteRule, ds.table.rule, ds.colors["muted"]), x, y-0.4*ds.grid, 0))
	for _, n := range draft.notes {
		c.frags(n.frags, x, y)
		c.region(n.region, x, y)
		for _, w := range n.faults {
			c.warn(w)
		}
		y += n.height
	}
}
