package editions

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/trail"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/records"
)

// Door is what the view asks of the workspace.
type Door interface {
	Builder
	Records() *records.Room

	Books() *books.Room
}

// View is the book of one répertoire: its sections and pages, its gate, its
// frozen editions.
type View struct {
	widget.BaseWidget
	// OnEntry hears which entry to open in the desk.
	OnEntry func(repertoire.ID)
	// OnTrail hears a line of the gate that is to be opened, with those beside
	// it; nil opens that line alone.
	OnTrail func(trail.Trail)
	// OnEntryField also hears in which field.
	OnEntryField func(repertoire.ID, string)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnOpenPath shows a file with the desktop's own program.
	OnOpenPath func(path string) error
	// OnMembers hears which edition is to be sent to the members.
	OnMembers func(repertoire.ID)
	// OnJob shows long work in the tray.
	OnJob task.Listener

	door        Door
	pace        task.Pace
	window      fyne.Window
	reading     *task.Latest
	directories []records.DirectorySummary
	slug        string
	filling     bool // the chooser is being filled, nobody chose

	chooser *widgets.Select
	tabs    []*widgets.Button
	book    *bookPanel
	gate    *gatePanel
	frozen  *frozenPanel
	panels  []fyne.CanvasObject
	tab     int
	body    *fyne.Container
	all     fyne.CanvasObject
}

// New returns a view that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run)}
	v.chooser = widgets.NewSelect(nil, func(string) {
		if i := v.chooser.SelectedIndex(); !v.filling && i >= 0 {
			v.Choose(v.directories[i].Slug)
		}
	})
	v.book, v.gate, v.frozen = newBookPanel(v), newGatePanel(v), newFrozenPanel(v)
	v.panels = []fyne.CanvasObject{v.book.all, v.gate.all, v.frozen.all}
	for i, label := range []string{i18n.T("Le livre"), i18n.T("Bon à tirer"), i18n.T("Éditions figées")} {
		v.tabs = append(v.tabs, widgets.NewQuietButton(label, "", func() { v.ShowTab(i) }))
	}
	produce := widgets.NewMainButton(i18n.T("Produire le PDF"), "pdf", v.Produce)
	title := widgets.NewTitle(i18n.T("Éditions"))
	title.Fixed = true
	head := widgets.Inset(16, 8, widgets.Sides(12, widgets.Flow(4, widgets.Inset(4, 0, title), v.tabs[0], v.tabs[1], v.tabs[2]),
		widgets.Flow(12, widgets.Wide(260, widgets.Framed(v.chooser)), produce)))
	v.body = container.NewStack()
	v.all = widgets.Page(widgets.Column(0, head, widgets.Rule()), v.body)
	v.ExtendBaseWidget(v)
	v.ShowTab(0)
	return v
}

// Choose shows the book of a répertoire.
func (v *View) Choose(slug string) {
	if v.slug != slug && v.book.dirty {
		widgets.Ask(i18n.T("Sections modifiées"), i18n.T(
			"Les sections de ce livre ont changé et ne sont pas enregistrées. Les abandonner ?"),
			i18n.T("Abandonner les changements"), i18n.T("Rester"), v.window, func() { v.book.dirty = false; v.Choose(slug) })
		v.mark()
		return
	}
	v.slug = slug
	v.gate.clear()
	v.book.clear()
	v.Reload()
}

// ShowTab shows the book (0), the gate (1) or the frozen editions (2).
func (v *View) ShowTab(tab int) {
	v.tab = tab
	for i, b := range v.tabs {
		b.Importance = widget.LowImportance
		if i == tab {
			b.Importance = widget.MediumImportance
		}
		b.Refresh()
	}
	v.show()
}

func (v *View) show() {
	v.body.Objects = []fyne.CanvasObject{v.panels[v.tab]}
	if len(v.directories) == 0 {
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("books", i18n.T("Aucun répertoire"),
			i18n.T("Créez d’abord un répertoire : son livre, ses contrôles et ses éditions paraîtront ici."))}
	}
	v.body.Refresh()
}

// Reload reads the répertoires, the book's sections and the editions again.
func (v *View) Reload() {
	slug := v.slug
	v.reading.Do(func(ctx context.Context) func() {
		list, err := v.door.Records().Directories(ctx)
		if err != nil {
			return func() { v.say(widgets.Failure, err.Error()) }
		}
		if !has(list, slug) {
			slug = ""
		}
		if slug == "" && len(list) > 0 {
			slug = list[0].Slug
		}
		var d repertoire.Directory
		var sections []books.Section
		if slug != "" {
			if d, err = v.door.Records().Directory(ctx, slug); err != nil {
				return func() { v.say(widgets.Failure, err.Error()) }
			}
			sections = v.door.Books().Sections(d)
		}
		editions, err := v.door.Books().Editions(ctx)
		if err != nil {
			return func() { v.say(widgets.Failure, err.Error()) }
		}
		return func() {
			v.directories, v.slug = list, slug
			v.mark()
			v.book.fill(d, sections)
			v.frozen.fill(editions)
			v.show()
		}
	})
}

func has(list []records.DirectorySummary, slug string) bool {
	for _, d := range list {
		if d.Slug == slug {
			return true
		}
	}
	return false
}

// mark shows in the chooser which répertoire is in view.
func (v *View) mark() {
	v.filling = true
	v.chooser.Options = nil
	for _, d := range v.directories {
		v.chooser.Options = append(v.chooser.Options, d.Short)
	}
	for i, d := range v.directories {
		if d.Slug == v.slug {
			v.chooser.SetSelectedIndex(i)
		}
	}
	v.filling = false
	v.chooser.Refresh()
}

// FocusFirst gives the keyboard to the list of the tab in view.
func (v *View) FocusFirst() {
	rows := []*widgets.Rows{v.book.rows, v.gate.table.List, v.frozen.table.List}[v.tab]
	if rows.Length() == 0 {
		return
	}
	v.window.Canvas().Focus(rows)
	if rows.Selection().Current < 0 {
		rows.Select(0)
	}
}

// Produce asks how to make the PDF of the book in view.
func (v *View) Produce() {
	if v.slug == "" {
		return
	}
	p := NewProduce(v.door, v.pace, v.window)
	p.OnEntry, p.Open = v.OnEntry, v.OnOpenPath
	p.Show(v.slug)
}

func (v *View) say(tone widgets.Tone, sentence string) {
	if v.OnSay != nil {
		v.OnSay(tone, sentence)
	}
}

func (v *View) open(id repertoire.ID, field string) {
	switch {
	case id == "":
		v.say(widgets.Info, i18n.T("Cette ligne concerne le répertoire lui-même : ses réglages sont dans la barre latérale."))
	case field != "" && v.OnEntryField != nil:
		v.OnEntryField(id, field)
	case v.OnEntry != nil:
		v.OnEntry(id)
	}
}

// job runs long work with its progress in the tray; end hears on the interface
// thread how it went.
func (v *View) job(label string, work func(ctx context.Context, progress workspace.Progress) error, end func(err error)) {
	ctx, progress, done := v.OnJob.Begin(label)
	v.pace.Run(func() {
		err := work(ctx, progress)
		fyne.Do(func() {
			done()
			if end != nil {
				end(err)
			}
		})
	})
}

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
