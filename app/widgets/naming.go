package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Naming sets a name and what tells it from its homonyms on one line, on two
// where one does not hold both; buttons stand at the right of either.
func Naming(name, native, place *Text, buttons fyne.CanvasObject) *fyne.Container {
	return container.New(&naming{native: native.Text() != ""}, name, native, place, buttons)
}

type naming struct {
	native bool
	width  float32 // of the last layout
}

const (
	namingLine  = 30 // one line, with its margins
	namingLower = 18 // what the second adds
	namingGap   = 8
)

// wanted is what a text takes when nothing is cut.
func wanted(t *Text) float32 {
	fixed := t.Fixed
	t.Fixed = true
	w := t.MinSize().Width
	t.Fixed = fixed
	return w
}

func (n *naming) two(o []fyne.CanvasObject, width float32) bool {
	all := wanted(o[0].(*Text)) + namingGap + wanted(o[2].(*Text))
	if n.native {
		all += namingGap + wanted(o[1].(*Text))
	}
	return width > 0 && all > width-o[3].MinSize().Width-namingGap
}

// MinSize is Fyne's.
func (n *naming) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := Grown(namingLine)
	if n.two(o, n.width) {
		h += Grown(namingLower)
	}
	return fyne.NewSize(o[3].MinSize().Width+80, h)
}

// Layout is Fyne's.
func (n *naming) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n.width = s.Width
	buttons := o[3].MinSize()
	o[3].Resize(buttons)
	o[3].Move(fyne.NewPos(s.Width-buttons.Width, (s.Height-buttons.Height)/2))
	room := s.Width - buttons.Width - namingGap
	put := func(i int, x, y float32) float32 {
		w := fyne.Max(0, fyne.Min(wanted(o[i].(*Text)), room-x))
		o[i].Resize(fyne.NewSize(w, Grown(20)))
		o[i].Move(fyne.NewPos(x, y))
		return x + w + namingGap
	}
	if !n.two(o, s.Width) {
		x := put(0, 0, (s.Height-Grown(20))/2)
		if n.native {
			x = put(1, x, (s.Height-Grown(20))/2)
		}
		put(2, x, (s.Height-Grown(20))/2)
		return
	}
	top := (s.Height - Grown(38)) / 2
	put(0, 0, top)
	x := float32(0)
	if n.native {
		x = put(1, 0, top+Grown(18))
	}
	put(2, x, top+Grown(18))
}
