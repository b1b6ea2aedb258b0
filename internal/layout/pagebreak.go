package layout

import "math"

// flow is a column of boxes to be cut into pages.
type flow struct {
	boxes   []vbox
	first   float64 // room on the page where it starts
	rest    float64 // room on the others
	grid    float64
	noteSep float64 // room between the text and the first footnote

	top   []float64 // of each box in the whole column
	notes []float64 // height of the footnotes before each box
	snap  []int     // next box on the grid, from each box
	apart []int     // boxes before each that would rather start a page
}

// pageCut is one page of a flow: boxes[from:to], with a float moved in at the
// top (index of its box, or -1) and one moved out to the next page.
type pageCut struct {
	from, to  int
	in, out   int
	overfull  bool
	forbidden bool // cut where one should not
}

// cutNode is the best way to reach a page start.
type cutNode struct {
	cost     float64
	prev     int // box the page before starts with
	prevIn   int // float it took in
	overfull bool
}

const (
	costPage   = 20.0
	costSlack  = 160.0 // of room left at a foot, by the root of its share
	costHole   = 700.0 // of the same, by the square
	costFloat  = 15.0
	costShort  = 900.0 // a last page with little on it
	shortShare = 0.42
	costRunOn  = 260.0 // an entry that wants a page of its own starts under another
	costBurst  = 1e9
)

func (f *flow) measure() {
	n := len(f.boxes)
	f.top, f.notes, f.snap, f.apart = make([]float64, n+1), make([]float64, n+1), make([]int, n+1), make([]int, n+1)
	y := 0.0
	for i := range f.boxes {
		v := &f.boxes[i]
		y += v.before
		f.top[i] = y
		y += v.height
		f.notes[i+1] = f.notes[i] + v.notesHeight()
		f.apart[i+1] = f.apart[i]
		if v.force == forceApart {
			f.apart[i+1]++
		}
	}
	f.top[n] = y
	f.snap[n] = n
	for i := n - 1; i >= 0; i-- {
		f.snap[i] = f.snap[i+1]
		if f.boxes[i].snap {
			f.snap[i] = i
		}
	}
}

// repeats is the height of the heads repeated when a page starts at box i.
func (f *flow) repeats(i int) float64 {
	if i == 0 || i >= len(f.boxes) {
		return 0
	}
	h := 0.0
	v := &f.boxes[i]
	if v.group != nil && !v.opens {
		h += v.group.head.height
	}
	if v.table != nil && !v.opensTab {
		h += v.table.head.height
	}
	return h
}

// height of a page that holds boxes[i:j] under in, a float from before.
func (f *flow) height(i, j, in int) float64 {
	extra := f.repeats(i)
	if in >= 0 {
		extra += f.floatRoom(in)
	}
	h := f.top[j-1] + f.boxes[j-1].height - f.top[i] + extra
	if f.snap[i] < j {
		h += lift(extra-f.top[i], f.grid)
	}
	if notes := f.notes[j] - f.notes[i]; notes > 0 {
		h += notes + f.noteSep
	}
	return h
}

// lift is what brings y up to the grid.
func lift(y, grid float64) float64 {
	d := math.Ceil((y-0.01)/grid)*grid - y
	if d < 0.02 {
		return 0
	}
	return d
}

func (f *flow) floatRoom(i int) float64 {
	h := f.boxes[i].height + f.grid
	return math.Ceil((h-0.01)/f.grid) * f.grid
}

// cut chooses the page starts of least cost. It looks at each box at most
// once for each box that can start a page it fits on, and every page holds at
// least one box: it is linear in pages and always ends.
func (f *flow) cut() []pageCut {
	n := len(f.boxes)
	if n == 0 {
		return nil
	}
	f.measure()
	// A state is the box a page starts with and the float it takes in: at
	// most one float waits, the last of the page before.
	type state struct{ at, in int }
	best := make([]cutStates, n+1)
	reach := func(to state, c cutNode) { best[to.at].offer(to.in, c) }
	reach(state{0, -1}, cutNode{prev: -1})
	for i := 0; i < n; i++ {
		for _, st := range best[i] {
			in, from := st.in, st.node
			room := f.rest
			if i == 0 {
				room = f.first
			}
			lastFloat := -1
			for j := i + 1; j <= n; j++ {
				if j > i+1 && f.boxes[j-1].force.must() {
					break
				}
				if f.boxes[j-1].float && j-1 > i {
					lastFloat = j - 1
				}
				h := f.height(i, j, in)
				over := h > room+0.05
				if over && lastFloat < 0 && j > i+1 {
					break
				}
				if !over || j == i+1 {
					reach(state{j, -1}, cutNode{cost: from.cost + f.cost(i, j, h, room), prev: i, prevIn: in, overfull: over})
				}
				if lastFloat >= 0 && lastFloat < j {
					less := h - f.boxes[lastFloat].height - f.boxes[lastFloat].before
					if less <= room+0.05 && j < n {
						reach(state{j, lastFloat}, cutNode{cost: from.cost + f.cost(i, j, less, room) + costFloat, prev: i, prevIn: in})
					} else if less > room+0.05 {
						break
					}
				}
			}
		}
	}
	end := best[n].get(-1)
	return f.trace(end, best)
}

// cutStates are the best ways to start a page at a box, one for each float
// that may come in with it: nearly always one, so a list beats a map, and
// keeps its order from run to run.
type cutStates []cutState

type cutState struct {
	in   int
	node cutNode
}

func (s *cutStates) offer(in int, c cutNode) {
	for i := range *s {
		if (*s)[i].in == in {
			if c.cost < (*s)[i].node.cost {
				(*s)[i].node = c
			}
			return
		}
	}
	*s = append(*s, cutState{in, c})
}

func (s cutStates) get(in int) cutNode {
	for _, st := range s {
		if st.in == in {
			return st.node
		}
	}
	return cutNode{prev: -1}
}

func (f *flow) cost(i, j int, h, room float64) float64 {
	c := costPage
	if h > room+0.05 {
		c += costBurst
	}
	if i < j {
		c += costRunOn * float64(f.apart[j]-f.apart[i+1])
	}
	switch {
	case j == len(f.boxes):
		if i > 0 {
			c += f.short(h)
		}
	case f.boxes[j].force != forceNone:
		c += f.short(h)
	default:
		c += f.slack(room-h, f.boxes[j].before >= 0.9*f.grid) + f.boxes[j].cost
	}
	return c
}

// short is the cost of a page that ends a part or an entry with little on it:
// lines of the page before had better come over.
func (f *flow) short(h float64) float64 {
	share := h / f.rest
	if share >= shortShare {
		return 0
	}
	c := costShort * (1 - share/shortShare)
	if share < fullEnough+0.02 {
		c += costShort
	}
	return c
}

// slack is the cost of room left at a page's foot. A small one grows ever
// slower, so that one gap where the text pauses is better than every page a
// few lines short; a large one is a hole, and dear by its square. A line
// missing to save a widow is next to nothing.
func (f *flow) slack(room float64, pause bool) float64 {
	if room <= 1.1*f.grid {
		return math.Max(0, 4*room/f.grid)
	}
	share := room / f.rest
	small := costSlack * math.Sqrt(share)
	if pause {
		small *= 0.6
	}
	return small + costHole*share*share
}

func (f *flow) trace(end cutNode, best []cutStates) []pageCut {
	var cuts []pageCut
	node, to, out := end, len(f.boxes), -1
	for node.prev >= 0 {
		c := pageCut{from: node.prev, to: to, in: node.prevIn, out: out, overfull: node.overfull}
		if to < len(f.boxes) {
			c.forbidden = f.boxes[to].cost >= costNever && f.boxes[to].force == forceNone
		}
		cuts = append(cuts, c)
		to, out = node.prev, node.prevIn
		node = best[node.prev].get(node.prevIn)
	}
	for a, b := 0, len(cuts)-1; a < b; a, b = a+1, b-1 {
		cuts[a], cuts[b] = cuts[b], cuts[a]
	}
	return cuts
}
