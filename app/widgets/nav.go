package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/theme"
)

// NavItem is a line of the left column: a drawing, a name, a count.
type NavItem struct {
	pressable
	// OnMenu hears the right button, and where in the window; nil for none.
	OnMenu func(at fyne.Position)

	icon, label, count string
	on, target         bool
}

// NewNavItem returns a line that acts on a click, Enter or space.
func NewNavItem(icon, label, count string, action func()) *NavItem {
	n := &NavItem{icon: icon, label: label, count: count}
	n.press(n, action)
	return n
}

// Label gives the line's name.
func (n *NavItem) Label() string { return n.label }

// Count gives the line's count as written.
func (n *NavItem) Count() string { return n.count }

// SetOn shows the line as the one whose content is in view.
func (n *NavItem) SetOn(on bool) {
	if n.on != on {
		n.on = on
		n.Refresh()
	}
}

// SetTarget shows the line as what things would be dropped on.
func (n *NavItem) SetTarget(on bool) {
	if n.target != on {
		n.target = on
		n.Refresh()
	}
}

// Within tells whether a point of the window lies on an object.
func Within(o fyne.CanvasObject, at fyne.Position) bool {
	p, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	return at.X >= p.X && at.X < p.X+size.Width && at.Y >= p.Y && at.Y < p.Y+size.Height
}

// TappedSecondary asks for the line's menu.
func (n *NavItem) TappedSecondary(e *fyne.PointEvent) {
	if n.OnMenu != nil {
		n.OnMenu(e.AbsolutePosition)
	}
}

// CreateRenderer is Fyne's.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{n: n, background: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(nil),
		label: canvas.NewText("", nil), count: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type navRenderer struct {
	n            *NavItem
	background   *canvas.Rectangle
	icon         *canvas.Image
	label, count *canvas.Text
}

func (r *navRenderer) Destroy()           {}
func (r *navRenderer) MinSize() fyne.Size { return fyne.NewSize(140, Grown(30)) }
func (r *navRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.icon, r.label, r.count}
}

func (r *navRenderer) Layout(s fyne.Size) {
	r.background.Resize(s)
	r.icon.Resize(fyne.NewSquareSize(18))
	r.icon.Move(fyne.NewPos(8, (s.Height-18)/2))
	m := r.count.MinSize()
	r.count.Resize(m)
	r.count.Move(fyne.NewPos(s.Width-8-m.Width, (s.Height-m.Height)/2))
	r.label.Text = Fit(r.n.label, r.label.TextSize, r.label.TextStyle, s.Width-34-m.Width-16)
	h := r.label.MinSize().Height
	r.label.Resize(fyne.NewSize(s.Width-34, h))
	r.label.Move(fyne.NewPos(34, (s.Height-h)/2))
}

func (r *navRenderer) Refresh() {
	n := r.n
	background, ink := fynetheme.ColorNameHover, theme.ColorMuted
	if n.on {
		background, ink = theme.ColorAccentSoft, fynetheme.ColorNamePrimary
	} else if n.focused {
		background = fynetheme.ColorNameFocus
	}
	r.background.FillColor, r.background.CornerRadius = colour(background), 4
	r.background.Hidden = !n.on && !n.hovered && !n.focused && !n.target
	r.background.StrokeWidth = 0
	if n.target {
		r.background.StrokeColor, r.background.StrokeWidth = colour(fynetheme.ColorNamePrimary), 2
	}
	r.icon.Resource = theme.IconIn(n.icon, ink)
	r.label.Color, r.label.TextSize = colour(fynetheme.ColorNameForeground), size(fynetheme.SizeNameText)
	r.label.TextStyle = fyne.TextStyle{Bold: n.on}
	r.count.Color, r.count.TextSize, r.count.Text = colour(theme.ColorMuted), size(fynetheme.SizeNameCaptionText), n.count
	r.Layout(n.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
