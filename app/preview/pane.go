package preview

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// Sheets are the laid out pages of an entry; *workspace.Preview is one.
type Sheets interface {
	Count() int
	// Size is that of a page in points.
	Size() (w, h float64)
	// Image paints page i (from 0) at dpi dots per inch.
	Image(i int, dpi float64) (*image.RGBA, error)
	// FieldAt tells which field lies at a point of page i, "" for none.
	FieldAt(i int, x, y float64) string
}

// Draw lays an entry out as the book does. It runs off the interface thread.
type Draw func(ctx context.Context, p repertoire.Partnership) (Sheets, error)

// Pane shows the pages of one entry, one under the other.
type Pane struct {
	widget.BaseWidget
	// OnField hears the field under a click: "objectives", "projects.2.results".
	OnField func(field string)
	// OnApart hears that the page is wanted in a window of its own; nil where it
	// has one.
	OnApart func()
	// OnDrawn hears that the pages of an entry are in view.
	OnDrawn func()

	lay    Draw
	latest *task.Latest
	entry  *repertoire.Partnership // what is shown, nil for nothing
	again  func()                  // draws once more, soon: the width changed
	drawn  float32                 // width the pages were painted for
	scale  float32                 // pixels a unit they were painted for
	zoom   float32                 // 1 is as wide as the pane
	column *fyne.Container
	scroll *scroll
	level  *widgets.Text
	apart  *widgets.IconButton
	all    *fyne.Container
}

// margin is the background seen around a page.
const margin = 16

// New returns a pane that shows nothing yet.
func New(lay Draw, pace task.Pace) *Pane {
	p := &Pane{lay: lay, latest: task.NewLatest(pace.Run), zoom: 1, column: widgets.Column(margin)}
	p.again = task.Later(pace.Preview, p.draw)
	p.scroll = newScroll(p, widgets.Inset(margin, margin, p.column))
	p.all = container.NewStack(widgets.NewBackground(theme.ColorSidebar),
		container.NewBorder(widgets.Column(0, widgets.Inset(8, 3, p.bar()), widgets.Rule()), nil, nil, nil, p.scroll))
	p.ExtendBaseWidget(p)
	p.Clear()
	return p
}

// Draw shows an entry; the one in view stays until the new one is ready.
func (p *Pane) Draw(entry repertoire.Partnership) {
	p.entry = &entry
	if p.Visible() {
		p.draw()
	}
}

// Clear shows no entry.
func (p *Pane) Clear() {
	p.latest.Stop()
	p.entry = nil
	p.say(i18n.T("La page du livre s’affiche ici, et suit ce que vous tapez."))
}

func (p *Pane) say(sentence string) {
	p.column.Objects = []fyne.CanvasObject{widgets.NewParagraph(sentence, theme.ColorMuted)}
	p.column.Refresh()
	p.scroll.Refresh()
}

// SetShown shows the pane or hides it; a hidden one draws nothing.
func (p *Pane) SetShown(shown bool) {
	if !shown {
		p.latest.Stop()
		p.Hide()
		return
	}
	p.Show()
	p.draw()
}

// Resize is Fyne's: pages painted for another width look blurred.
func (p *Pane) Resize(s fyne.Size) {
	p.BaseWidget.Resize(s)
	if p.entry != nil && p.Visible() && (s.Width != p.drawn || p.density() != p.scale) {
		p.again()
	}
}

// Refresh is Fyne's: a pane that is a whole window hears of another screen so.
func (p *Pane) Refresh() {
	p.BaseWidget.Refresh()
	if p.scale > 0 && p.density() != p.scale {
		p.Repaint()
	}
}

// Repaint paints the pages again, soon, for a screen of another density.
func (p *Pane) Repaint() {
	if p.entry != nil && p.Visible() {
		p.again()
	}
}

// density is how many pixels a unit has here: another screen has another.
func (p *Pane) density() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		return c.Scale()
	}
	return 1
}

// wide is how wide a page is shown.
func (p *Pane) wide() float32 { return (p.Size().Width - 2*margin) * p.zoom }

// draw lays out and paints off the interface thread.
func (p *Pane) draw() {
	width := p.wide()
	if p.entry == nil || p.Size().Width < 60+2*margin {
		return
	}
	entry, scale := *p.entry, p.density()
	p.drawn, p.scale = p.Size().Width, scale
	p.latest.Do(func(ctx context.Context) func() {
		pages, err := p.lay(ctx, entry)
		if err != nil {
			return p.failed(ctx, err)
		}
		images, err := paint(ctx, pages, float64(width*scale))
		if err != nil {
			return p.failed(ctx, err)
		}
		return func() { p.publish(pages, images) }
	})
}

func (p *Pane) failed(ctx context.Context, err error) func() {
	if ctx.Err() != nil {
		return nil
	}
	return func() { p.say(err.Error()) }
}

// paint makes the image of each page, wide pixels wide.
func paint(ctx context.Context, pages Sheets, wide float64) ([]image.Image, error) {
	w, _ := pages.Size()
	dpi := 72 * wide / w
	images := make([]image.Image, pages.Count())
	for i := range images {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		img, err := pages.Image(i, dpi)
		if err != nil {
			return nil, err
		}
		images[i] = img
	}
	return images, nil
}

func (p *Pane) publish(pages Sheets, images []image.Image) {
	at := p.scroll.Offset
	p.column.Objects = nil
	for i, img := range images {
		p.column.Add(newSheet(p, pages, i, img))
	}
	p.column.Refresh()
	p.scroll.Refresh()
	p.scroll.ScrollToOffset(at)
	if p.OnDrawn != nil {
		p.OnDrawn()
	}
}

// CreateRenderer is Fyne's.
func (p *Pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.all) }
