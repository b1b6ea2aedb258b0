package partnerships

import (
	"context"
	"errors"
	"slices"
	"strings"

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
	sent := clone(f.draft.now)
	f.saving = true
	f.head.showState()
	f.pace.Run(func() {
		ctx := context.Background()
		found, err := f.door.Validate(ctx, sent)
		if err == nil && repertoire.Stops(found) {
			fyne.Do(func() { f.refused(found) })
			return
		}
		saved := sent
		if err == nil {
			saved, err = f.door.SavePartnership(ctx, sent)
		}
		fyne.Do(func() { f.written(sent, saved, err) })
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
	f.saving, f.confirming = false, false
	f.tellModified()
	f.showFindings(found, true)
}

// written takes in what the workspace made of a save. Keys typed while it was
// under way stay in the draft.
func (f *Form) written(sent, saved repertoire.Partnership, err error) {
	f.saving = false
	confirm := f.confirming && err == nil
	f.confirming = false
	if err != nil {
		f.tellModified()
		var conflict *workspace.Conflict
		if errors.As(err, &conflict) {
			f.conflict(sent, conflict)
			return
		}
		f.notice.Say(widgets.Failure, err.Error())
		return
	}
	delete(f.kept, sent.ID)
	if f.draft != nil && (f.draft.now.ID == sent.ID || sent.ID == "") {
		f.settle(saved, sent)
	}
	if f.OnSaved != nil {
		f.OnSaved(saved)
	}
	if confirm {
		f.Confirm()
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
		saved, err := f.door.Confirm(context.Background(), id)
		fyne.Do(func() {
			f.written(saved, saved, err)
			if err == nil && f.draft != nil && f.draft.now.ID == id {
				f.rebuildHere()
			}
		})
	})
}

// showFindings puts each sentence under its field. Those of a save that was
// refused are also said at the top, with the way to the first of them.
func (f *Form) showFindings(found []repertoire.Finding, loud bool) {
	said := map[*widgets.Field]repertoire.Finding{}
	var orphan []repertoire.Finding
	for _, finding := range found {
		field := f.fieldOf(finding.Field)
		if field == nil {
			if finding.Severity == repertoire.SeverityRefuse {
				orphan = append(orphan, finding)
			}
			continue
		}
		if old, ok := said[field]; !ok || old.Severity == repertoire.SeverityWarn {
			said[field] = finding
		}
	}
	// An entry nobody has touched yet is not scolded for being empty.
	untouched := f.draft != nil && f.draft.now.ID == "" && !loud
	for _, field := range f.fields {
		if why, wrong := f.wrong[field.Name]; wrong {
			// While it is being typed a date is always wrong for a moment.
			if field.Message() != "" || loud {
				field.Say(why, true)
			}
			continue
		}
		finding, ok := said[field]
		if !ok || untouched {
			field.Say("", false)
			continue
		}
		field.Say(finding.Message, finding.Severity == repertoire.SeverityRefuse)
	}
	f.body.Refresh()
	if !loud {
		return
	}
	sentence := i18n.T("Rien n’est encore enregistré : corrigez ce qui est signalé en rouge.")
	for _, finding := range slices.Concat(orphan, found) {
		if finding.Severity == repertoire.SeverityRefuse {
			sentence = i18n.T("Rien n’est encore enregistré. %s", finding.Message)
			break
		}
	}
	f.notice.Say(widgets.Failure, sentence)
	f.revealWrong()
}

// fieldOf finds the field a finding points to: its own, or the nearest around.
func (f *Form) fieldOf(path string) *widgets.Field {
	for path != "" {
		for _, field := range f.fields {
			if field.Name == path {
				return field
			}
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return nil
		}
		path = path[:i]
	}
	return nil
}

// revealWrong scrolls to the first field that says something.
func (f *Form) revealWrong() {
	driver := fyne.CurrentApp().Driver()
	for _, field := range f.fields {
		if field.Message() == "" {
			continue
		}
		y := driver.AbsolutePositionForObject(field).Y - driver.AbsolutePositionForObject(f.body).Y
		f.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, y-40)))
		return
	}
}
