package counter

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// AskMembers sends an edition's free copy to all members in one go.
func (v *View) AskMembers() {
	if len(v.editions) == 0 {
		v.AskNew() // says what to do first
		return
	}
	var names []string
	for _, e := range v.editions {
		names = append(names, editionName(e))
	}
	edition := widgets.NewSelect(names, nil)
	edition.SetSelectedIndex(len(names) - 1)
	content := widgets.Column(8, widgets.NewField("edition", i18n.T("Édition figée"), widgets.Framed(edition)),
		widgets.NewParagraph(
			i18n.T("Chaque adhérent reçoit une commande gratuite : sa copie numérique à son nom et le brouillon du message. Le travail se reprend là où il s’est arrêté ; personne n’est servi deux fois."), theme.ColorMuted))
	v.ask(i18n.T("Envoyer aux adhérents"), i18n.T("Préparer les envois"), "mail", 560, content, func(q *question) {
		if at := edition.SelectedIndex(); at >= 0 {
			v.sendToMembers(string(v.editions[at].ID), q)
		}
	})
}

func (v *View) sendToMembers(edition string, q *question) {
	if v.busy {
		return
	}
	v.busy = true
	ctx, progress, done := v.OnJob.Begin(i18n.T("Envoi aux adhérents"))
	v.pace.Run(func() {
		m, err := v.door.Orders().SendToMembers(ctx, edition, nil, progress)
		fyne.Do(func() {
			v.busy = false
			done()
			v.Reload()
			if err != nil {
				q.refuse(err.Error())
				return
			}
			q.modal.Close()
			v.sayMailing(m)
		})
	})
}

func (v *View) sayMailing(m orders.Mailing) {
	n := func(n int) string { return repertoire.Thousands(int64(n)) }
	said := i18n.T("Adhérents servis : %s ; déjà servis : %s.", n(len(m.Served)), n(len(m.Already)))
	if len(m.NoAddress) > 0 {
		said += " " + i18n.T("Sans adresse électronique, donc sans brouillon : %s.", n(len(m.NoAddress)))
	}
	tone := widgets.Success
	if len(m.Failed) > 0 {
		tone = widgets.Failure
		said += " " + i18n.T("%s n’a pas été servi : %s", m.Failed[0].Name, m.Failed[0].Why)
	}
	v.say(tone, said)
	if len(m.Served) > 0 {
		v.openPath(m.Folder)
	}
}
