package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"

	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// IconButton is a flat button with a drawing and a hint.
type IconButton struct {
	tooltip.ToolTipWidget
	icon     string
	action   func()
	small    bool
	disabled bool
	on       bool
	hovered  bool
	focused  bool
}

// NewIconButton returns a button; hint says what it does, with its shortcut.
func NewIconButton(icon, hint string, action func()) *IconButton {
	b := &IconButton{icon: icon, action: action}
	b.ExtendBaseWidget(b)
	if hint != "" {
		b.SetToolTip(hint)
	}
	return b
}

// SetOn shows the button as switched on.
func (b *IconButton) SetOn(on bool) { b.on = on; b.Refresh() }

// SetEnabled lets the button be pressed or not.
func (b *IconButton) SetEnabled(enabled bool) {
	if b.disabled == enabled {
		b.disabled = !enabled
		b.Refresh()
	}
}

// SetIcon changes the drawing.
func (b *IconButton) SetIcon(icon string) { b.icon = icon; b.Refresh() }

// Icon names the drawing on it.
func (b *IconButton) Icon() string { return b.icon }

// Small makes the button fit into a row of 24 units.
func (b *IconButton) Small() *IconButton { b.small = true; return b }

// Tapped acts.
func (b *IconButton) Tapped(*fyne.PointEvent) {
	if !b.disabled && b.action != nil {
		b.action()
	}
}

// MouseIn is Fyne's.
func (b *IconButton) MouseIn(e *desktop.MouseEvent) {
	b.ToolTipWidget.MouseIn(e)
	b.hovered = true
	b.Refresh()
}

// MouseOut is Fyne's.
func (b *IconButton) MouseOut() {
	b.ToolTipWidget.MouseOut()
	b.hovered = false
	b.Refresh()
}

// FocusGained is Fyne's.
func (b *IconButton) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost is Fyne's.
func (b *IconButton) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune is Fyne's.
func (b *IconButton) TypedRune(rune) {}

// TypedKey acts on space and Enter.
func (b *IconButton) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeySpace || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		b.Tapped(nil)
		return
	}
	passOn(b, k)
}

// CreateRenderer is Fyne's.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	r := &iconButtonRenderer{b: b, background: canvas.NewRectangle(nil), image: canvas.NewImageFromResource(nil)}
	r.background.CornerRadius = 4
	r.Refresh()
	return r
}

type iconButtonRenderer struct {
	b          *IconButton
	background *canvas.Rectangle
	image      *canvas.Image
}

func (r *iconButtonRenderer) Destroy() {}
func (r *iconButtonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.image}
}

func (r *iconButtonRenderer) MinSize() fyne.Size {
	if r.b.small {
		return fyne.NewSquareSize(Grown(24))
	}
	return fyne.NewSquareSize(Grown(30))
}

func (r *iconButtonRenderer) Layout(s fyne.Size) {
	side := fyne.Min(s.Width, r.MinSize().Width)
	r.background.Resize(fyne.NewSquareSize(side))
	r.background.Move(fyne.NewPos((s.Width-side)/2, (s.Height-side)/2))
	drawn := Grown(18)
	if r.b.small {
		drawn = Grown(14)
	}
	r.image.Resize(fyne.NewSquareSize(drawn))
	r.image.Move(fyne.NewPos((s.Width-drawn)/2, (s.Height-drawn)/2))
}

func (r *iconButtonRenderer) Refresh() {
	b := r.b
	tint, background := theme.ColorMuted, fynetheme.ColorNameHover
	switch {
	case b.disabled:
		tint = fynetheme.ColorNameDisabled
	case b.on:
		tint, background = fynetheme.ColorNamePrimary, theme.ColorAccentSoft
	case b.hovered:
		tint = fynetheme.ColorNameForeground
	}
	r.background.Hidden = b.disabled || !(b.hovered || b.on || b.focused)
	if b.focused {
		background = fynetheme.ColorNameFocus
	}
	r.background.FillColor = colour(background)
	r.image.Resource = theme.IconIn(b.icon, tint)
	r.Layout(b.Size())
	r.background.Refresh()
	r.image.Refresh()
}

// NewButton returns a plain button, with a drawing unless icon is "".
func NewButton(label, icon string, action func()) *Button {
	b := newButton(label, action)
	if icon != "" {
		b.SetIcon(theme.Icon(icon))
	}
	return b
}

// NewMainButton returns the one button of a pane that does what it is for.
func NewMainButton(label, icon string, action func()) *Button {
	b := newButton(label, action)
	b.Importance = widget.HighImportance
	if icon != "" {
		b.SetIcon(theme.IconIn(icon, fynetheme.ColorNameForegroundOnPrimary))
	}
	return b
}

// NewQuietButton returns a button without background.
func NewQuietButton(label, icon string, action func()) *Button {
	b := NewButton(label, icon, action)
	b.Importance = widget.LowImportance
	return b
}

// NewDangerButton returns a button for what cannot be taken back.
func NewDangerButton(label string, action func()) *Button {
	b := newButton(label, action)
	b.Importance = widget.DangerImportance
	return b
}
