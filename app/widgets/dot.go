package widgets

import (
	"fyne.io/fyne/v2"
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
	r := &dotRenderer{d: d, mark: newMark()}
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
	mark *mark
}

func (r *dotRenderer) Destroy()                     {}
func (r *dotRenderer) Objects() []fyne.CanvasObject { return r.mark.objects() }
func (r *dotRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(dotSide) }
func (r *dotRenderer) Layout(s fyne.Size)           { r.mark.lay(fyne.NewPos(s.Width/2, s.Height/2)) }

func (r *dotRenderer) Refresh() { r.mark.paint(r.d.colour, r.d.hollow) }
