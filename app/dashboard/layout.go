package dashboard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/widgets"
)

// columns puts objects side by side, all of one width and height, as many a
// line as have room: at least `least` each, at most `most` a line.
type columns struct {
	least, gap float32
	most       int
	width      float32
}

func (c *columns) count(n int, width float32) int {
	return max(1, min(n, c.most, int((width+c.gap)/(widgets.Grown(c.least)+c.gap))))
}

func (c *columns) height(objects []fyne.CanvasObject) (h float32) {
	for _, o := range objects {
		h = fyne.Max(h, o.MinSize().Height)
	}
	return h
}

// MinSize is Fyne's.
func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := c.count(len(objects), c.width)
	lines := (len(objects) + n - 1) / n
	return fyne.NewSize(c.least, float32(lines)*(c.height(objects)+c.gap)-c.gap)
}

// Layout is Fyne's.
func (c *columns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	c.width = s.Width
	n := c.count(len(objects), s.Width)
	w, h := (s.Width-float32(n-1)*c.gap)/float32(n), c.height(objects)
	for i, o := range objects {
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(float32(i%n)*(w+c.gap), float32(i/n)*(h+c.gap)))
	}
}

// masonry puts objects in columns, each below the shortest one so far.
type masonry struct {
	least, gap float32
	width      float32
}

func (m *masonry) place(objects []fyne.CanvasObject, width float32, move bool) (height float32) {
	n := max(1, min(3, int((width+m.gap)/(widgets.Grown(m.least)+m.gap))))
	w := (width - float32(n-1)*m.gap) / float32(n)
	heights := make([]float32, n)
	for _, o := range objects {
		at := 0
		for i := range heights {
			if heights[i] < heights[at] {
				at = i
			}
		}
		h := o.MinSize().Height
		if move {
			o.Resize(fyne.NewSize(w, h))
			o.Move(fyne.NewPos(float32(at)*(w+m.gap), heights[at]))
		}
		heights[at] += h + m.gap
	}
	for _, h := range heights {
		height = fyne.Max(height, h-m.gap)
	}
	return fyne.Max(height, 0)
}

// MinSize is Fyne's.
func (m *masonry) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(m.least, m.place(objects, fyne.Max(m.width, m.least), false))
}

// Layout is Fyne's.
func (m *masonry) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	m.width = s.Width
	m.place(objects, s.Width, true)
}

// segment is a part of a strip.
type segment struct {
	tone  fyne.ThemeColorName
	share float32
}

// strip is one stroke cut in parts: the whole of the entries by freshness. Its
// figures stand in the bars above it.
type strip struct {
	widget.BaseWidget
	parts []segment
}

func newStrip(parts []segment) *strip {
	s := &strip{parts: parts}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is Fyne's.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	r := &stripRenderer{s: s}
	for range s.parts {
		r.rects = append(r.rects, canvas.NewRectangle(nil))
	}
	r.Refresh()
	return r
}

type stripRenderer struct {
	s     *strip
	rects []*canvas.Rectangle
}

func (r *stripRenderer) Destroy() {}
func (r *stripRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.rects))
	for i, x := range r.rects {
		out[i] = x
	}
	return out
}
func (r *stripRenderer) MinSize() fyne.Size { return fyne.NewSize(100, 12) }

func (r *stripRenderer) Layout(s fyne.Size) {
	var x float32
	for i, rect := range r.rects {
		w := s.Width * r.s.parts[i].share
		rect.Move(fyne.NewPos(x, 0))
		rect.Resize(fyne.NewSize(fyne.Max(0, w-1), s.Height))
		rect.Hidden = w <= 0
		x += w
	}
}

func (r *stripRenderer) Refresh() {
	for i, rect := range r.rects {
		rect.FillColor = colour(r.s.parts[i].tone)
		rect.CornerRadius = 2
		rect.Refresh()
	}
}
