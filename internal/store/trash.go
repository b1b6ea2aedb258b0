package store

import (
	"context"
	"database/sql"
	"sort"
	"time"

	"repertoire/internal/repertoire"
)

// TrashItem is one record in the trash.
type TrashItem struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
	Version   int64                `json:"-"`
	Title     string               `json:"title"`
	DeletedAt time.Time            `json:"deleted_at"`
	DeletedBy string               `json:"deleted_by,omitempty"`
	Cause     repertoire.Cause     `json:"cause,omitempty"` // why: a merge, an undo…
	Label     string               `json:"label,omitempty"` // of the change that deleted it
}

// Trash lists what is in the trash, last deleted first. Purged records are no
// longer there.
func (r Reader) Trash(ctx context.Context) ([]TrashItem, error) {
	type tomb struct {
		TrashItem
		body string
	}
	var found []tomb
	for _, a := range aggregates {
		if a == repertoire.AggRequest || a == repertoire.AggQuestionnaire || a == repertoire.AggReply {
			continue // they go and come back with their campaign
		}
		rows, err := r.q.QueryContext(ctx,
			`SELECT t.id, t.version, t.deleted_at, t.body, coalesce(c.author, ''), coalesce(c.cause, ''), coalesce(c.label, '')
			FROM `+string(a)+` t LEFT JOIN change c ON c.seq = (SELECT max(o.seq) FROM change_op o WHERE o.record = t.id AND o.version + 1 = t.version)
			WHERE t.deleted_at IS NOT NULL AND t.body IS NOT NULL`)
		if err != nil {
			return nil, explain(err)
		}
		tombs, err := collect(rows, func(rows *sql.Rows) (tomb, error) {
			x := tomb{TrashItem: TrashItem{Aggregate: a}}
			var at string
			err := rows.Scan(&x.ID, &x.Version, &at, &x.body, &x.DeletedBy, &x.Cause, &x.Label)
			x.DeletedAt = parseStamp(at)
			return x, err
		})
		if err != nil {
			return nil, explain(err)
		}
		found = append(found, tombs...)
	}
	out := make([]TrashItem, len(found))
	for i, x := range found {
		out[i] = x.TrashItem
		out[i].Title = r.titleOf(ctx, x.Aggregate, x.ID, []byte(x.body))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].DeletedAt.After(out[j].DeletedAt) })
	return out, nil
}

// PlanRestore makes the change that brings a record back from the trash, with
// the authorities and directories it needs that are there too. Apply it.
func (s *Store) PlanRestore(ctx context.Context, a repertoire.Aggregate, id repertoire.ID, author string, at time.Time) (repertoire.Change,
	error) {
	var c repertoire.Change
	err := s.View(ctx, func(r Reader) error {
		was, err := r.current(ctx, a, id)
		if err != nil {
			return err
		}
		if !was.trashed || was.body == nil {
			return repertoire.Missing("Cette fiche n’est pas à la corbeille.")
		}
		b, err := r.bring(ctx, 0)
		if err != nil {
			return err
		}
		b.there[id] = true
		body, err := r.reparted(ctx, a, was.body)
		if err != nil {
			return err
		}
		if err := b.forUndo(ctx, undoRecord{aggregate: a, id: id, was: was, restore: true, base: body}); err != nil {
			return err
		}
		c = repertoire.Change{ID: repertoire.NewID(), Author: author, At: at, Cause: repertoire.CauseRestore,
			Label: "Restauration : " + r.titleOf(ctx, a, id, was.body)}
		for _, place := range append(b.more, undoPlace{aggregate: a, id: id, version: was.version}) {
			op, ok, err := r.bringOp(ctx, place)
			if err != nil {
				return err
			}
			if ok {
				c.Ops = append(c.Ops, op)
			}
		}
		return nil
	})
	return c, err
}
