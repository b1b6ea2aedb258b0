package mapview

import (
	"context"
	"image"
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/font/opentype"

	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/atlas"
)

// sheet is the map itself: it shows the last picture painted, asks for the
// next one, and turns the mouse and the keys into camera moves.
type sheet struct {
	widget.BaseWidget
	// tell words what is under the mouse; chose hears the places clicked, none
	// for the open sea; enter hears Enter.
	tell  func(places []int32, count int) string
	chose func(places []int32)
	enter func()

	run     task.Runner
	land    *lands
	points  atlas.MapPoints
	camera  camera
	home    frame // shown when the sheet gets its size
	framed  bool
	chosen  map[int32]bool
	dense   float64 // pixels of a unit the camera was set for
	shown   *picture
	busy    bool    // a picture is being painted
	stale   bool    // and is already out of date
	painted palette // of the last picture asked for
	focused bool
	hint    string
	hintAt  fyne.Position
	image   *canvas.Image
	font    *opentype.Font
}

func newSheet(run task.Runner, land *lands) *sheet {
	s := &sheet{run: run, land: land, home: worldFrame, chosen: map[int32]bool{},
		image: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))}
	s.image.FillMode, s.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	s.ExtendBaseWidget(s)
	return s
}

// density is how many pixels a unit takes on this screen.
func (s *sheet) density() float64 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		return float64(c.Scale())
	}
	return 1
}

func (s *sheet) pixels() (w, h int, density float64) {
	density = s.density()
	return int(math.Round(float64(s.Size().Width) * density)), int(math.Round(float64(s.Size().Height) * density)), density
}

// Lay changes the points; the view stays where it is.
func (s *sheet) Lay(m atlas.MapPoints) {
	s.points, s.chosen, s.hint = m, map[int32]bool{}, ""
	s.repaint()
}

// Frame shows a rectangle of the world whole.
func (s *sheet) Frame(f frame) {
	s.home = f
	w, h, density := s.pixels()
	if w < 8 || h < 8 {
		s.framed = false
		return
	}
	s.framed, s.dense = true, density
	s.camera = look(f, w, h)
	s.repaint()
}

// Choose marks places.
func (s *sheet) Choose(places []int32) {
	s.chosen = make(map[int32]bool, len(places))
	for _, p := range places {
		s.chosen[p] = true
	}
	s.repaint()
}

// Resize is Fyne's.
func (s *sheet) Resize(size fyne.Size) {
	if s.Size() == size {
		return
	}
	s.BaseWidget.Resize(size)
	if !s.framed {
		s.Frame(s.home)
		return
	}
	s.repaint()
}

// order takes what a picture needs, on the interface thread.
func (s *sheet) order() (order, bool) {
	w, h, density := s.pixels()
	if w < 8 || h < 8 {
		return order{}, false
	}
	if s.font == nil {
		s.font = readFont()
	}
	if s.dense > 0 && density != s.dense { // another screen: the same of the world in more pixels, or fewer
		s.camera.scale *= density / s.dense
		s.dense = density
	}
	return order{points: s.points, camera: s.camera, w: w, h: h, density: density, colours: colours(), chosen: s.chosen,
		face: s.font, textSize: float64(fyne.CurrentApp().Settings().Theme().Size(fynetheme.SizeNameCaptionText))}, true
}

// repaint asks for a picture. While one is being painted, moves add up: the
// next one shows them all, and none is dropped for ever during a long drag.
func (s *sheet) repaint() {
	if s.busy {
		s.stale = true
		return
	}
	o, ok := s.order()
	if !ok {
		return
	}
	s.busy, s.stale, s.painted = true, false, o.colours
	land := s.land
	s.run(func() {
		p := land.paint(context.Background(), o)
		fyne.Do(func() {
			s.busy = false
			s.shown = p
			s.image.Image = p.image
			s.Refresh()
			if s.stale {
				s.repaint()
			}
		})
	})
}

func readFont() *opentype.Font {
	f, err := opentype.Parse(fyne.CurrentApp().Settings().Theme().Font(fyne.TextStyle{}).Content())
	if err != nil {
		return nil
	}
	return f
}

// colours are those of the look in force. The French side has the accent and
// discs, the other one a warm colour and triangles.
func colours() palette {
	p := palette{sea: nrgba(theme.ColorSidebar), land: nrgba(fynetheme.ColorNameSeparator), border: nrgba(fynetheme.ColorNameDisabled),
		french: nrgba(fynetheme.ColorNamePrimary), foreign: nrgba(fynetheme.ColorNameWarning), link: nrgba(fynetheme.ColorNamePrimary),
		chosen: nrgba(fynetheme.ColorNameError), ink: nrgba(fynetheme.ColorNameForeground), halo: nrgba(fynetheme.ColorNameBackground)}
	p.border.A, p.link.A = 0xa0, 0x48
	return p
}

func nrgba(name fyne.ThemeColorName) color.NRGBA {
	s := fyne.CurrentApp().Settings()
	return color.NRGBAModel.Convert(s.Theme().Color(name, s.ThemeVariant())).(color.NRGBA)
}

// CreateRenderer is Fyne's.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{s: s, ring: canvas.NewRectangle(nil), background: canvas.NewRectangle(nil), text: canvas.NewText("", nil),
		more: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type sheetRenderer struct {
	s                *sheet
	ring, background *canvas.Rectangle
	text, more       *canvas.Text
}

func (r *sheetRenderer) Destroy() {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.image, r.ring, r.background, r.text, r.more}
}
func (r *sheetRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 200) }

func (r *sheetRenderer) Layout(size fyne.Size) {
	r.s.image.Resize(size)
	r.ring.Resize(size)
	if r.s.hint == "" {
		return
	}
	m, n := r.text.MinSize(), r.more.MinSize()
	box := fyne.NewSize(fyne.Max(m.Width, n.Width)+16, m.Height+n.Height+10)
	x := fyne.Min(r.s.hintAt.X+14, size.Width-box.Width-4)
	y := r.s.hintAt.Y + 14
	if y+box.Height > size.Height-4 {
		y = r.s.hintAt.Y - box.Height - 8
	}
	x, y = fyne.Max(x, 4), fyne.Max(y, 4)
	r.background.Resize(box)
	r.background.Move(fyne.NewPos(x, y))
	r.text.Move(fyne.NewPos(x+8, y+5))
	r.text.Resize(m)
	r.more.Move(fyne.NewPos(x+8, y+5+m.Height))
	r.more.Resize(n)
}

func (r *sheetRenderer) Refresh() {
	s := r.s
	if s.shown != nil && s.painted != colours() {
		s.repaint() // the look changed
	}
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, nrgba(fynetheme.ColorNamePrimary), 2
	r.ring.Hidden = !s.focused
	r.background.FillColor, r.background.CornerRadius = nrgba(fynetheme.ColorNameOverlayBackground), 4
	r.background.StrokeColor, r.background.StrokeWidth = nrgba(fynetheme.ColorNameSeparator), 1
	first, second, _ := strings.Cut(s.hint, "\n")
	caption := fyne.CurrentApp().Settings().Theme().Size(fynetheme.SizeNameCaptionText)
	r.text.Text, r.text.TextSize, r.text.Color = widgets.Fit(first, caption, fyne.TextStyle{Bold: true}, 320), caption,
		nrgba(fynetheme.ColorNameForeground)
	r.text.TextStyle = fyne.TextStyle{Bold: true}
	r.more.Text, r.more.TextSize, r.more.Color = second, caption, nrgba(theme.ColorMuted)
	for _, o := range []fyne.CanvasObject{r.background, r.text, r.more} {
		if s.hint == "" {
			o.Hide()
		} else {
			o.Show()
		}
	}
	r.Layout(s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

var (
	_ fyne.Scrollable   = (*sheet)(nil)
	_ fyne.Draggable    = (*sheet)(nil)
	_ fyne.Focusable    = (*sheet)(nil)
	_ desktop.Hoverable = (*sheet)(nil)
)
