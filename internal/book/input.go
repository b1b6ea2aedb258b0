package book

import (
	"repertoire/internal/book/atlas"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Input is all that a book is made from. Nothing in it is changed.
type Input struct {
	Directory     repertoire.Directory
	Presentations map[string]repertoire.Presentation // by ISO code of the country
	Partnerships  []repertoire.Partnership           // in any order
	Authorities   map[repertoire.ID]repertoire.Authority
	Reference     Reference
	Media         Media         // nil: pictures are left out
	Design        layout.Design // the one the book is laid out with; the zero value is the first design
	Label         string        // edition label; "" is the directory's
	// Date is the day the data were taken, a full date.
	Date repertoire.Date
	// Previous is the edition before, nil when there is none: with it the book
	// says what is new.
	Previous *Edition
	// Overrides are the decisions taken page by page on an edition; they hold
	// when the data are refreshed. nil takes the directory's.
	Overrides map[repertoire.ID]Override

	noun string // "recueil" for a book made from a search, "" for a répertoire
}

// Override is what an edition decides for one entry.
type Override struct {
	NewPage      bool    // the entry starts a page
	Keep         bool    // it stays whole on a page when it fits on one
	PictureWidth float64 // share of the column for its pictures, 0 for the book's choice
}

// Edition is what of an earlier edition is needed to tell what changed.
type Edition struct {
	Label        string
	Date         repertoire.Date
	Partnerships []repertoire.Partnership
	Authorities  map[repertoire.ID]repertoire.Authority
}

// Reference answers from the reference data. A nil member is not asked.
type Reference struct {
	Countries Countries
	Themes    Themes
	Goals     Goals
	Outlines  Outlines
	// Credits are the attributions the sources ask for, one sentence each.
	Credits []string
}

// Countries knows the countries by ISO 3166-1 alpha-2 code.
type Countries interface {
	Country(iso string) (Country, bool)
}

// Country is how French speaks of a country.
type Country struct {
	ISO  string
	Name string // "Sénégal"
	The  string // "le Sénégal", "Madagascar"
	In   string // "au Sénégal", "à Madagascar"
	Of   string // "du Sénégal", "de la Mauritanie", "de Madagascar"
	// Adjective is the masculine singular, "sénégalais"; "" when unknown.
	Adjective string
}

// Themes is the tree of themes in use.
type Themes interface {
	Theme(code string) (repertoire.Theme, bool)
}

// Goals knows the Sustainable Development Goals.
type Goals interface {
	Goal(number int) (Goal, bool)
}

// Goal is one Sustainable Development Goal, shown as a numbered square: the
// official pictograms are restricted, the numbers and titles are facts.
type Goal struct {
	Number int
	Title  string // "Eau propre et assainissement"
	Color  layout.Color
}

// Outlines gives the land of countries in degrees.
type Outlines interface {
	// Outline is the detailed land of one country, nil when unknown.
	Outline(iso string) []atlas.Ring
	// World is the coarse land of every country.
	World() []atlas.Outline
	// Divisions are the first-level divisions of a country, nil when unknown.
	Divisions(iso string) []atlas.Outline
	// Notice is what must be printed beside a map of these countries.
	Notice(countries []string) string
}

// Media gives the bytes of a picture by its SHA-256, in hexadecimal.
type Media interface {
	Media(sha string) ([]byte, error)
}
