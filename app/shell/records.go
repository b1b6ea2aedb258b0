package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/directories"
	"repertoire/app/editions"
	"repertoire/app/i18n"
	"repertoire/app/lists"
	"repertoire/app/partnerships"
	"repertoire/app/preview"
	"repertoire/app/trace"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// records is the place of the partnerships: répertoires, list, form, page.
type recordsPlace struct {
	widget.BaseWidget
	desk    *desk
	sidebar *directories.Sidebar
	lists   *lists.Section
	list    *partnerships.List
	form    *partnerships.Form
	preview *preview.Pane

	left, middle *widgets.Split // sidebar | rest, list | form
	right        *widgets.Split // form | preview

	wish  wish  // what a person wants to see
	shown panes // what of it has room
	scale float32

	apart fyne.Window   // the page's own window, nil for none
	page  *preview.Pane // the page in it
}

func newRecords(d *desk) *recordsPlace {
	r := &recordsPlace{desk: d, shown: panes{sidebar: true, list: true, form: true, page: true}}
	s := d.shell
	w, _ := s.prefs.size()
	r.wish = wish{sidebar: s.prefs.shown("sidebar", true), page: s.prefs.shown("preview", w >= 1500)}
	r.list = partnerships.NewList(d.door, s.pace)
	newForm := partnerships.NewForm
	if s.first != nil {
		newForm = partnerships.NewSecondForm
	}
	r.form = newForm(d.door, s.pace, s.window)
	r.lists = lists.New(d.door, s.pace, s.window)
	r.sidebar = directories.New(d.door, s.pace, r.lists, r.list.Facets())
	r.wire()
	r.wireLists()
	r.left = widgets.NewHSplit(r.sidebar, r.panes())
	r.left.SetOffset(s.prefs.pane("left", 0.17))
	r.ExtendBaseWidget(r)
	return r
}

func (r *recordsPlace) panes() fyne.CanvasObject {
	s := r.desk.shell
	r.preview = r.newPage()
	r.preview.OnApart = r.pageApart
	r.right = widgets.NewHSplit(r.form, r.preview)
	r.right.SetOffset(s.prefs.pane("right", 0.5))
	r.middle = widgets.NewHSplit(r.list, r.right)
	share := 0.42
	if r.wish.page {
		share = 0.34 // the page wants its room too
	}
	r.middle.SetOffset(s.prefs.pane("middle", share))
	return r.middle
}

func (r *recordsPlace) wire() {
	d := r.desk
	r.sidebar.OnError = d.fail
	r.sidebar.OnListed = func() {
		r.list.Learn(r.sidebar.List())
		d.shell.arm()
	}
	r.sidebar.OnNew = d.newDirectory
	r.sidebar.Menu = d.directoryMenu
	r.sidebar.OnChosen = func(x records.DirectorySummary) {
		state := partnerships.State{Directory: x.Slug, Title: x.Short}
		if x.Slug == "" {
			state.Title = i18n.T("Tous les partenariats")
		}
		d.shell.prefs.setDirectory(d.door.Dir(), x.Slug)
		r.lists.SetOn("")
		r.list.Restore(state)
	}
	r.time(d.shell.trace)
	r.list.OnOpen = func(id repertoire.ID) {
		d.notice.Dismiss()
		d.shell.trace.Begin(trace.Entry)
		if r.preview.Visible() || r.page != nil {
			d.shell.trace.Begin(trace.Page)
		}
		r.form.Load(id)
		d.tour.did(hasOpened)
	}
	r.form.OnEdited = r.draw
	r.form.OnModified = func(bool) { d.retitle() }
	r.form.OnSimilar = func(id repertoire.ID, title string) {
		r.list.Restore(partnerships.State{Title: i18n.T("Partenariats semblables"), Text: partnerships.SimilarTo(id, title)})
	}
	r.list.OnActivated = func() {
		r.alone(true)
		r.form.FocusFirst()
	}
	r.list.OnNew = d.newPartnership
	r.list.Beginning = d.firstSteps
	r.list.OnTrash = func() { r.form.AskDelete() }
	r.list.OnDrag, r.list.OnDrop = r.dragged, r.dropped
	r.list.OnStatus = d.setStatus
	r.list.OnSay = d.say
	r.list.OnMap = func(q searches.Query) { d.onMap(q, r.list.State().Title) }
	book := editions.NewSelection(d.door, d.shell.pace, d.shell.window)
	book.OnEntry, book.Open = d.openEntry, d.shell.openPath
	r.list.OnBook = book.Show
	r.form.AutoSave, r.form.Speller = d.shell.prefs.autoSave(), d.shell.speller()
	r.form.OnSaved = func(p repertoire.Partnership) {
		if !r.form.AutoSave {
			d.say(widgets.Success, i18n.T("« %s » : enregistré.", r.form.Title()))
		}
		d.shell.trace.End(trace.Save)
		r.list.Mark(p.ID)
		d.refresh()
		d.tour.did(hasSaved)
	}
	r.form.OnDeleted = func(repertoire.ID) {
		d.say(widgets.Success, i18n.T("La fiche est à la corbeille."))
		r.list.Mark("")
		d.refresh()
	}
}

// time notes how long a person waits here.
func (r *recordsPlace) time(t *trace.Trace) {
	if t == nil {
		return
	}
	r.list.OnTyping = func() { t.Begin(trace.Keystroke) }
	r.list.OnShown = func() {
		t.End(trace.Keystroke)
		t.End(trace.Start)
	}
	r.form.OnTyping = func() {
		t.Begin(trace.Typed)
		t.End(trace.Typed)
	}
	r.form.OnShown = func() { t.End(trace.Entry) }
	r.form.OnSaving = func() { t.Begin(trace.Save) }
	r.form.OnRefused = func() { t.Give(trace.Save) }
}

// Reload reads list and counts again.
func (r *recordsPlace) Reload() {
	r.list.Reload()
	r.sidebar.Reload()
	r.lists.Reload()
}

// FocusFirst goes to the rows.
func (r *recordsPlace) FocusFirst() {
	r.alone(false)
	r.list.FocusRows()
}

func (r *recordsPlace) openEntry(id repertoire.ID) {
	r.alone(true)
	r.list.Mark(id)
	r.form.Load(id)
}

// openField shows an entry with the cursor in a field of it.
func (r *recordsPlace) openField(id repertoire.ID, field string) {
	r.alone(true)
	r.list.Mark(id)
	r.form.LoadAt(id, field)
}

func (r *recordsPlace) newPartnership() {
	r.alone(true)
	r.list.Mark("")
	r.form.New(r.sidebar.Chosen().Slug)
}

// togglePreview shows the page of the book beside the form, or hides it.
func (r *recordsPlace) togglePreview() {
	shown := !r.preview.Visible()
	r.setPage(shown)
	r.desk.shell.prefs.setShown("preview", shown)
	if shown && !r.preview.Visible() {
		r.pageApart() // no room beside the form
	}
}

// showPreview shows the page of the book if it is hidden.
func (r *recordsPlace) showPreview() {
	if !r.preview.Visible() {
		r.togglePreview()
	}
}

func (r *recordsPlace) toggleSidebar() {
	shown := !r.sidebar.Visible()
	r.wish.sidebar, r.wish.pageFirst = shown, !shown
	r.desk.shell.prefs.setShown("sidebar", shown)
	r.fold(r.Size().Width)
}

// remember keeps the panes for next time.
func (r *recordsPlace) remember() {
	prefs := r.desk.shell.prefs
	prefs.setPane("left", r.left.Offset)
	prefs.setPane("middle", r.middle.Offset)
	prefs.setPane("right", r.right.Offset)
}

// CreateRenderer is Fyne's.
func (r *recordsPlace) CreateRenderer() fyne.WidgetRenderer { return &folding{r} }

// Undo takes the last edit of the form back.
func (r *recordsPlace) Undo() bool { return r.form.Modified() && r.form.Undo() }

// Redo does it again.
func (r *recordsPlace) Redo() bool { return r.form.Redo() }

// Modified tells whether the form holds something to save.
func (r *recordsPlace) Modified() bool { return r.form.Modified() }

// Save saves the entry in the form.
func (r *recordsPlace) Save() { r.form.Save() }

// SaveThen saves the entry in the form, and goes on once it is written.
func (r *recordsPlace) SaveThen(then func()) {
	r.form.SaveAll(func(err error) {
		if err == nil {
			then()
		}
	})
}
