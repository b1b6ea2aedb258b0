package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// Dot is a small mark in one of the theme's colours, of the shape MarkSides
// gives it: a state one need not read, with a sentence for those who point at
// it. A hollow one says that nothing is known.
type Dot struct {
	tooltip.ToolTipWidget
	colour fyne.ThemeColorName
	hollow bool
	action func()
}

// NewDot returns a dot. The keyboard passes it by: a form has one a field, and
// Tab goes from value to value.
func NewDot(colour fyne.ThemeColorName, hollow bool, sentence string, action func()) *Dot {
	d := &Dot{colour: colour, hollow: hollow, action: action}
	d.ExtendBaseWidget(d)
	d.SetToolTip(sentence)
	return d
}

// Tapped acts.
func (d *Dot) Tapped(*fyne.PointEvent) {
	if d.action != nil {
		d.action()
	}
}

// Cursor is Fyne's.
func (d *Dot) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is Fyne's.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	r := &dotRenderer{d: d, disc: canvas.NewRegularPolygon(MarkSides(d.colour), nil)}
	r.Refresh()
	return r
}

// dotSide is what a hand can hit, discSide what is drawn of it.
const (
	dotSide  = 16
	discSide = 7
)

type dotRenderer struct {
	d    *Dot
	disc *canvas.RegularPolygon
}

func (r *dotRenderer) Destroy()                     {}
func (r *dotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.disc} }
func (r *dotRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(dotSide) }
func (r *dotRenderer) Layout(s fyne.Size) {
	layMark(r.disc, fyne.NewPos(s.Width/2, s.Height/2))
}

func (r *dotRenderer) Refresh() {
	r.disc.StrokeWidth, r.disc.FillColor = 0, colour(r.d.colour)
	if r.d.hollow {
		r.disc.StrokeWidth, r.disc.StrokeColor, r.disc.FillColor = 1.2, colour(r.d.colour), nil
	}
	r.disc.Refresh()
}
