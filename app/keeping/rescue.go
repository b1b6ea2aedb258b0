package keeping

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/safety"
)

// Rescue shows what can be done about a base that cannot be opened because it
// is damaged; false says that err is something else. Once a backup is restored
// (the damaged base is kept aside) reopen is called with the folder. Call it
// on the interface thread.
func Rescue(err error, dir string, window fyne.Window, pace task.Pace, reopen func(dir string)) bool {
	d, ok := safety.DamageOf(err, dir)
	if !ok {
		return false
	}
	column := widgets.Column(8, widgets.NewFlushParagraph(d.Message))
	for _, b := range d.Backups[:min(len(d.Backups), sinceShown)] {
		column.Add(widgets.NewMuted(dated(b) + " · " + reasonLabel(b.Reason) + " · " + files.Size(b.Size)))
	}
	status := widgets.NewMuted("")
	column.Add(status)
	ask := widgets.NewModal(i18n.T("La base est abîmée"), widgets.Wide(520, column), window)
	later := widgets.NewButton(i18n.T("Ne rien changer"), "", ask.Close)
	if len(d.Backups) == 0 {
		ask.SetButtons(later)
		ask.Show(580, 0)
		return true
	}
	yes := widgets.NewMainButton(i18n.T("Restaurer la dernière sauvegarde saine"), "undo", nil)
	yes.OnTapped = func() {
		yes.Disable()
		later.Disable()
		ask.Hold(true)
		status.SetText(i18n.T("Relecture des sauvegardes…"))
		pace.Run(func() {
			said, err := restoreNewest(d)
			fyne.Do(func() {
				ask.Hold(false)
				if err == nil {
					ask.Close()
					if reopen != nil {
						reopen(dir)
					}
					return
				}
				later.Enable()
				status.SetText(said)
				widgets.Tell(i18n.T("La base est abîmée"), err.Error(), i18n.T("Fermer"), window)
			})
		})
	}
	ask.SetButtons(later, yes)
	ask.Show(580, 0)
	ask.Focus(yes)
	return true
}

// restoreNewest restores the first backup, from the newest, that is sound.
func restoreNewest(d safety.Damage) (said string, err error) {
	b, ok, err := safety.NewestSound(context.Background(), d.Backups, nil)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", noneSound(d)
	}
	_, err = safety.Restore(context.Background(), d.Dir, b.File, func(int, int, string) {})
	return filepath.Base(b.File), err
}

func noneSound(d safety.Damage) error {
	return repertoire.Refuse("%s", i18n.T("Aucune sauvegarde du dossier « %s » n’est saine : rien n’a été changé. Cherchez-en une copie ailleurs et restaurez-la.", d.Dir))
}
