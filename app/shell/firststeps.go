package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// firstSteps is what a folder of work shows that holds no partnership: the
// three ways its first one comes to be, each of which works as things stand.
func (d *desk) firstSteps() fyne.CanvasObject {
	title := i18n.T("1. Créer un répertoire")
	if n := len(d.records.sidebar.List()); n > 0 {
		title = i18n.N("1. %s répertoire est prêt ; en créer un autre", "1. %s répertoires sont prêts ; en créer un autre", n, thousands(n))
	}
	heading := widgets.NewTitle(i18n.T("Trois premiers pas"))
	heading.Fixed = true
	column := widgets.Column(10, heading,
		widgets.NewParagraph(i18n.T("Ce dossier est vide. Commencez par où vous voulez : rien n’oblige à suivre l’ordre."), theme.ColorMuted),
		widgets.NewChoice("book", title, i18n.T("Le livre auquel les partenariats appartiendront, et ses pays."), d.newDirectory),
		widgets.NewChoice("upload", i18n.T("2. Apporter un tableau"),
			i18n.T("Une liste en CSV, XLSX, ODS ou JSON, relue avant d’être prise."), func() { d.importTable("", "") }),
		widgets.NewChoice("add", i18n.T("3. Saisir un partenariat"),
			i18n.T("La collectivité française et sa partenaire suffisent ; le reste peut attendre."), d.newPartnership))
	return container.NewVScroll(container.NewCenter(widgets.Inset(16, 16, widgets.Wide(340, column))))
}
