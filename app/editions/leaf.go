package editions

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"repertoire/internal/repertoire"
)

// leaf is a page of the book shown large: a click on it goes to where what is
// printed there is written.
type leaf struct {
	widget.BaseWidget
	viewer *pageViewer
	page   int
	size   fyne.Size
	image  *canvas.Image
	leads  bool // the pointer is over what can be gone to
}

func newLeaf(p *pageViewer, page int, img image.Image, size fyne.Size) *leaf {
	l := &leaf{viewer: p, page: page, size: size, image: canvas.NewImageFromImage(img)}
	l.image.FillMode, l.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
	l.image.SetMinSize(size)
	l.ExtendBaseWidget(l)
	return l
}

// at tells what is printed at a point of the widget.
func (l *leaf) at(p fyne.Position) (repertoire.ID, string) {
	proof := l.viewer.proof
	if proof == nil {
		return "", ""
	}
	w, h := proof.Size()
	return proof.At(l.page, float64(p.X/l.Size().Width)*w, float64(p.Y/l.Size().Height)*h)
}

// Tapped goes there.
func (l *leaf) Tapped(e *fyne.PointEvent) {
	switch id, field := l.at(e.Position); {
	case id != "":
		l.viewer.view.open(id, field)
	case field != "":
		l.viewer.view.book.lead(field)
	}
}

// MouseIn is Fyne's.
func (l *leaf) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved notes whether a click would lead somewhere.
func (l *leaf) MouseMoved(e *desktop.MouseEvent) {
	id, field := l.at(e.Position)
	l.leads = id != "" || l.viewer.view.book.leads(field)
}

// MouseOut is Fyne's.
func (l *leaf) MouseOut() { l.leads = false }

// Cursor is Fyne's.
func (l *leaf) Cursor() desktop.Cursor {
	if l.leads {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is Fyne's.
func (l *leaf) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.image) }
