package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// deed is something that was really done in the window, which a step of the
// tour waits for.
type deed int

const (
	hasSearched deed = iota
	hasOpened
	hasSaved
	hasTakenBack
	hasProduced
)

// tourStep is one step: what to do, why, and a button that brings one there.
type tourStep struct {
	waits         deed
	title, advice string
	button        string
	do            func()
}

// tour leads through the first real job in five steps, in a bar above the
// place in view. It watches what is done and goes on by itself; it keeps
// nothing and holds nobody back.
type tour struct {
	widget.BaseWidget
	desk  *desk
	steps []tourStep
	at    int // the step in view; len(steps): all done
	box   *fyne.Container
}

func newTour(d *desk) *tour {
	t := &tour{desk: d, box: container.NewStack()}
	t.steps = []tourStep{
		{hasSearched, i18n.T("Trouver"), i18n.T("Tapez « eau » dans la boîte de recherche : la liste répond pendant que vous tapez."),
			i18n.T("Aller à la recherche"), d.find},
		{hasOpened, i18n.T("Lire une fiche"), i18n.T(
			"La flèche du bas descend dans la liste et ouvre une fiche. À côté, sa page du livre, telle qu’elle sera imprimée."),
			i18n.T("Montrer la page"), func() { d.show(partnershipsPlace); d.records.showPreview() }},
		{hasSaved, i18n.T("Corriger"), i18n.T("Changez un mot de la fiche, puis Ctrl+S : c’est écrit, même si le courant est coupé."),
			i18n.T("Enregistrer"), d.save},
		{hasTakenBack, i18n.T("Reprendre"),
			i18n.T("Rien ne se perd : Ctrl+Maj+Z reprend ce qui vient d’être enregistré. Le journal garde tout."),
			i18n.T("Reprendre"), d.undoChange},
		{hasProduced, i18n.T("Faire le livre"), i18n.T(
			"Ctrl+P compose un répertoire en PDF, pour l’imprimeur ou pour l’écran. Le numérique est le plus rapide."),
			i18n.T("Produire le PDF…"), d.produceBook},
	}
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// begin shows the first step.
func (t *tour) begin() {
	t.at = 0
	t.Show()
	t.draw()
	t.desk.beside.Refresh() // what is below makes room
}

// end puts the bar away.
func (t *tour) end() {
	t.Hide()
	t.desk.beside.Refresh()
}

// did hears of a deed and goes on when the step in view waited for it.
func (t *tour) did(done deed) {
	if t.Visible() && t.at < len(t.steps) && t.steps[t.at].waits == done {
		t.next()
	}
}

func (t *tour) next() {
	t.at++
	t.draw()
}

func (t *tour) draw() {
	title, advice := i18n.T("Le tour est fait"), i18n.T(
		"Vous avez trouvé, corrigé, repris et composé. Le guide (Maj+F1) dit le reste, chapitre par chapitre.")
	buttons := []fyne.CanvasObject{widgets.NewButton(i18n.T("Lire le guide"), "help", func() { t.end(); t.desk.Go("help") })}
	if t.at < len(t.steps) {
		step := t.steps[t.at]
		title = i18n.T("Étape %d sur %d : %s", t.at+1, len(t.steps), step.title)
		advice = step.advice
		buttons = []fyne.CanvasObject{widgets.NewButton(step.button, "", step.do), widgets.NewQuietButton(i18n.T("Passer"), "", t.next)}
	}
	heading := widgets.NewBold(title)
	right := container.NewHBox(append(buttons, widgets.NewIconButton("close", i18n.T("Arrêter le tour"), t.end))...)
	t.box.Objects = []fyne.CanvasObject{widgets.NewBackground(theme.ColorAccentSoft),
		widgets.Inset(12, 6, container.NewBorder(nil, nil, nil, container.NewCenter(right),
			widgets.Column(0, heading, widgets.NewParagraph(advice, fynetheme.ColorNameForeground))))}
	t.box.Refresh()
	t.Refresh()
}

// CreateRenderer is Fyne's.
func (t *tour) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
