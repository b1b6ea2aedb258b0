package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// SetParagraph changes the words of what NewParagraph made.
func SetParagraph(p *widget.RichText, s string) {
	if t, ok := p.Segments[0].(*widget.TextSegment); ok {
		t.Text = s
		p.Refresh()
	}
}

// Same is a layout that gives all objects one square of the side.
func Same(side float32) fyne.Layout { return same(side) }

type same float32

// MinSize is Fyne's.
func (s same) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(float32(s)) }

// Layout is Fyne's.
func (s same) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSquareSize(float32(s)))
		o.Move(fyne.NewPos(0, 0))
	}
}
