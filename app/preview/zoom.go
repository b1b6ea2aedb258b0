package preview

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// The least and the most a page is shown at, 1 being as wide as the pane, and
// what a step changes.
const (
	leastZoom, mostZoom = 0.5, 4
	zoomStep            = 1.25
)

// bar holds what changes the size of the pages.
func (p *Pane) bar() fyne.CanvasObject {
	p.level = widgets.NewMuted("100 %")
	p.level.Fixed, p.level.Align = true, fyne.TextAlignCenter
	p.apart = widgets.NewIconButton("external", i18n.T("Page dans sa fenêtre"), func() {
		if p.OnApart != nil {
			p.OnApart()
		}
	}).Small()
	return container.NewBorder(nil, nil, nil, container.NewCenter(p.apart), widgets.Line(2,
		container.NewCenter(widgets.NewIconButton("minus", i18n.T("Page plus petite (Ctrl et la molette)"),
			func() { p.Zoom(1 / zoomStep) }).Small()),
		container.NewCenter(widgets.Wide(52, p.level)),
		container.NewCenter(widgets.NewIconButton("add", i18n.T("Page plus grande (Ctrl et la molette)"),
			func() { p.Zoom(zoomStep) }).Small()),
		container.NewCenter(widgets.NewIconButton("fit", i18n.T("Page ajustée à la largeur"), func() { p.Zoom(0) }).Small())))
}

// Zoom shows the pages larger or smaller; 0 makes them as wide as the pane.
func (p *Pane) Zoom(by float32) {
	zoom := float32(1)
	if by != 0 {
		zoom = max(leastZoom, min(mostZoom, p.zoom*by))
	}
	if zoom > 0.97 && zoom < 1.03 {
		zoom = 1 // steps there and back come home
	}
	if zoom == p.zoom {
		return
	}
	p.zoom = zoom
	p.level.SetText(strconv.Itoa(int(zoom*100+0.5)) + " %")
	p.column.Refresh()
	p.scroll.Refresh() // the pages in view at once, painted sharp a moment later
	p.again()
}

// Alone takes the button away that opens a window: the pane stands in one.
func (p *Pane) Alone() { p.apart.Hide() }

// scroll goes over the pages both ways; Ctrl and the wheel change their size.
type scroll struct {
	container.Scroll
	pane *Pane
}

func newScroll(p *Pane, content fyne.CanvasObject) *scroll {
	s := &scroll{container.Scroll{Direction: container.ScrollBoth, Content: content}, p}
	s.ExtendBaseWidget(s)
	return s
}

// Scrolled is Fyne's.
func (s *scroll) Scrolled(e *fyne.ScrollEvent) {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok || d.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) == 0 || e.Scrolled.DY == 0 {
		s.Scroll.Scrolled(e)
		return
	}
	if e.Scrolled.DY > 0 {
		s.pane.Zoom(zoomStep)
		return
	}
	s.pane.Zoom(1 / zoomStep)
}
