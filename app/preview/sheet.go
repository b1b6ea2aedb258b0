package preview

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// sheet is one page: a click on it goes to the field printed there.
type sheet struct {
	widget.BaseWidget
	pane  *Pane
	pages Sheets
	index int
	w, h  float64 // of the page, in points
	image *canvas.Image
	edge  *canvas.Rectangle
	leads bool // the pointer is over a field
}

func newSheet(p *Pane, pages Sheets, i int, img image.Image) *sheet {
	s := &sheet{pane: p, pages: pages, index: i, image: canvas.NewImageFromImage(img), edge: canvas.NewRectangle(nil)}
	s.w, s.h = pages.Size()
	s.image.FillMode = canvas.ImageFillStretch
	s.image.ScaleMode = canvas.ImageScaleSmooth
	s.ExtendBaseWidget(s)
	return s
}

// fieldAt gives the field under a point of the widget.
func (s *sheet) fieldAt(at fyne.Position) string {
	from, page := s.page(s.Size())
	scale := float64(page.Width) / s.w
	return s.pages.FieldAt(s.index, float64(at.X-from.X)/scale, float64(at.Y-from.Y)/scale)
}

// page is where in its place a page stands: in the middle, as high as that.
func (s *sheet) page(place fyne.Size) (at fyne.Position, size fyne.Size) {
	width := min(place.Width, place.Height*float32(s.w/s.h))
	return fyne.NewPos((place.Width-width)/2, 0), fyne.NewSize(width, place.Height)
}

// Tapped goes to the field.
func (s *sheet) Tapped(e *fyne.PointEvent) {
	if field := s.fieldAt(e.Position); field != "" && s.pane.OnField != nil {
		s.pane.OnField(field)
	}
}

// MouseIn is Fyne's.
func (s *sheet) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved notes whether a click would lead somewhere.
func (s *sheet) MouseMoved(e *desktop.MouseEvent) { s.leads = s.fieldAt(e.Position) != "" }

// MouseOut is Fyne's.
func (s *sheet) MouseOut() { s.leads = false }

// Cursor is Fyne's.
func (s *sheet) Cursor() desktop.Cursor {
	if s.leads {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is Fyne's.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{s}
	r.Refresh()
	return r
}

type sheetRenderer struct{ s *sheet }

func (r *sheetRenderer) Destroy() {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.image, r.s.edge}
}

// MinSize keeps the page's proportions at the width it was given.
func (r *sheetRenderer) MinSize() fyne.Size {
	width := fyne.Max(60, r.s.pane.wide())
	if r.s.pane.zoom <= 1 {
		return fyne.NewSize(60, width*float32(r.s.h/r.s.w))
	}
	return fyne.NewSize(width, width*float32(r.s.h/r.s.w))
}

func (r *sheetRenderer) Layout(size fyne.Size) {
	at, page := r.s.page(size)
	for _, o := range r.Objects() {
		o.Move(at)
		o.Resize(page)
	}
}

func (r *sheetRenderer) Refresh() {
	settings := fyne.CurrentApp().Settings()
	r.s.edge.FillColor, r.s.edge.StrokeWidth = color.Transparent, 1
	r.s.edge.StrokeColor = settings.Theme().Color(fynetheme.ColorNameInputBorder, settings.ThemeVariant())
	r.s.edge.Refresh()
	r.s.image.Refresh()
}
