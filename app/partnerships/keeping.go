package partnerships

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// draftWriter writes drafts on the disk in the order they were typed, whatever the
// order their goroutines run in. It is safe for concurrent use.
type draftWriter struct {
	door  Keeper
	mu    sync.Mutex
	asked map[repertoire.ID]int
	done  map[repertoire.ID]int
	// since tells the drafts that come from before this window.
	since map[repertoire.ID]time.Time
	// failed keeps a full disk from being said after each key.
	failed bool
}

func newDraftWriter(door Keeper) *draftWriter {
	return &draftWriter{door: door, asked: map[repertoire.ID]int{}, done: map[repertoire.ID]int{}, since: map[repertoire.ID]time.Time{}}
}

// next gives the number of a new state of a draft.
func (s *draftWriter) next(id repertoire.ID) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[id]++
	return s.asked[id]
}

// put does the work of a state unless a newer one was done already.
func (s *draftWriter) put(id repertoire.ID, number int, work func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number < s.done[id] {
		return nil
	}
	s.done[id] = number
	return work()
}

// preserve writes the draft shown on the disk, or takes it away once there is
// nothing to save.
func (f *Form) preserve() {
	if f.draft == nil {
		return
	}
	id := f.draft.now.ID
	if !f.draft.modified() {
		f.drop(id)
		return
	}
	kept := records.KeptDraft{Saved: f.draft.saved, Now: clone(f.draft.now)}
	number := f.writer.next(id)
	f.pace.Run(func() {
		err := f.writer.put(id, number, func() error { return f.writer.door.Records().KeepDraft(context.Background(), kept) })
		fyne.Do(func() {
			if err != nil && !f.writer.failed {
				f.notice.Say(widgets.Warning, err.Error())
			}
			f.writer.failed = err != nil
		})
	})
}

// forget takes a draft away, in memory and on the disk.
func (f *Form) forget(id repertoire.ID) {
	delete(f.kept, id)
	f.drop(id)
}

func (f *Form) drop(id repertoire.ID) {
	delete(f.writer.since, id)
	number := f.writer.next(id)
	f.pace.Run(func() {
		// A draft that stays is offered again and abandoned again: no reason
		// to interrupt.
		_ = f.writer.put(id, number, func() error { return f.writer.door.Records().DropDraft(context.Background(), id) })
	})
}

// takeDown reads what was left on the disk by a window that ended without
// saving, and offers it.
func (f *Form) takeDown() {
	f.pace.Run(func() {
		list, err := f.writer.door.Records().KeptDrafts(context.Background())
		if err != nil {
			return // said again as soon as a draft is to be kept
		}
		fyne.Do(func() {
			for _, k := range list {
				if f.kept[k.Now.ID] == nil && (f.draft == nil || f.draft.now.ID != k.Now.ID) {
					f.kept[k.Now.ID] = &draft{saved: k.Saved, now: k.Now}
					f.writer.since[k.Now.ID] = k.At
				}
			}
			if f.draft == nil {
				f.showNothing()
			}
		})
	})
}

// resume shows a draft that was left, and says from when it is.
func (f *Form) resume(d *draft) {
	f.reading.Do(func(ctx context.Context) func() {
		return f.resolve(ctx, d.now, func() {
			f.show(d)
			sentence := i18n.T("Ce que vous aviez tapé n’est pas encore enregistré : le revoici.")
			if since, ok := f.writer.since[d.now.ID]; ok {
				sentence = i18n.T("Vous aviez des modifications non enregistrées du %s : les revoici.",
					since.Local().Format("02/01/2006 15:04"))
			}
			f.notice.Say(widgets.Info, sentence, widgets.NoticeAction{Label: i18n.T("Abandonner ces modifications"), Do: f.Abandon})
		})
	})
}

// resumption is the way back to the newest draft from before this window, for
// who has no entry open.
func (f *Form) resumption() []fyne.CanvasObject {
	var newest *draft
	for id, since := range f.writer.since {
		if d := f.kept[id]; d != nil && (newest == nil || since.After(f.writer.since[newest.now.ID])) {
			newest = d
		}
	}
	if newest == nil {
		return nil
	}
	label := i18n.T("Reprendre les modifications non enregistrées du %s", f.writer.since[newest.now.ID].Local().Format("02/01/2006 15:04"))
	return []fyne.CanvasObject{widgets.NewButton(label, "", func() { f.resume(newest) })}
}
