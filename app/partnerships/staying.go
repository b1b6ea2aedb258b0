package partnerships

import (
	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// sides are those a partnership has.
var sides = []repertoire.Side{repertoire.SideFrench, repertoire.SideForeign}

// stay notes where the cursor is in the form, and gives what puts it there again
// once the widgets are made anew: an answer that comes late must not send what
// one types meanwhile into another field.
func (f *Form) stay() (back func()) {
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if c == nil || c.Focused() == nil {
		return func() {}
	}
	focused := c.Focused()
	for _, side := range sides {
		if p := f.pickers[side]; p != nil && p.Entry() == focused {
			return f.backTo(c, p, func() *widgets.Picker { return f.pickers[side] })
		}
	}
	if f.themes != nil && f.themes.Entry() == focused {
		return f.backTo(c, f.themes, func() *widgets.Picker { return f.themes })
	}
	for _, field := range f.fields {
		if !inside(field.Content(), focused) {
			continue
		}
		name := field.Name
		return func() {
			for _, again := range f.fields {
				if first := firstFocusable(again.Content()); again.Name == name && first != nil {
					c.Focus(first)
					return
				}
			}
		}
	}
	return func() {}
}

// backTo takes what stands in a picker over into the one that takes its place.
func (f *Form) backTo(c fyne.Canvas, was *widgets.Picker, now func() *widgets.Picker) func() {
	text := was.Entry().Text
	return func() {
		p := now()
		if p == nil || p == was {
			return
		}
		c.Focus(p.Entry())
		if text != "" {
			p.Entry().SetText(text)
			p.Entry().CursorColumn = len([]rune(text))
		}
	}
}

// sitting tells whether the cursor is in the box of a side, or nowhere: then the
// next authority is what is typed next.
func (f *Form) sitting() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if c == nil || c.Focused() == nil {
		return true
	}
	for _, side := range sides {
		if p := f.pickers[side]; p != nil && p.Entry() == c.Focused() {
			return true
		}
	}
	return false
}

func inside(o fyne.CanvasObject, focused fyne.Focusable) bool {
	if x, ok := o.(fyne.Focusable); ok && x == focused {
		return true
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			if inside(child, focused) {
				return true
			}
		}
	case *widgets.Field:
		return inside(x.Content(), focused)
	case *widgets.Picker:
		return x.Entry() == focused
	case *widgets.Disclosure:
		return x.Content() != nil && inside(x.Content(), focused)
	}
	return false
}
