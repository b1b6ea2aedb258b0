package search

import "repertoire/internal/repertoire"

// Record is one partnership as the search sees it: flat, with every code
// resolved to the words people know it by. It is stored in the index, so that
// passages can be shown and the tables in memory made again without the base.
type Record struct {
	ID repertoire.ID `json:"id"`
	// Seq is the journal's number of the change the record was read at.
	Seq   int64  `json:"seq,omitempty"`
	Title string `json:"title"` // as displayed: "Lille – Saint-Louis"
	// SortTitle is the title as lists order it, leading articles behind:
	// "Havre (Le) – Tampa"; "" is the title itself.
	SortTitle   string   `json:"tri,omitempty"`
	Directories []string `json:"dirs,omitempty"`
	// French and Foreign are the authorities of both sides, leads first.
	French    []Name       `json:"fr,omitempty"`
	Foreign   []Name       `json:"et,omitempty"`
	Countries []CountryRef `json:"pays,omitempty"` // of the foreign side
	Themes    []ThemeRef   `json:"themes,omitempty"`

	Type      Coded `json:"type,omitzero"`
	Status    Coded `json:"statut,omitzero"`
	Formality Coded `json:"forme,omitzero"`

	FirstYear int             `json:"an,omitempty"` // of the first convention, else of the start; 0 unknown
	Start     repertoire.Date `json:"debut,omitempty"`
	End       repertoire.Date `json:"fin,omitempty"`
	Verified  repertoire.Date `json:"verif,omitempty"`
	Updated   int64           `json:"maj,omitempty"` // Unix seconds

	Funders []string `json:"bailleurs,omitempty"` // as written, and the schemes the money came through
	Actors  []string `json:"acteurs,omitempty"`   // partner associations, operators
	Amount  int64    `json:"montant,omitempty"`   // euro cents over all projects

	Texts    []Text        `json:"textes,omitempty"`
	Projects []ProjectText `json:"projets,omitempty"`
	Contacts []string      `json:"contacts,omitempty"` // names and roles
	// HasContact tells whether somebody can be written to or called.
	HasContact bool     `json:"joignable,omitempty"`
	Links      []string `json:"liens,omitempty"`
	SDGs       []int    `json:"odd,omitempty"` // 1–17
	Fictitious bool     `json:"fictif,omitempty"`
	Held       []string `json:"a,omitempty"` // what the record has, see FacetHeld
}

// Name is an authority under all the names it is looked for by.
type Name struct {
	Usual       string   `json:"n"`
	Official    string   `json:"o,omitempty"`
	Native      string   `json:"v,omitempty"`
	Others      []string `json:"a,omitempty"` // former and foreign names, acronyms
	INSEE       string   `json:"insee,omitempty"`
	SIREN       string   `json:"siren,omitempty"`
	PostalCodes []string `json:"cp,omitempty"`
	Departement string   `json:"dep,omitempty"`
	Region      string   `json:"reg,omitempty"`
	Level       Coded    `json:"niv,omitzero"`
	Country     string   `json:"p,omitempty"` // ISO code
	Latitude    float64  `json:"lat,omitempty"`
	Longitude   float64  `json:"lon,omitempty"` // both 0: not located
	Population  int      `json:"hab,omitempty"` // inhabitants, 0 unknown
}

// Coded is a value of a closed list with its French label.
type Coded struct {
	Code  string `json:"c"`
	Label string `json:"l,omitempty"`
}

// CountryRef is a country with the words people use for it.
type CountryRef struct {
	ISO        string   `json:"c"`
	Name       string   `json:"n"`
	Adjectives []string `json:"adj,omitempty"`
	Others     []string `json:"a,omitempty"`
}

// ThemeRef is a theme with those above it, nearest first.
type ThemeRef struct {
	Code  string  `json:"c"`
	Label string  `json:"l"`
	Above []Coded `json:"sup,omitempty"`
}

// Text is one long text of the record. Field is the JSON name of the
// partnership's field: "objectives", "history".
type Text struct {
	Field string `json:"f"`
	Text  string `json:"t"`
}

// ProjectText is one project. Its words are kept together, so that "this
// project's theme and this project's funder" can be asked.
type ProjectText struct {
	Title   string     `json:"n"`
	Themes  []ThemeRef `json:"th,omitempty"`
	Funders []string   `json:"b,omitempty"`
	Text    []Text     `json:"t,omitempty"`
	From    int        `json:"de,omitempty"` // years, 0 unknown
	To      int        `json:"a,omitempty"`
}
