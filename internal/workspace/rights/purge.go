package rights

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/history"
)

// PurgeReport says what a purge reached.
type PurgeReport struct {
	Records  int      `json:"records"`
	Versions int      `json:"versions"` // cleared in the journal
	Backups  []string `json:"backups"`  // files that hold them still, until they leave by rotation
}

// Purge erases records of the trash for good: base, journal and index. reason
// is kept in the register of erasures and names nobody.
func (room *Room) Purge(ctx context.Context, records []history.RecordRef, reason string) (PurgeReport, error) {
	out := PurgeReport{Backups: []string{}}
	if len(records) == 0 {
		return out, repertoire.Refuse("Aucune fiche n’est choisie : rien n’a été effacé.")
	}
	event := room.base.Change(repertoire.CauseErase, "Purge de la corbeille")
	err := room.base.EraseAndForget(ctx, func(ctx context.Context) error {
		for _, x := range records {
			request := store.Erasure{ID: repertoire.NewID(), Author: room.base.Author(), At: room.base.Now(), Reason: reason}
			note := store.ErasureNote{Erasure: request, Records: []store.ErasedRecord{{Aggregate: x.Aggregate, ID: x.ID}}}
			r, err := room.written(note, func() (store.ErasureReport,
				error) {
				return room.base.Store.Purge(ctx, x.Aggregate, x.ID, request)
			})
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
		room.base.Publish(event)
	}
	return out, err
}
