package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Fyne's own buttons, selectors and ticks keep every key for themselves: with
// the focus on one of them Esc left no question and Enter answered none. Those
// of this file do what Fyne's do and hand on what they have no use for.

// Button is Fyne's, which Enter presses as space does.
type Button struct{ widget.Button }

func newButton(label string, action func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = label, action
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey is Fyne's.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		passOn(b, k)
	}
}

// Select is Fyne's list of which one is chosen.
type Select struct{ widget.Select }

// NewSelect returns a list that unfolds.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey is Fyne's.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	s.Select.TypedKey(k)
	passOn(s, k)
}

// SelectEntry is Fyne's entry with a list of what is usual.
type SelectEntry struct{ widget.SelectEntry }

// NewSelectEntry returns an entry with a list.
func NewSelectEntry(options []string) *SelectEntry {
	s := &SelectEntry{}
	s.ExtendBaseWidget(s)
	s.SetOptions(options)
	return s
}

// TypedKey is Fyne's.
func (s *SelectEntry) TypedKey(k *fyne.KeyEvent) {
	s.SelectEntry.TypedKey(k)
	if k.Name == fyne.KeyReturn && s.OnSubmitted != nil {
		return
	}
	passOn(s, k)
}

// Check is Fyne's box to tick.
type Check struct{ widget.Check }

// NewCheck returns a box to tick.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey is Fyne's.
func (c *Check) TypedKey(k *fyne.KeyEvent) { passOn(c, k) }
