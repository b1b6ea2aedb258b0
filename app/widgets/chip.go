package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Chip is a short word on a round background: a filter, a theme, a state. A click
// on one with an action does it; most are there to be taken away.
type Chip struct {
	widget.BaseWidget
	text       string
	background fyne.ThemeColorName
	ink        fyne.ThemeColorName
	icon       string
	action     func()
	remove     func() // the cross alone; nil: the cross is but a part of the chip
	hovered    bool
	focused    bool // the keyboard is on it: a PartChip
}

// NewChip returns a chip that only says something.
func NewChip(text string, background, ink fyne.ThemeColorName) *Chip {
	c := &Chip{text: text, background: background, ink: ink}
	c.ExtendBaseWidget(c)
	return c
}

// NewRemovableChip returns a chip with a cross; a click anywhere on it removes.
func NewRemovableChip(text string, remove func()) *Chip {
	c := NewChip(text, theme.ColorAccentSoft, fynetheme.ColorNameForeground)
	c.icon, c.action = "close", remove
	return c
}

// NewActionChip returns a chip that does something, with a drawing.
func NewActionChip(text, icon string, action func()) *Chip {
	c := NewChip(text, fynetheme.ColorNameButton, fynetheme.ColorNameForeground)
	c.icon, c.action = icon, action
	return c
}

// PartChip is a chip that the keyboard reaches: Enter or space turns it round,
// Delete takes it away.
type PartChip struct {
	Chip
}

// NewPartChip returns a chip with a cross that takes it away; a click beside
// the cross turns it round, when it can be. What is put aside looks so.
func NewPartChip(text string, aside bool, turn, remove func()) *PartChip {
	c := &PartChip{Chip{text: text, background: theme.ColorAccentSoft, ink: fynetheme.ColorNameForeground, icon: "close", action: turn,
		remove: remove}}
	if turn == nil {
		c.action, c.remove = remove, nil
	}
	if aside {
		c.background, c.ink = theme.ColorWarningSoft, fynetheme.ColorNameWarning
	}
	c.ExtendBaseWidget(c)
	return c
}

// NewKeyChip returns a chip that does something and that the keyboard reaches.
func NewKeyChip(text, icon string, action func()) *PartChip {
	c := &PartChip{Chip{text: text, background: fynetheme.ColorNameButton, ink: fynetheme.ColorNameForeground, icon: icon, action: action}}
	c.ExtendBaseWidget(c)
	return c
}

// SetActions changes what a click beside the cross does, and the cross.
func (c *PartChip) SetActions(turn, remove func()) { c.action, c.remove = turn, remove }

// FocusGained is Fyne's.
func (c *PartChip) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost is Fyne's.
func (c *PartChip) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune is Fyne's.
func (c *PartChip) TypedRune(rune) {}

// TypedKey turns the chip round or takes it away.
func (c *PartChip) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if c.icon == "close" {
			c.Remove()
		}
	default:
		passOn(c, k)
	}
}

// Remove takes the chip away, as a click on its cross does.
func (c *Chip) Remove() {
	if c.remove != nil {
		c.remove()
		return
	}
	c.Tapped(nil)
}

// Text gives the chip's word.
func (c *Chip) Text() string { return c.text }

// Tapped acts.
func (c *Chip) Tapped(e *fyne.PointEvent) {
	if c.remove != nil && e != nil && e.Position.X > c.Size().Width-Grown(chipIcon)-13 {
		c.remove()
		return
	}
	if c.action != nil {
		c.action()
	}
}

// MouseIn is Fyne's.
func (c *Chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is Fyne's.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (c *Chip) MouseOut() { c.hovered = false; c.Refresh() }

// CreateRenderer is Fyne's.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{c: c, background: canvas.NewRectangle(nil), text: canvas.NewText("", nil), icon: canvas.NewImageFromResource(nil)}
	r.Refresh()
	return r
}

type chipRenderer struct {
	c          *Chip
	background *canvas.Rectangle
	text       *canvas.Text
	icon       *canvas.Image
}

func (r *chipRenderer) Destroy() {}
func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.text, r.icon}
}

// chipHeight leaves the row's rhythm of 28 with a gap of 4.
const (
	chipHeight = 24
	chipIcon   = 12
)

func (r *chipRenderer) MinSize() fyne.Size {
	w := fyne.MeasureText(r.c.text, r.text.TextSize, fyne.TextStyle{}).Width + 18
	if r.c.icon != "" {
		w += Grown(chipIcon) + 4
	}
	return fyne.NewSize(w, Grown(chipHeight))
}

func (r *chipRenderer) Layout(s fyne.Size) {
	room := s.Width - 18
	if r.c.icon != "" {
		side := Grown(chipIcon)
		room -= side + 4
		r.icon.Resize(fyne.NewSquareSize(side))
		r.icon.Move(fyne.NewPos(s.Width-9-side, (s.Height-side)/2))
	}
	r.background.Resize(fyne.NewSize(s.Width, Grown(chipHeight)))
	r.background.Move(fyne.NewPos(0, (s.Height-Grown(chipHeight))/2))
	r.text.Text = Fit(r.c.text, r.text.TextSize, r.text.TextStyle, room)
	m := r.text.MinSize()
	r.text.Resize(m)
	r.text.Move(fyne.NewPos(9, (s.Height-m.Height)/2))
}

func (r *chipRenderer) Refresh() {
	c := r.c
	r.background.CornerRadius = Grown(chipHeight) / 2
	r.background.FillColor = colour(c.background)
	r.background.StrokeWidth = 0
	if c.hovered && c.action != nil {
		r.background.StrokeWidth, r.background.StrokeColor = 1, colour(fynetheme.ColorNamePrimary)
	}
	if c.focused {
		r.background.StrokeWidth, r.background.StrokeColor = 2, colour(fynetheme.ColorNamePrimary)
	}
	r.text.Color, r.text.TextSize = colour(c.ink), size(fynetheme.SizeNameCaptionText)+1
	r.icon.Hidden = c.icon == ""
	if c.icon != "" {
		r.icon.Resource = theme.IconIn(c.icon, theme.ColorMuted)
	}
	r.Layout(c.Size())
	r.background.Refresh()
	r.text.Refresh()
	r.icon.Refresh()
}
