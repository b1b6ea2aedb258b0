package review

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/trail"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
)

// Door is what the view asks of the workspace.
type Door interface {
	Review() *review.Room

	Records() *records.Room
}

// View is the list "À vérifier".
type View struct {
	widget.BaseWidget
	// OnTrail hears a line that is to be opened, with those beside it; nil opens
	// that line alone.
	OnTrail func(trail.Trail)
	// OnEntryField hears that an entry is to be opened in a field.
	OnEntryField func(repertoire.ID, string)
	// OnEntry is used when nobody hears OnEntryField.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	entries []review.ReviewEntry // of the répertoire
	shown   []review.ReviewEntry // of the kind, as often as they have one when all are in view
	rows    []reviewRow          // what the table shows of them
	kind    review.ReviewKind
	known   review.KnownLinks // of the répertoire in view
	list    string            // the file of links compared with, "" the program's own
	slugs   []string          // of the choice of répertoires, "" all
	slug    string
	busy    bool

	directory *widgets.Select
	kinds     *fyne.Container
	table     *widgets.Table
	confirm   *widgets.Button
	count     *widgets.Text
	notice    *widgets.Notice
	body      *fyne.Container
	all       fyne.CanvasObject
}

// New returns a list that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), slugs: []string{""}}
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: i18n.T("Partenariat")},
		{Key: "why", Title: i18n.T("À vérifier"), Width: 400, Rank: 1},
		{Key: "verified", Title: i18n.T("Vérifié"), Width: 92, Rank: 2},
		{Key: "complete", Title: i18n.T("Complète"), Width: 84, Rank: 3},
	}, func() int { return len(v.rows) }, v.cells)
	v.table.Folds = true
	v.table.List.OnActivated = v.open
	v.table.List.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyV {
			return false
		}
		v.Confirm()
		return true
	}
	v.directory = widgets.NewSelect([]string{i18n.T("Tous les répertoires")}, func(string) {
		if i := v.directory.SelectedIndex(); i >= 0 && i < len(v.slugs) && v.slugs[i] != v.slug {
			v.slug = v.slugs[i]
			v.Reload()
		}
	})
	v.directory.SetSelectedIndex(0)
	v.confirm = widgets.NewMainButton(i18n.T("Confirmer ce jour (V)"), "check", v.Confirm)
	v.kinds, v.count, v.notice, v.body = widgets.Flow(6), widgets.NewMuted(""), widgets.NewNotice(), container.NewStack()
	head := widgets.Inset(16, 12, widgets.Column(10,
		widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("À vérifier")), v.count),
			widgets.Flow(8, widgets.Wide(240, v.directory), v.confirm)), v.kinds))
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), v.body)
	v.ExtendBaseWidget(v)
	return v
}

// Reload reads the list again.
func (v *View) Reload() {
	slug, list := v.slug, v.list
	v.reading.Do(func(ctx context.Context) func() {
		directories, err := v.door.Records().Directories(ctx)
		var entries []review.ReviewEntry
		if err == nil {
			entries, err = v.door.Review().ReviewEntries(ctx, slug)
		}
		var known review.KnownLinks
		if err == nil {
			if known, err = v.readKnown(ctx, slug, list); err != nil && list != "" {
				// A file that went away must not hide what is to be verified.
				list = ""
				known, err = v.readKnown(ctx, slug, list)
			}
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.choices(directories)
			v.entries, v.known, v.list = entries, known, list
			v.show()
		}
	})
}

func (v *View) choices(list []records.DirectorySummary) {
	names := []string{i18n.T("Tous les répertoires")}
	v.slugs = []string{""}
	at := 0
	for _, d := range list {
		if d.Slug == v.slug {
			at = len(names)
		}
		names, v.slugs = append(names, d.Short), append(v.slugs, d.Slug)
	}
	v.slug = v.slugs[at] // a répertoire that went away leaves all of them
	v.directory.SetOptions(names)
	v.directory.SetSelectedIndex(at)
}

// FocusFirst gives the keyboard to the rows.
func (v *View) FocusFirst() {
	if len(v.shown) == 0 {
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(min(1, len(v.rows)-1)) // the first line under its cause
	}
}

// reviewRow is a line of the list, or the heading of those of one cause.
type reviewRow struct {
	entry  int // of shown
	reason review.ReviewReason
	head   bool
	of     int // how many entries the heading has under it
}

// group puts the entries under what is to be verified in them, each under its
// first cause, in the order of the causes.
func (v *View) group() {
	v.rows = nil
	for _, k := range review.ReviewKinds {
		at := len(v.rows)
		for i, e := range v.shown {
			if r := v.reason(e); r.Kind == k.Value {
				v.rows = append(v.rows, reviewRow{entry: i, reason: r})
			}
		}
		if n := len(v.rows) - at; n > 0 {
			v.rows = slices.Insert(v.rows, at, reviewRow{reason: v.rows[at].reason, head: true, of: n})
		}
	}
}

// Narrow narrows the list to a kind, "" for all.
func (v *View) Narrow(kind review.ReviewKind) {
	v.kind = kind
	v.show()
}

func (v *View) show() {
	counts := map[review.ReviewKind]int{}
	v.shown = v.shown[:0:0]
	for _, e := range v.entries {
		seen := map[review.ReviewKind]bool{}
		for _, r := range e.Reasons {
			if !seen[r.Kind] {
				seen[r.Kind] = true
				counts[r.Kind]++
			}
		}
		if v.kind == "" || seen[v.kind] {
			v.shown = append(v.shown, e)
		}
	}
	v.group()
	v.kinds.Objects = nil
	v.chip("", i18n.T("Tout"), len(v.entries))
	for _, k := range review.ReviewKinds {
		if counts[k.Value] > 0 || v.kind == k.Value {
			v.chip(k.Value, kindLabel(k.Value), counts[k.Value])
		}
	}
	if len(v.known.Missing) > 0 || v.known.Present > 0 || v.kind == reviewKnown {
		v.chip(reviewKnown, i18n.T("Connus ailleurs, manquants ici"), len(v.known.Missing))
	}
	v.count.SetText(i18n.N("%s fiche à vérifier", "%s fiches à vérifier", len(v.shown), repertoire.Thousands(int64(len(v.shown)))))
	v.confirm.Hidden = len(v.shown) == 0
	v.table.List.Select(-1)
	switch {
	case v.kind == reviewKnown && v.slug != "":
		v.body.Objects = []fyne.CanvasObject{v.knownList()}
	case len(v.shown) == 0:
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("check", i18n.T("Rien à vérifier ici"),
			i18n.T("Toutes les fiches de ce choix sont complètes et vérifiées depuis moins de deux ans."))}
	default:
		v.body.Objects = []fyne.CanvasObject{v.table}
		v.table.List.Top()
		v.table.Refresh()
	}
	v.Refresh()
}

// kindLabel names what is missing or stale.
func kindLabel(k review.ReviewKind) string {
	switch k {
	case review.ReviewStale:
		return i18n.T("Non vérifiées depuis deux ans")
	case review.ReviewTheme:
		return i18n.T("Sans thématique")
	case review.ReviewContact:
		return i18n.T("Sans interlocuteur")
	case review.ReviewUnpublishable:
		return i18n.T("Aucun interlocuteur publiable")
	case review.ReviewAuthority:
		return i18n.T("Collectivité à confirmer")
	}
	return i18n.T("Autres remarques")
}

func (v *View) chip(kind review.ReviewKind, label string, n int) {
	icon := ""
	if v.kind == kind {
		icon = "check"
	}
	v.kinds.Add(widgets.NewActionChip(label+" · "+repertoire.Thousands(int64(n)), icon, func() { v.Narrow(kind) }))
}

// reason is the one that the row shows: of the kind in view, else the first.
func (v *View) reason(e review.ReviewEntry) review.ReviewReason {
	for _, r := range e.Reasons {
		if r.Kind == v.kind {
			return r
		}
	}
	return e.Reasons[0]
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.rows) {
		return nil
	}
	row := v.rows[i]
	if row.head {
		return []widgets.Cell{{Head: true, Text: kindLabel(row.reason.Kind) + " · " + repertoire.Thousands(int64(row.of))}}
	}
	e := v.shown[row.entry]
	text := i18n.Said(row.reason.Message)
	if n := len(e.Reasons) - 1; n > 0 {
		text += " " + i18n.N("(et %s autre)", "(et %s autres)", n, strconv.Itoa(n))
	}
	dot := fynetheme.ColorNameWarning
	if row.reason.Kind == review.ReviewRule {
		dot = fynetheme.ColorNamePrimary
	}
	return []widgets.Cell{{Text: e.Title, Aside: widgets.Passage{Text: text}}, {Text: text, Muted: true, Dot: dot},
		{Text: e.Verified.Field(), Muted: true},
		{Text: i18n.T("%d %%", e.Completeness), Muted: true}}
}

func (v *View) open(row int) {
	if row < 0 || row >= len(v.rows) || v.rows[row].head {
		return
	}
	e, reason := v.shown[v.rows[row].entry], v.rows[row].reason
	switch {
	case v.OnTrail != nil:
		var t trail.Trail
		for i, r := range v.rows {
			if i == row {
				t.At = len(t.Steps)
			}
			if !r.head {
				t.Steps = append(t.Steps, trail.Step{Entry: v.shown[r.entry].ID, Field: r.reason.Field,
					Message: i18n.Said(r.reason.Message)})
			}
		}
		v.OnTrail(t)
	case v.OnEntryField != nil:
		v.OnEntryField(e.ID, reason.Field)
	case v.OnEntry != nil:
		v.OnEntry(e.ID)
	}
}

// picked gives the entries selected; a heading stands for all those under it.
func (v *View) picked() []repertoire.ID {
	var ids []repertoire.ID
	add := func(i int) {
		if id := v.shown[v.rows[i].entry].ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, row := range v.table.List.Selection().Rows() {
		if row < 0 || row >= len(v.rows) {
			continue
		}
		if !v.rows[row].head {
			add(row)
			continue
		}
		for i := row + 1; i < len(v.rows) && !v.rows[i].head; i++ {
			add(i)
		}
	}
	return ids
}

// Confirm notes that the selected entries are right as they are, as one change.
func (v *View) Confirm() {
	ids := v.picked()
	if len(ids) == 0 {
		v.say(widgets.Info, i18n.T("Choisissez d’abord une fiche dans la liste."))
		return
	}
	if v.busy {
		return
	}
	v.busy = true
	next := v.table.List.Selection().Current
	v.pace.Run(func() {
		err := v.door.Review().ConfirmAll(context.Background(), ids)
		fyne.Do(func() {
			v.busy = false
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.say(widgets.Success, i18n.N("%s fiche est confirmée ce jour ; Ctrl+Z l’annule.",
				"%s fiches sont confirmées ce jour ; Ctrl+Z l’annule.", len(ids), strconv.Itoa(len(ids))))
			v.Reload()
			if next >= 0 && next < len(v.rows) {
				v.table.List.Select(next)
			}
		})
	})
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
