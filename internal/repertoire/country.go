package repertoire

// Presentation is what a book says of a partner country. Its texts are
// Markdown; its figures each name their source and year.
type Presentation struct {
	ID               ID              `json:"id"`
	Version          int64           `json:"version"`
	Country          string          `json:"country"` // ISO 3166-1 alpha-2
	Figures          []Figure        `json:"figures,omitempty"`
	Introduction     string          `json:"introduction,omitempty"`
	Territorial      string          `json:"territorial,omitempty"`      // territorial organisation
	Tiers            []Tier          `json:"tiers,omitempty"`            // for the diagram, widest first
	Decentralisation string          `json:"decentralisation,omitempty"` // state of decentralisation
	Cooperation      string          `json:"cooperation,omitempty"`      // cooperation with France
	Milestones       []Milestone     `json:"milestones,omitempty"`       // the timeline, oldest first
	Contacts         []UsefulContact `json:"contacts,omitempty"`         // embassy, SCAC, AFD
	Links            []Link          `json:"links,omitempty"`
	Source           string          `json:"source,omitempty"`
	Fictitious       bool            `json:"fictitious,omitempty"`
}

// Figure is one line of the key-figures table.
type Figure struct {
	Label  string `json:"label"`
	Value  string `json:"value"`
	Year   int    `json:"year,omitempty"`
	Source string `json:"source,omitempty"`
}

// Tier is a level of a country's territorial organisation.
type Tier struct {
	Name  string `json:"name"`  // "Régions"
	Count int    `json:"count"` // 0 unknown
	Note  string `json:"note,omitempty"`
}

// Milestone is a year that counted for the country or for its cooperation
// with France.
type Milestone struct {
	Year int    `json:"year"`
	Text string `json:"text"` // "loi de décentralisation", a few words
}

// UsefulContact is an institution, not a person: embassy, agency, network.
type UsefulContact struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
	URL     string `json:"url,omitempty"`
}

// PresentationID is the ID of the presentation of country: there is only one.
func PresentationID(country string) ID { return DeriveID("presentation:" + country) }
