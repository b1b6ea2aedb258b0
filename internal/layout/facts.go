package layout

import "slices"

// run is the part of a text with facts that stands on one page.
type run struct {
	aside       *aside
	top, bottom float64
	ends        bool // the text ends on this page
	filler      int  // its last box
	at          int  // where its boxes start among those of the page
}

// verso tells whether the page being filled is a left-hand one.
func (c *composer) verso() bool { return (c.start+len(c.pages)-1)%2 == 1 }

// textLeft is where the wide column starts: facts stand at the outer edge.
func (c *composer) textLeft(a *aside) float64 {
	if a == nil || !c.verso() {
		return 0
	}
	return a.width + a.room
}

// facts places the facts of the texts on a page, as many as have room beside
// them. Those of a text that goes on go on with it; those that are left when it
// ends are told in short, and placed all the same: nothing is dropped.
func (c *composer) facts(page *pageDraft, beside []run, short map[int]float64) {
	notes := 0.0
	for _, n := range page.notes {
		notes += n.height
	}
	if notes > 0 {
		notes += c.d.grid
	}
	// From the last run to the first: facts are read, and painted, before the
	// text they stand beside.
	for k := len(beside) - 1; k >= 0; k-- {
		r := beside[k]
		var put []placedBox
		a := r.aside
		x := c.d.textWidth() - a.width
		if c.verso() {
			x = 0
		}
		limit := c.height - notes
		if r.ends {
			limit = r.bottom
		}
		y := r.top
		start := c.told[a]
		for i := start; i < len(a.boxes); i++ {
			v := &a.boxes[i]
			gap := v.before
			if y == r.top {
				gap = 0
			}
			if y+gap+v.height > limit+0.1 {
				if !r.ends {
					// The last line of a fact does not go over alone.
					for back := i; back > start && len(put) > 0 && a.boxes[back].cost >= costNever; back-- {
						put, c.told[a] = put[:len(put)-1], back-1
					}
					break
				}
				short[r.filler] = max(short[r.filler], y+gap+stackHeight(a.boxes[i:])-limit)
			}
			put = append(put, placedBox{x: x, y: y + gap, gap: gap, v: v})
			y += gap + v.height
			if c.told == nil {
				c.told = map[*aside]int{}
			}
			c.told[a] = i + 1
		}
		page.placed = slices.Insert(page.placed, r.at, put...)
	}
}
