package sharing

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/sharing"
)

// Door is what the view asks of the workspace.
type Door interface {
	Sharing() *sharing.Room
}

// View is the place of the sharing.
type View struct {
	widget.BaseWidget
	// OnEntry hears that an entry is to be opened.
	OnEntry func(repertoire.ID)
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnJob hears that long work begins, and gives what shows its progress.
	OnJob task.Listener
	// OnJoin hears that another base is to be joined, in a new folder.
	OnJoin func()

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	alone   task.Alone

	state    sharing.State
	disputes []sharing.Dispute

	dot    *fyne.Container
	head   *widgets.Text
	detail *widgets.Text
	deeds  *fyne.Container
	notice *widgets.Notice
	body   *fyne.Container
	all    fyne.CanvasObject
}

// New returns a view that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run)}
	v.dot, v.head, v.detail = container.NewStack(), widgets.NewText(""), widgets.NewMuted("")
	v.head.Bold = true
	v.deeds, v.notice, v.body = widgets.Flow(8), widgets.NewNotice(), widgets.Column(14)
	head := widgets.Inset(16, 12, widgets.Column(6, widgets.NewTitle(i18n.T("Partage")),
		container.NewBorder(nil, nil, container.NewCenter(v.dot), nil, v.head), v.detail, v.deeds))
	v.all = container.NewBorder(widgets.Column(0, head, v.notice, widgets.Rule()), nil, nil, nil,
		container.NewVScroll(widgets.Inset(16, 12, v.body)))
	v.ExtendBaseWidget(v)
	return v
}

// Reload reads where the sharing stands, and what waits for a choice.
func (v *View) Reload() {
	v.reading.Do(func(ctx context.Context) func() {
		state := v.door.Sharing().State()
		status, err := v.door.Sharing().Status(ctx)
		var disputes []sharing.Dispute
		if err == nil {
			disputes, err = v.door.Sharing().Disputes(ctx)
			state.Status = status
			if state.Phase == sharing.Alone {
				state.Phase = sharing.Joining
			}
		} else {
			state, err = sharing.State{}, nil
		}
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.state, v.disputes = state, disputes
			v.paint()
		}
	})
}

// FocusFirst has nothing to type into: the buttons are reached by Tab.
func (v *View) FocusFirst() { v.window.Canvas().Unfocus() }

// paint shows what was read.
func (v *View) paint() {
	tone, sentence := Summary(v.state, v.now())
	v.head.SetText(sentence)
	v.dot.Objects = []fyne.CanvasObject{widgets.NewDot(tone, v.state.Phase == sharing.Alone, "", nil)}
	v.body.Objects = nil
	if v.state.Phase == sharing.Alone {
		v.paintAlone()
	} else {
		v.paintShared()
	}
	v.detail.Hidden = v.detail.Text() == ""
	v.Refresh()
}

func (v *View) now() time.Time { return time.Now() }

// paintAlone offers to share or to join.
func (v *View) paintAlone() {
	v.detail.SetText("")
	v.deeds.Objects = nil
	column := widgets.Column(14, widgets.NewFlushParagraph(i18n.T("Plusieurs postes peuvent tenir les mêmes répertoires, de plusieurs villes, même sans réseau : chacun garde tout son dossier, et les modifications se rejoignent sur un serveur PostgreSQL que vous louez ou que votre service informatique tient.")))
	column.Add(widgets.NewChoice("link", i18n.T("Partager ce dossier…"),
		i18n.T("Ses fiches, éditions et recettes vont sur un serveur, que d’autres rejoignent."), v.AskShare))
	column.Add(widgets.NewChoice("folder", i18n.T("Rejoindre une base…"),
		i18n.T("Un nouveau dossier, rempli de ce que d’autres postes partagent déjà."), v.askJoin))
	v.body.Add(widgets.AtMost(720, column))
}

func (v *View) askJoin() {
	if v.OnJoin != nil {
		v.OnJoin()
	}
}

// paintShared shows state, questions, and who shares.
func (v *View) paintShared() {
	s := v.state
	v.detail.SetText(i18n.T("%s · ce poste s’appelle %s", s.Address, s.Desk))
	v.deeds.Objects = []fyne.CanvasObject{
		widgets.NewMainButton(i18n.T("Échanger maintenant"), "redo", v.Exchange),
		widgets.NewButton(i18n.T("Comparer avec le serveur"), "check", v.Compare),
		widgets.NewButton(i18n.T("Mot de passe et adresse…"), "settings", v.AskAccess),
		widgets.NewButton(i18n.T("Quitter le partage…"), "close", v.AskLeave)}
	if s.Sentence != "" {
		v.body.Add(v.block(widgets.NewFlushParagraph(s.Sentence), v.wayOut()...))
	}
	if s.Phase == sharing.Held {
		v.body.Add(v.block(widgets.NewFlushParagraph(i18n.T("L’échange a été arrêté : ce qui est passé reste. Il continue où il en était quand vous le voulez.")),
			widgets.NewMainButton(i18n.T("Reprendre l’échange"), "redo", v.Resume)))
	}
	v.paintNumbers()
	if s.Guard != nil {
		v.body.Add(v.guard(*s.Guard))
	}
	if len(v.disputes) > 0 {
		v.body.Add(widgets.NewBold(i18n.T("À régler")))
		for _, d := range v.disputes {
			v.body.Add(v.dispute(d))
		}
	}
	v.paintOthers()
}

// wayOut gives the buttons that mend what the sentence tells.
func (v *View) wayOut() []fyne.CanvasObject {
	switch v.state.Phase {
	case sharing.Forked:
		return []fyne.CanvasObject{widgets.NewMainButton(i18n.T("Rendre ce qui manque"), "upload", v.AskGiveBack)}
	case sharing.Barred:
		return []fyne.CanvasObject{widgets.NewMainButton(i18n.T("Mot de passe et adresse…"), "settings", v.AskAccess)}
	}
	return nil
}

// block frames a question and its answers.
func (v *View) block(content fyne.CanvasObject, answers ...fyne.CanvasObject) fyne.CanvasObject {
	if len(answers) == 0 {
		return widgets.Block(content)
	}
	return widgets.Block(widgets.Column(8, content, widgets.Flow(8, answers...)))
}

// Exchange sends and takes in now.
func (v *View) Exchange() {
	v.job(i18n.T("Échange avec la base partagée"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		out, err := v.door.Sharing().Sync(ctx, progress)
		return func() { v.exchanged(out) }, err
	})
}

// Resume goes on with what was stopped.
func (v *View) Resume() {
	v.job(i18n.T("Échange avec la base partagée"), func(ctx context.Context, progress workspace.Progress) (func(), error) {
		out, err := v.door.Sharing().Resume(ctx, progress)
		return func() { v.exchanged(out) }, err
	})
}

func (v *View) exchanged(out sharing.Outcome) {
	if out.Guarded == nil {
		v.say(widgets.Success, i18n.T("Échange fait : envoyé %s, repris %s, à régler %s.", count(out.Sent), count(out.Received),
			count(out.Disputed)))
	}
	v.Reload()
}

func count(n int) string { return repertoire.Thousands(int64(n)) }

// Compare holds every record against the server's.
func (v *View) Compare() {
	v.job(i18n.T("Comparaison avec le serveur"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		same, different, err := v.door.Sharing().Compare(ctx)
		return func() {
			if len(different) == 0 {
				v.say(widgets.Success, i18n.T("Les %s fiches sont les mêmes ici et sur le serveur.", count(same)))
				return
			}
			v.say(widgets.Warning, i18n.T("%s fiches sont les mêmes ; %s diffèrent : elles attendent d’être envoyées ou reprises. Échangez, puis comparez de nouveau.", count(same), count(len(different))))
		}, err
	})
}

// job runs long work off the interface thread, one at a time.
func (v *View) job(label string, do func(context.Context, workspace.Progress) (func(), error)) {
	work := func(ctx context.Context, progress task.Progress) (func(), error) { return do(ctx, progress) }
	v.alone.Do(v.pace, v.OnJob, label, work, func(err error) {
		v.say(widgets.Failure, err.Error())
		v.Reload()
	})
}

func (v *View) say(tone widgets.Tone, sentence string) { v.notice.SayTo(v.OnSay, tone, sentence) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }

// Summary words a state in one line, with its colour; "" while the folder is
// not shared.
func Summary(s sharing.State, now time.Time) (fyne.ThemeColorName, string) {
	colour, sentence := fynetheme.ColorNameSuccess, i18n.T("À jour")
	switch s.Phase {
	case sharing.Alone:
		return fynetheme.ColorNameDisabled, i18n.T("Ce dossier n’est pas partagé.")
	case sharing.Joining:
		colour, sentence = fynetheme.ColorNameDisabled, i18n.T("Liaison avec le serveur…")
	case sharing.Exchanging:
		colour, sentence = fynetheme.ColorNamePrimary, i18n.T("Échange en cours…")
		if s.Left > 0 {
			sentence = i18n.T("Échange en cours : %s sur %s", count(s.Done), count(s.Done+s.Left))
		}
	case sharing.Offline:
		colour, sentence = fynetheme.ColorNameWarning, i18n.T("Hors ligne depuis %s", since(s.Since, now))
	case sharing.Held:
		colour, sentence = fynetheme.ColorNameWarning, i18n.T("Échange arrêté")
	case sharing.Barred:
		colour, sentence = fynetheme.ColorNameError, i18n.T("Le serveur refuse la liaison")
	case sharing.Guarded:
		colour, sentence = fynetheme.ColorNameWarning, i18n.T("Une suppression attend votre accord")
	case sharing.Forked:
		colour, sentence = fynetheme.ColorNameError, i18n.T("Le serveur a été restauré d’une sauvegarde plus ancienne")
	case sharing.Outdated:
		colour, sentence = fynetheme.ColorNameWarning, i18n.T("Lecture seule : programme à mettre à jour")
	}
	if s.Waiting > 0 {
		sentence += " · " + i18n.T("%s à envoyer", count(s.Waiting))
		if s.Phase == sharing.UpToDate {
			colour, sentence = fynetheme.ColorNamePrimary, i18n.T("%s à envoyer", count(s.Waiting))
		}
	}
	if s.Disputes > 0 {
		sentence += " · " + i18n.T("%s à régler", count(s.Disputes))
		if colour == fynetheme.ColorNameSuccess {
			colour = fynetheme.ColorNameWarning
		}
	}
	return colour, sentence
}

// since words a moment of today by its hour, another by its day too.
func since(at, now time.Time) string {
	at, now = at.Local(), now.Local()
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		if at.Minute() == 0 {
			return strconv.Itoa(at.Hour()) + " h"
		}
		return at.Format("15 h 04")
	}
	return i18n.T("le %s", at.Format("02/01 à 15 h 04"))
}
