package driving

import (
	"fmt"

	"fyne.io/fyne/v2"

	"repertoire/app/shell"
	"repertoire/app/widgets"
)

// seen is a button the keyboard reaches.
type seen struct {
	label string
	press func()
	fault string
}

func look(s *shell.Shell) State {
	c := s.Window().Canvas()
	out := State{Title: s.Window().Title(), Over: len(c.Overlays().List()), Text: s.TextSize()}
	if f := c.Focused(); f != nil {
		out.Focus = fmt.Sprintf("%T", f)
	}
	for _, b := range buttons(c) {
		out.Buttons = append(out.Buttons, b.label)
		if b.fault != "" {
			out.Faults = append(out.Faults, b.label+": "+b.fault)
		}
	}
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
			out = append(out, seen{x.Text, func() { x.Tapped(nil) }, fault(c, x)})
		case *widgets.IconButton:
			out = append(out, seen{x.ToolTip(), func() { x.Tapped(nil) }, fault(c, x)})
		}
	}
	if before == nil {
		c.Unfocus()
	} else {
		c.Focus(before)
	}
	return out
}

// fault says what is wrong with a button's place: a word cut, or a place beside
// the window. What is below may come by scrolling.
func fault(c fyne.Canvas, o fyne.CanvasObject) string {
	if need := o.MinSize(); o.Size().Width < need.Width-1 {
		return fmt.Sprintf("%.0f wide, needs %.0f", o.Size().Width, need.Width)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	if at.X < -1 || at.X+o.Size().Width > c.Size().Width+1 {
		return fmt.Sprintf("out of the window, at %.0f", at.X)
	}
	return ""
}
