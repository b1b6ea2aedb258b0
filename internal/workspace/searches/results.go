package searches

import (
	"context"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// ListBatch is how many records are in memory at once while a list is made.
const ListBatch = 1000

// Results gives all that answers, not a page, in the order asked for.
func (room *Room) Results(ctx context.Context, q Query) ([]repertoire.ID, error) {
	if q.Directory != "" {
		if _, err := room.base.NeedDirectory(ctx, q.Directory); err != nil {
			return nil, err
		}
	}
	if err := room.base.Index.Wait(ctx); err != nil {
		return nil, err
	}
	r, err := room.request(ctx, q)
	if err != nil {
		return nil, err
	}
	r.Offset, r.Limit, r.Facets, r.Snippets, r.Typing = 0, -1, false, false, q.Typing
	answer, err := room.base.Index.Search(ctx, r)
	if err != nil {
		return nil, base.Stopped(err)
	}
	return answer.IDs(), nil
}

// EachResult hands over all the records that answer, in the order asked for
// and in one state of the base, with the authorities they name.
func (room *Room) EachResult(ctx context.Context, q Query, progress base.Progress, label string,
	do func(*repertoire.Partnership, func(repertoire.ID) *repertoire.Authority) error) error {
	ids, err := room.Results(ctx, q)
	if err != nil {
		return err
	}
	done := 0
	return room.base.Store.View(ctx, func(r store.Reader) error {
		for part := range slices.Chunk(ids, ListBatch) {
			if err := ctx.Err(); err != nil {
				return err
			}
			records, authorities, err := base.WithParties(ctx, r, part)
			if err != nil {
				return err
			}
			find := base.Finder(authorities)
			for i := range records {
				if err := do(&records[i], find); err != nil {
					return err
				}
			}
			done += len(part)
			progress.Tell(done, len(ids), label)
		}
		return nil
	})
}
