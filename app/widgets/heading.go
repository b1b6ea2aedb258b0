package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// Heading is a title on one line, on two where one does not hold it; what two
// do not hold ends with "…" and is whole in the tooltip.
type Heading struct {
	tooltip.ToolTipWidget
	text  string
	width float32
	least int // lines it has the height of, however short the title
}

// Reserve gives the heading the height of so many lines.
func (h *Heading) Reserve(lines int) { h.least = lines }

// NewHeading returns a heading.
func NewHeading(s string) *Heading {
	h := &Heading{}
	h.ExtendBaseWidget(h)
	h.SetText(s)
	return h
}

// SetText shows s.
func (h *Heading) SetText(s string) {
	if h.text != s {
		h.text = s
		h.SetToolTip(s)
		h.Refresh()
	}
}

// Text gives the whole title.
func (h *Heading) Text() string { return h.text }

// Resize is Fyne's.
func (h *Heading) Resize(s fyne.Size) {
	h.width = s.Width
	h.ToolTipWidget.Resize(s)
}

// lines cuts the title between words so that it fits.
func (h *Heading) lines() (first, second string) {
	style, textSize := fyne.TextStyle{Bold: true}, size(fynetheme.SizeNameHeadingText)
	wide := func(s string) bool { return fyne.MeasureText(s, textSize, style).Width > h.width+0.5 }
	if h.width <= 0 || !wide(h.text) {
		return h.text, ""
	}
	words := strings.Split(h.text, " ")
	n := len(words) - 1
	for n > 1 && wide(strings.Join(words[:n], " ")) {
		n--
	}
	first, second = strings.Join(words[:n], " "), strings.Join(words[n:], " ")
	return Fit(first, textSize, style, h.width), Fit(second, textSize, style, h.width)
}

// CreateRenderer is Fyne's.
func (h *Heading) CreateRenderer() fyne.WidgetRenderer {
	r := &headingRenderer{h: h}
	for i := range r.text {
		r.text[i] = canvas.NewText("", color.Black)
	}
	r.Refresh()
	return r
}

type headingRenderer struct {
	h    *Heading
	text [2]*canvas.Text
}

func (r *headingRenderer) Destroy() {}
func (r *headingRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.text[0], r.text[1]}
}

func (r *headingRenderer) line() float32 {
	return fyne.MeasureText("É", size(fynetheme.SizeNameHeadingText), fyne.TextStyle{Bold: true}).Height
}

func (r *headingRenderer) MinSize() fyne.Size {
	if _, second := r.h.lines(); second != "" || r.h.least > 1 {
		return fyne.NewSize(24, 2*r.line())
	}
	return fyne.NewSize(24, r.line())
}

func (r *headingRenderer) Layout(s fyne.Size) {
	first, second := r.h.lines()
	h := r.line()
	y := (s.Height - h) / 2
	if second != "" {
		y = fyne.Max(0, s.Height/2-h)
	}
	for i, t := range []string{first, second} {
		if r.text[i].Text != t {
			r.text[i].Text = t
			r.text[i].Refresh()
		}
		r.text[i].Resize(fyne.NewSize(s.Width, h))
		r.text[i].Move(fyne.NewPos(0, y+float32(i)*h))
	}
}

func (r *headingRenderer) Refresh() {
	for _, t := range r.text {
		t.TextSize, t.TextStyle, t.Color = size(fynetheme.SizeNameHeadingText), fyne.TextStyle{Bold: true},
			colour(fynetheme.ColorNameForeground)
		t.Text = ""
	}
	r.Layout(r.h.Size())
	for _, t := range r.text {
		t.Refresh()
	}
}
