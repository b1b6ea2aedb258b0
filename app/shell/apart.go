package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/preview"
	"repertoire/app/trace"
	"repertoire/internal/repertoire"
)

// newPage makes a pane that lays entries out as the book does, and whose clicks
// lead into the form.
func (r *recordsPlace) newPage() *preview.Pane {
	s := r.desk.shell
	p := preview.New(func(ctx context.Context, p repertoire.Partnership) (preview.Sheets, error) {
		return r.desk.door.Books().PreviewEntry(ctx, p)
	}, s.pace)
	p.OnField = func(field string) {
		r.alone(true)
		r.form.Reveal(field)
	}
	p.OnDrawn = func() { s.trace.End(trace.Page) }
	return p
}

// pageApart shows the page in a window of its own, for a second screen; closing
// it brings the page back beside the form.
func (r *recordsPlace) pageApart() {
	if r.apart != nil {
		r.apart.RequestFocus()
		return
	}
	s := r.desk.shell
	r.apart = s.app.NewWindow(i18n.T("Aperçu de la page — Répertoire"))
	r.apart.SetPadded(false)
	r.page = r.newPage()
	r.page.Alone()
	r.page.OnField = func(field string) {
		r.form.Reveal(field)
		s.window.RequestFocus()
	}
	r.apart.SetContent(r.page)
	r.apart.Resize(fyne.NewSize(620, 860))
	was := r.wish.page
	r.setPage(false)
	r.apart.SetOnClosed(func() {
		r.apart, r.page = nil, nil
		r.setPage(was)
	})
	r.apart.Show()
	if p, ok := r.form.Current(); ok {
		r.page.Draw(p)
	}
}

// closeApart closes that window with the workspace.
func (r *recordsPlace) closeApart() {
	if w := r.apart; w != nil {
		w.SetOnClosed(nil)
		r.apart, r.page = nil, nil
		w.Close()
	}
}

// setPage wants the page beside the form, or does not.
func (r *recordsPlace) setPage(shown bool) {
	r.wish.page, r.wish.pageFirst = shown, shown
	r.fold(r.Size().Width)
}

// Repaint paints the page again, for a screen of another density.
func (r *recordsPlace) Repaint() { r.preview.Repaint() }

// draw shows an entry on the pages in view.
func (r *recordsPlace) draw(p repertoire.Partnership) {
	r.preview.Draw(p)
	if r.page != nil {
		r.page.Draw(p)
	}
}
