package partnerships

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
)

// fieldOfPath is the field of the record that a path of the form belongs to:
// "parties" for "parties.france".
func fieldOfPath(path string) string {
	top, _, _ := strings.Cut(path, ".")
	return top
}

// dot shows how far a field can be trusted, as the base has it: what is being
// typed is confirmed by saving it. Nil for a field that has no freshness.
func (f *Form) dot(path string) *widgets.Dot {
	field := fieldOfPath(path)
	if f.draft.now.ID == "" || !repertoire.Confirmable(field) ||
		(path != field && field != "parties") {
		return nil
	}
	trust, last, filled := f.draft.saved.Trust(field, time.Now())
	if !filled {
		return nil
	}
	colour := fynetheme.ColorNameSuccess
	switch trust {
	case repertoire.TrustAgeing:
		colour = fynetheme.ColorNameWarning
	case repertoire.TrustStale:
		colour = fynetheme.ColorNameError
	case repertoire.TrustNever:
		colour = theme.ColorMuted
	}
	return widgets.NewDot(colour, trust == repertoire.TrustNever,
		trustSentence(trust, last)+"\n"+i18n.T("Un clic montre l’histoire de ce champ et permet de le confirmer."),
		func() { f.openField(field) })
}

// trustSentence says when a field was confirmed, by whom and from what.
func trustSentence(trust repertoire.Trust, last repertoire.Confirmation) string {
	if trust == repertoire.TrustNever {
		return i18n.T("Jamais confirmé : personne n’a dit que cette valeur est juste")
	}
	s := i18n.T("Confirmé le %s", last.At.Local().Format("02/01/2006"))
	if last.By != "" {
		s += " · " + last.By
	}
	if last.Source != "" {
		s += " · " + last.Source
	}
	switch trust {
	case repertoire.TrustAgeing:
		s += " · " + i18n.T("plus d’un an")
	case repertoire.TrustStale:
		s += " · " + i18n.T("plus de deux ans")
	}
	return s
}

// OpenFieldHistory opens the past of the field the cursor is in, and says
// whether there is one: the way of the keyboard to what a click on a dot does.
func (f *Form) OpenFieldHistory() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if f.draft == nil || f.draft.now.ID == "" || c == nil {
		return false
	}
	focused, ok := c.Focused().(fyne.CanvasObject)
	if !ok {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	middle := driver.AbsolutePositionForObject(focused).AddXY(1, focused.Size().Height/2)
	for _, field := range f.fields {
		top := driver.AbsolutePositionForObject(field)
		if middle.X < top.X || middle.Y < top.Y || middle.Y > top.Y+field.Size().Height {
			continue
		}
		if name := fieldOfPath(field.Name); repertoire.Confirmable(name) {
			f.openField(name)
			return true
		}
	}
	return false
}

// openField shows how a field came to be what it is, and lets it be confirmed.
func (f *Form) openField(field string) {
	if f.draft == nil {
		return
	}
	d, id := f.draft, f.draft.now.ID
	f.pace.Run(func() {
		found, err := f.door.History().FieldHistory(context.Background(), id, field)
		fyne.Do(func() {
			if f.draft != d {
				return
			}
			if err != nil {
				f.notice.Say(widgets.Failure, err.Error())
				return
			}
			f.showField(field, found)
		})
	})
}

func (f *Form) showField(field string, found []history.Item) {
	trust, last, _ := f.draft.saved.Trust(field, time.Now())
	column := widgets.Column(10, widgets.NewMuted(trustSentence(trust, last)))
	for _, h := range found {
		note := h.Label
		if note == "" {
			note = causeLabel(h.Cause)
		}
		if h.Undone {
			note += " · " + i18n.T("annulé depuis")
		}
		row := widgets.Column(2, widgets.Rule(), widgets.NewText(h.At.Local().Format("02/01/2006 15:04")+" · "+h.Author),
			widgets.NewMuted(note))
		for _, c := range h.Fields {
			row.Add(widgets.Shares(12, []float32{1, 1},
				widgets.Column(0, widgets.NewMuted(i18n.T("Avant")), widgets.NewFlushParagraph(orNothing(c.Before))),
				widgets.Column(0, widgets.NewMuted(i18n.T("Après")), widgets.NewFlushParagraph(orNothing(c.After)))))
		}
		column.Add(row)
	}
	if len(found) == 0 {
		column.Add(widgets.NewMuted(i18n.T("Aucun changement de ce champ n’est au journal.")))
	}
	m := widgets.NewModal(i18n.T(repertoire.FieldLabel(field)), container.NewVScroll(column), f.window)
	leave := widgets.NewButton(i18n.T("Fermer"), "", m.Close)
	confirm := widgets.NewMainButton(i18n.T("Confirmer ce champ"), "", func() {
		m.Close()
		f.confirmField(field)
	})
	m.SetButtons(leave, confirm)
	m.Show(620, 400)
	m.Focus(confirm)
}

func orNothing(s string) string {
	if s == "" {
		return "∅"
	}
	return s
}

// confirmField says that one field is right today; what was typed is saved
// first.
func (f *Form) confirmField(field string) {
	if f.draft == nil || f.draft.now.ID == "" || f.saving {
		return
	}
	if f.modified {
		f.doubtful = field
		f.Save()
		return
	}
	id := f.draft.now.ID
	f.pace.Run(func() {
		saved, err := f.door.Records().ConfirmField(context.Background(), id, field)
		fyne.Do(func() {
			f.written(saved.ID, saved, saved, err)
			if err == nil && f.draft != nil && f.draft.now.ID == id {
				f.rebuildHere()
			}
		})
	})
}
