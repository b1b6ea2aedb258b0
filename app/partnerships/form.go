package partnerships

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// Form shows one partnership, every field of it, and edits it.
type Form struct {
	widget.BaseWidget
	// OnSaved hears what was written.
	OnSaved func(p repertoire.Partnership)
	// OnDeleted hears what was put into the trash.
	OnDeleted func(id repertoire.ID)
	// OnSimilar hears that the partnerships like the one shown, of that saved
	// title, are wanted.
	OnSimilar func(id repertoire.ID, title string)
	// OnModified hears whether there is something to save.
	OnModified func(modified bool)
	// OnEdited hears the entry a moment after each edit, for the preview.
	OnEdited func(p repertoire.Partnership)
	// OnShown, OnTyping and OnSaving hear that another entry is shown, that a
	// key is taken in, that the entry goes to be written; OnRefused that it was
	// not.
	OnShown, OnTyping, OnSaving, OnRefused func()

	// Speller looks after the words of the texts.
	Speller Speller

	door    Keeper
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	check   *task.Latest
	later   func()

	draft       *draft
	landing     string // field to go to once the record is read, "" for none
	kept        drafts
	authorities map[repertoire.ID]repertoire.Authority
	directories []records.DirectorySummary
	folds       map[string]bool // which blocks are open, by name
	fields      []*widgets.Field
	pickers     map[repertoire.Side]*widgets.Picker // where authorities are added
	themes      *widgets.Picker                     // where themes of the whole entry are added
	wrong       map[string]string                   // fields whose text cannot be read, with why
	modified    bool
	saving      bool
	confirming  bool           // to be confirmed once saved
	doubtful    string         // the one field to be confirmed once saved, "" for none
	marks       []mark         // the sections, in order
	writing     *widgets.Entry // the text the cursor was in last
	writer      *draftWriter
	keepLater   func()
	keptAt      time.Time // when the draft shown was last written on the disk
	// AutoSave writes an entry that has its record once nobody typed for a
	// while and nothing stands against it.
	AutoSave  bool
	saveLater func()
	adding    any               // the list an element is being added to
	added     fyne.CanvasObject // that element, once it is made
	echoes    []func()          // what shows in words what the fields hold

	head   *formHead
	notice *widgets.Notice
	body   *fyne.Container
	scroll *container.Scroll
	all    *fyne.Container
}

// NewForm returns a form that says how to begin, and offers what was left
// unsaved. Its dialogs open in window.
func NewForm(door Keeper, pace task.Pace, window fyne.Window) *Form {
	f := NewSecondForm(door, pace, window)
	f.takeDown()
	return f
}

// NewSecondForm returns a form beside another on the same workspace: what that
// one has unsaved is not offered here.
func NewSecondForm(door Keeper, pace task.Pace, window fyne.Window) *Form {
	f := &Form{door: door, pace: pace, window: window, kept: drafts{}, folds: map[string]bool{}, wrong: map[string]string{},
		authorities: map[repertoire.ID]repertoire.Authority{},
		reading:     task.NewLatest(pace.Run), check: task.NewLatest(pace.Run)}
	f.later = task.Later(pace.Preview, f.inspect)
	f.writer = newDraftWriter(door)
	f.keepLater = task.Later(5*pace.Preview, f.preserve)
	f.saveLater = task.Later(20*pace.Preview, f.saveAlone)
	f.head = newFormHead(f)
	f.notice = widgets.NewNotice()
	f.notice.OnRoom = f.makeRoom
	f.body = widgets.Column(0)
	wheel := widgets.NewWheel()
	f.scroll = container.NewVScroll(container.NewStack(widgets.Inset(20, 0, f.body), wheel))
	wheel.Serve(f.scroll)
	f.all = container.NewStack()
	f.ExtendBaseWidget(f)
	f.showNothing()
	return f
}

func (f *Form) showNothing() {
	f.draft = nil
	f.all.Objects = []fyne.CanvasObject{widgets.NewEmpty("document", i18n.T("Choisissez un partenariat"),
		i18n.T("Sa fiche s’affiche ici. Les flèches parcourent la liste, Ctrl+F cherche, Ctrl+N en ajoute un."), f.resumption()...)}
	f.all.Refresh()
}

// Close shows no record.
func (f *Form) Close() {
	f.kept.keep(f.draft)
	f.showNothing()
	f.tellModified()
}

// Current gives the record as it stands in the form, false when there is none.
func (f *Form) Current() (repertoire.Partnership, bool) {
	if f.draft == nil {
		return repertoire.Partnership{}, false
	}
	return f.draft.now, true
}

// Modified tells whether the record shown has something to save.
func (f *Form) Modified() bool { return f.modified }

// Unsaved counts the records with something to save, the one shown included.
func (f *Form) Unsaved() int {
	f.kept.keep(f.draft)
	return len(f.kept)
}

// Load reads a record and shows it. What was typed into the one before is
// kept, and comes back with it.
func (f *Form) Load(id repertoire.ID) {
	f.kept.keep(f.draft)
	if kept := f.kept[id]; kept != nil {
		f.resume(kept)
		return
	}
	f.read(id)
}

// Reload reads the record shown again, after somebody else changed it.
func (f *Form) Reload() {
	if f.draft != nil && f.draft.now.ID != "" {
		f.read(f.draft.now.ID)
	}
}

func (f *Form) read(id repertoire.ID) {
	f.reading.Do(func(ctx context.Context) func() {
		p, err := f.door.Records().Partnership(ctx, id)
		if repertoire.KindOf(err) == repertoire.NotFound && err != nil {
			// It went away: its creation was undone, or somebody deleted it.
			return f.vanish
		}
		if err != nil {
			return func() { f.fail(err) }
		}
		return f.resolve(ctx, p, func() { f.show(newDraft(p)) })
	})
}

func (f *Form) vanish() {
	f.showNothing()
	f.tellModified()
}

// resolve reads what a record points to, off the interface thread, and gives
// what to do next on it.
func (f *Form) resolve(ctx context.Context, p repertoire.Partnership, next func()) func() {
	ids := append(p.PartiesOn(repertoire.SideFrench), p.PartiesOn(repertoire.SideForeign)...)
	found, err := f.door.Records().Authorities(ctx, ids)
	if err != nil {
		return func() { f.fail(err) }
	}
	directories, err := f.door.Records().Directories(ctx)
	if err != nil {
		return func() { f.fail(err) }
	}
	return func() {
		f.directories = directories
		for id, a := range found {
			f.authorities[id] = a
		}
		next()
	}
}

// New begins a record in a répertoire; nothing is written before it is saved.
func (f *Form) New(directory string) {
	f.kept.keep(f.draft)
	p := repertoire.Partnership{Status: repertoire.StatusActive}
	if directory != "" {
		p.Directories = []string{directory}
	}
	f.reading.Do(func(ctx context.Context) func() {
		return f.resolve(ctx, p, func() {
			d := newDraft(p)
			d.slot = repertoire.NewID()
			f.show(d)
			f.offerOther()
			f.focusParty(repertoire.SideFrench)
		})
	})
}

func (f *Form) show(d *draft) {
	f.draft, f.keptAt = d, time.Time{}
	f.notice.Dismiss()
	f.rebuild()
	f.scroll.ScrollToTop()
	f.tellModified()
	f.inspect()
	f.land()
	tell(f.OnShown)
}

// tell calls who listens, if anybody does.
func tell(f func()) {
	if f != nil {
		f()
	}
}

// rebuild makes all widgets anew from the draft: after an undo, a conflict or
// a change of the lists of the form.
func (f *Form) rebuild() {
	f.fields, f.wrong, f.marks, f.writing, f.echoes = nil, map[string]string{}, nil, nil, nil
	f.body.Objects = f.sections()
	f.head.fill()
	// Tab follows the order of the objects, and Fyne's border puts its middle
	// first: the head stands above the fields and comes before them.
	top := widgets.Column(0, f.head, f.notice, widgets.Rule())
	f.all.Objects = []fyne.CanvasObject{container.New(layout.NewBorderLayout(top, nil, nil, nil), top, f.scroll)}
	f.body.Refresh()
	f.all.Refresh()
}

// makeRoom lays the form out again under a notice that came or went; Fyne
// leaves the room of what is hidden empty. Nothing is painted anew: a long
// entry would take its time.
func (f *Form) makeRoom() {
	if f.draft == nil {
		return
	}
	for _, o := range f.all.Objects {
		if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
			for _, part := range c.Objects {
				if column, ok := part.(*fyne.Container); ok && column.Layout != nil {
					column.Layout.Layout(column.Objects, column.MinSize().Max(fyne.NewSize(c.Size().Width, 0)))
				}
			}
			c.Layout.Layout(c.Objects, c.Size())
		}
	}
}

// edit changes the draft: field names the step, "" always begins one.
func (f *Form) edit(field string, change func()) {
	f.draft.before(field)
	change()
	f.tellModified()
	f.later()
	f.keepLater()
	if f.AutoSave {
		f.saveLater()
	}
}

// restructure changes a list of the draft and shows the form again, where it
// was.
func (f *Form) restructure(change func()) {
	f.edit("", change)
	f.rebuildHere()
}

func (f *Form) rebuildHere() {
	at, back := f.scroll.Offset, f.stay()
	f.rebuild()
	f.scroll.ScrollToOffset(at)
	back()
}

func (f *Form) tellModified() {
	f.modified = f.draft != nil && (f.draft.modified() || len(f.wrong) > 0)
	f.head.showState()
	for _, show := range f.echoes {
		show()
	}
	if f.OnModified != nil {
		f.OnModified(f.modified)
	}
}

// inspect applies the rules to the entry and shows what they find beside the
// fields.
func (f *Form) inspect() {
	if f.draft == nil {
		return
	}
	p := clone(f.draft.now)
	if f.OnEdited != nil {
		f.OnEdited(p)
	}
	f.check.Do(func(ctx context.Context) func() {
		found, err := f.door.Records().Validate(ctx, p)
		if err != nil {
			return func() { f.notice.Say(widgets.Failure, err.Error()) }
		}
		return func() { f.showFindings(found, false) }
	})
}

// Undo takes the last edit back, and says whether there was one.
func (f *Form) Undo() bool {
	if f.draft == nil || !f.draft.stepBack() {
		return false
	}
	f.afterStep()
	return true
}

// Redo does again what Undo took back.
func (f *Form) Redo() bool {
	if f.draft == nil || !f.draft.stepForward() {
		return false
	}
	f.afterStep()
	return true
}

func (f *Form) afterStep() {
	f.rebuildHere()
	f.tellModified()
	f.later()
	f.keepLater()
}

// Abandon throws away what was typed since the last save.
func (f *Form) Abandon() {
	if f.draft == nil {
		return
	}
	id := f.draft.now.ID
	f.forget(f.draft.key())
	f.draft = nil
	if id == "" {
		f.showNothing()
		f.tellModified()
		return
	}
	f.read(id)
}

func (f *Form) fail(err error) {
	if f.draft == nil {
		f.all.Objects = []fyne.CanvasObject{container.NewBorder(f.notice, nil, nil, nil)}
		f.all.Refresh()
	}
	f.notice.Say(widgets.Failure, err.Error())
}

// title is the heading of the entry as it stands.
func (f *Form) title() string { return f.titleOf(f.draft.now) }

func (f *Form) titleOf(p repertoire.Partnership) string {
	if len(p.Parties) == 0 && p.Title == "" {
		return i18n.T("Nouveau partenariat")
	}
	return p.DisplayTitle(func(id repertoire.ID) *repertoire.Authority {
		if a, ok := f.authorities[id]; ok {
			return &a
		}
		return nil
	})
}

// at names an element of a list: "projects.2.title".
func at(list string, i int, field string) string { return fmt.Sprintf("%s.%d.%s", list, i, field) }

// CreateRenderer is Fyne's.
func (f *Form) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.all) }

// ShowSimilar asks for the partnerships like the one shown.
func (f *Form) ShowSimilar() {
	if f.OnSimilar != nil && f.draft != nil && f.draft.now.ID != "" {
		title := ""
		if !f.modified {
			title = f.title()
		}
		f.OnSimilar(f.draft.now.ID, title)
	}
}
