package driving

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/shell"
	"repertoire/app/widgets"
)

// seen is a button the keyboard reaches.
type seen struct {
	label string
	press func()
	main  bool // Enter does it
}

func look(s *shell.Shell) State {
	c := s.Window().Canvas()
	out := State{Title: s.Window().Title(), Over: len(c.Overlays().List()), Text: s.TextSize(), Scale: c.Scale()}
	if f := c.Focused(); f != nil {
		out.Focus = fmt.Sprintf("%T", f)
	}
	for _, b := range buttons(c) {
		out.Buttons = append(out.Buttons, b.label)
		if b.main && out.Over > 0 {
			out.Main = b.label
		}
	}
	out.Faults, out.Texts = faults(c), written(c)
	for _, x := range s.Offered() {
		out.Commands = append(out.Commands, x.ID)
	}
	return out
}

func tap(s *shell.Shell, label string) bool {
	for _, b := range buttons(s.Window().Canvas()) {
		if b.label == label {
			b.press()
			return true
		}
	}
	return false
}

// mostStops is more than any screen has places for the keyboard.
const mostStops = 400

// buttons goes once through all the keyboard reaches, as Tab does, and leaves
// the focus where it was.
func buttons(c fyne.Canvas) []seen {
	before := c.Focused()
	var out []seen
	reached := map[fyne.Focusable]bool{}
	for range mostStops {
		c.FocusNext()
		f := c.Focused()
		if f == nil || reached[f] {
			break
		}
		reached[f] = true
		switch x := f.(type) {
		case *widgets.Button:
			out = append(out, seen{x.Text, func() { x.Tapped(nil) }, x.Importance == widget.HighImportance && !x.Disabled()})
		case *widgets.IconButton:
			out = append(out, seen{x.ToolTip(), func() { x.Tapped(nil) }, false})
		}
	}
	if before == nil {
		c.Unfocus()
	} else {
		c.Focus(before)
	}
	return out
}
