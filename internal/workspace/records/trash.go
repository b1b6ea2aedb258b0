package records

import (
	"context"
	"fmt"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/history"
)

// TrashItem is one record in the trash.
type TrashItem = store.TrashItem

// Trash lists what was deleted and can be restored, the latest first.
func (room *Room) Trash(ctx context.Context) ([]TrashItem, error) {
	list, err := room.base.Store.Trash(ctx)
	if list == nil {
		list = []TrashItem{} // a document says an empty list, not null
	}
	return list, err
}

// RestoreRecord takes a record out of the trash, with the authorities it needs.
func (room *Room) RestoreRecord(ctx context.Context, a repertoire.Aggregate, id repertoire.ID) error {
	return room.RestoreRecords(ctx, []history.RecordRef{{Aggregate: a, ID: id}})
}

// RestoreRecords takes several records out of the trash as one change, with the
// authorities and répertoires they need.
func (room *Room) RestoreRecords(ctx context.Context, records []history.RecordRef) error {
	var all repertoire.Change
	back := map[history.RecordRef]bool{}
	for i, x := range records {
		c, err := room.base.Store.PlanRestore(ctx, x.Aggregate, x.ID, room.base.Author(), room.base.Now())
		if err != nil {
			return err
		}
		if i == 0 {
			all = c
			all.Ops = nil
		}
		for _, op := range c.Ops {
			// Two partnerships may bring the same authority back.
			if ref := (history.RecordRef{Aggregate: op.Aggregate, ID: op.ID}); !back[ref] {
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
	_, err := room.base.Apply(ctx, all)
	return err
}
