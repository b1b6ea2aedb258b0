package directories

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/records"
)

// Publisher is what the editor asks of the workspace.
type Publisher interface {
	Records() *records.Room

	CountryName(iso string) string
	Books() *books.Room
}

// Editor makes a répertoire or changes one: what its book is and says, and the
// presentation of each of its countries. One press of Enregistrer is one
// change.
type Editor struct {
	widget.BaseWidget
	// OnSaved hears the slug of what was saved.
	OnSaved func(slug string)
	// OnDeleted hears the slug of a répertoire that went to the trash.
	OnDeleted func(slug string)
	// OnClose is asked to leave the editor.
	OnClose func()
	// OnModified hears that there is something to save, or no longer.
	OnModified func(bool)

	door   Publisher
	pace   task.Pace
	window fyne.Window
	latest *task.Latest

	draft  *draft
	holds  int               // partnerships of the répertoire
	wrong  map[string]string // texts that cannot be read, by field
	fields []*widgets.Field
	open   map[string]bool // sections left open
	named  repertoire.Directory
	saving bool
	then   func() // what waits for the save under way, nil for nothing
	told   bool

	title  *widgets.Text
	state  *widgets.Text
	notice *widgets.Notice
	save   *widgets.Button
	undo   *widgets.IconButton
	redo   *widgets.IconButton
	remove *widgets.IconButton

	buttons, top *fyne.Container
	body         *fyne.Container
	scroll       *container.Scroll
	first        fyne.Focusable
	all          *fyne.Container
}

// NewEditor returns the editor, with nothing in it yet.
func NewEditor(door Publisher, pace task.Pace, window fyne.Window) *Editor {
	e := &Editor{door: door, pace: pace, window: window, latest: task.NewLatest(pace.Run),
		wrong: map[string]string{}, open: map[string]bool{}}
	e.title, e.state, e.notice = widgets.NewTitle(""), widgets.NewMuted(""), widgets.NewNotice()
	e.save = widgets.NewMainButton(i18n.T("Enregistrer"), "save", e.Save)
	e.undo = widgets.NewIconButton("undo", i18n.T("Annuler"), func() { e.Undo() })
	e.redo = widgets.NewIconButton("redo", i18n.T("Rétablir"), func() { e.Redo() })
	e.remove = widgets.NewIconButton("trash", i18n.T("Supprimer le répertoire"), e.askDelete)
	e.buttons = widgets.Line(4, e.undo, e.redo, e.remove, widgets.NewButton(i18n.T("Fermer"), "", e.Close), e.save)
	e.top = container.NewBorder(nil, nil, nil, container.NewCenter(e.buttons), widgets.Column(2, e.title, e.state))
	head := widgets.Inset(20, 10, e.top)
	e.body = widgets.Column(0)
	e.scroll = container.NewVScroll(container.New(page{}, widgets.Inset(20, 4, e.body)))
	e.all = container.NewBorder(widgets.Column(0, head, widgets.Rule(), e.notice), nil, nil, nil, e.scroll)
	e.ExtendBaseWidget(e)
	return e
}

// New begins a répertoire.
func (e *Editor) New() { e.load("") }

// Edit shows a répertoire.
func (e *Editor) Edit(slug string) { e.load(slug) }

// Reload reads the répertoire in view again, unless something is being typed.
func (e *Editor) Reload() {
	if e.draft != nil && e.draft.now.Directory.ID != "" && !e.Modified() && !e.saving {
		e.load(e.draft.saved.Directory.Slug)
	}
}

func (e *Editor) load(slug string) {
	same := e.draft != nil && slug != "" && e.draft.saved.Directory.Slug == slug
	e.latest.Do(func(ctx context.Context) func() {
		var b book
		var err error
		holds := 0
		if slug != "" {
			if b.Directory, err = e.door.Records().Directory(ctx, slug); err == nil {
				b.Countries, err = e.door.Records().PresentationsOf(ctx, b.Directory.Countries)
			}
			list, errList := e.door.Records().Directories(ctx)
			if err == nil {
				err = errList
			}
			for _, d := range list {
				if d.Slug == slug {
					holds = d.Partnerships
				}
			}
		}
		return func() {
			if err != nil {
				e.say(widgets.Failure, err.Error())
				return
			}
			if !same {
				e.open = map[string]bool{}
				e.notice.Dismiss()
			}
			e.draft, e.holds, e.named = newDraft(b), holds, repertoire.Directory{}
			e.wrong = map[string]string{}
			e.rebuild()
			if !same {
				e.scroll.ScrollToTop()
				e.FocusFirst()
			}
		}
	})
}

// FocusFirst puts the cursor where work begins: in the countries of a new
// répertoire, else in the title.
func (e *Editor) FocusFirst() {
	if e.first == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Focus(e.first)
	}
}

// Modified tells whether there is something to save.
func (e *Editor) Modified() bool { return e.draft != nil && e.draft.modified() }

// edit changes the draft; further edits of one field are one step.
func (e *Editor) edit(field string, do func()) {
	e.draft.before(field)
	do()
	e.settle()
	e.inspect()
}

// restructure changes the draft in a way the widgets must be made again for.
func (e *Editor) restructure(do func()) {
	e.draft.before("")
	do()
	e.settle()
	e.rebuild()
}

// settle takes away what was said of the book as it was.
func (e *Editor) settle() {
	if e.notice.Visible() {
		e.notice.Dismiss()
		e.all.Refresh()
	}
}

// Undo takes the last step of the draft back, and says whether there was one.
func (e *Editor) Undo() bool { return e.step((*draft).stepBack) }

// Redo does again what Undo took back.
func (e *Editor) Redo() bool { return e.step((*draft).stepForward) }

func (e *Editor) step(move func(*draft) bool) bool {
	if e.draft == nil || !move(e.draft) {
		return false
	}
	e.wrong = map[string]string{}
	e.rebuild()
	return true
}

// say shows a sentence above the form, which makes room for it.
func (e *Editor) say(tone widgets.Tone, sentence string) {
	e.notice.Say(tone, sentence)
	e.all.Refresh()
}

// inspect says what is wrong beside the fields and what there is to save.
func (e *Editor) inspect() {
	d := &e.draft.now.Directory
	said := map[string]string{}
	if e.draft.now.Directory.ID != "" || e.told {
		for _, f := range d.Validate(repertoire.Known{}) {
			if said[f.Field] == "" {
				said[f.Field] = f.Message
			}
		}
	}
	for _, f := range e.fields {
		why := said[f.Name]
		if e.wrong[f.Name] != "" {
			why = e.wrong[f.Name]
		}
		f.Say(why, true)
	}
	e.head()
}

func (e *Editor) head() {
	d := &e.draft.now.Directory
	title := d.Title
	if d.ID == "" {
		title = i18n.T("Nouveau répertoire")
	}
	e.title.SetText(title)
	modified := e.Modified()
	switch {
	case e.saving:
		e.state.SetText(i18n.T("Enregistrement…"))
	case d.ID == "":
		e.state.SetText(i18n.T("Choisissez ses pays : le reste peut venir plus tard."))
	case modified:
		e.state.SetText(i18n.T("Modifications non enregistrées"))
	default:
		e.state.SetText(i18n.N("%s partenariat", "%s partenariats", e.holds, repertoire.Thousands(int64(e.holds))))
	}
	if modified && !e.saving {
		e.save.Enable()
	} else {
		e.save.Disable()
	}
	e.undo.SetEnabled(len(e.draft.undo) > 0)
	e.redo.SetEnabled(len(e.draft.redo) > 0)
	e.remove.Hidden = d.ID == ""
	e.top.Refresh() // the button takes its place or leaves it
	if e.OnModified != nil {
		e.OnModified(modified)
	}
}

// SaveThen saves, and goes on once it is written; not when it is refused.
func (e *Editor) SaveThen(then func()) {
	e.then = then
	e.Save()
	if !e.saving {
		e.then = nil // it was refused before it was sent
	}
}

// Save writes the répertoire and its countries as one change; what is wrong is
// said beside its field.
func (e *Editor) Save() {
	if e.draft == nil || e.saving || !e.Modified() {
		return
	}
	e.told = true
	e.inspect()
	for _, f := range e.fields {
		if why := f.Message(); why != "" {
			e.say(widgets.Failure, i18n.T("Rien n’est encore enregistré. %s", why))
			e.reveal(f.Name)
			return
		}
	}
	sent := clone(e.draft.now)
	sent.tidy()
	e.saving = true
	e.head()
	e.pace.Run(func() {
		d, countries, err := e.door.Records().SaveBook(context.Background(), sent.Directory, sent.Countries)
		fyne.Do(func() { e.written(book{d, countries}, err) })
	})
}

func (e *Editor) written(saved book, err error) {
	e.saving = false
	if err != nil {
		e.then = nil
		sentence, field := err.Error(), ""
		var conflict *workspace.Conflict
		var ours *repertoire.Error
		if errors.As(err, &conflict) {
			sentence = i18n.T(
				"Ce répertoire a été modifié ailleurs pendant que vous l’écriviez : rien n’a été enregistré. Copiez vos textes, fermez, puis rouvrez-le.")
		} else if errors.As(err, &ours) {
			field = ours.Field
		}
		e.say(widgets.Failure, sentence)
		e.head()
		e.reveal(field)
		return
	}
	e.told = false
	e.draft = newDraft(saved)
	if then := e.then; then != nil {
		defer then()
	}
	e.then = nil
	e.say(widgets.Success, i18n.T("Répertoire enregistré."))
	e.rebuild()
	if e.OnSaved != nil {
		e.OnSaved(saved.Directory.Slug)
	}
}

// Close leaves the editor, once what was typed is saved or given up.
func (e *Editor) Close() {
	leave := func() {
		e.draft = nil
		if e.OnClose != nil {
			e.OnClose()
		}
	}
	if !e.Modified() {
		leave()
		return
	}
	widgets.Ask(i18n.T("Modifications non enregistrées"),
		i18n.T("Ce répertoire contient des modifications non enregistrées. Les abandonner ?"),
		i18n.T("Abandonner"), i18n.T("Rester"), e.window, leave)
}

func (e *Editor) askDelete() {
	d := e.draft.saved.Directory
	if e.holds > 0 {
		widgets.Tell(i18n.T("Supprimer le répertoire"), i18n.N(
			"Ce répertoire contient encore %s partenariat : il n’a pas été supprimé. Rangez d’abord sa fiche ailleurs, ou mettez-la à la corbeille.",
			"Ce répertoire contient encore %s partenariats : il n’a pas été supprimé. Rangez d’abord leurs fiches ailleurs, ou mettez-les à la corbeille.",
			e.holds, repertoire.Thousands(int64(e.holds))), i18n.T("Fermer"), e.window)
		return
	}
	widgets.Ask(i18n.T("Supprimer le répertoire"), i18n.T("« %s » sera mis à la corbeille, d’où il peut revenir.", d.Title),
		i18n.T("Supprimer"), i18n.T("Garder"), e.window, func() {
			e.pace.Run(func() {
				err := e.door.Records().DeleteDirectory(context.Background(), d.Slug)
				fyne.Do(func() {
					if err != nil {
						e.say(widgets.Failure, err.Error())
						return
					}
					e.draft = nil
					if e.OnDeleted != nil {
						e.OnDeleted(d.Slug)
					}
					if e.OnClose != nil {
						e.OnClose()
					}
				})
			})
		})
}

// reveal brings a field into view, with the cursor in it.
func (e *Editor) reveal(name string) {
	for _, f := range e.fields {
		if f.Name != name || name == "" {
			continue
		}
		if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
			driver := fyne.CurrentApp().Driver()
			at := driver.AbsolutePositionForObject(f).Y - driver.AbsolutePositionForObject(e.body).Y
			e.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, at-24)))
			if entry, ok := f.Content().(fyne.Focusable); ok {
				c.Focus(entry)
			}
		}
		return
	}
}

// CreateRenderer is Fyne's.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.all) }

// page keeps the form to a width the eye takes in, at the left.
type page struct{}

func (page) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(420, o[0].MinSize().Height)
}

func (page) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(fyne.Min(s.Width, 940), fyne.Max(s.Height, o[0].MinSize().Height)))
	o[0].Move(fyne.NewPos(0, 0))
}
