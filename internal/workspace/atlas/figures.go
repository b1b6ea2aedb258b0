package atlas

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/search"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Figures is what a répertoire holds, counted on one day.
type Figures struct {
	Directory    string          `json:"directory,omitempty"` // slug, "" for all
	Title        string          `json:"title,omitempty"`     // of the répertoire
	Day          repertoire.Date `json:"day"`
	Partnerships int             `json:"partnerships"`
	Active       int             `json:"active"`
	French       int             `json:"french"` // authorities
	Foreign      int             `json:"foreign"`
	Countries    int             `json:"countries"`
	// UpToDate counts the entries not due to be verified: what a book frozen on
	// the day would have right.
	UpToDate     int           `json:"up_to_date"`
	Freshness    []Figure      `json:"freshness"`
	Completeness []Figure      `json:"completeness"` // Value is what Lacking takes
	Charts       []FigureChart `json:"charts"`
}

// Figure is one bar: how many partnerships have a value, and the search that
// lists them. Query is "" where the query language has no word for it.
type Figure struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
	Query string `json:"query,omitempty"`
}

// FigureChart is the bars of one facet.
type FigureChart struct {
	Facet string `json:"facet"`
	Title string `json:"title"`
	// Ordered says that the bars have an order of their own, as decades.
	Ordered bool     `json:"ordered,omitempty"`
	Bars    []Figure `json:"bars"`
}

// Share is the part of the entries that is up to date, in percent; an empty
// répertoire has none.
func (f Figures) Share() int { return percent(f.UpToDate, f.Partnerships) }

func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return n * 100 / of // never says 100 before all are
}

// chartFacets are the charts, in the order in which they are read, with the
// word of the query language.
var chartFacets = [...]struct {
	facet search.Facet
	word  string
}{
	{search.FacetTheme, "thème"}, {search.FacetCountry, "pays"}, {search.FacetDecade, "décennie"}, {search.FacetLevel, "niveau"},
	{search.FacetRegion, "région"}, {search.FacetStatus, "statut"}, {search.FacetType, "type"}, {search.FacetFunder, "financeur"},
}

// completed are the fields whose completeness is counted, in the order of the form.
var completed = [...]store.Holding{store.HoldsTheme, store.HoldsObjectives, store.HoldsContact, store.HoldsConvention, store.HoldsProject,
	store.HoldsPlaces}

// Figures counts a répertoire, or everything when slug is "".
func (room *Room) Figures(ctx context.Context, slug string) (out Figures, err error) {
	defer func() { err = base.Stopped(err) }()
	out = Figures{Directory: slug, Day: repertoire.DateOf(room.base.Now())}
	if slug != "" {
		d, err := room.base.NeedDirectory(ctx, slug)
		if err != nil {
			return out, err
		}
		out.Title = d.Title
	}
	r, err := room.searches.Search(ctx, searches.Query{Directory: slug, Facets: true, Limit: 1})
	if err != nil {
		return out, err
	}
	for _, c := range chartFacets {
		chart := FigureChart{Facet: string(c.facet), Title: chartTitle(c.facet), Ordered: c.facet == search.FacetDecade,
			Bars: room.bars(c.facet, c.word, slug, r.Facets[string(c.facet)])}
		out.Charts = append(out.Charts, chart)
	}
	out.Countries = len(r.Facets[string(search.FacetCountry)])
	for _, v := range r.Facets[string(search.FacetStatus)] {
		if v.Value == string(repertoire.StatusActive) {
			out.Active = v.Count
		}
	}
	out.Freshness = freshnessBars(slug, r.Facets[string(search.FacetFreshness)])
	return out, room.base.Store.View(ctx, func(r store.Reader) (err error) {
		var held map[store.Holding]int
		if out.Partnerships, held, err = r.Holdings(ctx, slug); err != nil {
			return err
		}
		for _, h := range completed {
			out.Completeness = append(out.Completeness, Figure{Value: string(h), Label: completenessLabel(h), Count: held[h]})
		}
		if out.French, out.Foreign, err = r.Sides(ctx, slug); err != nil {
			return err
		}
		out.UpToDate, _, err = r.UpToDate(ctx, slug, out.Day)
		return err
	})
}

// Lacking lists at most limit partnerships of a répertoire ("" all) without
// what a bar of Figures.Completeness counts.
func (room *Room) Lacking(ctx context.Context, slug, value string, limit int) ([]searches.Row, error) {
	found, err := room.base.Store.Lacking(ctx, slug, store.Holding(value), limit)
	if err != nil {
		return nil, base.Stopped(err)
	}
	out := make([]searches.Row, len(found))
	copy(out, found)
	return out, nil
}

func completenessLabel(h store.Holding) string {
	switch h {
	case store.HoldsTheme:
		return "Thématique"
	case store.HoldsObjectives:
		return "Objectifs"
	case store.HoldsContact:
		return "Interlocuteur publiable"
	case store.HoldsConvention:
		return "Convention"
	case store.HoldsProject:
		return "Projet"
	}
	return "Position sur la carte"
}

// bars makes a chart of a facet: themes of the first level only, decades in
// their order, the rest by count.
func (room *Room) bars(facet search.Facet, word, slug string, values []searches.FacetValue) []Figure {
	out := []Figure{}
	for _, v := range values {
		if facet == search.FacetTheme && (strings.Contains(v.Value, ".") || isAlone(v.Value)) {
			continue
		}
		f := Figure{Value: v.Value, Label: v.Label, Count: v.Count}
		typed := f.Value
		if facet == search.FacetCountry || facet == search.FacetRegion || facet == search.FacetFunder {
			typed = f.Label // codes of the others are words, a country's is not
		}
		if facet == search.FacetTheme {
			f.Label = room.base.ThemeLabel(v.Value)
		}
		f.Query = fieldQuery(word, typed, slug)
		out = append(out, f)
	}
	if facet == search.FacetDecade {
		slices.SortFunc(out, func(a, b Figure) int { return cmp.Compare(a.Value, b.Value) })
	} else {
		slices.SortStableFunc(out, func(a, b Figure) int { return cmp.Compare(b.Count, a.Count) })
	}
	return out
}

func isAlone(value string) bool {
	_, alone := search.ThemeCode(value)
	return alone
}

// fieldQuery writes a condition as a person would type it.
func fieldQuery(word, value, slug string) string {
	if strings.ContainsFunc(value, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '.')
	}) {
		value = `"` + strings.ReplaceAll(value, `"`, " ") + `"`
	}
	q := word + ":" + value
	if slug != "" {
		q += ` répertoire:"` + slug + `"`
	}
	return q
}

// freshnessBars gives the four classes, the empty ones too.
func freshnessBars(slug string, values []searches.FacetValue) []Figure {
	out := []Figure{{Value: search.FreshYear, Label: "Depuis moins d’un an"}, {Value: search.FreshTwo, Label: "Il y a un à deux ans"},
		{Value: search.FreshOld, Label: "Il y a plus de deux ans"}, {Value: search.FreshNever, Label: "Jamais vérifiées"}}
	for i := range out {
		for _, v := range values {
			if v.Value == out[i].Value {
				out[i].Count = v.Count
			}
		}
		out[i].Query = fieldQuery("fraîcheur", out[i].Value, slug)
		if out[i].Value == search.FreshNever {
			out[i].Query = fieldQuery("vérifié", out[i].Value, slug)
		}
	}
	return out
}

// dayWords says a day as charts do.
func dayWords(d repertoire.Date) string {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("02/01/2006")
}
