package sight

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/widgets"
)

// place is where an object stands, and what of the window it may be seen in.
type place struct {
	at   fyne.Position
	clip rect
	// down and across tell that scrolling brings what is out of the clip.
	down, across bool
	// within are the objects around it, the nearest last.
	within []fyne.CanvasObject
}

type rect struct{ left, top, right, bottom float32 }

func rectOf(at fyne.Position, s fyne.Size) rect {
	return rect{at.X, at.Y, at.X + s.Width, at.Y + s.Height}
}

func (r rect) and(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

func (r rect) empty() bool { return r.right <= r.left || r.bottom <= r.top }

// walk visits what is shown at the top of a window: the question over it, else
// its content.
func walk(c fyne.Canvas, visit func(o fyne.CanvasObject, p place)) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	if root == nil {
		return
	}
	visitBelow(root, place{clip: rectOf(fyne.NewPos(0, 0), c.Size())}, visit)
}

func visitBelow(o fyne.CanvasObject, p place, visit func(fyne.CanvasObject, place)) {
	if !o.Visible() {
		return
	}
	p.at = p.at.Add(o.Position())
	visit(o, p)
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		if r := test.WidgetRenderer(o); r != nil {
			below = r.Objects()
		}
	}
	if len(below) == 0 {
		return
	}
	if s, ok := scrollOf(o); ok {
		p.clip = p.clip.and(rectOf(p.at, o.Size()))
		p.down = p.down || s.Direction == container.ScrollBoth || s.Direction == container.ScrollVerticalOnly
		p.across = p.across || s.Direction == container.ScrollBoth || s.Direction == container.ScrollHorizontalOnly
	}
	popup, _ := o.(*widget.PopUp)
	p.within = append(p.within[:len(p.within):len(p.within)], o)
	for _, child := range below {
		in := p
		if popup != nil && child == popup.Content {
			// A question ends where its ground does.
			in.clip = in.clip.and(rectOf(p.at.Add(child.Position()), child.Size()))
		}
		visitBelow(child, in, visit)
	}
}

func scrollOf(o fyne.CanvasObject) (*container.Scroll, bool) {
	switch s := o.(type) {
	case *container.Scroll:
		return s, true
	case *widgets.Scroll:
		return &s.Scroll, true
	}
	return nil, false
}
