package pdf

import (
	"bytes"
	"context"
	"fmt"

	"github.com/signintech/gopdf"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/pdf/truetype"
	"repertoire/internal/repertoire"
)

// firstSentinel numbers the marks left in gopdf's content streams. gopdf
// writes SetCustomLineType(nil, n) as "[] n.00 d": a dash phase no drawing of
// ours uses, which the finisher replaces with our operators: gopdf has no call
// for most (tags, glyph positioning, curves, clipping), and one mark a page is
// less to write and to read again than one for each colour and each line.
const firstSentinel = 7_000_000

// marked is one marked-content sequence of a sheet; its index in the sheet's
// list is its MCID.
type marked struct {
	node layout.NodeID
	seq  int // order in the whole document
}

// area is a live area of a sheet, in PDF coordinates.
type area struct {
	link *layout.Link
	rect [4]float64
}

// drawn is what drawing leaves for the finisher.
type drawn struct {
	raw       []byte   // gopdf's file
	operators [][]byte // what each sentinel stands for
	sheets    []sheet
	faces     []*face // gopdf's font F1, F2… in order
	// faceNumber is the index in Pages.Fonts of each of faces.
	faceNumber []int
	pictures   []*xobject
	marks      [][]marked // by sheet
	areas      [][]area   // by sheet
	seq        int        // marked contents so far
	boxes      map[layout.NodeID]*box
	// labels is what the labels of list items begin with.
	labels map[layout.NodeID]string
}

// box is where a node's items lie on the first sheet that shows it.
type box struct {
	sheet      int
	x0, y0, x1 float64
	y1         float64
}

// artist draws sheets through gopdf: each is painted by a copy of it, on all
// processors, and given to gopdf in order.
type artist struct {
	pages *layout.Pages
	opts  Options
	pdf   *gopdf.GoPdf
	out   *drawn

	faceOf    []*face // by index of Pages.Fonts
	resource  []int   // number of gopdf's font resource, by index of Pages.Fonts
	recipient *layout.Glyphs
	spine     *layout.Glyphs // title on the spine of a cover
	pictureOf map[*layout.Picture]*xobject
	roles     map[layout.NodeID]*layout.Node

	// What is below is of the sheet being painted.
	painted
	pending []byte // operators not yet a step
	sheet   int
	height  float64 // of the media, to turn y around
	cell    cell
	node    layout.NodeID // open marked content, -1 for none

	fill, stroke layout.Color
	hasFill      bool // fill is what the content stream has now
	hasStroke    bool
	overprint    int // -1 unknown, 0 off, 1 on
	clusters     []cluster
}

// painted is a sheet ready for gopdf.
type painted struct {
	steps  []step
	marks  []layout.NodeID // of each marked content
	areas  []area
	boxes  map[layout.NodeID]*box
	labels map[layout.NodeID]string
	err    error
}

// step is a run of operators, or the placing of a picture.
type step struct {
	ops     []byte
	picture *xobject
	place   gopdf.ImageOptions
}

// none says that no marked content is open.
const none layout.NodeID = -1

// draw paints all sheets. Operators go behind sentinels; pages, boxes, fonts and
// pictures are gopdf's.
func (a *artist) draw(ctx context.Context) error {
	a.pdf = &gopdf.GoPdf{}
	first := a.out.sheets[0]
	a.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: first.mediaW(), H: first.mediaH()}})
	// The finisher compresses once the sentinels are gone.
	a.pdf.SetNoCompression()
	if err := a.fonts(); err != nil {
		return err
	}
	a.out.marks = make([][]marked, len(a.out.sheets))
	a.out.areas = make([][]area, len(a.out.sheets))
	a.out.boxes, a.out.labels = map[layout.NodeID]*box{}, map[layout.NodeID]string{}
	sheets := make([]painted, len(a.out.sheets))
	parallel(len(sheets), func(i int) {
		if ctx.Err() == nil {
			sheets[i] = a.paint(i)
		}
	})
	for i := range sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if a.opts.Progress != nil {
			a.opts.Progress(i, len(sheets), "Dessin des pages")
		}
		if err := a.hand(i, &sheets[i]); err != nil {
			return err
		}
		sheets[i] = painted{}
	}
	if a.recipient != nil {
		if err := a.addFont(a.recipient.Font, a.faceOf[a.recipient.Font]); err != nil {
			return err
		}
	}
	var buf bytes.Buffer
	if _, err := a.pdf.WriteTo(&buf); err != nil {
		return repertoire.Fault(err, "Le PDF n'a pas pu être composé : rien n'a été écrit.")
	}
	a.out.raw = buf.Bytes()
	return nil
}

// hand gives a painted sheet to gopdf, and what it holds to the finisher. Nodes
// that several sheets show are boxed and labelled by the first.
func (a *artist) hand(i int, p *painted) error {
	if p.err != nil {
		return p.err
	}
	s := a.out.sheets[i]
	option := gopdf.PageOption{PageSize: &gopdf.Rect{W: s.mediaW(), H: s.mediaH()}}
	if s.margin > 0 {
		option.TrimBox = &gopdf.Box{Left: s.margin, Top: s.margin, Right: s.mediaW() - s.margin, Bottom: s.mediaH() - s.margin}
	}
	a.pdf.AddPageWithOption(option)
	for _, st := range p.steps {
		if st.picture == nil {
			a.pdf.SetCustomLineType([]float64{}, float64(firstSentinel+len(a.out.operators)))
			a.out.operators = append(a.out.operators, st.ops)
			continue
		}
		holder, err := newPlaceholder(st.picture.index)
		if err == nil {
			err = a.pdf.ImageByHolderWithOptions(holder, st.place)
		}
		if err != nil {
			return err
		}
	}
	for _, node := range p.marks {
		a.out.marks[i] = append(a.out.marks[i], marked{node, a.out.seq})
		a.out.seq++
	}
	a.out.areas[i] = p.areas
	for id, b := range p.boxes {
		if a.out.boxes[id] == nil {
			a.out.boxes[id] = b
		}
	}
	for id, text := range p.labels {
		if a.out.labels[id] == "" {
			a.out.labels[id] = text
		}
	}
	return nil
}

// fonts gives gopdf the fonts of the book. The one of the recipient's line,
// listed behind them, is only numbered: gopdf gets it when the pages are
// drawn, so that nothing before it changes.
func (a *artist) fonts() error {
	a.resource = make([]int, len(a.faceOf))
	for i, f := range a.faceOf {
		if f == nil {
			continue
		}
		a.resource[i] = len(a.out.faces) + 1
		if i >= len(a.pages.Fonts) {
			continue
		}
		if err := a.addFont(i, f); err != nil {
			return err
		}
	}
	return nil
}

// addFont gives gopdf a subset and names every glyph of it once, which is what
// makes gopdf embed them.
func (a *artist) addFont(i int, f *face) error {
	family := fmt.Sprintf("face%d", i)
	runes := make([]rune, len(f.width))
	for cid := range runes {
		runes[cid] = rune(truetype.FirstRune + cid)
	}
	err := a.pdf.AddTTFFontData(family, f.subset)
	if err == nil {
		err = a.pdf.SetFont(family, "", 10)
	}
	if err == nil {
		_, err = a.pdf.MeasureTextWidth(string(runes))
	}
	if err != nil {
		return repertoire.Fault(err, "La police « %s » ne peut pas être incorporée : le fichier n'a pas été écrit.", f.name)
	}
	a.out.faces = append(a.out.faces, f)
	a.out.faceNumber = append(a.out.faceNumber, i)
	return nil
}

// paint draws a sheet.
func (a *artist) paint(index int) painted {
	b := *a
	b.painted = painted{boxes: map[layout.NodeID]*box{}, labels: map[layout.NodeID]string{}}
	b.pending, b.clusters = nil, nil
	b.err = b.drawSheet(index, b.out.sheets[index])
	return b.painted
}

func (a *artist) drawSheet(index int, s sheet) error {
	a.sheet, a.height, a.node = index, s.mediaH(), none
	a.forget()
	a.underFolds(s)
	if a.spine != nil {
		a.drawSpine(s)
	}
	for _, c := range s.cells {
		a.cell = c
		if c.clipped {
			a.ops("q ", c.clip[0], a.height-c.clip[1]-c.clip[3], c.clip[2], c.clip[3], "re W n\n")
		}
		if err := a.drawItems(a.pages.Pages[c.page]); err != nil {
			return err
		}
		a.closeMark()
		if c.clipped {
			a.ops("Q\n")
			a.forget()
		}
	}
	if a.opts.Variant == Print && a.opts.Marks {
		a.drawMarks(s)
	}
	// Every page gets a content stream, blank ones too.
	a.ops("\n")
	a.flush()
	return nil
}

func (a *artist) drawItems(p *layout.Page) error {
	for _, item := range p.Items {
		switch it := item.(type) {
		case *layout.Glyphs:
			if len(it.Run) == 0 || it.Fill.None {
				continue
			}
			a.mark(it.Node, "Pagination")
			if n := a.roles[it.Node]; n != nil && n.Role == "Lbl" && a.labels[it.Node] == "" {
				a.labels[it.Node] = it.Text
			}
			a.text(it)
		case *layout.Path:
			a.mark(it.Node, "Layout")
			a.path(it)
		case *layout.Picture:
			a.mark(it.Node, "Layout")
			a.picture(it)
		case *layout.Link:
			a.link(it)
		default:
			return repertoire.Fault(nil, "Une page contient un élément inconnu (%T) : le fichier n'a pas été écrit.", item)
		}
	}
	if a.recipient != nil && p.Label != "" {
		a.mark(0, "Pagination")
		a.text(a.recipient)
	}
	return nil
}

// link keeps a live area for the finisher; paper has none.
func (a *artist) link(l *layout.Link) {
	if a.opts.Variant == Print {
		return
	}
	x, y := a.x(l.X), a.y(l.Y+l.H)
	a.areas = append(a.areas, area{l, [4]float64{x, y, x + l.W, y + l.H}})
}

// x and y turn page coordinates into PDF ones.
func (a *artist) x(x float64) float64 { return a.cell.x + x }
func (a *artist) y(y float64) float64 { return a.height - a.cell.y - y }

// mark opens the marked content of a node, or of an artifact, unless it is
// the one already open. Printed files carry no tags.
func (a *artist) mark(node layout.NodeID, artifact string) {
	if a.opts.Variant == Print || a.node == node {
		return
	}
	a.closeMark()
	a.node = node
	if node == 0 {
		a.ops("/Artifact <</Type /" + artifact + ">> BDC\n")
		return
	}
	role := "Span"
	if n := a.roles[node]; n != nil {
		role = n.Role
	}
	a.ops("/", role, " <</MCID ")
	a.pending = appendInt(a.pending, len(a.marks))
	a.ops(">> BDC\n")
	a.marks = append(a.marks, node)
}

func (a *artist) closeMark() {
	if a.node != none {
		a.ops("EMC\n")
		a.node = none
	}
}

// cover widens the box of a node with a rectangle in PDF coordinates.
func (a *artist) cover(node layout.NodeID, x0, y0, x1, y1 float64) {
	if node == 0 || a.opts.Variant == Print {
		return
	}
	b := a.boxes[node]
	if b == nil {
		a.boxes[node] = &box{a.sheet, x0, y0, x1, y1}
		return
	}
	b.x0, b.y0, b.x1, b.y1 = min(b.x0, x0), min(b.y0, y0), max(b.x1, x1), max(b.y1, y1)
}

// ops adds operators and operands to what the next sentinel stands for.
func (a *artist) ops(parts ...any) {
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			a.pending = append(a.pending, v...)
		case float64:
			a.pending = append(object.AppendFloat(a.pending, v), ' ')
		}
	}
}

// flush ends a run of operators, before a picture of gopdf's.
func (a *artist) flush() {
	if len(a.pending) > 0 {
		a.steps = append(a.steps, step{ops: a.pending})
		a.pending = nil
	}
}

// forget drops what is known of the graphics state.
func (a *artist) forget() {
	a.hasFill, a.hasStroke, a.overprint = false, false, -1
}

func (a *artist) setFill(c layout.Color) {
	if a.hasFill && a.fill == c {
		return
	}
	a.fill, a.hasFill = c, true
	a.color(c, "rg\n", "k\n")
}

func (a *artist) setStroke(c layout.Color) {
	if a.hasStroke && a.stroke == c {
		return
	}
	a.stroke, a.hasStroke = c, true
	a.color(c, "RG\n", "K\n")
}

// color writes a colour as the file has it, and the operator that sets it.
func (a *artist) color(c layout.Color, rgb, cmyk string) {
	if a.opts.Variant == Print {
		a.ops(float64(c.C)/100, float64(c.M)/100, float64(c.Y)/100, float64(c.K)/100, cmyk)
	} else {
		a.ops(float64(c.R)/255, float64(c.G)/255, float64(c.B)/255, rgb)
	}
}

// setOverprint turns the overprint of black on for text in pure black and off
// for everything else: white or tinted objects must knock out.
func (a *artist) setOverprint(on bool) {
	want := 0
	if on {
		want = 1
	}
	if a.opts.Variant != Print || a.overprint == want {
		return
	}
	a.overprint = want
	if on {
		a.ops("/" + overprintState + " gs\n")
	} else {
		a.ops("/" + knockoutState + " gs\n")
	}
}

// Names of our graphics states and colour space in the resources.
const (
	overprintState   = "GSover"
	knockoutState    = "GSknock"
	registrationName = "CSall"
)
