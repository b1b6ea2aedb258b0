package sight

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
)

// Over says which buttons, menus, entries, chips and lines of text lie over one
// another, once each. What a notice or a menu covers on purpose is another
// canvas layer, or no part of the content: it is not looked for.
func Over(c fyne.Canvas) []string {
	type seen struct {
		o    fyne.CanvasObject
		name string
		r    rect
		in   []fyne.CanvasObject
	}
	var all []seen
	walk(c, func(o fyne.CanvasObject, p place) {
		name, ok := named(o)
		r := rectOf(p.at, o.Size()).and(p.clip)
		if !ok || r.empty() {
			return
		}
		all = append(all, seen{o, name, r, p.within})
	})
	var out []string
	for i, a := range all {
		for _, b := range all[:i] {
			if slices.Contains(a.in, b.o) || slices.Contains(b.in, a.o) {
				continue
			}
			common := a.r.and(b.r)
			if common.right-common.left > slack && common.bottom-common.top > slack {
				if s := fmt.Sprintf("« %s » lies over « %s »", a.name, b.name); !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// named gives the words of what may not lie over another.
func named(o fyne.CanvasObject) (string, bool) {
	switch x := o.(type) {
	case *widgets.Text:
		return x.Text(), x.Text() != ""
	case *widgets.Button:
		return x.Text, true
	case *widgets.IconButton:
		return x.ToolTip(), true
	case *widgets.Chip:
		return x.Text(), true
	case *widgets.Check:
		return x.Text, true
	case *widgets.Select:
		return x.Selected, true
	case *widgets.Entry:
		return x.PlaceHolder, true
	case *widgets.SearchBox:
		return x.PlaceHolder, true
	}
	return "", false
}
