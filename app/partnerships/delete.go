package partnerships

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// AskDelete puts the record into the trash once a person agreed.
func (f *Form) AskDelete() {
	if f.draft == nil {
		return
	}
	if f.draft.now.ID == "" {
		f.Abandon()
		return
	}
	question := i18n.T("Mettre « %s » à la corbeille ? Le partenariat sort des listes et des livres ; Ctrl+Z le remet.", f.title())
	widgets.Ask(i18n.T("Mettre à la corbeille"), question, i18n.T("Mettre à la corbeille"), i18n.T("Annuler"), f.window, f.remove)
}

func (f *Form) remove() {
	id := f.draft.now.ID
	f.pace.Run(func() {
		err := f.door.Records().DeletePartnership(context.Background(), id)
		fyne.Do(func() {
			if err != nil {
				f.notice.Say(widgets.Failure, err.Error())
				return
			}
			f.forget(id)
			f.showNothing()
			f.tellModified()
			if f.OnDeleted != nil {
				f.OnDeleted(id)
			}
		})
	})
}
