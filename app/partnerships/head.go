package partnerships

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// formHead is the heading of the form: the entry's title, what state it is in,
// and the buttons that act on the whole of it.
type formHead struct {
	widget.BaseWidget
	form    *Form
	title   *widgets.Heading
	state   *widgets.Text
	chips   *fyne.Container
	save    *widgets.Button
	undo    *widgets.IconButton
	confirm *widgets.IconButton
	similar *widgets.IconButton
	all     *fyne.Container
}

func newFormHead(f *Form) *formHead {
	h := &formHead{form: f, title: widgets.NewHeading(""), state: widgets.NewCaption(""), chips: widgets.OneLine(6)}
	h.save = widgets.NewMainButton(i18n.T("Enregistrer"), "", f.Save)
	h.undo = widgets.NewIconButton("undo", i18n.T("Annuler la dernière modification (Ctrl+Z)"), func() { f.Undo() })
	h.confirm = widgets.NewIconButton("check", i18n.T("Confirmer ce jour : la fiche est à jour"), f.Confirm)
	h.similar = widgets.NewIconButton("search", i18n.T("Partenariats semblables"), f.ShowSimilar)
	remove := widgets.NewIconButton("trash", i18n.T("Mettre à la corbeille"), f.AskDelete)
	buttons := widgets.Line(4, h.undo, h.similar, h.confirm, remove, h.save)
	// Whatever the entry, the head has one height: the fields stay where they
	// are while one goes through the list.
	h.title.Reserve(2)
	h.state.Fixed = true
	h.all = widgets.Inset(20, 8, widgets.Column(4,
		container.NewBorder(nil, nil, nil, widgets.Inset(8, 0, container.NewVBox(buttons)), h.title),
		container.NewBorder(nil, nil, nil, h.state, h.chips)))
	h.ExtendBaseWidget(h)
	return h
}

// fill shows the draft's title and chips.
func (h *formHead) fill() {
	p := h.form.draft.now
	h.title.SetText(h.form.title())
	h.chips.Objects = nil
	say := func(text string, background, ink fyne.ThemeColorName) {
		if text != "" {
			h.chips.Add(widgets.NewChip(text, background, ink))
		}
	}
	say(i18n.T(repertoire.Statuses.Label(p.Status)), statusGround(p.Status), statusInk(p.Status))
	say(i18n.T(repertoire.Types.Label(p.Type)), fynetheme.ColorNameButton, fynetheme.ColorNameForeground)
	for _, slug := range p.Directories {
		say(h.form.directoryName(slug), fynetheme.ColorNameButton, fynetheme.ColorNameForeground)
	}
	if p.Fictitious {
		say(i18n.T("Fictif"), theme.ColorWarningSoft, fynetheme.ColorNameWarning)
	}
	switch {
	case p.ID == "":
	case p.Verified == "":
		say(i18n.T("Jamais vérifié"), theme.ColorWarningSoft, fynetheme.ColorNameWarning)
	case p.Stale(time.Now()):
		say(i18n.T("Vérifié le %s", p.Verified.Field()), theme.ColorWarningSoft, fynetheme.ColorNameWarning)
	default:
		say(i18n.T("Vérifié le %s", p.Verified.Field()), theme.ColorSuccessSoft, fynetheme.ColorNameSuccess)
	}
	h.showState()
	h.Refresh()
}

func statusGround(s repertoire.Status) fyne.ThemeColorName {
	switch s {
	case repertoire.StatusActive:
		return theme.ColorSuccessSoft
	case repertoire.StatusPlanned:
		return theme.ColorAccentSoft
	case repertoire.StatusDormant, repertoire.StatusSuspended:
		return theme.ColorWarningSoft
	}
	return fynetheme.ColorNameButton
}

func statusInk(s repertoire.Status) fyne.ThemeColorName {
	switch s {
	case repertoire.StatusActive:
		return fynetheme.ColorNameSuccess
	case repertoire.StatusPlanned:
		return fynetheme.ColorNamePrimary
	case repertoire.StatusDormant, repertoire.StatusSuspended:
		return fynetheme.ColorNameWarning
	}
	return fynetheme.ColorNameForeground
}

// showState enables what can be done.
func (h *formHead) showState() {
	f := h.form
	if f.draft == nil {
		return
	}
	switch {
	case f.saving:
		h.state.SetText(i18n.T("Enregistrement…"))
	case f.modified:
		h.state.SetText(i18n.T("Modifié"))
		if !f.keptAt.IsZero() {
			h.state.SetText(i18n.T("Modifié · brouillon gardé %s", f.keptAt.Local().Format("15:04")))
		}
	default:
		h.state.SetText("")
	}
	if f.modified && !f.saving {
		h.save.Enable()
	} else {
		h.save.Disable()
	}
	h.undo.SetEnabled(len(f.draft.undo) > 0)
	h.confirm.SetEnabled(f.draft.now.ID != "")
	h.similar.SetEnabled(f.draft.now.ID != "" && f.OnSimilar != nil)
	h.title.SetText(f.title())
	h.all.Refresh()
}

// CreateRenderer is Fyne's.
func (h *formHead) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.all) }
