package searches

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// RowsOf gives the lines of the list of these partnerships, in their order;
// one that has gone to the trash is left out.
func (room *Room) RowsOf(ctx context.Context, ids []repertoire.ID) ([]Row, error) {
	found, err := room.base.Store.Rows(ctx, ids)
	if err != nil {
		return nil, base.Stopped(err)
	}
	out := make([]Row, len(found))
	copy(out, found)
	return out, nil
}
