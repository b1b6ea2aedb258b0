package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Background is a plain rectangle in one of the theme's colours, which follows a
// change of theme as Fyne's own rectangles do not.
type Background struct {
	widget.BaseWidget
	fill, stroke fyne.ThemeColorName
	radius       float32
}

// NewBackground returns a background without border.
func NewBackground(fill fyne.ThemeColorName) *Background { return NewCard(fill, "", 0) }

// NewCard returns a background with round corners; fill and stroke may be "" for
// none.
func NewCard(fill, stroke fyne.ThemeColorName, radius float32) *Background {
	g := &Background{fill: fill, stroke: stroke, radius: radius}
	g.ExtendBaseWidget(g)
	return g
}

// SetFill changes the colour.
func (g *Background) SetFill(fill fyne.ThemeColorName) {
	if g.fill != fill {
		g.fill = fill
		g.Refresh()
	}
}

// SetStyle changes the colours of the ground and of its edge.
func (g *Background) SetStyle(fill, stroke fyne.ThemeColorName) {
	if g.fill != fill || g.stroke != stroke {
		g.fill, g.stroke = fill, stroke
		g.Refresh()
	}
}

// CreateRenderer is Fyne's.
func (g *Background) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{owner: g, rect: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type groundRenderer struct {
	owner *Background
	rect  *canvas.Rectangle
}

func (r *groundRenderer) Destroy()                     {}
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }
func (r *groundRenderer) Layout(s fyne.Size)           { r.rect.Resize(s) }
func (r *groundRenderer) Refresh() {
	r.rect.FillColor = color.Transparent
	if r.owner.fill != "" {
		r.rect.FillColor = colour(r.owner.fill)
	}
	r.rect.CornerRadius = r.owner.radius
	r.rect.StrokeWidth = 0
	if r.owner.stroke != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = colour(r.owner.stroke), 1
	}
	r.rect.Refresh()
}

// On puts content on a background with a margin around it.
func On(fill fyne.ThemeColorName, margin float32, content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBackground(fill), Inset(margin, margin, content))
}

// Framed draws an entry's border around content that has none, such as Fyne's
// menus.
func Framed(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(content, NewCard("", fynetheme.ColorNameInputBorder, 4))
}

// Inset puts horizontal and vertical margins around content.
func Inset(horizontal, vertical float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), content)
}

// Rule is a hairline across, of the separators' colour.
func Rule() fyne.CanvasObject {
	return container.New(fixedHeight(1), NewBackground(fynetheme.ColorNameSeparator))
}

// UprightRule is a hairline down.
func UprightRule() fyne.CanvasObject {
	return container.New(fixedWidth(1), NewBackground(fynetheme.ColorNameSeparator))
}

// fixedHeight lays its objects out at full width and one height.
type fixedHeight float32

func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		w = fyne.Max(w, o.MinSize().Width)
	}
	return fyne.NewSize(w, float32(h))
}

func (h fixedHeight) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Resize(s)
		o.Move(fyne.NewPos(0, 0))
	}
}

type fixedWidth float32

func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h = fyne.Max(h, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), h)
}

func (w fixedWidth) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	fixedHeight(0).Layout(objects, s)
}

// grownHeight and grownWidth are those of what holds words: they grow with them.
type grownHeight struct{ fixedHeight }

func (h grownHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(h.fixedHeight.MinSize(objects).Width, Grown(float32(h.fixedHeight)))
}

type grownWidth struct {
	fixedWidth
	most float32 // 0 for none
}

func (w grownWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := Grown(float32(w.fixedWidth))
	if w.most > 0 {
		width = fyne.Min(width, w.most)
	}
	return fyne.NewSize(width, w.fixedWidth.MinSize(objects).Height)
}

// Tall gives content at least a height.
func Tall(height float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(grownHeight{fixedHeight(height)}, content)
}

// Drawing gives a drawing a square of the side, which grows with the words
// beside it.
func Drawing(side float32, drawing fyne.CanvasObject) *fyne.Container {
	return container.New(grownSquare(side), drawing)
}

type grownSquare float32

func (side grownSquare) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSquareSize(Grown(float32(side)))
}

func (side grownSquare) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	fixedHeight(0).Layout(objects, s)
}

// Wide gives content at least a width.
func Wide(width float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(grownWidth{fixedWidth: fixedWidth(width)}, content)
}

// WideUpTo is Wide for a pane beside another, which keeps
// room for it however large the text.
func WideUpTo(width, most float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(grownWidth{fixedWidth(width), most}, content)
}

// Column stacks objects with one gap between those that show; unlike Fyne's
// VBox the gap is not the theme's padding.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stacked{layout.NewCustomPaddedVBoxLayout(gap)}, objects...)
}

// stacked is Fyne's column, which tells the width its widest object hopes for.
type stacked struct{ box fyne.Layout }

func (s stacked) MinSize(objects []fyne.CanvasObject) fyne.Size { return s.box.MinSize(objects) }

func (s stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) { s.box.Layout(objects, size) }

// Line sets objects side by side with one gap.
func Line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Flow sets objects side by side and goes to the next line when the width is
// used up, as words do.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

type flow struct {
	gap   float32
	width float32
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = fyne.Max(widest, o.MinSize().Width)
		}
	}
	width := f.width
	if width == 0 {
		width = 320
	}
	return fyne.NewSize(widest, f.place(objects, width, false))
}

func (f *flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.width = s.Width
	f.place(objects, s.Width, true)
}

// place gives the height used, and moves the objects when asked to.
func (f *flow) place(objects []fyne.CanvasObject, width float32, move bool) float32 {
	var x, y, line float32
	var beside []fyne.CanvasObject // those of the line, which share its middle
	level := func() {
		for _, o := range beside {
			o.Move(fyne.NewPos(o.Position().X, y+(line-o.Size().Height)/2))
		}
		beside = beside[:0]
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		m.Width = fyne.Min(m.Width, width)
		if x > 0 && x+m.Width > width {
			level()
			x, y, line = 0, y+line+f.gap, 0
		}
		if move {
			o.Resize(m)
			o.Move(fyne.NewPos(x, y))
			beside = append(beside, o)
		}
		x += m.Width + f.gap
		line = fyne.Max(line, m.Height)
	}
	level()
	return y + line
}

// OneLine sets objects side by side on one line, and leaves out those at its
// end that have no room.
func OneLine(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(oneLine(gap), objects...)
}

type oneLine float32

func (l oneLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := NewChip("É", fynetheme.ColorNameButton, fynetheme.ColorNameForeground).MinSize().Height
	for _, o := range objects {
		height = fyne.Max(height, o.MinSize().Height)
	}
	return fyne.NewSize(40, height)
}

func (l oneLine) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		m := o.MinSize()
		if x+m.Width > s.Width+0.5 && x > 0 {
			o.Hide()
			x = s.Width + 1
			continue
		}
		o.Show()
		o.Resize(fyne.NewSize(fyne.Min(m.Width, s.Width), m.Height))
		o.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		x += m.Width + float32(l)
	}
}

// Gap is a layout that only takes height: the space between sections.
type Gap float32

// MinSize is Fyne's.
func (g Gap) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, float32(g)) }

// Layout is Fyne's.
func (g Gap) Layout([]fyne.CanvasObject, fyne.Size) {}

// Block puts content on a card with a border.
func Block(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewCard(theme.ColorCard, fynetheme.ColorNameSeparator, 6), Inset(10, 6, content))
}

// NewBlockGround returns the background of a nested row.
func NewBlockGround() *Background { return NewCard(theme.ColorCard, fynetheme.ColorNameSeparator, 4) }

// Shares sets objects side by side, each with its share of the width.
func Shares(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&shares{gap, weights}, objects...)
}

type shares struct {
	gap     float32
	weights []float32
}

func (l *shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h = fyne.Max(h, o.MinSize().Height)
	}
	return fyne.NewSize(float32(len(objects))*60, h)
}

func (l *shares) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	var sum float32
	for _, w := range l.weights {
		sum += w
	}
	room, x := s.Width-l.gap*float32(len(objects)-1), float32(0)
	for i, o := range objects {
		w := room * l.weights[i] / sum
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, 0))
		x += w + l.gap
	}
}
