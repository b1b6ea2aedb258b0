package partnerships

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// conflict shows both versions of a record that somebody else saved meanwhile.
// Nothing is lost whatever the choice: the draft stays until a save succeeds.
func (f *Form) conflict(mine repertoire.Partnership, c *workspace.Conflict) {
	d := f.draft
	f.reading.Do(func(ctx context.Context) func() {
		theirs, err := f.door.Records().Partnership(ctx, mine.ID)
		if err != nil {
			return func() { f.notice.Say(widgets.Failure, c.Error()) }
		}
		return f.resolve(ctx, theirs, func() {
			if f.draft == d {
				f.askConflict(mine, theirs, c)
			}
		})
	})
}

// askConflict shows the fields that differ, item by item, with what is proposed
// for each.
func (f *Form) askConflict(mine, theirs repertoire.Partnership, c *workspace.Conflict) {
	d := f.draft
	f.notice.Say(widgets.Warning, c.Error(), widgets.NoticeAction{Label: i18n.T("Comparer"), Do: func() {
		if f.draft == d {
			f.askConflict(mine, theirs, c)
		}
	}})
	list, err := dispute(d.saved, mine, theirs)
	if err != nil {
		return // the notice stands, and what was typed with it
	}
	chosen := map[string]keeping{}
	weights := []float32{3, 6, 6, 4}
	column := widgets.Column(8, widgets.NewFlushParagraph(c.Error()), widgets.Shares(12, weights, widgets.NewMuted(i18n.T("Champ")),
		widgets.NewMuted(i18n.T("Votre version")), widgets.NewMuted(i18n.T("Version enregistrée")), widgets.NewMuted(i18n.T("Garder"))))
	for _, x := range list {
		chosen[x.name] = x.advice
		column.Add(widgets.Rule())
		column.Add(widgets.Shares(12, weights, widgets.NewFlushParagraph(i18n.T(repertoire.FieldLabel(x.name))),
			f.version(x, x.mine, x.theirs), f.version(x, x.theirs, x.mine), keepingMenu(x, chosen)))
	}
	ask := widgets.NewModal(i18n.T("Deux versions de la même fiche"), container.NewVScroll(widgets.Inset(10, 0, column)), f.window)
	all := func(k keeping) func() {
		return func() {
			for _, x := range list {
				chosen[x.name] = k
			}
			ask.Close()
			f.settleConflict(theirs, list, chosen)
		}
	}
	save := widgets.NewMainButton(i18n.T("Enregistrer ces choix"), "", func() {
		ask.Close()
		f.settleConflict(theirs, list, chosen)
	})
	ask.SetButtons(widgets.NewButton(i18n.T("Décider plus tard"), "", ask.Close),
		widgets.NewButton(i18n.T("Reprendre la version enregistrée"), "", all(keepTheirs)),
		widgets.NewButton(i18n.T("Garder ma version"), "", all(keepMine)), save)
	free := f.window.Canvas().Size()
	ask.Show(fyne.Min(900, free.Width-60), fyne.Min(520, free.Height-60))
	ask.Focus(save)
}

// version shows the elements that only one of two versions has; what both have
// is counted.
func (f *Form) version(x disputed, shown, other json.RawMessage) fyne.CanvasObject {
	items, others := f.worded(x.name, shown), f.worded(x.name, other)
	if !x.list {
		return widgets.NewFlushParagraph(orNothing(short(strings.Join(items, "\n"))))
	}
	var lines []string
	common := 0
	for _, item := range items {
		if slices.Contains(others, item) {
			common++
			continue
		}
		lines = append(lines, "• "+short(item))
	}
	if common > 0 {
		lines = append(lines, i18n.N("et %s élément commun", "et %s éléments communs", common, repertoire.Thousands(int64(common))))
	}
	return widgets.NewFlushParagraph(orNothing(strings.Join(lines, "\n")))
}

func keepingMenu(x disputed, chosen map[string]keeping) fyne.CanvasObject {
	options := []string{i18n.T("La mienne"), i18n.T("L’enregistrée")}
	if x.list {
		options = append(options, i18n.T("Les deux"))
	}
	menu := widgets.NewSelect(options, nil)
	menu.SetSelectedIndex(int(x.advice))
	menu.OnChanged = func(string) { chosen[x.name] = keeping(max(0, menu.SelectedIndex())) }
	return widgets.Framed(menu)
}

// settleConflict makes the chosen version the draft, counted from the one that
// is saved, and saves it unless it is the same.
func (f *Form) settleConflict(theirs repertoire.Partnership, list []disputed, chosen map[string]keeping) {
	next, err := settled(theirs, list, chosen)
	if err != nil {
		f.notice.Say(widgets.Failure, repertoire.Fault(err,
			"Les deux versions n’ont pas pu être réunies ; la vôtre reste dans la fiche, et rien n’a été écrit.").Error())
		return
	}
	f.edit("", func() { f.draft.saved, f.draft.now = theirs, next })
	f.notice.Dismiss()
	f.rebuildHere()
	f.tellModified()
	if !f.modified {
		f.forget(theirs.ID)
	}
	f.Save()
}

// short ends a text too long to compare at a glance.
func short(s string) string {
	if r := []rune(s); len(r) > 400 {
		return string(r[:400]) + "…"
	}
	return s
}
