package workspace

import (
	"time"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Progress is called during long work, from the goroutine that does it. nil
// listens to nothing.
type Progress func(done, total int, label string)

// tell is how the workspace calls a Progress, and what it hands to the layers
// below: they need not know that nobody may be listening.
func (p Progress) tell(done, total int, label string) {
	if p != nil {
		p(done, total, label)
	}
}

// DirectorySummary is one line of the sidebar and of "directories".
type DirectorySummary struct {
	Slug         string   `json:"slug"`
	Title        string   `json:"title"`
	Short        string   `json:"short"`
	Countries    []string `json:"countries"`
	Partnerships int      `json:"partnerships"`
}

// Row is one line of a list of partnerships, ready to paint.
type Row = store.Row

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
)

// Query is what a person asks of the list: words in the query language of
// DESIGN, and filters ticked in the facets.
type Query struct {
	Text          string
	Directory     string
	Themes        []string // any of these codes or below them
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

// Hit is a found partnership with the passages that answer.
type Hit struct {
	Row
	Score    float64   `json:"score,omitempty"`
	Distance float64   `json:"distance_km,omitempty"` // from Query.Near to the nearest party; -1 not known
	Snippets []Snippet `json:"snippets"`
	Why      []Why     `json:"why,omitempty"`
}

// Snippet is a passage with the matching words marked as byte ranges of Text.
type Snippet struct {
	Field string   `json:"field"`
	Text  string   `json:"text"`
	Marks [][2]int `json:"marks,omitempty"`
}

// FacetValue is one line of a facet with its live count.
type FacetValue struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

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

// Understood is a query as it was understood: one line, and its parts in the
// order typed.
type Understood struct {
	Text  string      `json:"text"`
	Parts []QueryPart `json:"parts"`
}

// QueryPart is one part of a query as understood. Without and Turned are the
// queries to ask instead: without it, and with it turned round.
type QueryPart struct {
	Kind    string `json:"kind"`
	Label   string `json:"label"`
	Said    string `json:"said"` // "pays Madagascar", "sans Brésil"
	Typed   string `json:"typed"`
	Negated bool   `json:"negated,omitempty"`
	Dropped bool   `json:"dropped,omitempty"` // nothing is asked of it
	Note    string `json:"note,omitempty"`
	From    int    `json:"from"` // bytes of the query
	To      int    `json:"to"`
	Without string `json:"without"`
	Turned  string `json:"turned,omitempty"` // "" when it cannot be turned round
}

// ImportOptions steers an import.
type ImportOptions struct {
	Directory string
	Mapping   map[string]string // file heading -> field; nil guesses
	DryRun    bool
	Partial   bool // keep the good rows when some are broken
	Author    string
	Sheet     string           // of an XLSX file, "" for the first with anything in it
	Group     bool             // rows of the same authorities and type are one partnership
	Decisions map[int]Decision // by row, where the import's own choice is not wanted
	Items     bool             // report row by row too
	// Recipe is what was decided of this kind of file; what the fields above
	// say comes first.
	Recipe exchange.Recipe
	// Refused are the fields (JSON names) that a row may not change; Edits the
	// cells that a person corrected, by row and column.
	Refused map[int][]string
	Edits   map[int]map[int]string
	// Who says which authority a name of the file is, by the key of its question.
	Who map[string]repertoire.ID
	// Proof says how the people of a JSON file that does not prove it agreed to
	// be published.
	Proof string
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	Rows      int               `json:"rows"`
	Added     int               `json:"added"`
	Updated   int               `json:"updated"`
	Unchanged int               `json:"unchanged"`
	Rejected  []Rejection       `json:"rejected"`
	Change    repertoire.ID     `json:"change,omitempty"`   // the one undoable step, "" when nothing was written
	Columns   map[string]string `json:"columns,omitempty"`  // heading -> field as understood
	Unmapped  []string          `json:"unmapped,omitempty"` // headings that were not taken
	Warnings  []Rejection       `json:"warnings,omitempty"` // remarks on rows that were taken
	Left      int               `json:"left,omitempty"`     // rows left out on demand
	Grouped   int               `json:"grouped,omitempty"`  // rows put together with an earlier one
	Twins     int               `json:"twins,omitempty"`    // rows refused because an earlier one speaks of the same partnership
	Items     []ImportItem      `json:"items,omitempty"`    // every row, when asked for
	// Unknown are the words that no list has, with their number of rows.
	Unknown []exchange.Unknown `json:"unknown,omitempty"`
	// Reasons say what was seen of the file that its headings do not say.
	Reasons   []string          `json:"reasons,omitempty"`
	More      int               `json:"more,omitempty"`      // remarks beyond those listed
	Consents  exchange.Consents `json:"consents"`            // people of a JSON file who agreed to be published
	Questions []WhoQuestion     `json:"questions,omitempty"` // authorities to be settled
	Notes     []WhoNote         `json:"notes,omitempty"`     // authorities recognised without a question
}

// Rejection is a row that was not taken, counted as a spreadsheet does (the
// headings are row 1).
type Rejection = exchange.Rejection

// HistoryItem is one change seen from one record.
type HistoryItem struct {
	Change repertoire.ID    `json:"change"`
	At     time.Time        `json:"at"`
	Author string           `json:"author"`
	Cause  repertoire.Cause `json:"cause"`
	Label  string           `json:"label"`
	Undone bool             `json:"undone,omitempty"`
	Fields []FieldChange    `json:"fields"`
}

// FieldChange is one field before and after, as people read it.
type FieldChange struct {
	Name   string `json:"name"`  // JSON name
	Label  string `json:"label"` // French
	Before string `json:"before"`
	After  string `json:"after"`
}

// BuildOptions asks for a book.
type BuildOptions struct {
	Directory string
	Variant   Variant
	Label     string // edition label, "" for a working edition, dated
	Output    string // file to write; "" writes nothing
	Recipient string // "Exemplaire de …" on every page
	Design    string // "" is the répertoire's own
	Format    string // likewise

	// What follows is for print files alone.
	Profile      string  // the printer's own ICC profile, "" for FOGRA39
	Marks        bool    // crop and registration marks
	Booklet      bool    // two pages a sheet, to fold and staple
	PageMultiple int     // blank pages fill up to it; 0 is 2, a booklet always 4
	Cover        string  // file for the cover, which then leaves Output
	Grammage     float64 // of the body's paper, g/m²; 0 is 115
	Bulk         float64 // "main" of the paper, cm³/g; 0 is 1, as coated sheets have
	Spine        float64 // of the cover, millimetres; 0 computes it from the paper
}

// Variant is print or digital.
type Variant string

// The two finished files.
const (
	Print   Variant = "print"
	Digital Variant = "digital"
)

// BuildReport says what a book came to.
type BuildReport struct {
	Pages    int                `json:"pages"`
	Words    int                `json:"words"`
	Entries  int                `json:"entries"`
	Overfull int                `json:"overfull"`
	Warnings []BuildWarning     `json:"warnings"`
	SHA256   string             `json:"sha256"`
	Timings  map[string]float64 `json:"timings"` // milliseconds by stage
	// Preflight sums up the examination of what was written; its findings are
	// among Warnings.
	Preflight PreflightSummary `json:"preflight"`
	Cover     *CoverReport     `json:"cover,omitempty"` // when it is a file apart
	// Pictures tells what each picture weighs in the file, the heaviest first.
	Pictures []PictureWeight `json:"pictures,omitempty"`
}

// PictureWeight is one picture of a file.
type PictureWeight struct {
	Page  int    `json:"page"`
	Entry string `json:"entry,omitempty"`
	Title string `json:"title,omitempty"`
	Field string `json:"field,omitempty"`
	Bytes int    `json:"bytes"`
	DPI   int    `json:"dpi"` // as the file holds it
}

// PreflightSummary counts what preflight looked at and found. OK is false when
// a printer or a reader would refuse the file.
type PreflightSummary struct {
	OK      bool `json:"ok"`
	Pages   int  `json:"pages"` // of the files, blank ones and sheets included
	Checks  int  `json:"checks"`
	Refused int  `json:"refused"`
	Warned  int  `json:"warned"`
}

// CoverReport describes the cover printed apart.
type CoverReport struct {
	Spine  float64 `json:"spine_mm"`
	SHA256 string  `json:"sha256"`
}

// KindPreflight is the Kind of a warning that examining the file brought.
const KindPreflight = "preflight"

// BuildWarning names the entry and the field.
type BuildWarning struct {
	Kind    string `json:"kind"`
	Page    int    `json:"page"` // 1-based, 0 not placed
	Entry   string `json:"entry,omitempty"`
	Title   string `json:"title,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	// Check names the examination of a preflight warning; Refused says that
	// the file should not leave as it is.
	Check   string `json:"check,omitempty"`
	Refused bool   `json:"refused,omitempty"`
}

// CheckReport is the health of a workspace.
type CheckReport struct {
	OK       bool      `json:"ok"`
	Database string    `json:"database"` // "ok" or what is wrong
	Index    string    `json:"index"`
	Media    string    `json:"media"`
	Beside   string    `json:"beside"` // editions, files delivered, register, backups
	Findings []Finding `json:"findings"`
}

// Finding is something to look at in a record or a file.
type Finding struct {
	Severity string        `json:"severity"` // "refuse" or "warn"
	Entry    repertoire.ID `json:"entry,omitempty"`
	Title    string        `json:"title,omitempty"`
	Field    string        `json:"field,omitempty"`
	Message  string        `json:"message"`
}

// Event tells listeners that records changed.
type Event struct {
	Change repertoire.Change // without Ops' bodies
	IDs    []repertoire.ID
}

// Why is one reason why a hit answers: a synonym, a name, a near spelling.
type Why struct {
	Kind  string `json:"kind"`
	Typed string `json:"typed"`
	Found string `json:"found"`
}

// Correction is another question that would find more; Facet is set when it is
// a ticked filter that should go.
type Correction struct {
	Label string `json:"label"`
	Text  string `json:"text"`
	Count int    `json:"count"`
	Facet string `json:"facet,omitempty"`
}
