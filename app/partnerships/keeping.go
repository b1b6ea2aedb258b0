package partnerships

import (
	"context"
	"slices"
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
	d := f.draft
	id := d.key()
	if !d.modified() {
		f.drop(id)
		return
	}
	kept := records.KeptDraft{Saved: d.saved, Now: clone(d.now), Slot: d.slot}
	number := f.writer.next(id)
	f.pace.Run(func() {
		err := f.writer.put(id, number, func() error { return f.writer.door.Records().KeepDraft(context.Background(), kept) })
		fyne.Do(func() {
			if err != nil && !f.writer.failed {
				f.notice.Say(widgets.Warning, err.Error())
			}
			f.writer.failed = err != nil
			if err == nil && f.draft == d {
				f.keptAt = time.Now()
				f.head.showState()
			}
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
		if len(list) == 0 {
			return // and no names to read: asked for none, the base gives all
		}
		var parties []repertoire.ID
		for _, k := range list {
			parties = append(parties, k.Now.PartiesOn(repertoire.SideFrench)...)
			parties = append(parties, k.Now.PartiesOn(repertoire.SideForeign)...)
		}
		names, err := f.writer.door.Records().Authorities(context.Background(), parties)
		if err != nil {
			names = nil // a draft is then named by its own title, if it has one
		}
		fyne.Do(func() {
			for id, a := range names {
				f.authorities[id] = a
			}
			for _, k := range list {
				if key := k.Key(); f.kept[key] == nil && (f.draft == nil || f.draft.key() != key) {
					f.kept[key] = &draft{saved: k.Saved, now: k.Now, slot: k.Slot}
					f.writer.since[key] = k.At
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
			if since, ok := f.writer.since[d.key()]; ok {
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
		if d := f.kept[id]; d != nil && (newest == nil || since.After(f.writer.since[newest.key()])) {
			newest = d
		}
	}
	if newest == nil {
		return nil
	}
	label := i18n.T("Reprendre les modifications non enregistrées du %s", f.writer.since[newest.key()].Local().Format("02/01/2006 15:04"))
	return []fyne.CanvasObject{widgets.NewButton(label, "", func() { f.resume(newest) })}
}

// offerOther says, on a new record, that another one was begun and is kept.
func (f *Form) offerOther() {
	for key, d := range f.kept {
		if d.now.ID != "" || key == f.draft.key() {
			continue
		}
		f.notice.Say(widgets.Info, i18n.T("« %s », commencé et non enregistré, est gardé.", f.titleOf(d.now)),
			widgets.NoticeAction{Label: i18n.T("Le reprendre"), Do: func() {
				f.kept.keep(f.draft)
				f.resume(d)
			}})
		return
	}
}

// saveAlone saves the entry without being asked, when a person chose so: never
// one that the rules stand against, nor one that was never saved.
func (f *Form) saveAlone() {
	if !f.AutoSave || f.draft == nil || f.draft.now.ID == "" || !f.modified || f.saving || len(f.wrong) > 0 {
		return
	}
	now, d := clone(f.draft.now), f.draft
	f.pace.Run(func() {
		found, err := f.door.Records().Validate(context.Background(), now)
		fyne.Do(func() {
			if err == nil && !repertoire.Stops(found) && f.draft == d {
				f.Save()
			}
		})
	})
}

// UnsavedTitles names the records with something to save.
func (f *Form) UnsavedTitles() []string {
	f.kept.keep(f.draft)
	var out []string
	for _, d := range f.kept {
		out = append(out, f.titleOf(d.now))
	}
	slices.Sort(out)
	return out
}

// SaveAll saves every record with something to save, and tells which was
// refused and why, nil once all are written. One that is refused keeps none of
// the others back.
func (f *Form) SaveAll(done func(err error)) {
	f.kept.keep(f.draft)
	if len(f.wrong) > 0 {
		f.sayWrong()
		done(repertoire.Refuse("Un champ de « %s » ne peut pas être lu : il reste ouvert, avec ce que vous avez tapé.", f.title()))
		return
	}
	var keys []repertoire.ID
	var sent []repertoire.Partnership
	var titles []string
	for key, d := range f.kept {
		keys, sent, titles = append(keys, key), append(sent, clone(d.now)), append(titles, f.titleOf(d.now))
	}
	f.pace.Run(func() {
		ctx := context.Background()
		var written []repertoire.ID
		var refused error
		for i, p := range sent {
			if err := f.saveOne(ctx, p, titles[i]); err != nil {
				refused = err
				continue
			}
			written = append(written, keys[i])
		}
		fyne.Do(func() {
			for _, key := range written {
				f.forget(key)
				if f.draft != nil && f.draft.key() == key {
					f.vanish()
				}
			}
			done(refused)
		})
	})
}

func (f *Form) saveOne(ctx context.Context, p repertoire.Partnership, title string) error {
	found, err := f.door.Records().Validate(ctx, p)
	if err != nil {
		return err
	}
	for _, x := range found {
		if x.Severity == repertoire.SeverityRefuse {
			return repertoire.Refuse("« %s » n’est pas enregistré : %s Ce que vous avez tapé est gardé.", title, x.Message)
		}
	}
	_, err = f.door.Records().SavePartnership(ctx, p)
	return err
}

// Learn reads the répertoires again: one that was made or renamed meanwhile is
// among the choices of the entry shown.
func (f *Form) Learn() {
	if f.draft == nil {
		return
	}
	f.pace.Run(func() {
		list, err := f.door.Records().Directories(context.Background())
		fyne.Do(func() {
			if err != nil || f.draft == nil || sameChoices(list, f.directories) {
				return
			}
			f.directories = list
			f.rebuildHere()
		})
	})
}

// sameChoices tells whether two lists offer the same répertoires.
func sameChoices(a, b []records.DirectorySummary) bool {
	return slices.EqualFunc(a, b, func(x, y records.DirectorySummary) bool { return x.Slug == y.Slug && x.Short == y.Short })
}
