package journal

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
)

// Door is what the journal asks of the workspace.
type Door interface {
	History() *history.Room
}

// shownAtOnce is how many changes are listed: older ones are found by words.
const shownAtOnce = 1000

// View is the journal.
type View struct {
	widget.BaseWidget
	// OnEntry hears that a partnership is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	opening *task.Latest
	query   history.LogQuery
	page    history.LogPage
	open    *history.ChangeDetail
	busy    bool
	quiet   bool // while choices are filled

	search *widgets.SearchBox
	author *widgets.Select
	cause  *widgets.Select
	table  *widgets.Table
	undo   *widgets.Button
	count  *widgets.Text
	notice *widgets.Notice
	detail *fyne.Container
	body   *fyne.Container
	all    fyne.CanvasObject
}

func causes() []repertoire.Cause {
	return []repertoire.Cause{"", repertoire.CauseEdit, repertoire.CauseImport, repertoire.CauseQuestionnaire, repertoire.CauseMerge,
		repertoire.CauseRestore, repertoire.CauseUndo, repertoire.CauseErase, repertoire.CauseGenerate, repertoire.CauseSample}
}

func causeLabel(c repertoire.Cause) string {
	switch c {
	case "":
		return i18n.T("Toutes les causes")
	case repertoire.CauseImport:
		return i18n.T("import")
	case repertoire.CauseQuestionnaire:
		return i18n.T("questionnaire")
	case repertoire.CauseMerge:
		return i18n.T("fusion")
	case repertoire.CauseRestore:
		return i18n.T("restauration")
	case repertoire.CauseUndo:
		return i18n.T("annulation")
	case repertoire.CauseErase:
		return i18n.T("effacement")
	case repertoire.CauseGenerate:
		return i18n.T("données d’essai")
	case repertoire.CauseSample:
		return i18n.T("exemple")
	}
	return i18n.T("saisie")
}

// New returns a journal that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), opening: task.NewLatest(pace.Run)}
	v.query.Limit = shownAtOnce
	v.search = widgets.NewSearchBox(i18n.T("Chercher dans les libellés"), pace.Typing)
	v.search.OnSearch = func(s string) { v.query.Text = s; v.Reload() }
	v.search.OnDown = v.FocusFirst
	v.author = widgets.NewSelect(nil, func(string) {
		if v.quiet {
			return
		}
		v.query.Author = ""
		if v.author.SelectedIndex() > 0 {
			v.query.Author = v.author.Selected
		}
		v.Reload()
	})
	var labels []string
	for _, c := range causes() {
		labels = append(labels, causeLabel(c))
	}
	v.cause = widgets.NewSelect(labels, nil)
	v.cause.SetSelectedIndex(0)
	v.cause.OnChanged = func(string) { v.query.Cause = causes()[max(0, v.cause.SelectedIndex())]; v.Reload() }
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "label", Title: i18n.T("Modification")},
		{Key: "when", Title: i18n.T("Date"), Width: 128},
		{Key: "who", Title: i18n.T("Par"), Width: 110, Rank: 1},
		{Key: "cause", Title: i18n.T("Cause"), Width: 100, Rank: 2},
		{Key: "records", Title: i18n.T("Fiches"), Width: 64, Rank: 3},
	}, func() int { return len(v.page.Items) }, v.cells)
	v.table.List.OnCurrent = v.current
	v.table.List.OnActivated = func(int) { v.goToEntry() }
	v.undo = widgets.NewMainButton(i18n.T("Annuler cette modification"), "undo", v.Undo)
	v.undo.Disable()
	v.count, v.notice = widgets.NewMuted(""), widgets.NewNotice()
	v.detail, v.body = container.NewStack(), container.NewStack()
	head := widgets.Inset(16, 12, widgets.Column(10,
		widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("Journal des modifications")), v.count), v.undo),
		widgets.Sides(8, v.search, widgets.Flow(8, widgets.Wide(190, v.author), widgets.Wide(170, v.cause)))))
	split := container.NewHSplit(v.body, v.detail)
	split.Offset = 0.6
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), split)
	v.ExtendBaseWidget(v)
	return v
}

// Reload reads the journal again.
func (v *View) Reload() {
	q := v.query
	v.reading.Do(func(ctx context.Context) func() {
		page, err := v.door.History().SearchLog(ctx, q)
		var authors []string
		if err == nil {
			authors, err = v.door.History().LogAuthors(ctx)
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.page = page
			v.authors(authors)
			v.show()
		}
	})
}

func (v *View) authors(list []string) {
	v.quiet = true
	defer func() { v.quiet = false }()
	v.author.SetOptions(append([]string{i18n.T("Tous les auteurs")}, list...))
	if v.query.Author == "" {
		v.author.SetSelectedIndex(0)
	}
}

// FocusFirst gives the keyboard to the rows.
func (v *View) FocusFirst() {
	if len(v.page.Items) == 0 {
		v.window.Canvas().Focus(v.search)
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(0)
	}
}

func (v *View) show() {
	v.count.SetText(i18n.N("%s modification", "%s modifications", v.page.Total, repertoire.Thousands(int64(v.page.Total))))
	if len(v.page.Items) == 0 {
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("journal", i18n.T("Aucune modification ne correspond"),
			i18n.T("Chaque enregistrement laisse ici une ligne, que l’on peut annuler seule. Essayez un mot de moins, ou tous les auteurs."))}
		v.open = nil
	} else {
		v.body.Objects = []fyne.CanvasObject{v.table}
		at := -1
		for i, x := range v.page.Items {
			if v.open != nil && x.ID == v.open.ID {
				at = i
			}
		}
		v.table.List.Mark(at)
		v.table.Refresh()
		if at >= 0 {
			v.read(v.open.ID)
		} else {
			v.open = nil
		}
	}
	v.showDetail()
	v.Refresh()
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.page.Items) {
		return nil
	}
	x := v.page.Items[i]
	label := i18n.Said(x.Label)
	if x.Undone {
		label += " · " + i18n.T("annulé depuis")
	}
	return []widgets.Cell{{Text: label, Muted: x.Undone}, {Text: x.At.Local().Format("02/01/2006 15:04"), Muted: true},
		{Text: x.Author, Muted: true},
		{Text: causeLabel(x.Cause), Muted: true}, {Text: repertoire.Thousands(int64(x.Records)), Muted: true}}
}

func (v *View) current(row int) {
	if row >= 0 && row < len(v.page.Items) {
		v.read(v.page.Items[row].ID)
	}
}

func (v *View) read(id repertoire.ID) {
	v.opening.Do(func(ctx context.Context) func() {
		d, err := v.door.History().ChangeDetail(ctx, id)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.open = &d
			v.showDetail()
		}
	})
}

func (v *View) goToEntry() {
	if v.open == nil || v.OnEntry == nil {
		return
	}
	for _, t := range v.open.Touched {
		if t.Aggregate == repertoire.AggPartnership && t.What != history.Removed && t.What != history.Erased {
			v.OnEntry(t.ID)
			return
		}
	}
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
