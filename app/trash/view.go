package trash

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/rights"
)

// Door is what the trash asks of the workspace.
type Door interface {
	Records() *records.Room

	Rights() *rights.Room
}

// View is the trash.
type View struct {
	widget.BaseWidget
	// OnEntry hears that a restored partnership is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	items   []records.TrashItem
	busy    bool

	table   *widgets.Table
	restore *widgets.Button
	purge   *widgets.Button
	count   *widgets.Text
	notice  *widgets.Notice
	body    *fyne.Container
	all     fyne.CanvasObject
}

// New returns a trash that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run)}
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: i18n.T("Fiche")},
		{Key: "kind", Title: i18n.T("Nature"), Width: 120, Rank: 3},
		{Key: "why", Title: i18n.T("Pourquoi"), Width: 280, Rank: 4},
		{Key: "who", Title: i18n.T("Par"), Width: 140, Rank: 2},
		{Key: "when", Title: i18n.T("Supprimée le"), Width: 136, Rank: 1},
	}, func() int { return len(v.items) }, v.cells)
	v.table.List.OnActivated = func(int) { v.Restore() }
	v.table.List.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyDelete {
			return false
		}
		v.AskPurge()
		return true
	}
	v.restore = widgets.NewMainButton(i18n.T("Restaurer"), "undo", v.Restore)
	v.purge = widgets.NewButton(i18n.T("Effacer définitivement…"), "trash", v.AskPurge)
	v.count = widgets.NewMuted("")
	v.notice = widgets.NewNotice()
	v.body = container.NewStack()
	head := widgets.Inset(16, 12, widgets.Head(widgets.Column(2, widgets.NewTitle(i18n.T("Corbeille")), v.count),
		widgets.Flow(8, v.purge, v.restore)))
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), v.body)
	v.ExtendBaseWidget(v)
	v.show()
	return v
}

// Reload reads the trash again.
func (v *View) Reload() {
	v.reading.Do(func(ctx context.Context) func() {
		items, err := v.door.Records().Trash(ctx)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.items = items
			v.table.List.Select(-1)
			v.show()
		}
	})
}

// FocusFirst gives the keyboard to the rows.
func (v *View) FocusFirst() {
	if len(v.items) == 0 {
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(0)
	}
}

func (v *View) show() {
	v.count.SetText(i18n.N("%s fiche peut être restaurée.", "%s fiches peuvent être restaurées.", len(v.items),
		repertoire.Thousands(int64(len(v.items)))))
	v.count.Hidden = len(v.items) == 0
	v.restore.Hidden, v.purge.Hidden = v.count.Hidden, v.count.Hidden
	if len(v.items) == 0 {
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("trash", i18n.T("La corbeille est vide"),
			i18n.T("Ce que vous supprimez attend ici : vous pouvez le restaurer tant que vous ne l’avez pas effacé définitivement."))}
	} else {
		v.body.Objects = []fyne.CanvasObject{v.table}
		v.table.Refresh()
	}
	v.Refresh()
}

// kindLabel names what a record is.
func kindLabel(a repertoire.Aggregate) string {
	switch a {
	case repertoire.AggPartnership:
		return i18n.T("Partenariat")
	case repertoire.AggAuthority:
		return i18n.T("Collectivité")
	case repertoire.AggDirectory:
		return i18n.T("Répertoire")
	case repertoire.AggPresentation:
		return i18n.T("Présentation de pays")
	case repertoire.AggTheme:
		return i18n.T("Thématique")
	case repertoire.AggBuyer:
		return i18n.T("Acheteur")
	case repertoire.AggOrder:
		return i18n.T("Commande")
	}
	return i18n.T("Autre")
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.items) {
		return nil
	}
	x := v.items[i]
	return []widgets.Cell{{Text: x.Title}, {Text: kindLabel(x.Aggregate), Muted: true}, {Text: x.Label, Muted: true},
		{Text: x.DeletedBy, Muted: true}, {Text: x.DeletedAt.Local().Format("02/01/2006 15:04"), Muted: true}}
}

// picked gives the selected records.
func (v *View) picked() (refs []history.RecordRef, titles []string) {
	for _, row := range v.table.List.Selection().Rows() {
		if row >= 0 && row < len(v.items) {
			refs = append(refs, history.RecordRef{Aggregate: v.items[row].Aggregate, ID: v.items[row].ID})
			titles = append(titles, v.items[row].Title)
		}
	}
	return refs, titles
}

// Restore brings the selected records back as one change.
func (v *View) Restore() {
	refs, titles := v.picked()
	if len(refs) == 0 {
		v.say(widgets.Info, i18n.T("Choisissez d’abord une fiche dans la liste."))
		return
	}
	v.work(func() (func(), error) {
		err := v.door.Records().RestoreRecords(context.Background(), refs)
		return func() {
			if len(refs) == 1 && refs[0].Aggregate == repertoire.AggPartnership && v.OnEntry != nil {
				id := refs[0].ID
				v.notice.Say(widgets.Success, i18n.T("« %s » est restaurée.", titles[0]),
					widgets.NoticeAction{Label: i18n.T("Ouvrir"), Do: func() { v.OnEntry(id) }})
				return
			}
			v.say(widgets.Success, i18n.N("%s fiche est restaurée.", "%s fiches sont restaurées.", len(refs), strconv.Itoa(len(refs))))
		}, err
	})
}

// namesShown is how many titles a question names before it counts the rest.
const namesShown = 6

// AskPurge erases the selected records for good once a person has agreed.
func (v *View) AskPurge() {
	refs, titles := v.picked()
	if len(refs) == 0 {
		v.say(widgets.Info, i18n.T("Choisissez d’abord une fiche dans la liste."))
		return
	}
	list := "• " + strings.Join(titles[:min(len(titles), namesShown)], "\n• ")
	if rest := len(titles) - namesShown; rest > 0 {
		list += "\n" + i18n.N("… et %s autre.", "… et %s autres.", rest, strconv.Itoa(rest))
	}
	reason := widgets.NewEntry()
	reason.SetPlaceHolder(i18n.T("Motif, sans nom de personne"))
	column := widgets.Column(12, widgets.NewFlushParagraph(list),
		widgets.NewFlushParagraph(i18n.T("Leur contenu et toutes leurs versions du journal seront effacés. Cela ne peut pas être annulé.")),
		widgets.NewFlushParagraph(
			i18n.T("Les sauvegardes déjà faites les contiennent encore jusqu’à leur remplacement ; le registre des effacements garde la date, l’auteur et le motif (RGPD, art. 17).")), reason)
	ask := widgets.NewModal(i18n.N("Effacer définitivement %s fiche ?", "Effacer définitivement %s fiches ?", len(refs),
		strconv.Itoa(len(refs))), widgets.Wide(480, column), v.window)
	yes := widgets.NewDangerButton(i18n.T("Effacer définitivement"), func() {
		ask.Close()
		v.doPurge(refs, reason.Text)
	})
	no := widgets.NewButton(i18n.T("Garder dans la corbeille"), "", ask.Close)
	ask.SetButtons(yes, no)
	ask.Show(540, 0)
	ask.Focus(no)
}

func (v *View) doPurge(refs []history.RecordRef, reason string) {
	v.work(func() (func(), error) {
		r, err := v.door.Rights().Purge(context.Background(), refs, strings.TrimSpace(reason))
		return func() {
			v.say(widgets.Success, i18n.T("Effacé : %d fiches, %d versions du journal. Sauvegardes qui les contiennent encore : %d.",
				r.Records, r.Versions, len(r.Backups)))
		}, err
	})
}

// work writes off the interface thread, one thing at a time.
func (v *View) work(do func() (func(), error)) {
	if v.busy {
		return
	}
	v.busy = true
	v.pace.Run(func() {
		publish, err := do()
		fyne.Do(func() {
			v.busy = false
			if err != nil {
				v.say(widgets.Failure, err.Error())
			} else {
				publish()
			}
			v.Reload()
		})
	})
}

// say tells the window, or the view's own bar when nobody listens.
func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
