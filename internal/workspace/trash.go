package workspace

import (
	"context"
	"fmt"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// TrashItem is one record in the trash.
type TrashItem = store.TrashItem

// RecordRef names a record of any kind.
type RecordRef struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
}

// Trash lists what was deleted and can be restored, the latest first.
func (w *Workspace) Trash(ctx context.Context) ([]TrashItem, error) {
	list, err := w.store.Trash(ctx)
	if list == nil {
		list = []TrashItem{} // a document says an empty list, not null
	}
	return list, err
}

// RestoreRecord takes a record out of the trash, with the authorities it needs.
func (w *Workspace) RestoreRecord(ctx context.Context, a repertoire.Aggregate, id repertoire.ID) error {
	return w.RestoreRecords(ctx, []RecordRef{{a, id}})
}

// RestoreRecords takes several records out of the trash as one change, with the
// authorities and répertoires they need.
func (w *Workspace) RestoreRecords(ctx context.Context, records []RecordRef) error {
	var all repertoire.Change
	back := map[RecordRef]bool{}
	for i, x := range records {
		c, err := w.store.PlanRestore(ctx, x.Aggregate, x.ID, w.author, w.now())
		if err != nil {
			return err
		}
		if i == 0 {
			all = c
			all.Ops = nil
		}
		for _, op := range c.Ops {
			// Two partnerships may bring the same authority back.
			if ref := (RecordRef{op.Aggregate, op.ID}); !back[ref] {
				back[ref] = true
				all.Ops = append(all.Ops, op)
			}
		}
	}
	if len(all.Ops) == 0 {
		return repertoire.Refuse("Aucune fiche n’est choisie : rien n’a été restauré.")
	}
	if len(records) > 1 {
		all.Label = fmt.Sprintf("Restauration de %d fiches", len(records))
	}
	_, err := w.apply(ctx, all)
	return err
}

// PurgeReport says what a purge reached.
type PurgeReport struct {
	Records  int      `json:"records"`
	Versions int      `json:"versions"` // cleared in the journal
	Backups  []string `json:"backups"`  // files that hold them still, until they leave by rotation
}

// Purge erases records of the trash for good: base, journal and index. reason
// is kept in the register of erasures and names nobody.
func (w *Workspace) Purge(ctx context.Context, records []RecordRef, reason string) (PurgeReport, error) {
	out := PurgeReport{Backups: []string{}}
	if len(records) == 0 {
		return out, repertoire.Refuse("Aucune fiche n’est choisie : rien n’a été effacé.")
	}
	event := w.change(repertoire.CauseErase, "Purge de la corbeille")
	err := w.eraseAndForget(ctx, func(ctx context.Context) error {
		for _, x := range records {
			r, err := w.store.Purge(ctx, x.Aggregate, x.ID, store.Erasure{ID: repertoire.NewID(), Author: w.author, At: w.now(), Reason: reason})
			if err != nil {
				return err
			}
			out.Records++
			out.Versions += r.Versions
			out.Backups = out.Backups[:0]
			for _, b := range r.Backups {
				out.Backups = append(out.Backups, b.File)
			}
			event.Ops = append(event.Ops, repertoire.Op{Aggregate: x.Aggregate, ID: x.ID})
		}
		return nil
	})
	if len(event.Ops) > 0 {
		w.publish(event)
	}
	return out, err
}

// ReviewItem is one line of the queue "À vérifier".
type ReviewItem struct {
	Row
	Due          repertoire.Date `json:"due,omitempty"` // when it should have been confirmed, "" if it never was
	Missing      int             `json:"missing"`       // essential fields that are empty
	Completeness int             `json:"completeness"`  // percent
}

// Review is the queue "À vérifier", the longest overdue first, then the
// emptiest.
type Review struct {
	Total int          `json:"total"`
	Fresh int          `json:"fresh"` // not due today
	All   int          `json:"all"`
	Items []ReviewItem `json:"items"`
}

// Review lists the partnerships of a répertoire ("" all) that are due for
// verification today.
func (w *Workspace) Review(ctx context.Context, directory string, offset, limit int) (Review, error) {
	if directory != "" {
		if _, err := w.needDirectory(ctx, directory); err != nil {
			return Review{}, err
		}
	}
	today := repertoire.DateOf(w.now())
	rows, total, err := w.store.ReviewQueue(ctx, directory, today, offset, limit)
	if err != nil {
		return Review{}, err
	}
	out := Review{Total: total, Items: make([]ReviewItem, len(rows))}
	if out.Fresh, out.All, err = w.store.UpToDate(ctx, directory, today); err != nil {
		return Review{}, err
	}
	for i, r := range rows {
		if r.Verified == "" {
			r.Due = "" // never confirmed: due since always
		}
		out.Items[i] = ReviewItem{Row: r.Row, Due: r.Due, Missing: r.Missing, Completeness: r.Completeness}
	}
	return out, nil
}

// Archive writes the whole base as readable files, one a record, from which
// Rebuild makes it again.
func (w *Workspace) Archive(ctx context.Context, dir string, progress Progress) error {
	return stopped(w.store.ExportJSON(ctx, dir, progress.tell))
}

// Rebuild makes a new workspace in dir from the readable files of Archive.
func Rebuild(ctx context.Context, from, dir string, opt InitOptions) (InitReport, error) {
	report := InitReport{Workspace: dir}
	existed, err := emptyFolder(dir)
	if err != nil {
		return report, err
	}
	s, err := store.ImportJSON(ctx, from, dir, store.Options{Person: opt.Author, Now: opt.Now}, opt.Progress)
	if err != nil {
		discard(dir, existed)
		return report, stopped(err)
	}
	list, err := s.Directories(ctx)
	if err == nil {
		report.Directories = len(list)
		_, report.Partnerships, err = s.Browse(ctx, store.BrowseQuery{Limit: 1})
	}
	if e := s.Close(); err == nil {
		err = e
	}
	return report, err
}
