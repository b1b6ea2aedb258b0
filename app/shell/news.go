package shell

import (
	"context"
	"slices"
	"time"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
)

// fresh is the change written last, while what is said may still be of it.
type fresh struct {
	change repertoire.Change
	at     time.Time
}

// freshFor is how long after a change news is taken to be of it.
const freshFor = 5 * time.Second

// changed hears of each change of the workspace.
func (d *desk) changed(e workspace.Event) {
	d.fresh = fresh{e.Change, time.Now()}
	if len(e.Change.Ops) == 0 || slices.ContainsFunc(e.Change.Ops, ofDirectory) {
		d.records.form.Learn()
	}
	d.refresh()
	d.others.changed(e)
}

func ofDirectory(op repertoire.Op) bool { return op.Aggregate == repertoire.AggDirectory }

// say shows a sentence over the view. News of a change carries the way back.
func (d *desk) say(tone widgets.Tone, sentence string) {
	var actions []widgets.NoticeAction
	if c := d.fresh.change; tone == widgets.Success && c.ID != "" && takesBack(c) && time.Since(d.fresh.at) < freshFor {
		actions = append(actions, widgets.NoticeAction{Label: i18n.T("Annuler (Ctrl+Maj+Z)"), Do: func() { d.undoThis(c) }})
	}
	d.fresh = fresh{}
	d.notice.Say(tone, sentence, actions...)
}

// takesBack tells whether a change is of those that are undone: an erasure is
// not, and the undoing of one has its own word.
func takesBack(c repertoire.Change) bool {
	switch c.Cause {
	case repertoire.CauseErase, repertoire.CauseUndo, repertoire.CauseSample, repertoire.CauseShare:
		return false
	}
	return true
}

// undoThis takes one change back, whatever came after it.
func (d *desk) undoThis(c repertoire.Change) {
	item := &history.Item{}
	item.ID, item.Label = c.ID, c.Label
	d.takeBack(func(context.Context) (*history.Item, error) { return item, nil }, i18n.T("Il n’y a rien à annuler."), "Annulé : %s.")
}
