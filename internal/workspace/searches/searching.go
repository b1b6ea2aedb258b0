package searches

import (
	"context"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// defaultLimit is how many hits are given when none is asked for.
const defaultLimit = 50

// Search answers a question, filters alone included. Nothing typed is an
// error; an unknown directory is. It waits for an index that is being made.
func (room *Room) Search(ctx context.Context, q Query) (Result, error) {
	started := time.Now()
	if q.Directory != "" {
		if _, err := room.base.NeedDirectory(ctx, q.Directory); err != nil {
			return Result{}, err
		}
	}
	if q.plain() && (q.Sort.ofBase() || room.base.Index.Busy()) {
		return room.Browse(ctx, q, started)
	}
	if err := room.base.Index.Wait(ctx); err != nil {
		return Result{}, err
	}
	names, titles, err := room.base.Store.DirectoryNames(ctx)
	if err != nil {
		return Result{}, err
	}
	request, err := room.request(ctx, q)
	if err != nil {
		return Result{}, err
	}
	if q.Sort.ofBase() {
		// All that answers, which the base then puts in order.
		request.Sort, request.Offset, request.Limit, request.Snippets = search.SortTitle, 0, -1, false
	}
	request.Directories, request.Titles = names, titles
	answer, err := room.base.Index.Search(ctx, request)
	if err != nil {
		return Result{}, base.Stopped(err)
	}
	result := Result{Total: answer.Total, Hits: []Hit{}, Facets: map[string][]FacetValue{}, Suggestions: []string{},
		Understood: answer.Understood}
	fill := room.fillHits
	if q.Sort.ofBase() {
		fill = q.inBaseOrder(room)
	}
	if err := fill(ctx, answer, &result); err != nil {
		return Result{}, err
	}
	for facet, counts := range answer.Facets {
		result.Facets[string(facet)] = append([]FacetValue{}, counts...)
	}
	nameDirectories(names, result.Facets[string(search.FacetDirectory)])
	result.Corrections = answer.Suggestions
	for _, s := range answer.Suggestions {
		result.Suggestions = append(result.Suggestions, s.Label)
	}
	result.TookMS = float64(time.Since(started).Microseconds()) / 1000
	return result, nil
}

// request speaks the index's words; a list stands for what is in it.
func (room *Room) request(ctx context.Context, q Query) (search.Request, error) {
	r := q.request()
	if q.List == "" {
		return r, nil
	}
	l, err := room.base.Store.SavedList(ctx, q.List)
	if err != nil {
		return r, err
	}
	r.Only, err = room.members(ctx, l)
	return r, err
}

// request speaks the index's words, a list aside.
func (q Query) request() search.Request {
	r := search.Request{Text: q.Text, Typing: q.Typing, Sort: search.Sort(q.Sort), Descending: q.Descending,
		Offset: max(q.Offset, 0), Limit: q.Limit, Facets: q.Facets, Snippets: q.Snippets, Public: q.Public,
		Filters: map[search.Facet][]string{}}
	if r.Limit == 0 {
		r.Limit = defaultLimit
	}
	add := func(facet search.Facet, values []string) {
		if len(values) > 0 {
			r.Filters[facet] = values
		}
	}
	if q.Directory != "" {
		add(search.FacetDirectory, []string{q.Directory})
	}
	add(search.FacetTheme, q.Themes)
	add(search.FacetCountry, q.Countries)
	add(search.FacetStatus, q.Statuses)
	add(search.FacetType, q.Types)
	for facet, values := range q.More {
		add(search.Facet(facet), values)
	}
	for facet, values := range q.Exclude {
		if len(values) > 0 {
			if r.Exclude == nil {
				r.Exclude = map[search.Facet][]string{}
			}
			r.Exclude[search.Facet(facet)] = values
		}
	}
	if q.Near != nil {
		r.Near = &[2]float64{q.Near.Latitude, q.Near.Longitude}
	}
	return r
}

// fillHits puts the rows of the base beside the hits of the index; one that
// has just gone to the trash is left out.
func (room *Room) fillHits(ctx context.Context, answer search.Response, result *Result) error {
	rows, err := room.base.Store.Rows(ctx, answer.IDs())
	if err != nil {
		return err
	}
	byID := make(map[repertoire.ID]store.Row, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	for _, h := range answer.Hits {
		r, ok := byID[h.ID]
		if !ok {
			continue
		}
		hit := Hit{Row: r, Score: h.Score, Distance: h.Distance, Snippets: h.Snippets, Why: h.Why}
		if hit.Snippets == nil {
			hit.Snippets = []Snippet{}
		}
		result.Hits = append(result.Hits, hit)
	}
	return nil
}

// inBaseOrder gives what puts a page of all that answers in an order of the base.
func (q Query) inBaseOrder(room *Room) func(context.Context, search.Response, *Result) error {
	return func(ctx context.Context, answer search.Response, result *Result) error {
		limit := q.Limit
		if limit == 0 {
			limit = defaultLimit
		}
		rows, _, err := room.base.Store.Browse(ctx, store.BrowseQuery{Only: answer.IDs(), Sort: store.Sort(q.Sort),
			Descending: q.Descending,
			Offset:     max(q.Offset, 0), Limit: limit})
		if err != nil {
			return base.Stopped(err)
		}
		for _, r := range rows {
			result.Hits = append(result.Hits, Hit{Row: r, Snippets: []Snippet{}})
		}
		return nil
	}
}

// nameDirectories writes the short names of répertoires over their slugs.
func nameDirectories(names map[string]string, values []FacetValue) {
	for i := range values {
		if short := names[values[i].Value]; short != "" {
			values[i].Label = short
		}
	}
}
