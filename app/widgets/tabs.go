package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Tab is one of the views that share a place.
type Tab struct{ ID, Label string }

// Tabs is a line of names, one of them in view: a click, Enter or space shows
// another; the arrows go from one to the next.
type Tabs struct {
	widget.BaseWidget
	items []*tabItem
	row   *fyne.Container
	all   fyne.CanvasObject
}

// NewTabs returns a line without names.
func NewTabs() *Tabs {
	t := &Tabs{row: Line(4)}
	t.all = container.NewStack(NewBackground(theme.ColorSidebar), Column(0, Inset(12, 0, t.row), Rule()))
	t.ExtendBaseWidget(t)
	return t
}

// Set replaces the names; on is the one in view, chosen hears of another.
func (t *Tabs) Set(tabs []Tab, on string, chosen func(id string)) {
	t.items, t.row.Objects = nil, nil
	for _, x := range tabs {
		item := &tabItem{label: x.Label, on: x.ID == on, owner: t}
		item.press(item, func() { chosen(x.ID) })
		t.items = append(t.items, item)
		t.row.Add(item)
	}
	t.Refresh()
}

// On gives the name of the one in view.
func (t *Tabs) On() string {
	for _, item := range t.items {
		if item.on {
			return item.label
		}
	}
	return ""
}

// Labels gives the names.
func (t *Tabs) Labels() []string {
	var out []string
	for _, item := range t.items {
		out = append(out, item.label)
	}
	return out
}

// CreateRenderer is Fyne's.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.all) }

// beside gives the item left or right of one.
func (t *Tabs) beside(of *tabItem, by int) *tabItem {
	for i, item := range t.items {
		if item == of {
			return t.items[(i+by+len(t.items))%len(t.items)]
		}
	}
	return nil
}

type tabItem struct {
	pressable
	label string
	on    bool
	owner *Tabs
}

// TypedKey goes to the next name with the arrows.
func (n *tabItem) TypedKey(k *fyne.KeyEvent) {
	by := 0
	switch k.Name {
	case fyne.KeyLeft:
		by = -1
	case fyne.KeyRight:
		by = 1
	default:
		n.pressable.TypedKey(k)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(n); c != nil {
		if next := n.owner.beside(n, by); next != nil {
			c.Focus(next)
		}
	}
}

// Label gives the name.
func (n *tabItem) Label() string { return n.label }

// CreateRenderer is Fyne's.
func (n *tabItem) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{n: n, background: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), label: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type tabRenderer struct {
	n               *tabItem
	background, bar *canvas.Rectangle
	label           *canvas.Text
}

func (r *tabRenderer) Destroy() {}
func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.label, r.bar}
}

// MinSize is as wide when another is in view: names do not move.
func (r *tabRenderer) MinSize() fyne.Size {
	m := fyne.MeasureText(r.n.label, r.label.TextSize, fyne.TextStyle{Bold: true})
	return fyne.NewSize(m.Width+20, m.Height+14)
}

func (r *tabRenderer) Layout(s fyne.Size) {
	r.background.Resize(fyne.NewSize(s.Width, s.Height-6))
	r.background.Move(fyne.NewPos(0, 3))
	m := r.label.MinSize()
	r.label.Resize(m)
	r.label.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	r.bar.Resize(fyne.NewSize(s.Width-12, 2))
	r.bar.Move(fyne.NewPos(6, s.Height-2))
}

func (r *tabRenderer) Refresh() {
	n := r.n
	background, ink := fynetheme.ColorNameHover, theme.ColorMuted
	if n.on {
		ink = fynetheme.ColorNamePrimary
	}
	if n.focused {
		background = fynetheme.ColorNameFocus
	}
	r.background.FillColor, r.background.CornerRadius = colour(background), 4
	r.background.Hidden = !n.hovered && !n.focused
	r.bar.FillColor, r.bar.Hidden = colour(fynetheme.ColorNamePrimary), !n.on
	r.label.Text, r.label.TextSize, r.label.TextStyle = n.label, size(fynetheme.SizeNameText), fyne.TextStyle{Bold: n.on}
	r.label.Color = colour(ink)
	r.Layout(n.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
