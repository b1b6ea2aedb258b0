package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pressable is what acts on a click, Enter or space, and shows that the mouse
// or the keyboard is on it. A widget embeds it and calls press on itself.
type pressable struct {
	widget.BaseWidget
	action           func()
	hovered, focused bool
	self             fyne.CanvasObject
}

// press makes self the widget that is pressed.
func (p *pressable) press(self interface {
	fyne.Widget
	fyne.Focusable
}, action func()) {
	p.self, p.action = self, action
	p.ExtendBaseWidget(self)
}

// Tapped acts.
func (p *pressable) Tapped(*fyne.PointEvent) { p.action() }

// MouseIn is Fyne's.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved is Fyne's.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (p *pressable) MouseOut() { p.hovered = false; p.Refresh() }

// FocusGained is Fyne's.
func (p *pressable) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost is Fyne's.
func (p *pressable) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune is Fyne's.
func (p *pressable) TypedRune(rune) {}

// TypedKey is Fyne's.
func (p *pressable) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeySpace || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		p.action()
		return
	}
	passOn(p.self, k)
}
