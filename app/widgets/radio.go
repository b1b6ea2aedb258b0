package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Radio shows a few answers side by side, or one above the other, of which one
// is chosen. Arrows go from one to the next, as in every desktop.
type Radio struct {
	widget.BaseWidget
	Options  []string
	Selected string
	// OnChanged hears that another answer was chosen.
	OnChanged func(string)

	items []*radioItem
	all   *fyne.Container
}

// NewRadio returns answers in a line, in several where one has no room; of none
// chosen, nothing is chosen.
func NewRadio(options []string, changed func(string)) *Radio {
	return newRadio(options, changed, Flow(4))
}

// NewRadioColumn returns answers one above the other.
func NewRadioColumn(options []string, changed func(string)) *Radio {
	return newRadio(options, changed, Column(2))
}

func newRadio(options []string, changed func(string), all *fyne.Container) *Radio {
	r := &Radio{Options: options, OnChanged: changed, all: all}
	for i, o := range options {
		x := newRadioItem(o)
		x.press(x, func() { r.SetSelected(o) })
		x.step = func(by int) {
			next := r.items[(i+by+len(r.items))%len(r.items)]
			r.SetSelected(next.label)
			if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
				c.Focus(next)
			}
		}
		r.items = append(r.items, x)
		all.Add(x)
	}
	r.ExtendBaseWidget(r)
	return r
}

// SetSelected chooses an answer.
func (r *Radio) SetSelected(option string) {
	changed := r.Selected != option
	r.Selected = option
	for _, x := range r.items {
		x.on = x.label == option
		x.Refresh()
	}
	if changed && r.OnChanged != nil {
		r.OnChanged(option)
	}
}

// CreateRenderer is Fyne's.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.all) }

// radioItem is one answer.
type radioItem struct {
	pressable
	label string
	on    bool
	step  func(by int)
}

func newRadioItem(label string) *radioItem { return &radioItem{label: label} }

// TypedKey is Fyne's; Enter is for the question, space for the answer.
func (x *radioItem) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		x.step(-1)
	case fyne.KeyRight, fyne.KeyDown:
		x.step(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		passOn(x, k)
	default:
		x.pressable.TypedKey(k)
	}
}

// CreateRenderer is Fyne's.
func (x *radioItem) CreateRenderer() fyne.WidgetRenderer {
	text := NewText(x.label)
	text.Fixed = true
	r := &radioItemRenderer{x: x, background: canvas.NewCircle(nil), icon: canvas.NewImageFromResource(nil), text: text}
	r.Refresh()
	return r
}

type radioItemRenderer struct {
	x          *radioItem
	background *canvas.Circle
	icon       *canvas.Image
	text       *Text
}

const (
	radioHeight = 30
	radioIcon   = 20
	radioGround = 28
)

func (r *radioItemRenderer) Destroy() {}
func (r *radioItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.icon, r.text}
}

func (r *radioItemRenderer) MinSize() fyne.Size {
	return fyne.NewSize(radioGround+4+r.text.MinSize().Width+8, fyne.Max(radioHeight, r.text.MinSize().Height))
}

func (r *radioItemRenderer) Layout(s fyne.Size) {
	r.background.Resize(fyne.NewSquareSize(radioGround))
	r.background.Move(fyne.NewPos(0, (s.Height-radioGround)/2))
	r.icon.Resize(fyne.NewSquareSize(radioIcon))
	r.icon.Move(fyne.NewPos((radioGround-radioIcon)/2, (s.Height-radioIcon)/2))
	r.text.Resize(fyne.NewSize(s.Width-radioGround-4, s.Height))
	r.text.Move(fyne.NewPos(radioGround+4, 0))
}

func (r *radioItemRenderer) Refresh() {
	th := fyne.CurrentApp().Settings().Theme()
	tint, icon := fynetheme.ColorNameInputBorder, fynetheme.IconNameRadioButton
	if r.x.on {
		tint, icon = fynetheme.ColorNamePrimary, fynetheme.IconNameRadioButtonChecked
	}
	r.icon.Resource = fynetheme.NewColoredResource(th.Icon(icon), tint)
	r.background.Hidden = !r.x.hovered && !r.x.focused
	r.background.FillColor = colour(fynetheme.ColorNameHover)
	if r.x.focused {
		r.background.FillColor = colour(fynetheme.ColorNameFocus)
	}
	r.background.Refresh()
	r.icon.Refresh()
	r.text.Refresh()
}
