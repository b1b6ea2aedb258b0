package partnerships

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// Save writes the draft. What is wrong with it is said beside the fields and
// nothing is written; a conflict shows both versions.
func (f *Form) Save() {
	if f.draft == nil || f.saving || !f.modified {
		return
	}
	if len(f.wrong) > 0 {
		f.sayWrong()
		return
	}
	sent, key := clone(f.draft.now), f.draft.key()
	tell(f.OnSaving)
	f.saving = true
	f.head.showState()
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := f.door.Records().Validate(ctx, sent)
		if err == nil && repertoire.Stops(found) {
			fyne.Do(func() { f.refused(found) })
			return
		}
		saved := sent
		if err == nil {
			saved, err = f.door.Records().SavePartnership(ctx, sent)
		}
		fyne.Do(func() { f.written(key, sent, saved, err) })
	})
}

// sayWrong points to the texts that cannot be read.
func (f *Form) sayWrong() {
	for _, field := range f.fields {
		if why, wrong := f.wrong[field.Name]; wrong {
			field.Say(why, true)
			f.notice.Say(widgets.Failure, i18n.T("Rien n’est encore enregistré. %s", why))
		}
	}
	f.body.Refresh()
	f.revealWrong()
}

func (f *Form) refused(found []repertoire.Finding) {
	f.saving, f.confirming, f.doubtful = false, false, ""
	tell(f.OnRefused)
	f.tellModified()
	f.showFindings(found, true)
}

// written takes in what the workspace made of a save. Keys typed while it was
// under way stay in the draft.
func (f *Form) written(key repertoire.ID, sent, saved repertoire.Partnership, err error) {
	f.saving = false
	confirm := f.confirming && err == nil
	doubtful := f.doubtful
	f.confirming, f.doubtful = false, ""
	if err != nil {
		tell(f.OnRefused)
		f.tellModified()
		var conflict *workspace.Conflict
		if errors.As(err, &conflict) {
			f.conflict(sent, conflict)
			return
		}
		f.notice.Say(widgets.Failure, err.Error())
		return
	}
	f.forget(key)
	if f.draft != nil && f.draft.key() == key {
		f.settle(saved, sent)
	}
	if f.OnSaved != nil {
		f.OnSaved(saved)
	}
	if confirm {
		f.Confirm()
	}
	if doubtful != "" {
		f.confirmField(doubtful)
	}
}

// settle makes the written record the one edits are counted from. The steps
// before it can still be taken back: they are then edits of the new version.
func (f *Form) settle(saved, sent repertoire.Partnership) {
	stamp := func(p *repertoire.Partnership) {
		p.ID, p.Version, p.Created, p.Updated = saved.ID, saved.Version, saved.Created, saved.Updated
		p.Confirmations = saved.Confirmations
	}
	typed := f.draft.modified() && (&draft{saved: sent, now: f.draft.now}).modified()
	f.draft.saved = saved
	stamp(&f.draft.now)
	if !typed && f.draft.modified() {
		// The workspace put something in order: the widgets must show it.
		f.draft.now = clone(saved)
		defer f.rebuildHere()
	}
	for i := range f.draft.undo {
		stamp(&f.draft.undo[i])
	}
	for i := range f.draft.redo {
		stamp(&f.draft.redo[i])
	}
	f.draft.editing = ""
	for _, field := range f.fields {
		field.SetDot(f.dot(field.Name))
	}
	f.notice.Dismiss()
	f.head.fill()
	f.tellModified()
	f.inspect()
}

// Confirm says that the whole entry is right today; what was typed is saved
// first.
func (f *Form) Confirm() {
	if f.draft == nil || f.draft.now.ID == "" || f.saving {
		return
	}
	if f.modified {
		f.confirming = true
		f.Save()
		return
	}
	id := f.draft.now.ID
	f.pace.Run(func() {
		saved, err := f.door.Records().Confirm(context.Background(), id)
		fyne.Do(func() {
			f.written(saved.ID, saved, saved, err)
			if err == nil && f.draft != nil && f.draft.now.ID == id {
				f.rebuildHere()
			}
		})
	})
}
