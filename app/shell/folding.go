package shell

import "fyne.io/fyne/v2"

// The least widths of the panes of the partnerships, with text of the first
// day's size: below them a pane folds away. That of the form leaves its fields
// 320 units.
const (
	sidebarRoom = 176
	listRoom    = 300
	formRoom    = 364
	pageRoom    = 280
)

// panes tells which stand side by side.
type panes struct{ sidebar, list, form, page bool }

// wish is what a person wants to see.
type wish struct {
	sidebar, page bool
	pageFirst     bool // the page was asked for after the column of répertoires
	form          bool // where only one of list and form has room: the form
}

// fold fits what is wanted into a width: list and form come first, then what
// was asked for last; where not even they have room, one of them stands alone.
func fold(width float32, w wish) panes {
	if width < listRoom+formRoom {
		return panes{list: !w.form, form: w.form}
	}
	p := panes{list: true, form: true}
	left := width - listRoom - formRoom
	take := func(shown *bool, wanted bool, room float32) {
		if wanted && left >= room {
			*shown = true
			left -= room
		}
	}
	if w.pageFirst {
		take(&p.page, w.page, pageRoom)
	}
	take(&p.sidebar, w.sidebar, sidebarRoom)
	take(&p.page, w.page && !p.page, pageRoom)
	return p
}

// leastPlace is the smallest the place of the partnerships gets.
var leastPlace = fyne.NewSize(formRoom, 300)

// folding lays the panes out in the room there is.
type folding struct{ r *recordsPlace }

// Destroy is Fyne's.
func (f *folding) Destroy() {}

// MinSize is that of one pane: the others fold.
func (f *folding) MinSize() fyne.Size { return leastPlace }

// Objects is Fyne's.
func (f *folding) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.r.left} }

// Layout is Fyne's.
func (f *folding) Layout(s fyne.Size) {
	f.r.fold(s.Width)
	f.r.left.Resize(s)
}

// Refresh is Fyne's.
func (f *folding) Refresh() {
	f.Layout(f.r.Size())
	f.r.left.Refresh()
}

// fold shows the panes that have room.
func (r *recordsPlace) fold(width float32) {
	if width <= 0 {
		return
	}
	scale := fyne.Max(1, r.desk.shell.prefs.scale())
	shown := fold(width/scale, r.wish)
	if shown == r.shown && scale == r.scale {
		return
	}
	r.shown, r.scale = shown, scale
	r.left.LeastLeading, r.middle.LeastLeading = sidebarRoom*scale, listRoom*scale
	r.right.LeastLeading, r.right.LeastTrailing = formRoom*scale, pageRoom*scale
	r.middle.LeastTrailing = formRoom * scale
	if shown.page {
		r.middle.LeastTrailing += pageRoom * scale
	}
	r.left.LeastTrailing = r.middle.LeastLeading + r.middle.LeastTrailing
	if !shown.list || !shown.form {
		r.left.LeastTrailing = 0
	}
	r.sidebar.Hidden = !shown.sidebar
	r.list.Hidden, r.form.Hidden = !shown.list, !shown.form
	r.right.Hidden = !shown.form && !shown.page
	if shown.page != r.preview.Visible() {
		r.preview.SetShown(shown.page)
	}
	for _, s := range []fyne.CanvasObject{r.right, r.middle, r.left} {
		s.Refresh()
	}
}

// alone brings the form, or the list, into view where only one has room.
func (r *recordsPlace) alone(form bool) {
	r.wish.form = form
	r.fold(r.Size().Width)
}
