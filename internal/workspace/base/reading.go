package base

import (
	"context"
	"iter"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// RecordsOf reads the partnerships that answer and their authorities.
func RecordsOf(ctx context.Context, r store.Reader, q store.BrowseQuery) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority,
	error) {
	ids, err := r.BrowseIDs(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	return WithParties(ctx, r, ids)
}

// WithParties reads partnerships and their authorities.
func WithParties(ctx context.Context, r store.Reader, ids []repertoire.ID) ([]repertoire.Partnership,
	map[repertoire.ID]repertoire.Authority, error) {
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

// EachOf reads partnerships in the order of ids, a few in memory at a time.
func EachOf(ctx context.Context, r store.Reader, ids []repertoire.ID) iter.Seq2[*repertoire.Partnership, error] {
	return func(yield func(*repertoire.Partnership, error) bool) {
		for part := range slices.Chunk(ids, 100) {
			records, err := r.Partnerships(ctx, part)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range records {
				if !yield(&records[i], nil) {
					return
				}
			}
		}
	}
}

// Parties finds authorities as they are asked for and keeps the last ones.
type Parties struct {
	Reader store.Reader
	known  map[repertoire.ID]*repertoire.Authority
	failed error
}

// heldParties bounds what Parties keeps.
const heldParties = 10_000

// Find gives an authority, nil where there is none.
func (p *Parties) Find(ctx context.Context) func(repertoire.ID) *repertoire.Authority {
	p.known = map[repertoire.ID]*repertoire.Authority{}
	return func(id repertoire.ID) *repertoire.Authority {
		if a, ok := p.known[id]; ok {
			return a
		}
		if len(p.known) >= heldParties {
			clear(p.known)
		}
		var found *repertoire.Authority
		a, err := p.Reader.Authority(ctx, id)
		switch {
		case err == nil:
			found = &a
		case repertoire.KindOf(err) != repertoire.NotFound && p.failed == nil:
			p.failed = err
		}
		p.known[id] = found
		return found
	}
}

// Failing ends records with the error of an authority that could not be read:
// what is written must not lack a name without a word.
func (p *Parties) Failing(records iter.Seq2[*repertoire.Partnership, error]) iter.Seq2[*repertoire.Partnership, error] {
	return func(yield func(*repertoire.Partnership, error) bool) {
		for record, err := range records {
			if err == nil {
				err = p.failed
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
		if p.failed != nil {
			yield(nil, p.failed)
		}
	}
}
