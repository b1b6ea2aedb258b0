package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Wheel is a layer over a form that gives the mouse wheel to the form's
// scroll: each Fyne entry has a scroll inside, and keeps the wheel for itself.
type Wheel struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// NewWheel returns the layer; Serve names the scroll it turns.
func NewWheel() *Wheel {
	w := &Wheel{}
	w.ExtendBaseWidget(w)
	return w
}

// Serve names the scroll that the wheel turns.
func (w *Wheel) Serve(scroll *container.Scroll) { w.scroll = scroll }

// Scrolled is Fyne's.
func (w *Wheel) Scrolled(e *fyne.ScrollEvent) {
	if w.scroll != nil && !zoomed(w, e) {
		w.scroll.Scrolled(e)
	}
}

// CreateRenderer is Fyne's.
func (w *Wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
