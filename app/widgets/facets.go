package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// FacetLine is a value that can be ticked, with how many records have it.
type FacetLine struct {
	Value, Label, Count string
	Indent              int // levels under the first
}

// Facet is a heading with lines to tick, several at once. Only the first few
// show until a person asks for the others.
type Facet struct {
	widget.BaseWidget
	// OnChanged hears the ticked values.
	OnChanged func(values []string)
	// OnExclude hears a value clicked with the right button, to be put aside.
	OnExclude func(value string)
	all       *Disclosure
	list      *fyne.Container
	lines     []FacetLine
	picked    []string
	folded    bool
	few       int
	more      func(hidden int) string
	less      string
}

// NewFacet returns a facet. few is how many lines show at first; more words the
// line that shows the others, less the one that hides them again.
func NewFacet(title string, few int, more func(hidden int) string, less string) *Facet {
	f := &Facet{few: few, folded: true, more: more, less: less, list: Column(0)}
	f.all = NewDisclosure(title, "", true, func() fyne.CanvasObject { return f.list })
	f.ExtendBaseWidget(f)
	return f
}

// Picked lists the ticked values.
func (f *Facet) Picked() []string { return slices.Clone(f.picked) }

// SetPicked ticks values without telling anybody.
func (f *Facet) SetPicked(values []string) {
	if slices.Equal(values, f.picked) {
		return
	}
	f.picked = slices.Clone(values)
	f.fill()
}

// SetLines shows new lines; ticked values that are not among them stay ticked.
func (f *Facet) SetLines(lines []FacetLine) {
	if slices.Equal(lines, f.lines) {
		return
	}
	f.lines = lines
	f.fill()
}

// Toggle ticks a value or takes its tick away.
func (f *Facet) Toggle(value string) {
	if i := slices.Index(f.picked, value); i >= 0 {
		f.picked = slices.Delete(slices.Clone(f.picked), i, i+1)
	} else {
		f.picked = append(slices.Clone(f.picked), value)
	}
	f.fill()
	if f.OnChanged != nil {
		f.OnChanged(f.Picked())
	}
}

func (f *Facet) fill() {
	hid, before := f.Hidden, len(f.list.Objects)
	f.Hidden = len(f.lines) == 0
	var lines []FacetLine
	hidden := 0
	for i, l := range f.lines {
		if f.folded && i >= f.few && !slices.Contains(f.picked, l.Value) && len(f.lines) > f.few+1 {
			hidden++
			continue
		}
		lines = append(lines, l)
	}
	switch {
	case hidden > 0:
		lines = append(lines, FacetLine{Label: f.more(hidden)})
	case !f.folded && len(f.lines) > f.few+1:
		lines = append(lines, FacetLine{Label: f.less})
	}
	// A line says another thing rather than give way to another: counts change
	// with each key of a search.
	for i, l := range lines {
		if i == len(f.list.Objects) {
			f.list.Add(newFacetLine(f))
		}
		f.list.Objects[i].(*facetLine).set(l, slices.Contains(f.picked, l.Value))
	}
	f.list.Objects = f.list.Objects[:len(lines)]
	if hid != f.Hidden || before != len(lines) {
		f.all.Refresh()
	}
}

// CreateRenderer is Fyne's.
func (f *Facet) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.all) }

// facetLine is one line: a box, a word, a count; without a value, the word that
// shows or hides the other lines.
type facetLine struct {
	widget.BaseWidget
	of      *Facet
	line    FacetLine
	ticked  bool
	hovered bool
}

func newFacetLine(f *Facet) *facetLine {
	l := &facetLine{of: f}
	l.ExtendBaseWidget(l)
	return l
}

func (l *facetLine) set(line FacetLine, ticked bool) {
	if l.line != line || l.ticked != ticked {
		l.line, l.ticked = line, ticked
		l.Refresh()
	}
}

// Tapped acts.
func (l *facetLine) Tapped(*fyne.PointEvent) {
	if l.line.Value != "" {
		l.of.Toggle(l.line.Value)
		return
	}
	l.of.folded = !l.of.folded
	l.of.fill()
}

// TappedSecondary puts the value aside.
func (l *facetLine) TappedSecondary(*fyne.PointEvent) {
	if l.of.OnExclude != nil && l.line.Value != "" {
		l.of.OnExclude(l.line.Value)
	}
}

// MouseIn is Fyne's.
func (l *facetLine) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved is Fyne's.
func (l *facetLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (l *facetLine) MouseOut() { l.hovered = false; l.Refresh() }

// CreateRenderer is Fyne's.
func (l *facetLine) CreateRenderer() fyne.WidgetRenderer {
	r := &facetLineRenderer{l: l, background: canvas.NewRectangle(nil), box: canvas.NewRectangle(nil),
		tick: canvas.NewImageFromResource(nil), label: canvas.NewText("", nil), count: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type facetLineRenderer struct {
	l               *facetLine
	background, box *canvas.Rectangle
	tick            *canvas.Image
	label, count    *canvas.Text
}

func (r *facetLineRenderer) Destroy() {}
func (r *facetLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.background, r.box, r.tick, r.label, r.count}
}
func (r *facetLineRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 26) }

func (r *facetLineRenderer) Layout(s fyne.Size) {
	r.background.Resize(s)
	x := 8 + float32(r.l.line.Indent)*12
	r.box.Resize(fyne.NewSquareSize(14))
	r.box.Move(fyne.NewPos(x, (s.Height-14)/2))
	r.tick.Resize(fyne.NewSquareSize(12))
	r.tick.Move(fyne.NewPos(x+1, (s.Height-12)/2))
	x += 22
	m := r.count.MinSize()
	r.count.Resize(m)
	r.count.Move(fyne.NewPos(s.Width-8-m.Width, (s.Height-m.Height)/2))
	r.label.Text = Fit(r.l.line.Label, r.label.TextSize, r.label.TextStyle, s.Width-x-m.Width-16)
	h := r.label.MinSize().Height
	r.label.Resize(fyne.NewSize(s.Width-x, h))
	r.label.Move(fyne.NewPos(x, (s.Height-h)/2))
}

func (r *facetLineRenderer) Refresh() {
	l := r.l
	button := l.line.Value == "" && l.line.Count == ""
	r.background.FillColor, r.background.CornerRadius = colour(fynetheme.ColorNameHover), 4
	r.background.Hidden = !l.hovered
	r.box.Hidden, r.tick.Hidden = button, button || !l.ticked
	r.box.CornerRadius, r.box.StrokeWidth = 3, 1
	r.box.StrokeColor, r.box.FillColor = colour(fynetheme.ColorNameInputBorder), colour(fynetheme.ColorNameInputBackground)
	if l.ticked {
		r.box.StrokeColor, r.box.FillColor = colour(fynetheme.ColorNamePrimary), colour(fynetheme.ColorNamePrimary)
	}
	r.tick.Resource = theme.IconIn("check", fynetheme.ColorNameForegroundOnPrimary)
	r.label.Color, r.label.TextSize = colour(fynetheme.ColorNameForeground), size(fynetheme.SizeNameText)
	r.label.TextStyle = fyne.TextStyle{Bold: l.ticked}
	if button {
		r.label.Color = colour(fynetheme.ColorNamePrimary)
	}
	r.count.Text = l.line.Count
	r.count.Color, r.count.TextSize = colour(theme.ColorMuted), size(fynetheme.SizeNameCaptionText)
	r.Layout(l.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
