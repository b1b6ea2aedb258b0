package preview

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/internal/layout"
)

// sheet is one page: a click on it goes to the field printed there.
type sheet struct {
	widget.BaseWidget
	pane  *Pane
	size  layout.Size
	page  *layout.Page
	image *canvas.Image
	edge  *canvas.Rectangle
	mark  *canvas.Rectangle // over the field under the pointer
	field string
}

func newSheet(p *Pane, size layout.Size, page *layout.Page, img image.Image) *sheet {
	s := &sheet{pane: p, size: size, page: page, image: canvas.NewImageFromImage(img), edge: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	s.image.FillMode = canvas.ImageFillStretch
	s.image.ScaleMode = canvas.ImageScaleSmooth
	s.mark.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// regionAt gives the smallest field box under a point of the widget.
func (s *sheet) regionAt(at fyne.Position) (layout.Region, bool) {
	scale := float64(s.Size().Width) / s.size.W
	x, y := float64(at.X)/scale, float64(at.Y)/scale
	var best layout.Region
	found := false
	for _, r := range s.page.Regions {
		if x < r.X || x > r.X+r.W || y < r.Y || y > r.Y+r.H || r.Origin.Field == "" {
			continue
		}
		if !found || r.W*r.H < best.W*best.H {
			best, found = r, true
		}
	}
	return best, found
}

// Tapped goes to the field.
func (s *sheet) Tapped(e *fyne.PointEvent) {
	if r, ok := s.regionAt(e.Position); ok && s.pane.OnField != nil {
		s.pane.OnField(r.Origin.Field)
	}
}

// MouseIn is Fyne's.
func (s *sheet) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved marks the field under the pointer.
func (s *sheet) MouseMoved(e *desktop.MouseEvent) {
	r, ok := s.regionAt(e.Position)
	s.mark.Hidden = !ok
	if ok {
		scale := s.Size().Width / float32(s.size.W)
		s.mark.Move(fyne.NewPos(float32(r.X)*scale-3, float32(r.Y)*scale-2))
		s.mark.Resize(fyne.NewSize(float32(r.W)*scale+6, float32(r.H)*scale+4))
	}
	s.field = r.Origin.Field
	s.mark.Refresh()
}

// MouseOut is Fyne's.
func (s *sheet) MouseOut() {
	s.mark.Hide()
	s.field = ""
	s.mark.Refresh()
}

// Cursor is Fyne's.
func (s *sheet) Cursor() desktop.Cursor {
	if s.field != "" {
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
	return []fyne.CanvasObject{r.s.image, r.s.mark, r.s.edge}
}

// MinSize keeps the page's proportions at the width it was given.
func (r *sheetRenderer) MinSize() fyne.Size {
	width := r.s.pane.Size().Width - 2*margin
	return fyne.NewSize(60, fyne.Max(60, width)*float32(r.s.size.H/r.s.size.W))
}

func (r *sheetRenderer) Layout(size fyne.Size) {
	r.s.image.Resize(size)
	r.s.edge.Resize(size)
}

func (r *sheetRenderer) Refresh() {
	settings := fyne.CurrentApp().Settings()
	colour := func(name fyne.ThemeColorName) color.Color {
		return settings.Theme().Color(name, settings.ThemeVariant())
	}
	r.s.edge.FillColor, r.s.edge.StrokeWidth = color.Transparent, 1
	r.s.edge.StrokeColor = colour(fynetheme.ColorNameInputBorder)
	r.s.mark.FillColor = colour(fynetheme.ColorNameFocus)
	r.s.mark.CornerRadius = 3
	r.s.edge.Refresh()
	r.s.image.Refresh()
}
