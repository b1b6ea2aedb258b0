package layout

import "math"

// kind of a line item, after Knuth and Plass, "Breaking paragraphs into
// lines" (1981): boxes are ink, glue is blank where a line may end, penalties
// are other places where it may.
type itemKind uint8

const (
	itemBox itemKind = iota
	itemGlue
	itemPenalty
)

// lineItem is one step of a paragraph. pos and next are rune indexes: a line
// that ends here ends before pos, the following one starts at next or later.
type lineItem struct {
	kind        itemKind
	flagged     bool // a hyphen would show
	late        bool // only allowed when everything else failed
	hyphenation bool // only allowed after the first pass
	width       float64
	stretch     float64
	shrink      float64
	penalty     float64
	hang        float64 // of a last sign that may stand in the margin
	pos, next   int32
}

const (
	never  = 10000.0  // penalty that forbids
	always = -10000.0 // penalty that forces
)

// lineSpec is what a paragraph asks of its lines.
type lineSpec struct {
	first, rest float64 // measures
	ragged      bool    // spaces keep their width
}

// brokenLine says where a line ends.
type brokenLine struct {
	from, to int  // items; the line is items[from:to], broken at items[to]
	late     bool // broken where only despair allows
}

// breakNode is a way to have broken the text so far.
type breakNode struct {
	at       int // item broken at, -1 at the start
	start    int // first item of the next line
	fitness  int
	demerits float64
	prev     int     // index into the arena, -1
	over     float64 // of a rescue: points that stick out
	flagged  bool
}

// lineBreaker holds the sums that make a line's width a subtraction.
type lineBreaker struct {
	items                 []lineItem
	spec                  lineSpec
	width, stretch, shrnk []float64 // sums before item i
	nextBox               []int32
	nodes                 []breakNode
	active                []int
}

// pass is one attempt, each more tolerant than the one before.
type pass struct {
	tolerance float64
	hyphenate bool
	emergency float64 // stretch lent to each line, share of the measure
	late      bool
}

var passes = [...]pass{
	{tolerance: 60},
	{tolerance: 900, hyphenate: true},
	{tolerance: 2500, hyphenate: true, emergency: 0.04},
	{tolerance: math.Inf(1), hyphenate: true, emergency: 0.08},
	{tolerance: math.Inf(1), hyphenate: true, emergency: 0.08, late: true},
}

// breakLines chooses the breaks with the fewest demerits over the whole
// paragraph. It always ends: each pass reads the items once, there are five,
// and the last one accepts any line.
func breakLines(items []lineItem, spec lineSpec) []brokenLine {
	lb := &lineBreaker{items: items, spec: spec}
	lb.sum()
	for i, p := range passes {
		if spec.ragged && i == 0 {
			continue
		}
		if lines := lb.try(p, i == len(passes)-1); lines != nil {
			return lines
		}
	}
	return nil
}

func (lb *lineBreaker) sum() {
	n := len(lb.items)
	sums := make([]float64, 3*(n+1))
	lb.width, lb.stretch, lb.shrnk = sums[:n+1], sums[n+1:2*(n+1)], sums[2*(n+1):]
	lb.nextBox = make([]int32, n+1)
	for i, it := range lb.items {
		w, y, z := it.width, it.stretch, it.shrink
		if it.kind == itemPenalty {
			w, y, z = 0, 0, 0
		}
		lb.width[i+1], lb.stretch[i+1], lb.shrnk[i+1] = lb.width[i]+w, lb.stretch[i]+y, lb.shrnk[i]+z
	}
	lb.nextBox[n] = int32(n)
	for i := n - 1; i >= 0; i-- {
		lb.nextBox[i] = lb.nextBox[i+1]
		if it := lb.items[i]; it.kind == itemBox || it.kind == itemPenalty && it.penalty <= always {
			lb.nextBox[i] = int32(i)
		}
	}
}

// legal tells whether a line may end at item i in this pass.
func (lb *lineBreaker) legal(i int, p pass) bool {
	it := &lb.items[i]
	if it.late && !p.late || it.hyphenation && !p.hyphenate {
		return false
	}
	switch it.kind {
	case itemGlue:
		return (it.penalty < never || it.late) && i > 0
	case itemPenalty:
		return it.penalty < never
	}
	return false
}

func (lb *lineBreaker) try(p pass, last bool) []brokenLine {
	lb.nodes = append(lb.nodes[:0], breakNode{at: -1, start: int(lb.nextBox[0]), fitness: 1, prev: -1})
	lb.active = append(lb.active[:0], 0)
	for b := range lb.items {
		if !lb.legal(b, p) {
			continue
		}
		if !lb.breakAt(b, p, last) {
			return nil
		}
	}
	best := -1
	for _, a := range lb.active {
		if lb.nodes[a].at == len(lb.items)-1 && (best < 0 || lb.nodes[a].demerits < lb.nodes[best].demerits) {
			best = a
		}
	}
	if best < 0 {
		return nil
	}
	return lb.trace(best)
}

// breakAt considers ending a line at item b after each active break. It is
// false when no way remains.
func (lb *lineBreaker) breakAt(b int, p pass, last bool) bool {
	it := &lb.items[b]
	forced := it.kind == itemPenalty && it.penalty <= always
	var best [4]breakNode
	for i := range best {
		best[i].demerits = math.Inf(1)
	}
	found := false
	var rescue breakNode
	rescue.demerits = math.Inf(1)
	keep := lb.active[:0]
	for _, a := range lb.active {
		from := &lb.nodes[a]
		if from.start > b {
			keep = append(keep, a)
			continue
		}
		ratio, bad, over := lb.judge(from, b, p)
		if over > 0 || forced {
			// The break is too far back for this and all later ends.
			if over > 0 && over < rescue.over || math.IsInf(rescue.demerits, 1) {
				rescue = breakNode{at: b, start: int(lb.nextBox[b+1]), fitness: 1, demerits: from.demerits + 1e9, prev: a, over: over,
					flagged: it.flagged}
			}
		} else {
			keep = append(keep, a)
		}
		if over > 0 || bad > p.tolerance {
			continue
		}
		d := lb.demerits(from, b, bad, ratio)
		if f := fitness(ratio); d < best[f].demerits {
			best[f] = breakNode{at: b, start: int(lb.nextBox[b+1]), fitness: f, demerits: d, prev: a, flagged: it.flagged}
			found = true
		}
	}
	lb.active = keep
	if found {
		limit := math.Min(math.Min(best[0].demerits, best[1].demerits), math.Min(best[2].demerits, best[3].demerits)) + fitnessDemerits
		for _, n := range best {
			if n.demerits <= limit {
				lb.nodes = append(lb.nodes, n)
				lb.active = append(lb.active, len(lb.nodes)-1)
			}
		}
	}
	if len(lb.active) > 0 {
		return true
	}
	if !last {
		return false
	}
	lb.nodes = append(lb.nodes, rescue)
	lb.active = append(lb.active, len(lb.nodes)-1)
	return true
}

const (
	linePenalty     = 10.0
	fitnessDemerits = 3000.0
	doubleHyphen    = 12000.0
	finalHyphen     = 5000.0
	shortLast       = 4000.0
)

// judge measures the line from a break to item b: its ratio, badness and the
// points it sticks out.
func (lb *lineBreaker) judge(from *breakNode, b int, p pass) (ratio, bad, over float64) {
	measure := lb.spec.rest
	if from.at < 0 {
		measure = lb.spec.first
	}
	w := lb.width[b] - lb.width[from.start]
	if !lb.spec.ragged {
		w -= lb.items[b].hang
	}
	if it := &lb.items[b]; it.kind == itemPenalty {
		w += it.width
	}
	gap := measure - w
	const hair = 0.01 // rounding of sums over a long paragraph
	forced := lb.items[b].kind == itemPenalty && lb.items[b].penalty <= always
	if lb.spec.ragged {
		if gap < -hair {
			return -1, math.Inf(1), -gap
		}
		if forced {
			return 0, 0, 0
		}
		// A quarter of the line left empty is as bad as a loose justified one.
		ratio = gap / (0.25 * measure)
		return ratio, math.Min(25*ratio*ratio, 9000), 0
	}
	switch {
	case gap >= 0 && forced: // the last line is as long as it is
		return 0, 0, 0
	case gap > 0:
		y := lb.stretch[b] - lb.stretch[from.start] + p.emergency*measure
		if y <= 0 {
			return 1e3, 1e5, 0
		}
		ratio = gap / y
	case gap < 0:
		z := lb.shrnk[b] - lb.shrnk[from.start]
		if -gap > z+hair {
			return -1, math.Inf(1), -gap - z
		}
		if z > 0 {
			ratio = math.Max(gap/z, -1)
		}
	}
	return ratio, math.Min(100*math.Abs(ratio*ratio*ratio), 1e5), 0
}

func (lb *lineBreaker) demerits(from *breakNode, b int, bad, ratio float64) float64 {
	it := &lb.items[b]
	d := (linePenalty + bad) * (linePenalty + bad)
	switch {
	case it.penalty >= 0:
		d += it.penalty * it.penalty
	case it.penalty > always:
		d -= it.penalty * it.penalty
	}
	if it.flagged && from.flagged {
		d += doubleHyphen
	}
	if f := fitness(ratio) - from.fitness; f > 1 || f < -1 {
		d += fitnessDemerits
	}
	if b == len(lb.items)-1 {
		if from.flagged {
			d += finalHyphen
		}
		if from.at >= 0 && lb.width[b]-lb.width[from.start] < 0.07*lb.spec.rest {
			d += shortLast
		}
	}
	return from.demerits + d
}

func fitness(ratio float64) int {
	switch {
	case ratio < -0.5:
		return 0
	case ratio <= 0.5:
		return 1
	case ratio <= 1:
		return 2
	}
	return 3
}

func (lb *lineBreaker) trace(node int) []brokenLine {
	n := 0
	for i := node; lb.nodes[i].prev >= 0; i = lb.nodes[i].prev {
		n++
	}
	lines := make([]brokenLine, n)
	for i := node; lb.nodes[i].prev >= 0; i = lb.nodes[i].prev {
		n--
		k := &lb.nodes[i]
		lines[n] = brokenLine{from: lb.nodes[k.prev].start, to: k.at, late: lb.items[k.at].late}
	}
	return lines
}
