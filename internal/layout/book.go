package layout

import "maps"

// book is the drafts of all pages of an attempt.
type book struct {
	drafts  []*pageDraft
	matters []Matter
	labels  []string
}

// paginate composes the sections one after the other.
func (s *Setter) paginate(p *plan) *book {
	b := &book{}
	for i, sp := range p.sections {
		// A new kind of numbering starts on the right, as page 1 does.
		recto := sp.Recto || i > 0 && sp.Matter != p.sections[i-1].Matter && sp.Matter != CoverMatter
		if recto && len(b.drafts)%2 == 1 {
			prev := p.sections[max(i-1, 0)]
			b.drafts = append(b.drafts, &pageDraft{section: prev, blank: true})
		}
		c := sp.composed(&s.design, len(b.drafts))
		b.drafts = append(b.drafts, c.pages...)
	}
	b.matters = make([]Matter, len(b.drafts))
	for i, d := range b.drafts {
		b.matters[i] = d.section.Matter
	}
	b.labels = pageLabels(b.matters)
	return b
}

// composed gives the section's pages, again as before when nothing they
// depend on has changed: its text and the side it starts on.
func (sp *sectionPlan) composed(d *Design, start int) *composer {
	volatile := false
	for _, c := range sp.chunks {
		volatile = volatile || c.volatile
	}
	side := start % 2
	if !volatile && sp.done[side] != nil {
		return sp.done[side]
	}
	c := compose(d, sp, start)
	sp.done[side] = c
	return c
}

// numbering tells where the anchors of this attempt fell.
func (b *book) numbering() *numbering {
	n := &numbering{pages: map[string]int{}, labels: b.labels, matters: b.matters}
	for i, d := range b.drafts {
		if d.opening {
			n.mark(d.section.Anchor, i)
		}
		for _, pb := range d.placed {
			for _, a := range pb.v.anchors {
				n.mark(a.name, i)
			}
		}
	}
	return n
}

func (n *numbering) mark(anchor string, page int) {
	if _, ok := n.pages[anchor]; !ok {
		n.pages[anchor] = page
	}
}

// same tells whether every anchor would print as before.
func (n *numbering) same(o *numbering) bool {
	if n.pages == nil || len(n.labels) != len(o.labels) {
		return false
	}
	for i := range n.labels {
		if n.labels[i] != o.labels[i] {
			return false
		}
	}
	return maps.Equal(n.pages, o.pages)
}
