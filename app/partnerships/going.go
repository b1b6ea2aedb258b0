package partnerships

import (
	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
)

// mark is where a section of the form begins.
type mark struct {
	title   string
	heading fyne.CanvasObject
}

// Sections names the sections of the form in order, none when no entry shows.
func (f *Form) Sections() []string {
	if f.draft == nil {
		return nil
	}
	var out []string
	for _, m := range f.marks {
		out = append(out, m.title)
	}
	return out
}

// GoToSection scrolls to a section, counted from 0, and puts the cursor into
// the first of it that takes one.
func (f *Form) GoToSection(i int) {
	if f.draft == nil || i < 0 || i >= len(f.marks) {
		return
	}
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(f.body).Y
	y := driver.AbsolutePositionForObject(f.marks[i].heading).Y - top
	f.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, y-12)))
	c := driver.CanvasForObject(f)
	if c == nil || i >= len(f.body.Objects) {
		return
	}
	if first := firstFocusable(f.body.Objects[i]); first != nil {
		c.Focus(first)
	}
}

// FocusFirst puts the cursor into the first text of the entry.
func (f *Form) FocusFirst() {
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if c == nil || f.draft == nil {
		return
	}
	if first := firstFocusable(f.body); first != nil {
		c.Focus(first)
	}
}

// firstFocusable is what Tab would reach first in o, cursors before buttons.
func firstFocusable(o fyne.CanvasObject) fyne.Focusable {
	if !o.Visible() {
		return nil
	}
	switch x := o.(type) {
	case *widgets.Field:
		return firstFocusable(x.Content())
	case *widgets.Picker:
		return x.Entry()
	case *widgets.Disclosure:
		if content := x.Content(); content != nil {
			return firstFocusable(content)
		}
	case *fyne.Container:
		for _, child := range x.Objects {
			if found := firstFocusable(child); found != nil {
				return found
			}
		}
		return nil
	case fyne.Focusable:
		if d, ok := x.(fyne.Disableable); !ok || !d.Disabled() {
			return x
		}
	}
	return nil
}
