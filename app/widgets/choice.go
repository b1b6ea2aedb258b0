package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Choice is a large button of the first screen: a drawing, a title, a sentence.
type Choice struct {
	widget.BaseWidget
	title      string
	action     func()
	background *Background
	all        *fyne.Container
	focused    bool
}

// NewChoice returns a choice.
func NewChoice(icon, title, sentence string, action func()) *Choice {
	c := &Choice{title: title, action: action, background: NewCard(fynetheme.ColorNameBackground, fynetheme.ColorNameSeparator, 6)}
	heading := NewBold(title)
	note := NewMuted(sentence)
	drawing := container.NewCenter(Drawing(22, widget.NewIcon(theme.IconIn(icon, fynetheme.ColorNamePrimary))))
	c.all = container.NewStack(c.background, Inset(14, 9,
		container.NewBorder(nil, nil, Inset(0, 0, drawing), nil, Inset(12, 0, Column(2, heading, note)))))
	c.ExtendBaseWidget(c)
	return c
}

// Title gives the words of its first line.
func (c *Choice) Title() string { return c.title }

// Tapped acts.
func (c *Choice) Tapped(*fyne.PointEvent) { c.action() }

// Cursor is Fyne's.
func (c *Choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is Fyne's.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.background.SetFill(theme.ColorAccentFaint) }

// MouseMoved is Fyne's.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (c *Choice) MouseOut() { c.show() }

// FocusGained is Fyne's.
func (c *Choice) FocusGained() { c.focused = true; c.show() }

// FocusLost is Fyne's.
func (c *Choice) FocusLost() { c.focused = false; c.show() }

func (c *Choice) show() {
	if c.focused {
		c.background.SetFill(theme.ColorAccentSoft)
		return
	}
	c.background.SetFill(fynetheme.ColorNameBackground)
}

// TypedRune is Fyne's.
func (c *Choice) TypedRune(rune) {}

// TypedKey is Fyne's.
func (c *Choice) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeySpace {
		c.action()
		return
	}
	passOn(c, k)
}

// CreateRenderer is Fyne's.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.all) }
