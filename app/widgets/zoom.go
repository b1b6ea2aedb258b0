package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Zoom asks the window for larger or smaller text; By 0 is the size of the
// first day. The window hears it as it hears a shortcut.
type Zoom struct{ By float32 }

// ShortcutName is Fyne's.
func (*Zoom) ShortcutName() string { return "Zoom" }

// zoomed tells whether the wheel turns with Ctrl held, and then asks the window
// for another size of text: Fyne hands the wheel to the deepest scroll alone.
func zoomed(over fyne.CanvasObject, e *fyne.ScrollEvent) bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok || d.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) == 0 || e.Scrolled.DY == 0 {
		return false
	}
	by := float32(0.1)
	if e.Scrolled.DY < 0 {
		by = -by
	}
	askZoom(over, &Zoom{By: by})
	return true
}

// askZoom hands the wish to the window an object stands in. An entry inside
// another widget does not know its canvas: the one with the focus is meant.
func askZoom(from fyne.CanvasObject, z *Zoom) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(from)
	for _, w := range driver.AllWindows() {
		if c == nil && w.Canvas().Focused() != nil {
			c = w.Canvas()
		}
	}
	if hears, ok := c.(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		hears.TypedShortcut(z)
	}
}

// Scroll is Fyne's scroll, but for Ctrl and the wheel, which change the size of
// the text.
type Scroll struct{ container.Scroll }

// NewVScroll returns a scroll up and down.
func NewVScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{container.Scroll{Direction: container.ScrollVerticalOnly, Content: content}}
	s.ExtendBaseWidget(s)
	return s
}

// Scrolled is Fyne's.
func (s *Scroll) Scrolled(e *fyne.ScrollEvent) {
	if !zoomed(s, e) {
		s.Scroll.Scrolled(e)
	}
}

// ZoomLayer hears the wheel where nothing scrolls: it lies under all.
type ZoomLayer struct{ widget.BaseWidget }

// NewZoomLayer returns the layer.
func NewZoomLayer() *ZoomLayer {
	z := &ZoomLayer{}
	z.ExtendBaseWidget(z)
	return z
}

// Scrolled is Fyne's.
func (z *ZoomLayer) Scrolled(e *fyne.ScrollEvent) { zoomed(z, e) }

// CreateRenderer is Fyne's.
func (z *ZoomLayer) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// zoomKey gives the zoom a chord means on any keyboard, nil for another: on
// some, + and - want Shift or stand on other keys than Fyne expects.
func zoomKey(s fyne.Shortcut) *Zoom {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return nil
	}
	switch c.KeyName {
	case fyne.KeyPlus, fyne.KeyEqual:
		return &Zoom{By: 0.1}
	case fyne.KeyMinus:
		return &Zoom{By: -0.1}
	case fyne.Key0:
		return &Zoom{}
	}
	return nil
}
