package editions

import (
	"context"
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

// thumbHeight is the height of a row of the strip of small pages.
const thumbHeight = 128

// pageViewer shows the pages of the whole book: small ones in a strip, one or
// two large. A page is painted when it comes into view, never before.
type pageViewer struct {
	view    *View
	proof   *books.Proof
	busy    bool
	page    int // from 0
	spread  bool
	zoom    float32
	thumbs  map[int]image.Image
	painter *task.Latest // of the large pages
	small   *task.Latest // of the strip

	strip  *widgets.Rows
	number *widgets.Entry
	count  *widgets.Text
	entry  *widgets.Button
	double *widgets.IconButton
	bar    *fyne.Container
	sheets *fyne.Container
	scroll *container.Scroll
	body   *fyne.Container
	shown  fyne.CanvasObject
	all    fyne.CanvasObject
}

func newPageViewer(v *View) *pageViewer {
	p := &pageViewer{view: v, zoom: 1, thumbs: map[int]image.Image{}, painter: task.NewLatest(v.pace.Run),
		small: task.NewLatest(v.pace.Run), body: container.NewStack()}
	p.strip = widgets.NewRows(thumbHeight, p.pageCount, func() fyne.CanvasObject {
		img := canvas.NewImageFromImage(nil)
		img.FillMode = canvas.ImageFillContain
		caption := widgets.NewCaption("")
		caption.Align = fyne.TextAlignCenter
		return widgets.Inset(8, 6, container.NewBorder(nil, caption, nil, nil, img))
	}, p.fillThumb)
	p.strip.OnCurrent = p.Go
	p.strip.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyPageUp:
			p.Turn(-1)
		case fyne.KeyPageDown:
			p.Turn(1)
		case fyne.KeyReturn, fyne.KeyEnter:
			p.openEntry()
		default:
			return false
		}
		return true
	}
	p.strip.OnVisible = p.paintThumbs
	p.number = widgets.NewEntry()
	p.number.OnSubmitted = func(s string) {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
			p.Go(n - 1)
			return
		}
		p.show()
	}
	p.count = widgets.NewMuted("")
	p.count.Fixed = true
	p.entry = widgets.NewButton(i18n.T("Aller à la fiche"), "", p.openEntry)
	p.double = widgets.NewIconButton("columns", i18n.T("Double page"), func() { p.spread = !p.spread; p.show() })
	p.bar = widgets.Line(4,
		widgets.NewIconButton("up", i18n.T("Page précédente (Page préc.)"), func() { p.Turn(-1) }),
		widgets.NewIconButton("down", i18n.T("Page suivante (Page suiv.)"), func() { p.Turn(1) }),
		widgets.Wide(56, p.number), p.count, p.double,
		widgets.NewQuietButton("−", "", func() { p.Zoom(1 / 1.25) }), widgets.NewQuietButton("+", "", func() { p.Zoom(1.25) }))
	bar := container.NewBorder(nil, nil, p.bar, widgets.Line(4, p.entry,
		widgets.NewIconButton("redo", i18n.T("Composer de nouveau"), p.lay)))
	p.sheets = container.NewCenter()
	p.scroll = container.NewScroll(p.sheets)
	p.shown = container.NewBorder(widgets.Column(0, widgets.Inset(8, 4, bar), widgets.Rule()), nil,
		container.NewBorder(nil, nil, nil, widgets.UprightRule(), widgets.Wide(112, p.strip)), nil,
		container.NewStack(widgets.NewBackground(theme.ColorSidebar), p.scroll))
	p.all = p.body
	p.clear()
	return p
}

func (p *pageViewer) pageCount() int {
	if p.proof == nil {
		return 0
	}
	return p.proof.Count()
}

func (p *pageViewer) clear() {
	p.painter.Stop()
	p.small.Stop()
	p.proof, p.page, p.thumbs = nil, 0, map[int]image.Image{}
	p.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("book", i18n.T("Les pages du livre"),
		i18n.T("Composez le livre pour le feuilleter tel qu’il sera imprimé, avant d’en faire un fichier."),
		widgets.NewMainButton(i18n.T("Composer les pages"), "book", p.lay))}
	p.body.Refresh()
}

// lay sets the whole book in type, away from the interface thread.
func (p *pageViewer) lay() {
	if p.busy || p.view.slug == "" {
		return
	}
	p.busy = true
	slug := p.view.slug
	if p.proof == nil {
		p.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("clock", i18n.T("Composition des pages…"),
			i18n.T("Vous pouvez continuer à travailler."))}
		p.body.Refresh()
	}
	var proof *books.Proof
	p.view.job(i18n.T("Composition des pages"), func(ctx context.Context, progress workspace.Progress) (err error) {
		proof, err = p.view.door.Books().Proof(ctx, slug, progress)
		return err
	}, func(err error) {
		p.busy = false
		switch {
		case slug != p.view.slug: // another book was chosen meanwhile
			p.clear()
		case err != nil:
			p.view.say(widgets.Failure, err.Error())
			if p.proof == nil {
				p.clear()
			}
		default:
			p.proof, p.thumbs = proof, map[int]image.Image{}
			p.body.Objects = []fyne.CanvasObject{p.shown}
			p.body.Refresh()
			p.strip.Refresh()
			p.Go(p.page)
		}
	})
}

// Go shows page i (from 0), the nearest there is.
func (p *pageViewer) Go(i int) {
	if p.proof == nil || p.proof.Count() == 0 {
		return
	}
	p.page = max(0, min(i, p.proof.Count()-1))
	if p.strip.Selection().Current != p.page {
		p.strip.Mark(p.page)
		p.strip.Reveal(p.page)
	}
	p.show()
}

// GoSection turns to where a section of the book begins, once the book is set;
// one that prints nothing leaves the page.
func (p *pageViewer) GoSection(key string) {
	if p.proof == nil {
		return
	}
	if i := p.proof.PageOfSection(key); i >= 0 && i != p.page {
		p.Go(i)
	}
}

// Turn goes forward or back by a page, or by a double page.
func (p *pageViewer) Turn(by int) {
	if p.spread {
		by *= 2
	}
	p.Go(p.page + by)
}

// Zoom enlarges the pages.
func (p *pageViewer) Zoom(by float32) {
	p.zoom = fyne.Max(0.4, fyne.Min(3, p.zoom*by))
	p.show()
}

// facing lists what lies open with page i: right pages are odd.
func facing(i, count int) []int {
	left := i - (i+1)%2
	var out []int
	for _, j := range []int{left, left + 1} {
		if j >= 0 && j < count {
			out = append(out, j)
		}
	}
	return out
}

func (p *pageViewer) open() []int {
	if p.spread {
		return facing(p.page, p.proof.Count())
	}
	return []int{p.page}
}

func (p *pageViewer) openEntry() {
	if id, _ := p.proof.EntryAt(p.page); id != "" {
		p.view.open(id, "")
	}
}

func (p *pageViewer) show() {
	if p.proof == nil {
		return
	}
	p.number.SetText(strconv.Itoa(p.page + 1))
	p.count.SetText("/ " + repertoire.Thousands(int64(p.proof.Count())))
	p.bar.Refresh() // the count grows
	p.double.SetOn(p.spread)
	if id, _ := p.proof.EntryAt(p.page); id == "" {
		p.entry.Disable()
	} else {
		p.entry.Enable()
	}
	w, h := p.proof.Size()
	height := fyne.Max(240, p.scroll.Size().Height-24)
	if p.spread {
		height = fyne.Max(240, fyne.Min(height, (p.scroll.Size().Width-36)/2*float32(h/w)))
	}
	height *= p.zoom
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.view); c != nil {
		scale = c.Scale()
	}
	proof, pages, dpi := p.proof, p.open(), 72*float64(height*scale)/h
	size := fyne.NewSize(height*float32(w/h), height)
	p.painter.Do(func(ctx context.Context) func() {
		var images []image.Image
		for _, i := range pages {
			img, err := proof.Image(i, dpi)
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				return func() { p.view.say(widgets.Failure, err.Error()) }
			}
			images = append(images, img)
		}
		return func() { p.place(pages, images, size) }
	})
}

func (p *pageViewer) place(pages []int, images []image.Image, size fyne.Size) {
	row := widgets.Line(2)
	for i, img := range images {
		row.Add(newLeaf(p, pages[i], img, size))
	}
	p.sheets.Objects = []fyne.CanvasObject{widgets.Inset(12, 12, row)}
	p.sheets.Refresh()
	p.scroll.Refresh()
}

func (p *pageViewer) fillThumb(i int, o fyne.CanvasObject) {
	for _, x := range o.(*fyne.Container).Objects[0].(*fyne.Container).Objects {
		switch x := x.(type) {
		case *canvas.Image:
			x.Image = p.thumbs[i]
			x.Refresh()
		case *widgets.Text:
			x.SetText(strconv.Itoa(i + 1))
		}
	}
}

// paintThumbs paints the small pages in view that were not yet.
func (p *pageViewer) paintThumbs(first, last int) {
	var missing []int
	for i := first; i <= last; i++ {
		if p.thumbs[i] == nil {
			missing = append(missing, i)
		}
	}
	if p.proof == nil || len(missing) == 0 {
		return
	}
	proof := p.proof
	_, h := proof.Size()
	p.small.Do(func(ctx context.Context) func() {
		made := map[int]image.Image{}
		for _, i := range missing {
			if ctx.Err() != nil {
				break
			}
			img, err := proof.Image(i, 72*180/h)
			if err != nil {
				// Said when the page is opened; here its place stays white.
				img = image.NewRGBA(image.Rect(0, 0, 1, 1))
			}
			made[i] = img
		}
		return func() {
			if proof != p.proof {
				return
			}
			for i, img := range made {
				p.thumbs[i] = img
			}
			p.strip.Refresh()
		}
	})
}
