package campaign

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// Door is what the view asks of the workspace.
type Door interface {
	Campaigns() *campaigns.Room
	Records() *records.Room
	Searches() *searches.Room
}

// View is the cockpit of a campaign, with the replies to review beside it.
type View struct {
	widget.BaseWidget
	// OnEntry hears that an entry is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnOpenPath hears that a folder is to be shown.
	OnOpenPath func(string) error
	// OnJob hears that long work begins, and gives what shows its progress.
	OnJob task.Listener

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	opening *task.Latest
	list    []campaign.Campaign
	status  campaigns.Status
	lines   []campaigns.Line // in view
	kind    campaign.Standing
	part    part
	alone   task.Alone
	read    bool
	waiting []func() // until the campaigns are read
	sheet   *sheet

	overview *overview
	aside    *aside

	first   *widgets.Button // opens the first campaign
	choice  *widgets.Select
	title   *widgets.Text
	figures *widgets.Text
	frozen  *widgets.Text
	kinds   *fyne.Container
	table   *widgets.Table
	notice  *widgets.Notice
	deeds   *fyne.Container // what is done next
	others  *fyne.Container // the campaigns, and what is done now and then
	side    *fyne.Container
	split   *container.Split
	none    *fyne.Container
	body    *fyne.Container
	all     fyne.CanvasObject
}

// New returns a view that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), opening: task.NewLatest(pace.Run)}
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: i18n.T("Partenariat")},
		{Key: "standing", Title: i18n.T("État"), Width: 140, Rank: 1},
	}, func() int { return len(v.lines) }, v.cells)
	v.table.List.OnCurrent = v.current
	v.table.List.OnActivated = func(int) { v.focusSheet() }
	v.title, v.figures, v.frozen = widgets.NewTitle(i18n.T("Campagne de mise à jour")), widgets.NewMuted(""), widgets.NewMuted("")
	v.choice = widgets.NewSelect(nil, func(string) {
		if i := v.choice.SelectedIndex(); i >= 0 && i < len(v.list) && v.list[i].ID != v.status.ID {
			v.show(string(v.list[i].ID))
		}
	})
	v.kinds, v.notice, v.side, v.body = widgets.Flow(6), widgets.NewNotice(), container.NewStack(), container.NewStack()
	v.first = widgets.NewMainButton(i18n.T("Ouvrir une campagne…"), "add", v.AskOpen)
	v.deeds, v.others = widgets.Flow(8), widgets.Flow(4)
	v.overview, v.aside = newOverview(v), newAside(v)
	head := widgets.Inset(16, 12, widgets.Column(8,
		widgets.Head(widgets.Column(2, v.title, v.figures, v.frozen), v.others), v.deeds, v.kinds))
	split := container.NewHSplit(v.body, v.side)
	split.Offset = 0.36
	v.split, v.none = split, container.NewStack() // where there is no campaign yet, one screen says what it is
	v.none.Hide()
	v.all = widgets.Page(widgets.Column(0, head, v.notice, widgets.Rule()), container.NewStack(v.split, v.none))
	v.ExtendBaseWidget(v)
	v.paint()
	return v
}

// Reload reads the campaigns again.
func (v *View) Reload() { v.show(string(v.status.ID)) }

// show reads a campaign; "" is the newest.
func (v *View) show(ref string) {
	v.reading.Do(func(ctx context.Context) func() {
		list, err := v.door.Campaigns().List(ctx)
		var s campaigns.Status
		if err == nil && len(list) > 0 {
			if ref == "" {
				ref = string(list[0].ID)
			}
			s, err = v.door.Campaigns().Status(ctx, ref)
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.list, v.status, v.read = list, s, true
			v.paint()
			waiting := v.waiting
			v.waiting = nil
			for _, do := range waiting {
				do()
			}
		}
	})
}

// WhenRead does something once the campaigns were read.
func (v *View) WhenRead(do func()) {
	if v.read {
		do()
		return
	}
	v.waiting = append(v.waiting, do)
}

// paint shows what was read.
func (v *View) paint() {
	s := &v.status
	v.deeds.Objects, v.others.Objects = nil, nil
	v.none.Hidden = !v.read || len(v.list) > 0
	v.split.Hidden = !v.none.Hidden
	switch {
	case !v.read:
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("mail", i18n.T("Lecture des campagnes…"), "")}
	case len(v.list) == 0:
		v.side.Objects = nil
		v.none.Objects = []fyne.CanvasObject{widgets.NewEmpty("mail", i18n.T("Aucune campagne"),
			i18n.T("Une campagne envoie à chaque collectivité sa fiche préremplie, relève ses réponses et les montre à côté de la base. Rien n’y entre sans vous."), v.first)}
	default:
		v.title.SetText(s.Name)
		v.figures.SetText(i18n.T("Interrogés %d · Écrits %d · Revenus %d · Sans réponse %d · Partiels %d · À relire %d · Faits %d", s.Asked,
			s.Sent, s.Bounced, s.Silent, s.Partial, s.ToReview, s.Done))
		text := i18n.T("Si l’on figeait aujourd’hui : %d %% à jour", s.FreshPercent)
		if s.Expected != "" {
			text += " · " + i18n.T("tous auront répondu vers le %s", s.Expected.Field())
		}
		v.frozen.SetText(text)
		v.deeds.Objects, v.others.Objects = v.next(), v.seldom()
		v.chips()
		v.narrow()
	}
	v.figures.Hidden, v.frozen.Hidden = len(v.list) == 0, len(v.list) == 0
	v.Refresh()
}

// next are the buttons of what is done next, where it is of use.
func (v *View) next() []fyne.CanvasObject {
	s := &v.status
	var out []fyne.CanvasObject
	add := func(label, icon string, do func()) { out = append(out, widgets.NewButton(label, icon, do)) }
	if s.Closed == "" {
		add(i18n.T("Textes…"), "document", v.AskTexts)
		if s.Unwritten > 0 || s.Silent == 0 {
			add(i18n.T("Brouillons…"), "folder", v.AskDrafts)
		}
		if s.Silent > 0 {
			add(i18n.T("Relancer…"), "clock", v.AskRemind)
		}
		add(i18n.T("Envoyer…"), "mail", v.AskSend)
	}
	add(i18n.T("Relever des réponses…"), "download", v.AskCollect)
	add(i18n.T("Relever un fichier…"), "document", v.AskCollectFile)
	add(i18n.T("Vue d’ensemble"), "chart", v.Overview)
	return out
}

// seldom are the choice of the campaign and what is done now and then.
func (v *View) seldom() []fyne.CanvasObject {
	var names []string
	at := 0
	for i, c := range v.list {
		names = append(names, c.Name)
		if c.ID == v.status.ID {
			at = i
		}
	}
	v.choice.SetOptions(names)
	v.choice.SetSelectedIndex(at)
	out := []fyne.CanvasObject{widgets.Wide(200, v.choice), widgets.NewButton(i18n.T("Nouvelle campagne…"), "add", v.AskOpen),
		widgets.NewIconButton("upload", i18n.T("Exporter la liste"), v.AskExport),
		widgets.NewIconButton("settings", i18n.T("Réglages de la campagne"), v.AskSettings)}
	if v.status.Closed == "" {
		return append(out, widgets.NewButton(i18n.T("Clore"), "", v.AskClose))
	}
	return append(out, widgets.NewButton(i18n.T("Rouvrir"), "", v.Reopen))
}

// chips choose which requests are in view.
func (v *View) chips() {
	counts, all := map[campaign.Standing]int{}, 0
	for _, l := range v.status.Lines {
		if v.part.holds(l) {
			counts[l.Standing]++
			all++
		}
	}
	v.kinds.Objects = nil
	if v.part.value != "" {
		v.kinds.Add(widgets.NewMainButton(v.part.label, "close", func() { v.part = part{}; v.chips(); v.narrow() }))
	}
	for _, k := range append([]repertoire.Choice[campaign.Standing]{{Label: i18n.T("Tous")}}, campaign.Standings...) {
		n := counts[k.Value]
		if k.Value == "" {
			n = all
		}
		if n == 0 && k.Value != "" && k.Value != v.kind {
			continue
		}
		name := i18n.T(k.Label) + " " + repertoire.Thousands(int64(n))
		chip := widgets.NewButton(name, "", func() { v.Narrow(k.Value) })
		if k.Value == v.kind {
			chip = widgets.NewMainButton(name, "", func() { v.Narrow("") })
		}
		v.kinds.Add(chip)
	}
	if n := v.status.Broken; n > 0 {
		v.kinds.Add(widgets.NewButton(i18n.T("Fichiers écartés")+" "+repertoire.Thousands(int64(n)), "warning", v.ShowAside))
	}
	v.kinds.Refresh()
}

// Narrow shows the requests of one standing, "" all.
func (v *View) Narrow(kind campaign.Standing) {
	v.kind = kind
	v.chips()
	v.narrow()
}

func (v *View) narrow() {
	at := v.table.List.Selection().Current
	v.lines = nil
	for _, l := range v.status.Lines {
		if v.part.holds(l) && (v.kind == "" || l.Standing == v.kind) {
			v.lines = append(v.lines, l)
		}
	}
	if len(v.lines) == 0 {
		v.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("check", i18n.T("Rien dans cette vue"), "")}
	} else {
		v.body.Objects = []fyne.CanvasObject{v.table}
	}
	v.body.Refresh()
	v.table.Refresh()
	at = min(max(at, -1), len(v.lines)-1)
	v.table.List.Select(at)
	v.current(at)
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.lines) {
		return nil
	}
	l := v.lines[i]
	return []widgets.Cell{{Text: l.Title, Bold: l.Standing == campaign.Answered},
		{Text: i18n.T(campaign.Standings.Label(l.Standing)), Muted: true}}
}

// ready tells whether there is a campaign in view, and one that still writes when
// that is needed; it says what is missing.
func (v *View) ready(writes bool) bool {
	switch {
	case v.status.ID == "":
		v.say(widgets.Info, i18n.T("Aucune campagne n’est ouverte : ouvrez-en une d’abord."))
	case writes && v.status.Closed != "":
		v.say(widgets.Info, i18n.T("Cette campagne est close : rouvrez-la pour écrire encore."))
	default:
		return true
	}
	return false
}

// FocusFirst gives the keyboard to the rows, or to the button that opens a first
// campaign.
func (v *View) FocusFirst() {
	switch {
	case !v.read:
		v.WhenRead(v.FocusFirst)
		return
	case len(v.list) == 0:
		v.window.Canvas().Focus(v.first)
	}
	if len(v.lines) == 0 {
		return
	}
	v.window.Canvas().Focus(v.table.List)
	if v.table.List.Selection().Current < 0 {
		v.table.List.Select(0)
	}
}

// current shows the reply of a request beside the list.
func (v *View) current(row int) {
	if row < 0 || row >= len(v.lines) {
		v.sheet = nil
		v.overview.fill()
		v.side.Objects = []fyne.CanvasObject{v.overview.all}
		v.side.Refresh()
		return
	}
	l := v.lines[row]
	v.opening.Do(func(ctx context.Context) func() {
		var found *campaigns.Sheet
		var err error
		for _, id := range l.Replies {
			var s campaigns.Sheet
			if s, err = v.door.Campaigns().Review(ctx, id); err != nil {
				break
			}
			if found == nil || found.Reply.State != campaign.ToReview && s.Reply.State == campaign.ToReview {
				found = &s
			}
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.showSheet(l, found)
		}
	})
}

func (v *View) showSheet(l campaigns.Line, s *campaigns.Sheet) {
	defer v.side.Refresh()
	if s == nil {
		v.sheet = nil
		advice := i18n.T("Aucune réponse n’est arrivée.")
		if len(l.Addresses) == 0 {
			advice = i18n.T("Personne à qui écrire : complétez un interlocuteur dans la fiche.")
		}
		for _, b := range l.Bounces {
			advice += "\n" + b
		}
		open := widgets.NewButton(i18n.T("Ouvrir la fiche"), "", func() {
			if v.OnEntry != nil {
				v.OnEntry(l.Partnership)
			}
		})
		v.side.Objects = []fyne.CanvasObject{widgets.NewEmpty("mail", l.Title, advice, open)}
		return
	}
	v.sheet = newSheet(v, *s)
	v.side.Objects = []fyne.CanvasObject{v.sheet.all}
}

func (v *View) focusSheet() {
	if v.sheet != nil {
		v.sheet.focus()
	}
}

// AskDrafts chooses where the drafts go, and writes them.
func (v *View) AskDrafts() { v.askDrafts(campaigns.Wanted{}) }

// AskRemind does the same for reminders to the silent.
func (v *View) AskRemind() { v.askDrafts(campaigns.Wanted{Remind: true}) }

func (v *View) askDrafts(want campaigns.Wanted) {
	if !v.ready(true) {
		return
	}
	files.ChooseFolder(v.window, "campaign", func(dir string) {
		v.WriteDrafts(filepath.Join(dir, i18n.T("Messages à envoyer")), want)
	})
}

// WriteDrafts writes the messages into a folder and shows it.
func (v *View) WriteDrafts(folder string, want campaigns.Wanted) {
	v.work(i18n.T("Écriture des messages"), func(ctx context.Context, progress workspace.Progress) (string, error) {
		done, err := v.door.Campaigns().Drafts(ctx, string(v.status.ID), folder, want, progress)
		return i18n.N("%s message écrit : ouvrez-le dans votre messagerie pour l’envoyer.",
			"%s messages écrits : ouvrez-les dans votre messagerie pour les envoyer.",
			done.Written, repertoire.Thousands(int64(done.Written))), err
	}, func() {
		if v.OnOpenPath != nil {
			if err := v.OnOpenPath(folder); err != nil {
				v.say(widgets.Failure, err.Error())
			}
		}
	})
}

// AskCollect chooses the folder of replies, and reads it.
func (v *View) AskCollect() {
	if !v.ready(false) {
		return
	}
	files.ChooseFolder(v.window, "replies", func(dir string) { v.Collect([]string{dir}) })
}

// AskCollectFile chooses one file, and reads it.
func (v *View) AskCollectFile() {
	if !v.ready(false) {
		return
	}
	files.Open(v.window, "replies", campaigns.Endings, func(file string) { v.Collect([]string{file}) })
}

// Drop collects files and folders dropped on the window; false when there is no
// campaign that they could answer.
func (v *View) Drop(paths []string) bool {
	if v.status.ID == "" {
		return false
	}
	v.Collect(paths)
	return true
}

// Collect reads replies.
func (v *View) Collect(paths []string) {
	v.work(i18n.T("Relevé des réponses"), func(ctx context.Context, progress workspace.Progress) (string, error) {
		done, err := v.door.Campaigns().Collect(ctx, string(v.status.ID), paths, progress)
		said := i18n.T("À relire : %d. Doublons : %d. Messages revenus : %d. Déjà relevés : %d. Écartés : %d.", done.New, done.Doubles,
			done.Bounced, done.Already, len(done.Broken))
		for i, b := range done.Broken {
			if i == 3 {
				break
			}
			said += " " + b.Reason
		}
		return said, err
	}, v.FocusFirst)
}

// AskClose asks before the campaign is closed: who has not answered is not
// reminded any more.
func (v *View) AskClose() {
	if !v.ready(true) {
		return
	}
	widgets.Ask(i18n.T("Clore la campagne ?"), i18n.T("%d sans réponse, %d à relire. Plus rien n’est envoyé ; les réponses qui arrivent encore se relèvent, et la campagne peut être rouverte.",
		v.status.Silent, v.status.ToReview), i18n.T("Clore"), i18n.T("Annuler"), v.window, v.Close)
}

// Reopen takes a closing back.
func (v *View) Reopen() {
	v.work(i18n.T("Réouverture"), func(ctx context.Context, _ workspace.Progress) (string, error) {
		_, err := v.door.Campaigns().Reopen(ctx, string(v.status.ID))
		return i18n.T("La campagne est rouverte."), err
	}, nil)
}

// Close ends the campaign in view.
func (v *View) Close() {
	v.work(i18n.T("Clôture"), func(ctx context.Context, _ workspace.Progress) (string, error) {
		_, err := v.door.Campaigns().Close(ctx, string(v.status.ID))
		return i18n.T("La campagne est close ; les réponses qui arrivent encore se relèvent toujours."), err
	}, nil)
}

// work does something long, says what came of it and reads again.
func (v *View) work(label string, do func(context.Context, workspace.Progress) (string, error), then func()) {
	v.alone.Do(v.pace, v.OnJob, label, func(ctx context.Context, progress task.Progress) (func(), error) {
		said, err := do(ctx, func(n, total int, _ string) { progress(n, total, label) })
		return func() {
			v.say(widgets.Success, said)
			v.Reload()
			if then != nil {
				then()
			}
		}, err
	}, func(err error) { v.say(widgets.Failure, err.Error()) })
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
