package shell

import (
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/logbook"
)

// TellCrash says that the program ended badly last time, and offers the report
// to be sent to somebody. told hears that the person knows.
func (s *Shell) TellCrash(r *logbook.Report, told func()) {
	at := r.At.Local()
	said := widgets.NewMuted("")
	m := widgets.NewModal(i18n.T("Répertoire s’était arrêté"), widgets.Wide(480, widgets.Column(10,
		widgets.NewFlushParagraph(
			i18n.T("Le %s à %s, Répertoire s’est arrêté sur une erreur de programme. Ce qui était enregistré l’est toujours ; un brouillon gardé est proposé à l’ouverture de sa fiche.",
				at.Format("02/01/2006"), at.Format("15:04"))),
		widgets.NewFlushParagraph(
			i18n.T("Le rapport dit où et après quelles commandes, sans rien de vos fiches. Copiez-le pour l’envoyer à qui s’occupe du programme.")),
		said)), s.window)
	m.OnClosed = told
	closes := widgets.NewButton(i18n.T("Fermer"), "", m.Close)
	m.SetButtons(closes, widgets.NewMainButton(i18n.T("Copier le rapport"), "copies", func() {
		text, err := r.Text()
		if err != nil {
			said.SetText(err.Error())
			return
		}
		s.app.Clipboard().SetContent(text)
		said.SetText(i18n.T("Rapport copié."))
	}))
	m.Show(540, 0)
	m.Focus(closes)
}
