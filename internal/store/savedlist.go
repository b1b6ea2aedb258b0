package store

import (
	"context"

	"repertoire/internal/repertoire"
)

// SavedLists lists the searches kept under a name, in their order.
func (r Reader) SavedLists(ctx context.Context) ([]repertoire.SavedList, error) {
	return rowsOf(ctx, r, `SELECT version, body FROM saved_list WHERE deleted_at IS NULL ORDER BY rank, num`,
		func(l *repertoire.SavedList, v int64) { l.Version = v })
}

// SavedList reads one of them.
func (r Reader) SavedList(ctx context.Context, id repertoire.ID) (repertoire.SavedList, error) {
	var l repertoire.SavedList
	v, err := r.one(ctx, repertoire.AggList, id, &l)
	l.Version = v
	return l, missing(err, "Cette liste n’existe pas dans ce dossier, ou elle est à la corbeille.")
}
