package partnerships

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
)

// history opens on the changes of the record, read the first time.
func (f *Form) history() fyne.CanvasObject {
	id := f.draft.now.ID
	list := widgets.Column(8)
	fold := widgets.NewDisclosure(i18n.T("Historique des modifications"), "", false, func() fyne.CanvasObject {
		list.Add(widgets.NewMuted(i18n.T("Lecture…")))
		f.pace.Run(func() {
			found, err := f.door.History().Of(context.Background(), id)
			fyne.Do(func() {
				list.Objects = nil
				if err != nil {
					list.Add(widgets.NewParagraph(err.Error(), theme.ColorMuted))
				}
				for _, h := range found {
					list.Add(historyRow(h))
				}
				list.Refresh()
				f.body.Refresh()
			})
		})
		return widgets.Inset(20, 6, list)
	})
	return fold
}

// causes words why a change was made.
func causeLabel(c repertoire.Cause) string {
	switch c {
	case repertoire.CauseImport:
		return i18n.T("import")
	case repertoire.CauseQuestionnaire:
		return i18n.T("questionnaire")
	case repertoire.CauseMerge:
		return i18n.T("fusion")
	case repertoire.CauseRestore:
		return i18n.T("restauration")
	case repertoire.CauseUndo:
		return i18n.T("annulation")
	case repertoire.CauseGenerate:
		return i18n.T("données d’essai")
	case repertoire.CauseSample:
		return i18n.T("exemple")
	}
	return i18n.T("saisie")
}

func historyRow(h history.Item) fyne.CanvasObject {
	when := h.At.Local().Format("02/01/2006 15:04")
	head := widgets.NewText(when + " · " + h.Author)
	note := i18n.Said(h.Label)
	if note == "" {
		note = causeLabel(h.Cause)
	}
	if h.Undone {
		note += " · " + i18n.T("annulé depuis")
	}
	column := widgets.Column(0, container.NewBorder(nil, nil, nil, nil, head), widgets.NewMuted(note))
	for _, c := range h.Fields {
		before, after := c.Before, c.After
		if before == "" {
			before = "∅"
		}
		if after == "" {
			after = "∅"
		}
		column.Add(widgets.NewMuted(i18n.T("%s : %s → %s", i18n.Said(c.Label), before, after)))
	}
	return column
}
