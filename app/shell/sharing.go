package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/sharing"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	room "repertoire/internal/workspace/sharing"
)

// sharingPlace is where the folder meets other desks.
const sharingPlace = "sharing"

// others is what the window shows of other desks wherever one is: who has the
// entry in view open, and where the sharing stands.
type others struct {
	desk   *desk
	cancel func()
	state  room.State
	line   *widgets.Text
	bar    *fyne.Container
	look   func() // sees, soon, whether the entry in view changed elsewhere
	news   map[repertoire.ID]bool
}

func newOthers(d *desk) *others {
	o := &others{desk: d, line: widgets.NewText(""), news: map[repertoire.ID]bool{}}
	o.line.Fixed = true
	o.bar = container.NewStack(widgets.NewBackground(theme.ColorAccentSoft), widgets.Inset(16, 5, o.line))
	o.bar.Hide()
	o.look = task.Later(d.shell.pace.Preview, o.renew)
	return o
}

// start listens to the sharing until the desk is closed.
func (o *others) start() {
	o.cancel = o.desk.door.Sharing().Watch(func(s room.State) { fyne.Do(func() { o.show(s) }) })
}

func (o *others) close() {
	if o.cancel != nil {
		o.cancel()
	}
}

// show paints a state: the mark at the foot, the line above the entry.
func (o *others) show(s room.State) {
	o.state = s
	if s.Phase == room.Alone {
		o.desk.tray.SetMark("", "", nil)
	} else {
		colour, sentence := sharing.Summary(s, time.Now())
		o.desk.tray.SetMark(colour, sentence, func() { o.desk.Go(sharingPlace) })
	}
	if v, ok := o.desk.screens[sharingPlace].(*sharing.View); ok && o.desk.at == sharingPlace {
		v.Reload()
	}
	o.sight()
}

// sight says who else has the entry in view open, and tells them of this desk.
func (o *others) sight() {
	here := room.Presence{}
	text := ""
	if p, ok := o.desk.records.form.Current(); ok && o.desk.at == partnershipsPlace && p.ID != "" {
		here = room.Presence{Record: p.ID, Editing: o.desk.records.form.Modified()}
		for _, x := range o.state.Present {
			if x.Record != p.ID {
				continue
			}
			if text != "" {
				text += " · "
			}
			text += sharing.PresenceLine(x)
		}
	}
	o.desk.door.Sharing().Attend(here)
	if o.line.Text() == text {
		return
	}
	o.line.SetText(text)
	o.bar.Hidden = text == ""
	o.desk.beside.Refresh() // what is below has another room
}

// changed hears of a change, whoever made it.
func (o *others) changed(e workspace.Event) {
	for _, id := range e.IDs {
		o.news[id] = true
	}
	o.look()
}

// renew reads the entry in view again when another desk has written it and
// nothing is typed in it. What is typed stays: saving it joins both.
func (o *others) renew() {
	news := o.news
	o.news = map[repertoire.ID]bool{}
	form := o.desk.records.form
	p, ok := form.Current()
	if !ok || !news[p.ID] {
		return
	}
	o.desk.shell.pace.Run(func() {
		now, err := o.desk.door.Records().Partnership(context.Background(), p.ID)
		fyne.Do(func() {
			shown, ok := form.Current()
			if !ok || shown.ID != p.ID || err == nil && now.Version <= shown.Version {
				return
			}
			if form.Modified() {
				o.desk.notice.Say(widgets.Info,
					i18n.T("Un autre poste vient d’enregistrer cette fiche. Ce que vous tapez reste ; l’enregistrement montrera ce qui diffère."))
				return
			}
			form.Reload()
		})
	})
}

func (d *desk) makeSharing() Screen {
	v := sharing.New(d.door, d.shell.pace, d.shell.window)
	v.OnEntry, v.OnSay, v.OnJob = d.openEntry, d.say, d.job
	v.OnJoin = func() { d.shell.guarded(d.shell.askJoin) }
	return v
}

// askJoin asks for a new folder and the base it is filled from.
func (s *Shell) askJoin() {
	form := sharing.NewAccessForm("")
	more := append([]fyne.CanvasObject{
		widgets.NewFlushParagraph(i18n.T("L’administrateur vous donne l’adresse de la base et votre compte. Le dossier se remplit de tout ce que les autres postes partagent ; vous pouvez l’arrêter et reprendre."))},
		form.Fields()...)
	s.askNew(i18n.T("Rejoindre une base partagée"), i18n.T("Rejoindre"), func(dir string) { s.join(dir, form.Access()) }, more...)
}

// join makes a folder of work, opens it and fills it from a shared base.
func (s *Shell) join(dir string, a room.Access) {
	s.create(dir, false, func() {
		d := s.desk
		if v, ok := d.show(sharingPlace).(*sharing.View); ok {
			v.Join(a)
		}
	})
}
