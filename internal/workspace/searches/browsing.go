package searches

import (
	"context"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// plain tells whether the base alone can answer: no words, and no filter that
// or order that only the index has. Themes are such: it also looks at those of
// projects.
func (q Query) plain() bool {
	return q.Text == "" && q.List == "" && len(q.Themes) == 0 && len(q.More) == 0 && len(q.Exclude) == 0 && q.Sort != SortAmount && q.Sort != SortDistance
}

// Browse answers a plain query from the base while the index is being made.
func (room *Room) Browse(ctx context.Context, q Query, started time.Time) (Result, error) {
	ask := store.BrowseQuery{Directory: q.Directory, Countries: q.Countries, Types: q.Types, Statuses: q.Statuses, Themes: q.Themes,
		Sort: store.Sort(q.Sort), Descending: q.Descending, Offset: max(q.Offset, 0), Limit: q.Limit}
	if ask.Limit == 0 {
		ask.Limit = defaultLimit
	}
	rows, total, err := room.base.Store.Browse(ctx, ask)
	if err != nil {
		return Result{}, base.Stopped(err)
	}
	result := Result{Total: total, Hits: make([]Hit, len(rows)), Facets: map[string][]FacetValue{}, Suggestions: []string{}}
	for i, r := range rows {
		result.Hits[i] = Hit{Row: r, Snippets: []Snippet{}}
	}
	if q.Facets {
		if err := room.countFacets(ctx, ask, result.Facets); err != nil {
			return Result{}, base.Stopped(err)
		}
	}
	result.TookMS = float64(time.Since(started).Microseconds()) / 1000
	return result, nil
}

// countFacets counts facets in the base, with the labels the index gives.
func (room *Room) countFacets(ctx context.Context, ask store.BrowseQuery, into map[string][]FacetValue) error {
	counts, err := room.base.Store.Facets(ctx, ask)
	if err != nil {
		return err
	}
	label := map[string]func(string) string{
		store.FacetTheme:   room.base.ThemeLabel,
		store.FacetCountry: room.base.CountryName,
		store.FacetStatus:  func(v string) string { return repertoire.Statuses.Label(repertoire.Status(v)) },
		store.FacetType:    func(v string) string { return repertoire.Types.Label(repertoire.Type(v)) },
		store.FacetLevel:   func(v string) string { return repertoire.Levels.Label(repertoire.Level(v)) },
	}
	for facet, list := range counts {
		values := make([]FacetValue, len(list))
		for i, c := range list {
			values[i] = FacetValue{Value: c.Value, Label: c.Value, Count: c.Count}
			if name := label[facet]; name != nil {
				values[i].Label = name(c.Value)
			}
		}
		into[facet] = values
	}
	if len(into[store.FacetDirectory]) == 0 {
		return nil
	}
	names, _, err := room.base.Store.DirectoryNames(ctx)
	if err != nil {
		return err
	}
	nameDirectories(names, into[store.FacetDirectory])
	return nil
}
