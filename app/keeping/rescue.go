package keeping

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/safety"
)

// Ways are how a folder that did not open is opened all the same.
type Ways struct {
	Reopen func(dir string) // once it was mended
	Read   func(dir string) // without writing in it
}

// Rescue shows what can be done about a folder that cannot be opened: somebody
// else has it, or its base is damaged; false says that err is something else.
// Nothing is restored or salvaged before a person saw what it takes back; the
// damaged base is kept aside. Call it on the interface thread.
func Rescue(err error, dir string, window fyne.Window, pace task.Pace, ways Ways) bool {
	r := &rescue{dir: dir, window: window, pace: pace, ways: ways}
	if d, ok := safety.DamageOf(err, dir); ok {
		r.damage(d)
		return true
	}
	if safety.Readable(err) {
		r.busy(err)
		return true
	}
	return false
}

type rescue struct {
	dir    string
	window fyne.Window
	pace   task.Pace
	ways   Ways
	ask    *widgets.Modal
	status *widgets.Text
}

func (r *rescue) read() *widgets.Button {
	return widgets.NewButton(i18n.T("Ouvrir en lecture seule"), "eye", func() {
		r.ask.Close()
		if r.ways.Read != nil {
			r.ways.Read(r.dir)
		}
	})
}

// busy offers to read a folder that somebody else has open.
func (r *rescue) busy(err error) {
	r.ask = widgets.NewModal(i18n.T("Ce dossier est occupé"), widgets.Wide(480, widgets.NewFlushParagraph(err.Error())), r.window)
	no, read := widgets.NewButton(i18n.T("Ne pas l’ouvrir"), "", r.ask.Close), r.read()
	r.ask.SetButtons(no, read)
	r.ask.Show(540, 0)
	r.ask.Focus(read)
}

// damage offers what can be done about a damaged base.
func (r *rescue) damage(d safety.Damage) {
	column := widgets.Column(8, widgets.NewFlushParagraph(d.Message))
	for _, b := range d.Backups[:min(len(d.Backups), sinceShown)] {
		column.Add(widgets.NewMuted(dated(b) + " · " + reasonLabel(b.Reason) + " · " + files.Size(b.Size)))
	}
	r.status = widgets.NewMuted("")
	column.Add(r.status)
	r.ask = widgets.NewModal(i18n.T("La base est abîmée"), widgets.Wide(620, column), r.window)
	later := widgets.NewButton(i18n.T("Ne rien changer"), "", r.ask.Close)
	salvage := widgets.NewButton(i18n.T("Récupérer ce qui se lit"), "undo", func() { r.askSalvage() })
	buttons := []fyne.CanvasObject{later, r.read(), salvage}
	focus := salvage
	if len(d.Backups) > 0 {
		focus = widgets.NewMainButton(i18n.T("Restaurer la dernière sauvegarde saine"), "undo", func() { r.plan(d) })
		buttons = append(buttons, focus)
	}
	r.ask.SetButtons(buttons...)
	r.ask.Show(720, 0)
	r.ask.Focus(focus)
}

// work does something long under the question, which is held meanwhile.
func (r *rescue) work(label string, do func(ctx context.Context) error, then func()) {
	r.ask.Hold(true)
	r.status.SetText(label)
	r.pace.Run(func() {
		err := do(context.Background())
		fyne.Do(func() {
			r.ask.Hold(false)
			r.status.SetText("")
			if err != nil {
				widgets.Refuse(i18n.T("La base est abîmée"), err.Error(), i18n.T("Fermer"), r.window)
				return
			}
			then()
		})
	})
}

// plan finds the newest sound backup, shows what restoring it takes back, and
// restores it once a person agreed.
func (r *rescue) plan(d safety.Damage) {
	var plan safety.RestorePlan
	var b safety.Backup
	r.work(i18n.T("Relecture des sauvegardes…"), func(ctx context.Context) (err error) {
		var ok bool
		if b, ok, err = safety.NewestSound(ctx, d.Backups, nil); err == nil && !ok {
			err = noneSound(d)
		}
		if err == nil {
			plan, err = safety.PlanRestore(ctx, d.Dir, b.File, quiet)
		}
		return err
	}, func() {
		r.confirm(i18n.T("Restaurer la sauvegarde du %s ?", dated(b)), planned(plan), i18n.T("Restaurer"), func(ctx context.Context) error {
			_, err := safety.Restore(ctx, d.Dir, b.File, quiet)
			return err
		})
	})
}

func (r *rescue) askSalvage() {
	r.confirm(i18n.T("Récupérer ce qui se lit ?"), []string{
		i18n.T("Une base propre est refaite, table par table, avec tout ce qui se lit encore ; ce qui ne se lit plus manquera."),
		i18n.T("La base abîmée est gardée de côté, telle qu’elle est."),
	}, i18n.T("Récupérer"), func(ctx context.Context) error {
		_, err := safety.Salvage(ctx, r.dir, quiet)
		return err
	})
}

// confirm shows sentences, then does what they speak of and opens the folder.
func (r *rescue) confirm(title string, sentences []string, deed string, do func(ctx context.Context) error) {
	r.ask.Close()
	column := widgets.Column(8)
	for _, s := range sentences {
		column.Add(widgets.NewFlushParagraph(s))
	}
	r.status = widgets.NewMuted("")
	column.Add(r.status)
	r.ask = widgets.NewModal(title, container.NewVScroll(column), r.window)
	no := widgets.NewButton(i18n.T("Ne rien changer"), "", r.ask.Close)
	yes := widgets.NewMainButton(deed, "undo", func() {
		r.work(i18n.T("Remise en état…"), do, func() {
			r.ask.Close()
			if r.ways.Reopen != nil {
				r.ways.Reopen(r.dir)
			}
		})
	})
	r.ask.SetButtons(no, yes)
	r.ask.Show(620, 420)
	r.ask.Focus(no)
}

func quiet(int, int, string) {}

func noneSound(d safety.Damage) error {
	if len(d.Backups) == 0 {
		return errors.New(d.Message)
	}
	return repertoire.Refuse("%s",
		i18n.T("Aucune sauvegarde du dossier « %s » n’est saine : rien n’a été changé. Cherchez-en une copie ailleurs et restaurez-la.",
			d.Dir))
}
