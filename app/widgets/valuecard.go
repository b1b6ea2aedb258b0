package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// ValueCard is one of several values of which a person keeps one: it stands
// whole, and a tick with a frame says that it is the one kept.
type ValueCard struct {
	pressable
	// OnPicked hears that this value is to be kept.
	OnPicked func()

	text string
	on   bool
	tick *widget.Icon
	card *Background
	all  *fyne.Container
}

// NewValueCard returns the card of a value.
func NewValueCard(text string) *ValueCard {
	c := &ValueCard{text: text, tick: widget.NewIcon(theme.IconIn("check", fynetheme.ColorNamePrimary))}
	c.card = NewCard(fynetheme.ColorNameBackground, fynetheme.ColorNameInputBorder, 5)
	mark := container.NewVBox(Drawing(18, c.tick))
	c.all = container.NewStack(c.card, Inset(10, 2, container.NewBorder(nil, nil, nil, mark, NewFlushParagraph(text))))
	c.press(c, func() {
		if c.OnPicked != nil {
			c.OnPicked()
		}
	})
	c.show()
	return c
}

// SetOn shows whether this value is kept.
func (c *ValueCard) SetOn(on bool) {
	c.on = on
	c.show()
}

// On tells whether this value is kept.
func (c *ValueCard) On() bool { return c.on }

// Text gives the value.
func (c *ValueCard) Text() string { return c.text }

// Cursor is Fyne's.
func (c *ValueCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh is Fyne's.
func (c *ValueCard) Refresh() {
	c.show()
	c.BaseWidget.Refresh()
}

func (c *ValueCard) show() {
	c.tick.Hidden = !c.on
	fill, edge := fynetheme.ColorNameBackground, fynetheme.ColorNameInputBorder
	if c.on {
		fill, edge = theme.ColorAccentFaint, fynetheme.ColorNamePrimary
	}
	if c.focused {
		edge = fynetheme.ColorNameFocus
	}
	if c.hovered && !c.on {
		fill = fynetheme.ColorNameHover
	}
	c.card.SetStyle(fill, edge)
	c.tick.Refresh()
}

// CreateRenderer is Fyne's.
func (c *ValueCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.all) }
