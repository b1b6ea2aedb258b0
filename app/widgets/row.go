package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// row is one painted row: a background that shows selection and hover, and the
// content made by Create.
type row struct {
	widget.BaseWidget
	rows       *Rows
	content    fyne.CanvasObject
	background *canvas.Rectangle
	bar        *canvas.Rectangle
	index      int
	hovered    bool
	pressed    time.Time
	at         int // index of the last press: rows are reused
	dragged    fyne.Position
	dragging   bool
}

func newRow(rows *Rows, content fyne.CanvasObject) *row {
	r := &row{rows: rows, content: content, background: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil)}
	r.ExtendBaseWidget(r)
	return r
}

// show gives the background the colour of the row's state.
func (r *row) show() {
	picked := r.rows.picked.Has(r.index)
	name := fynetheme.ColorNameBackground
	switch {
	case picked && r.rows.focused:
		name = theme.ColorAccentSoft
	case picked:
		name = theme.ColorAccentFaint
	case r.hovered:
		name = fynetheme.ColorNameHover
	}
	paintOn(r.background, colour(name), picked || r.hovered)
	paintOn(r.bar, colour(fynetheme.ColorNamePrimary), r.index == r.rows.picked.Current)
}

// paintOn gives a rectangle its colour and shows it, or not; as it is already,
// it is left alone.
func paintOn(r *canvas.Rectangle, fill color.Color, shown bool) {
	if r.FillColor == fill && r.Hidden == !shown {
		return
	}
	r.FillColor, r.Hidden = fill, !shown
	r.Refresh()
}

// CreateRenderer is Fyne's.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	r.show()
	return &rowRenderer{r}
}

// MouseIn is Fyne's.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.show() }

// MouseMoved is Fyne's.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (r *row) MouseOut() { r.hovered = false; r.show() }

// MouseDown selects at once: waiting for a possible second click, as Fyne's
// DoubleTapped does, makes a list feel slow.
func (r *row) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	now := time.Now()
	double := r.at == r.index && now.Sub(r.pressed) < doubleClick
	r.pressed, r.at = now, r.index
	if double {
		r.pressed = time.Time{}
	}
	r.rows.pressed(r.index, e.Modifier, double)
}

// MouseUp is Fyne's.
func (r *row) MouseUp(*desktop.MouseEvent) {}

// Tapped keeps the focus that the press gave: Fyne takes it back when what was
// clicked cannot be focused itself.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.rows.OnClicked != nil {
		r.rows.OnClicked(r.index)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.rows); c != nil {
		c.Focus(r.rows)
	}
	if r.rows.picked.Current != r.index {
		r.rows.Select(r.index)
	}
}

// TappedSecondary asks for the menu of the row.
func (r *row) TappedSecondary(e *fyne.PointEvent) { r.rows.menu(r.index, e.AbsolutePosition) }

// Dragged takes the selected rows along.
func (r *row) Dragged(e *fyne.DragEvent) {
	if r.rows.OnDrag == nil {
		return
	}
	r.dragging, r.dragged = true, e.AbsolutePosition
	r.rows.OnDrag(e.AbsolutePosition)
}

// DragEnd lets them go.
func (r *row) DragEnd() {
	if r.dragging && r.rows.OnDrop != nil {
		r.rows.OnDrop(r.dragged)
	}
	r.dragging = false
}

type rowRenderer struct{ r *row }

func (w *rowRenderer) Destroy() {}
func (w *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{w.r.background, w.r.bar, w.r.content}
}
func (w *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(20, w.r.rows.tall()) }
func (w *rowRenderer) Layout(s fyne.Size) {
	w.r.background.Resize(s)
	w.r.bar.Resize(fyne.NewSize(3, s.Height))
	w.r.content.Resize(s)
}
func (w *rowRenderer) Refresh() {
	w.r.show()
	w.r.content.Refresh()
}
