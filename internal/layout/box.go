package layout

// vbox is a piece of a column that never breaks inside: a line, a table row,
// a picture with its caption. A column is a list of them.
type vbox struct {
	before float64 // room above, gone at the top of a column
	height float64
	// cost of starting a page or column with this box: 0 is free.
	cost  float64
	force force
	snap  bool // stands on the baseline grid
	float bool // may move to the top of the next page

	frags   []frag
	notes   []*noteBox
	regions []boxRegion
	anchors []anchorMark
	running []runMark
	entry   string // Origin.Entry, for Pages.Entries

	group    *groupMark // innermost group with a head
	opens    bool       // first box of that group
	table    *tableMark // its head is repeated when a page starts inside
	opensTab bool
	backdrop *backdrop
	aside    *aside // facts beside the text this box belongs to
	room     bool   // that the facts need under the text
	filler   bool   // the last box of a text with facts
	tab      *Tab
	rule     bool // hairline in the middle of the room above

	baseline float64 // of the first line, from the top; 0 when none
	warnings []Warning
}

type force byte

const (
	forceNone  force = iota
	forceApart       // unless the page before would stay nearly empty
	forcePage
	forceRecto
)

// must tells whether the page is turned whatever it holds.
func (f force) must() bool { return f >= forcePage }

// Costs of starting a page at a box; what one must not do is dear, not
// impossible, so that a page is always found.
const (
	costNever  = 1e7
	costTable  = 40 // between rows, rather between paragraphs
	costHyphen = 12 // inside a word: a line shorter is better
)

// frag is ink in a box: exactly one of line, path, picture is set.
type frag struct {
	x, y    float64 // from the box's top left; the baseline for a line
	line    *setLine
	spans   []*Node // node of each span of the line's paragraph
	infos   []spanInfo
	path    *Path
	picture *Picture
	link    *Link
	node    *Node // of path, picture, link; nil for an artifact
}

// noteBox is a footnote ready for the foot of its page.
type noteBox struct {
	height float64
	frags  []frag
	faults []Warning
	region boxRegion
}

type boxRegion struct {
	x, y, w, h float64
	origin     Origin
}

type anchorMark struct {
	name string
	y    float64
}

// runMark changes the running head from its box on.
type runMark struct {
	text  string
	entry bool // of a group: takes part in "first – last"
}

// aside is a column of facts that runs beside boxes.
type aside struct {
	boxes []vbox
	width float64
	room  float64 // between facts and text
}

// groupMark is a group whose head is repeated with "(suite)".
type groupMark struct {
	head *vbox
}

// tableMark is a table's head, repeated on the pages it runs over.
type tableMark struct{ head *vbox }

// backdrop is a tint behind the boxes of a group.
type backdrop struct {
	x, w, pad float64
	fill      Color
	bar       float64
	barColor  Color
}

// shift moves what a box holds.
func (v *vbox) shift(dx, dy float64) {
	for i := range v.frags {
		v.frags[i].x += dx
		v.frags[i].y += dy
	}
	for i := range v.regions {
		v.regions[i].x += dx
		v.regions[i].y += dy
	}
	for i := range v.anchors {
		v.anchors[i].y += dy
	}
	if v.baseline != 0 {
		v.baseline += dy
	}
	if v.backdrop != nil && dx != 0 {
		// Boxes of one group share their backdrop; copies keep it whole since
		// they are compared by value when drawn.
		b := *v.backdrop
		b.x += dx
		v.backdrop = &b
	}
}

// absorb puts other at x, y inside v.
func (v *vbox) absorb(other vbox, x, y float64) {
	other.shift(x, y)
	if other.backdrop != nil {
		b := other.backdrop
		v.frags = append(v.frags, frag{x: b.x, y: y, path: rect(b.w, other.height, b.fill)})
	}
	v.frags = append(v.frags, other.frags...)
	v.notes = append(v.notes, other.notes...)
	v.regions = append(v.regions, other.regions...)
	v.anchors = append(v.anchors, other.anchors...)
	v.running = append(v.running, other.running...)
	v.warnings = append(v.warnings, other.warnings...)
	if v.entry == "" {
		v.entry = other.entry
	}
}

// notesHeight is the height of the footnotes the box calls.
func (v *vbox) notesHeight() float64 {
	h := 0.0
	for _, n := range v.notes {
		h += n.height
	}
	return h
}

// stackHeight is the height of boxes one under the other, without the room
// above the first.
func stackHeight(boxes []vbox) float64 {
	h := 0.0
	for i := range boxes {
		if i > 0 {
			h += boxes[i].before
		}
		h += boxes[i].height
	}
	return h
}

// stack puts boxes one under the other in one.
func stack(boxes []vbox) vbox {
	var v vbox
	y := 0.0
	for i := range boxes {
		if i > 0 {
			y += boxes[i].before
		}
		if i == 0 {
			v.baseline = boxes[0].baseline
		}
		v.absorb(boxes[i], 0, y)
		y += boxes[i].height
	}
	v.height = y
	return v
}

func rect(w, h float64, fill Color) *Path {
	return &Path{Fill: fill, Stroke: Color{None: true},
		Ops: []PathOp{{Kind: 'M'}, {Kind: 'L', X: w}, {Kind: 'L', X: w, Y: h}, {Kind: 'L', Y: h}, {Kind: 'Z'}}}
}

// hline is a rule from 0 to w.
func hline(w, width float64, c Color) *Path {
	return &Path{Fill: Color{None: true}, Stroke: c, Width: width, Ops: []PathOp{{Kind: 'M'}, {Kind: 'L', X: w}}}
}
