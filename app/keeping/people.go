package keeping

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// People is the place of the persons whose data are kept: what is held on one
// of them, how long, and what for.
type People struct {
	widget.BaseWidget
	bench

	name *widgets.Entry
	all  fyne.CanvasObject
}

// NewPeople returns the place.
func NewPeople(door Door, pace task.Pace, window fyne.Window) *People {
	v := &People{bench: newBench(door, pace, window), name: widgets.NewEntry()}
	v.name.SetPlaceHolder(i18n.T("Prénom et nom, courriel ou téléphone"))
	v.name.OnSubmitted = func(string) { v.FindPerson(v.name.Text) }
	search := widgets.NewMainButton(i18n.T("Chercher"), "search", func() { v.FindPerson(v.name.Text) })
	column := widgets.Column(12,
		widgets.NewTitle(i18n.T("Droits des personnes")),
		widgets.NewFlushParagraph(i18n.T("Une personne peut demander ce qui est gardé d’elle et son effacement (RGPD, art. 15 et 17).")),
		widgets.Sides(6, v.name, search),
		container.New(widgets.Gap(4)),
		widgets.NewChoice("clock", i18n.T("Durées de conservation…"),
			i18n.T("Qui est gardé depuis assez longtemps, et peut être effacé."), v.Retention),
		widgets.NewChoice("document", i18n.T("Registre des traitements…"),
			i18n.T("Le document de l’article 30, écrit d’après ce dossier."), v.AskRegister),
		widgets.Inset(-6, 0, widgets.NewParagraph(i18n.T(
			"Ce qui n’est pas publiable n’entre dans aucun livre, aucun export et aucun index. Un effacement passe aussi par le journal et les sauvegardes suivantes."),
			theme.ColorMuted)))
	v.all = container.NewBorder(widgets.Column(0, v.notice), nil, nil, nil,
		container.NewVScroll(widgets.Inset(16, 12, widgets.AtMost(620, column))))
	v.ExtendBaseWidget(v)
	return v
}

// Reload has nothing to read: what is shown is asked for.
func (v *People) Reload() {}

// FocusFirst puts the cursor where a name is typed.
func (v *People) FocusFirst() { v.window.Canvas().Focus(v.name) }

// CreateRenderer is Fyne's.
func (v *People) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(widgets.NewBackground(fynetheme.ColorNameBackground), v.all))
}
