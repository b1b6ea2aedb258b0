package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/theme"
)

// Size of a place of the rail: wide enough for its longest word, low enough
// for eight of them, names on two lines, in a window 720 high. Both grow with
// the text.
const (
	railWidth = 78
	railAbove = 32 // the drawing with its margins
)

// railIcon is the side of the drawings. They grow with the names, less than
// these: a low window holds all places at the largest text.
func railIcon() float32 { return 20 * (1 + 0.6*(Grown(1)-1)) }

// RailItem is a place of the window: a drawing with its name below.
type RailItem struct {
	pressable
	icon, label string
	count       string
	on          bool
}

// NewRailItem returns a place that opens on a click, Enter or space.
func NewRailItem(icon, label string, action func()) *RailItem {
	n := &RailItem{icon: icon, label: label}
	n.press(n, action)
	return n
}

// Label gives the place's name.
func (n *RailItem) Label() string { return n.label }

// SetOn shows the place as the one in view.
func (n *RailItem) SetOn(on bool) {
	if n.on != on {
		n.on = on
		n.Refresh()
	}
}

// On tells whether the place is the one in view.
func (n *RailItem) On() bool { return n.on }

// SetCount writes a small count beside the drawing, "" for none.
func (n *RailItem) SetCount(count string) {
	if n.count != count {
		n.count = count
		n.Refresh()
	}
}

// CreateRenderer is Fyne's.
func (n *RailItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railRenderer{n: n, background: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), label: canvas.NewText("", nil), second: canvas.NewText("", nil),
		count: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type railRenderer struct {
	n               *RailItem
	background, bar *canvas.Rectangle
	icon            *canvas.Image
	label, second   *canvas.Text
	count           *canvas.Text
}

func (r *railRenderer) Destroy() {}
func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.bar, r.icon, r.label, r.second, r.count}
}

// lines cuts the name between words where one line does not hold it, always as
// if it stood in bold: a name does not move when its place comes into view.
func (r *railRenderer) lines(width float32) (first, second string) {
	bold := fyne.TextStyle{Bold: true}
	fits := func(s string) bool { return fyne.MeasureText(s, r.label.TextSize, bold).Width <= width }
	words := strings.Fields(r.n.label)
	for n := len(words); n > 0; n-- {
		if first = strings.Join(words[:n], " "); fits(first) || n == 1 {
			return Fit(first, r.label.TextSize, bold, width), Fit(strings.Join(words[n:], " "), r.label.TextSize, bold, width)
		}
	}
	return "", ""
}

func (r *railRenderer) MinSize() fyne.Size {
	width := fyne.Max(railWidth, railWidth*size(fynetheme.SizeNameText)/14)
	line := fyne.MeasureText("É", r.label.TextSize, fyne.TextStyle{Bold: true}).Height
	if _, second := r.lines(width - 6); second != "" {
		return fyne.NewSize(width, railAbove+railIcon()-20+2*line)
	}
	return fyne.NewSize(width, railAbove+railIcon()-20+line+2)
}

func (r *railRenderer) Layout(s fyne.Size) {
	r.background.Move(fyne.NewPos(4, 1))
	r.background.Resize(fyne.NewSize(s.Width-8, s.Height-2))
	r.bar.Move(fyne.NewPos(0, 8))
	r.bar.Resize(fyne.NewSize(3, s.Height-16))
	side := railIcon()
	r.icon.Resize(fyne.NewSquareSize(side))
	r.icon.Move(fyne.NewPos((s.Width-side)/2, 6))
	r.label.Text, r.second.Text = r.lines(s.Width - 6)
	y := railAbove + side - 24
	for _, t := range []*canvas.Text{r.label, r.second} {
		m := t.MinSize()
		t.Resize(m)
		t.Move(fyne.NewPos((s.Width-m.Width)/2, y))
		y += m.Height - 2
	}
	r.count.Resize(r.count.MinSize())
	r.count.Move(fyne.NewPos(s.Width/2+side/2+2, 3))
}

func (r *railRenderer) Refresh() {
	n := r.n
	background, ink := fynetheme.ColorNameHover, theme.ColorMuted
	if n.on {
		background, ink = theme.ColorAccentSoft, fynetheme.ColorNamePrimary
	} else if n.focused {
		background = fynetheme.ColorNameFocus
	}
	r.background.FillColor, r.background.CornerRadius = colour(background), 6
	r.background.Hidden = !n.on && !n.hovered && !n.focused
	r.bar.FillColor, r.bar.CornerRadius, r.bar.Hidden = colour(fynetheme.ColorNamePrimary), 1.5, !n.on
	r.icon.Resource = theme.IconIn(n.icon, ink)
	r.label.Color, r.label.TextSize = colour(ink), 11*size(fynetheme.SizeNameText)/14
	r.label.TextStyle = fyne.TextStyle{Bold: n.on}
	r.second.Color, r.second.TextSize, r.second.TextStyle = r.label.Color, r.label.TextSize, r.label.TextStyle
	r.count.Color, r.count.TextSize, r.count.Text = colour(theme.ColorMuted), r.label.TextSize, n.count
	r.Layout(n.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
