package searches

import (
	"repertoire/internal/search"
	"repertoire/internal/store"
)

// Row is one line of a list of partnerships, ready to paint.
type Row = store.Row

// Hit is a found partnership with the passages that answer.
type Hit struct {
	Row
	Score    float64   `json:"score,omitempty"`
	Distance float64   `json:"distance_km,omitempty"` // from Query.Near to the nearest party; -1 not known
	Snippets []Snippet `json:"snippets"`
	Why      []Why     `json:"why,omitempty"`
}

// Snippet is a passage with the matching words marked as byte ranges of Text.
type Snippet = search.Snippet

// FacetValue is one line of a facet with its live count.
type FacetValue = search.FacetCount

// Result answers a Query.
type Result struct {
	Total       int                     `json:"total"`
	TookMS      float64                 `json:"took_ms"`
	Hits        []Hit                   `json:"hits"`
	Facets      map[string][]FacetValue `json:"facets"`      // theme, country, status, type, directory, level, region
	Suggestions []string                `json:"suggestions"` // "Vouliez-vous dire"
	Corrections []Correction            `json:"corrections,omitempty"`
	Understood  Understood              `json:"understood"`
}

// Understood is a query as it was understood, and Part one part of it.
type (
	Understood = search.Understood
	Part       = search.Part
)

// Why is one reason why a hit answers: a synonym, a name, a near spelling.
type Why = search.Why

// WhySimilar says what a similar partnership has in common with the one asked about.
const WhySimilar = search.WhySimilar

// Correction is another question that would find more; Facet is set when it is
// a ticked filter that should go.
type Correction = search.Suggestion
