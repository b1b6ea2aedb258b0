package dashboard

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// barHeight is that of a line of a chart.
const barHeight = 26

// bar is one line of a chart: a label, a stroke as long as its share, the
// figure in words. It acts on a click, Enter or space.
type bar struct {
	widget.BaseWidget
	label, figure    string
	share            float32 // of the longest stroke, 0 to 1
	tone             fyne.ThemeColorName
	figureWidth      float32
	action           func()
	onFocus          func(*bar)
	onMove           func(*bar, int)
	hovered, focused bool
}

func newBar(label, figure string, share float32, tone fyne.ThemeColorName, action func()) *bar {
	b := &bar{label: label, figure: figure, share: share, tone: tone, action: action}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped acts.
func (b *bar) Tapped(*fyne.PointEvent) { b.act() }

func (b *bar) act() {
	if b.action != nil {
		b.action()
	}
}

// Cursor is Fyne's.
func (b *bar) Cursor() desktop.Cursor {
	if b.action == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn is Fyne's.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved is Fyne's.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (b *bar) MouseOut() { b.hovered = false; b.Refresh() }

// FocusGained is Fyne's.
func (b *bar) FocusGained() {
	b.focused = true
	b.Refresh()
	if b.onFocus != nil {
		b.onFocus(b)
	}
}

// FocusLost is Fyne's.
func (b *bar) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune is Fyne's.
func (b *bar) TypedRune(rune) {}

// TypedKey acts on Enter and space, and goes to the bars beside on arrows.
func (b *bar) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.act()
	case fyne.KeyDown, fyne.KeyUp:
		if b.onMove != nil {
			step := 1
			if k.Name == fyne.KeyUp {
				step = -1
			}
			b.onMove(b, step)
		}
	default:
		// Fyne gives the window only the keys nobody has the focus for.
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
	}
}

// CreateRenderer is Fyne's.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, background: canvas.NewRectangle(nil), track: canvas.NewRectangle(nil), stroke: canvas.NewRectangle(nil),
		label: canvas.NewText("", nil), figure: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b                         *bar
	background, track, stroke *canvas.Rectangle
	label, figure             *canvas.Text
}

func (r *barRenderer) Destroy() {}
func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.track, r.stroke, r.label, r.figure}
}
func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(220, widgets.Grown(barHeight)) }

func (r *barRenderer) Layout(s fyne.Size) {
	const margin = 8
	r.background.Resize(s)
	figure := fyne.Max(r.b.figureWidth, r.figure.MinSize().Width)
	label := fyne.Min(fyne.Max(s.Width*0.4, 130), widgets.Grown(230))
	r.label.Text = widgets.Fit(r.b.label, r.label.TextSize, r.label.TextStyle, label-margin)
	middle := func(h float32) float32 { return (s.Height - h) / 2 }
	h := r.label.MinSize().Height
	r.label.Resize(fyne.NewSize(label, h))
	r.label.Move(fyne.NewPos(margin, middle(h)))
	left, right := margin+label, s.Width-margin-figure-10
	width := fyne.Max(right-left, 0)
	r.track.Resize(fyne.NewSize(width, 10))
	r.track.Move(fyne.NewPos(left, (s.Height-10)/2))
	length := width * r.b.share
	if r.b.share > 0 {
		length = fyne.Max(length, 3) // one among thousands still shows
	}
	r.stroke.Resize(fyne.NewSize(length, 10))
	r.stroke.Move(fyne.NewPos(left, (s.Height-10)/2))
	h = r.figure.MinSize().Height
	r.figure.Resize(fyne.NewSize(figure, h))
	r.figure.Move(fyne.NewPos(s.Width-margin-figure, middle(h)))
}

func (r *barRenderer) Refresh() {
	b := r.b
	r.background.CornerRadius = 4
	r.background.FillColor, r.background.StrokeWidth = color.Transparent, 0
	if b.hovered && b.action != nil {
		r.background.FillColor = colour(fynetheme.ColorNameHover)
	}
	if b.focused {
		r.background.FillColor = colour(theme.ColorAccentFaint)
		r.background.StrokeColor, r.background.StrokeWidth = colour(fynetheme.ColorNamePrimary), 1
	}
	r.track.FillColor, r.track.CornerRadius = colour(fynetheme.ColorNameSeparator), 3
	r.stroke.FillColor, r.stroke.CornerRadius = colour(b.tone), 3
	r.stroke.Hidden = b.share <= 0
	r.label.Color, r.label.TextSize = colour(fynetheme.ColorNameForeground), size(fynetheme.SizeNameText)
	r.figure.Text, r.figure.Alignment = b.figure, fyne.TextAlignTrailing
	r.figure.Color, r.figure.TextSize = colour(theme.ColorMuted), size(fynetheme.SizeNameCaptionText)
	r.Layout(b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func colour(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(name, s.ThemeVariant())
}

func size(name fyne.ThemeSizeName) float32 { return fyne.CurrentApp().Settings().Theme().Size(name) }
