package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// splitGrip is how wide the place is where the mouse takes the edge.
const splitGrip = 5

// Split sets two panes side by side with a hairline between them that the
// mouse moves. Fyne's own draws a black handle in its middle.
type Split struct {
	widget.BaseWidget
	// Offset is the share of the width the leading pane has.
	Offset            float64
	Leading, Trailing fyne.CanvasObject
	// LeastLeading and LeastTrailing are widths below which no pane gets, were
	// its content content with less.
	LeastLeading, LeastTrailing float32

	edge *splitEdge
}

// NewHSplit returns a split with the panes half and half.
func NewHSplit(leading, trailing fyne.CanvasObject) *Split {
	s := &Split{Offset: 0.5, Leading: leading, Trailing: trailing}
	s.edge = &splitEdge{split: s, line: canvas.NewRectangle(nil)}
	s.edge.ExtendBaseWidget(s.edge)
	s.ExtendBaseWidget(s)
	return s
}

// SetOffset gives the leading pane another share of the width.
func (s *Split) SetOffset(offset float64) {
	if s.Offset != offset {
		s.Offset = offset
		s.Refresh()
	}
}

// least gives the smallest widths of both panes.
func (s *Split) least() (leading, trailing float32) {
	return fyne.Max(s.LeastLeading, s.Leading.MinSize().Width), fyne.Max(s.LeastTrailing, s.Trailing.MinSize().Width)
}

// CreateRenderer is Fyne's.
func (s *Split) CreateRenderer() fyne.WidgetRenderer { return &splitRenderer{s} }

type splitRenderer struct{ s *Split }

func (r *splitRenderer) Destroy() {}
func (r *splitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.Leading, r.s.Trailing, r.s.edge}
}

func (r *splitRenderer) MinSize() fyne.Size {
	var out fyne.Size
	for _, o := range []fyne.CanvasObject{r.s.Leading, r.s.Trailing} {
		if o.Visible() {
			m := o.MinSize()
			out.Width += m.Width
			out.Height = fyne.Max(out.Height, m.Height)
		}
	}
	return out.AddWidthHeight(1, 0)
}

func (r *splitRenderer) Layout(size fyne.Size) {
	s := r.s
	both := s.Leading.Visible() && s.Trailing.Visible()
	s.edge.Hidden = !both
	if !both {
		for _, o := range []fyne.CanvasObject{s.Leading, s.Trailing} {
			o.Move(fyne.NewPos(0, 0))
			o.Resize(size)
		}
		return
	}
	// Neither pane gets less than it needs, the trailing one first.
	width := float32(s.Offset) * (size.Width - 1)
	leading, trailing := s.least()
	width = fyne.Max(leading, fyne.Min(width, size.Width-1-trailing))
	s.Leading.Move(fyne.NewPos(0, 0))
	s.Leading.Resize(fyne.NewSize(width, size.Height))
	s.Trailing.Move(fyne.NewPos(width+1, 0))
	s.Trailing.Resize(fyne.NewSize(fyne.Max(0, size.Width-width-1), size.Height))
	s.edge.Move(fyne.NewPos(width-splitGrip/2, 0))
	s.edge.Resize(fyne.NewSize(splitGrip, size.Height))
}

func (r *splitRenderer) Refresh() {
	r.Layout(r.s.Size())
	r.s.edge.Refresh()
	canvas.Refresh(r.s)
}

// splitEdge is the hairline and the room around it the mouse takes it by.
type splitEdge struct {
	widget.BaseWidget
	split            *Split
	line             *canvas.Rectangle
	hovered, dragged bool
}

// Cursor is Fyne's.
func (e *splitEdge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn is Fyne's.
func (e *splitEdge) MouseIn(*desktop.MouseEvent) { e.hovered = true; e.Refresh() }

// MouseMoved is Fyne's.
func (e *splitEdge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (e *splitEdge) MouseOut() { e.hovered = false; e.Refresh() }

// Dragged moves the edge.
func (e *splitEdge) Dragged(d *fyne.DragEvent) {
	e.dragged = true
	s := e.split
	room := s.Size().Width - 1
	if room <= 0 {
		return
	}
	at := e.Position().X + splitGrip/2 + d.Dragged.DX
	leading, trailing := s.least()
	at = fyne.Max(leading, fyne.Min(at, room-trailing))
	s.SetOffset(float64(at / room))
}

// DragEnd is Fyne's.
func (e *splitEdge) DragEnd() { e.dragged = false; e.Refresh() }

// CreateRenderer is Fyne's.
func (e *splitEdge) CreateRenderer() fyne.WidgetRenderer {
	r := &splitEdgeRenderer{e}
	r.Refresh()
	return r
}

type splitEdgeRenderer struct{ e *splitEdge }

func (r *splitEdgeRenderer) Destroy()                     {}
func (r *splitEdgeRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *splitEdgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.e.line} }
func (r *splitEdgeRenderer) Layout(s fyne.Size) {
	width := float32(1)
	if r.e.hovered || r.e.dragged {
		width = 3
	}
	r.e.line.Resize(fyne.NewSize(width, s.Height))
	r.e.line.Move(fyne.NewPos((s.Width-width)/2, 0))
}

func (r *splitEdgeRenderer) Refresh() {
	name := fynetheme.ColorNameSeparator
	if r.e.hovered || r.e.dragged {
		name = fynetheme.ColorNamePrimary
	}
	r.e.line.FillColor = colour(name)
	r.Layout(r.e.Size())
	r.e.line.Refresh()
}
