package records

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// ConfirmField notes that one filled field of a partnership (JSON name) is
// right as it is; one change, which can be taken back.
func (room *Room) ConfirmField(ctx context.Context, id repertoire.ID, field string) (repertoire.Partnership, error) {
	p, err := room.base.Store.Partnership(ctx, id)
	if err != nil {
		return p, err
	}
	title, err := room.base.Title(ctx, p)
	if err != nil {
		return p, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Confirmation de « "+repertoire.FieldLabel(field)+" », "+title)
	p.Confirm(repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: repertoire.SourceUnchanged}, field)
	if err := base.Put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return p, err
	}
	return room.base.Store.Partnership(ctx, id)
}
