package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// DensityWatch is an invisible part of a window that hears when a unit takes
// another number of pixels: the window was moved to another screen. Fyne then
// writes its texts and drawings anew; pictures that a view painted for the old
// screen are the view's to paint again.
type DensityWatch struct {
	widget.BaseWidget
	changed func()
	density float32
}

// NewDensityWatch returns a watch that calls changed from the interface thread.
func NewDensityWatch(changed func()) *DensityWatch {
	w := &DensityWatch{changed: changed}
	w.ExtendBaseWidget(w)
	return w
}

// Refresh is Fyne's: all of a window is refreshed when its density changes.
func (w *DensityWatch) Refresh() {
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c == nil || c.Scale() == w.density {
		return
	}
	known := w.density > 0
	if w.density = c.Scale(); known {
		w.changed()
	}
}

// MinSize is Fyne's.
func (w *DensityWatch) MinSize() fyne.Size { return fyne.NewSize(0, 0) }

// CreateRenderer is Fyne's.
func (w *DensityWatch) CreateRenderer() fyne.WidgetRenderer { return nothing{} }

// nothing paints nothing.
type nothing struct{}

func (nothing) Destroy()                     {}
func (nothing) Layout(fyne.Size)             {}
func (nothing) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }
func (nothing) Objects() []fyne.CanvasObject { return nil }
func (nothing) Refresh()                     {}
