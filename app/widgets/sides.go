package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
)

// titleNote and typedRoom are what a line under a title, and a place to type,
// ask for before what stands beside them goes below.
const (
	titleNote = 200
	typedRoom = 240
)

// Head sets a title at the left, with the width that is left, and what is done
// with it at the right, at the same height. Where both have no room on one
// line, with large text or in a small window, the deeds go below, on as many
// lines as they need (a Flow): nothing leaves the window or covers the title.
func Head(title, deeds fyne.CanvasObject) *fyne.Container {
	return container.New(&sides{gap: 8}, title, deeds)
}

// Sides is Head for a line without a title: what trails stands at mid-height.
func Sides(gap float32, lead, trail fyne.CanvasObject) *fyne.Container {
	return container.New(&sides{gap: gap, middle: true}, lead, trail)
}

type sides struct {
	gap    float32
	middle bool
	width  float32 // the last it was given: the height depends on it
}

// hoped is the width an object has use for, where it has one: a text that
// shrinks and a line that breaks need less.
func hoped(o fyne.CanvasObject) float32 {
	switch o := o.(type) {
	case *Text:
		whole := o.whole()
		if o.Sized != fynetheme.SizeNameHeadingText {
			whole = fyne.Min(whole, Grown(titleNote))
		}
		return fyne.Max(whole, o.MinSize().Width)
	case *SearchBox, *Entry:
		return fyne.Max(Grown(typedRoom), o.MinSize().Width)
	case *fyne.Container:
		if w, ok := o.Layout.(interface {
			hoped(objects []fyne.CanvasObject) float32
		}); ok {
			return w.hoped(o.Objects)
		}
	}
	return o.MinSize().Width
}

func (stacked) hoped(objects []fyne.CanvasObject) float32 {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = fyne.Max(widest, hoped(o))
		}
	}
	return widest
}

func (f *flow) hoped(objects []fyne.CanvasObject) float32 {
	var sum float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if sum > 0 {
			sum += f.gap
		}
		sum += hoped(o)
	}
	return sum
}

func (l *sides) hoped(objects []fyne.CanvasObject) float32 {
	lead, trail := hoped(objects[0]), hoped(objects[1])
	if trail == 0 {
		return lead
	}
	return lead + l.gap + trail
}

// together tells whether both stand on one line of a width.
func (l *sides) together(objects []fyne.CanvasObject, width float32) bool {
	return hoped(objects[1]) == 0 || l.hoped(objects) <= width+0.5
}

// MinSize is Fyne's.
func (l *sides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lead, trail := objects[0].MinSize(), objects[1].MinSize()
	width := fyne.Max(lead.Width, trail.Width)
	if l.together(objects, l.width) || l.width == 0 {
		return fyne.NewSize(width, fyne.Max(lead.Height, trail.Height))
	}
	return fyne.NewSize(width, lead.Height+l.gap+trail.Height)
}

// Layout is Fyne's.
func (l *sides) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	lead, trail := objects[0], objects[1]
	lead.Move(fyne.NewPos(0, 0))
	if l.together(objects, s.Width) {
		room := hoped(trail)
		left := s.Width - room
		if room > 0 {
			left -= l.gap
		}
		widen(lead, left)
		widen(trail, room)
		high := trail.MinSize().Height
		lead.Resize(fyne.NewSize(left, s.Height))
		trail.Resize(fyne.NewSize(room, high))
		y := float32(0)
		if l.middle {
			y = fyne.Max(0, (s.Height-high)/2)
		}
		trail.Move(fyne.NewPos(s.Width-room, y))
		return
	}
	widen(lead, s.Width)
	high := lead.MinSize().Height
	lead.Resize(fyne.NewSize(s.Width, high))
	widen(trail, s.Width)
	trail.Resize(fyne.NewSize(s.Width, trail.MinSize().Height))
	trail.Move(fyne.NewPos(0, high+l.gap))
}

// widen tells an object its width, on which its height depends.
func widen(o fyne.CanvasObject, width float32) {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
}

// Page sets a header over what fills the rest of a place. The header's height
// is taken at the width it has: that of lines that break is known no sooner.
func Page(head, body fyne.CanvasObject) *fyne.Container {
	return container.New(headAndBody{}, head, body)
}

type headAndBody struct{}

func (headAndBody) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, body := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(fyne.Max(head.Width, body.Width), head.Height+body.Height)
}

func (headAndBody) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	head, body := objects[0], objects[1]
	widen(head, s.Width)
	high := head.MinSize().Height
	head.Resize(fyne.NewSize(s.Width, high))
	head.Move(fyne.NewPos(0, 0))
	body.Resize(fyne.NewSize(s.Width, fyne.Max(0, s.Height-high)))
	body.Move(fyne.NewPos(0, high))
}

// AtMost gives content the width there is, up to one the eye takes in, at the
// left.
func AtMost(width float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(atMost(width), content)
}

type atMost float32

func (w atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (w atMost) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := fyne.Min(s.Width, Grown(float32(w)))
	widen(objects[0], width)
	objects[0].Resize(fyne.NewSize(width, fyne.Max(s.Height, objects[0].MinSize().Height)))
	objects[0].Move(fyne.NewPos(0, 0))
}
