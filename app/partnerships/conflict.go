package partnerships

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

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
		theirs, err := f.door.Partnership(ctx, mine.ID)
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

func (f *Form) askConflict(mine, theirs repertoire.Partnership, c *workspace.Conflict) {
	again := func() { f.askConflict(mine, theirs, c) }
	f.notice.Say(widgets.Warning, c.Error(), widgets.NoticeAction{Label: i18n.T("Comparer"), Do: again})
	column := widgets.Column(8, widgets.NewParagraph(c.Error(), fynetheme.ColorNameForeground),
		widgets.Shares(12, []float32{2, 3, 3}, widgets.NewMuted(i18n.T("Champ")), widgets.NewMuted(i18n.T("Votre version")), widgets.NewMuted(i18n.T("Version enregistrée"))))
	for _, x := range differences(mine, theirs) {
		label := widgets.NewParagraph(repertoire.FieldLabel(x.Name), fynetheme.ColorNameForeground)
		column.Add(widgets.Rule())
		column.Add(widgets.Shares(12, []float32{2, 3, 3}, label,
			widgets.NewParagraph(short(x.Before), fynetheme.ColorNameForeground), widgets.NewParagraph(short(x.After), fynetheme.ColorNameForeground)))
	}
	ask := widgets.NewModal(i18n.T("Deux versions de la même fiche"), container.NewVScroll(column), f.window)
	keep := widgets.NewMainButton(i18n.T("Garder ma version"), "", func() {
		ask.Close()
		f.draft.now.Version, f.draft.saved = theirs.Version, theirs
		f.Save()
	})
	take := widgets.NewButton(i18n.T("Reprendre la version enregistrée"), "", func() {
		ask.Close()
		f.edit("", func() { f.draft.saved = theirs; f.draft.now = clone(theirs) })
		f.notice.Dismiss()
		f.rebuildHere()
	})
	later := widgets.NewButton(i18n.T("Décider plus tard"), "", ask.Close)
	ask.SetButtons(later, take, keep)
	ask.Show(760, 460)
}

// differences lists the fields in which two versions differ.
func differences(mine, theirs repertoire.Partnership) []repertoire.FieldChange {
	a, errA := json.Marshal(mine)
	b, errB := json.Marshal(theirs)
	if errA != nil || errB != nil {
		return nil
	}
	list, err := repertoire.Compare(a, b)
	if err != nil {
		return nil
	}
	return list
}

// short shows a value of a conflict: texts as they are, the rest as stored.
func short(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	if r := []rune(s); len(r) > 300 {
		s = string(r[:300]) + "…"
	}
	if s == "" {
		return "∅"
	}
	return s
}
