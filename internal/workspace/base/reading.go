package base

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// RecordsOf reads the partnerships that answer and their authorities.
func RecordsOf(ctx context.Context, r store.Reader, q store.BrowseQuery) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority, error) {
	ids, err := r.BrowseIDs(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	return WithParties(ctx, r, ids)
}

// WithParties reads partnerships and their authorities.
func WithParties(ctx context.Context, r store.Reader, ids []repertoire.ID) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority, error) {
	records, err := r.Partnerships(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	parties := []repertoire.ID{} // nil would read them all
	for _, p := range records {
		for _, q := range p.Parties {
			parties = append(parties, q.Authority)
		}
	}
	authorities, err := r.Authorities(ctx, parties)
	return records, authorities, err
}

// BrowseDirectory lists all partnerships of a répertoire.
func BrowseDirectory(slug string) store.BrowseQuery { return store.BrowseQuery{Directory: slug} }
