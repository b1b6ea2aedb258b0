package searches

import "repertoire/internal/repertoire"

// Sort names an order of a list.
type Sort string

// The orders of a list; "" is relevance when there are words, else by title.
const (
	SortTitle    Sort = "title"
	SortPartner  Sort = "partner"
	SortYear     Sort = "year"
	SortVerified Sort = "verified"
	SortUpdated  Sort = "updated"
	SortAmount   Sort = "amount"   // of all projects, in euros
	SortDistance Sort = "distance" // from Query.Near
	SortType     Sort = "type"
	SortStatus   Sort = "status"
	SortTheme    Sort = "theme" // the first of each, by its code
)

// ofBase tells whether the base alone knows an order.
func (s Sort) ofBase() bool { return s == SortType || s == SortStatus || s == SortTheme }

// Query is what a person asks of the list: words in the query language of
// DESIGN, and filters ticked in the facets.
type Query struct {
	Text          string
	Directory     string
	List          repertoire.ID // only what is in a list kept under a name
	Themes        []string      // any of these codes or below them
	Countries     []string
	Statuses      []string
	Types         []string
	Sort          Sort
	Descending    bool
	Offset, Limit int  // Limit 0 is 50
	Facets        bool // count the facets too
	Snippets      bool
	// Public leaves people and the desk's notes out of passages and
	// suggestions, for answers that leave the desk; they are found all the same.
	Public bool
	Typing bool // the last word may be unfinished
	// More are further filters by facet name: "region", "level", "funder",
	// "sdg", "decade", "freshness".
	More map[string][]string
	// Exclude puts aside what has one of these values of a facet, "theme",
	// "country", "status" and "type" included.
	Exclude map[string][]string
	// Near is where SortDistance measures from; see Locate.
	Near *Point
}

// Point is a place on the map and the name it was found under.
type Point struct {
	Label     string  `json:"label"`
	Latitude  float64 `json:"latitude"` // degrees, WGS 84
	Longitude float64 `json:"longitude"`
}
