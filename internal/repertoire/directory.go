package repertoire

// Directory is a répertoire: a book made from the living base.
type Directory struct {
	ID      ID     `json:"id"`
	Version int64  `json:"version"`
	Slug    string `json:"slug"`              // "madagascar"; names it in commands
	Title   string `json:"title"`             // "Répertoire des partenariats de coopération décentralisée franco-malgaches"
	Short   string `json:"short"`             // "Franco-malgaches", for the sidebar
	Edition string `json:"edition,omitempty"` // label of the edition in hand: "septembre 2023"
	// Countries are ISO codes; one for a country répertoire, several for a region.
	Countries []string `json:"countries"`
	// Blurb is what the répertoire says of itself; Editorial and the other
	// texts are Markdown and may be empty.
	Blurb     string         `json:"blurb,omitempty"`
	Editorial []Editorial    `json:"editorial,omitempty"`
	Groups    []CountryGroup `json:"groups,omitempty"`
	Imprint   Imprint        `json:"imprint,omitzero"`
	// ByPartner orders entries by country then partner instead of by French
	// authority.
	ByPartner bool            `json:"by_partner,omitempty"`
	Sections  []SectionChoice `json:"sections,omitempty"` // empty: the default order
	Density   Density         `json:"density,omitempty"`
	Design    string          `json:"design,omitempty"` // a theme of assets/, "" for "institutionnel"
	Format    string          `json:"format,omitempty"` // "A4", "A5", "170x240", "Letter"; "" for 170 × 240 mm
	Cover     Picture         `json:"cover,omitzero"`
	Logos     []Picture       `json:"logos,omitempty"`
	// Overrides are what somebody decided for the pages of single entries, by
	// the ID of the partnership; they hold when the data are refreshed.
	Overrides map[ID]PageOverride `json:"overrides,omitempty"`
	// Aside are the links known elsewhere that somebody put aside for good.
	Aside  []string `json:"aside,omitempty"`
	Source string   `json:"source,omitempty"`
}

// PageOverride is a decision on one entry's pages.
type PageOverride struct {
	NewPage      bool    `json:"new_page,omitempty"`      // the entry starts a page
	Keep         bool    `json:"keep,omitempty"`          // it stays whole when it fits on a page
	PictureWidth float64 `json:"picture_width,omitempty"` // share of the column, 0 for the book's choice
}

// Density says how much room an entry takes in the book.
type Density string

// The densities; "" lets the book measure, then choose.
const (
	DensityAuto  Density = ""
	DensityPage  Density = "page"
	DensityHalf  Density = "demi-page"
	DensityTable Density = "tableau"
)

// SectionChoice switches, orders and edits one section of the book.
type SectionChoice struct {
	Key   string `json:"key"` // see internal/book
	Off   bool   `json:"off,omitempty"`
	Title string `json:"title,omitempty"` // "" for the default title
	Text  string `json:"text,omitempty"`  // Markdown put at the section's head
}

// Editorial is a signed foreword.
type Editorial struct {
	Title  string `json:"title,omitempty"`
	Text   string `json:"text"`
	Author string `json:"author,omitempty"`
	Role   string `json:"role,omitempty"`
	// Portrait is the picture of who signs.
	Portrait Picture `json:"portrait,omitzero"`
}

// CountryGroup is CUF's groupe-pays with its president, an elected official.
type CountryGroup struct {
	Country   string `json:"country"` // ISO code, "" for a regional group
	Name      string `json:"name"`    // "Groupe-pays Madagascar"
	President string `json:"president"`
	Office    string `json:"office,omitempty"`    // "conseiller régional délégué à la coopération internationale"
	Authority string `json:"authority,omitempty"` // "Conseil régional Nouvelle-Aquitaine"
	Feminine  bool   `json:"feminine,omitempty"`  // "Présidente"
	AsOf      Date   `json:"as_of,omitempty"`
	Source    string `json:"source,omitempty"`
}

// Imprint is what the law and the trade want on the page behind the title.
type Imprint struct {
	Publisher    string `json:"publisher,omitempty"`
	Address      string `json:"address,omitempty"`
	Director     string `json:"director,omitempty"` // directeur de la publication
	ISBN         string `json:"isbn,omitempty"`
	LegalDeposit Date   `json:"legal_deposit,omitempty"` // dépôt légal
	Price        Money  `json:"price,omitzero"`          // zero: "cet exemplaire ne peut être vendu"
	Printer      string `json:"printer,omitempty"`
	PrintedOn    Date   `json:"printed_on,omitempty"` // achevé d’imprimer
	Notice       string `json:"notice,omitempty"`     // data-protection notice, "" for the default
}
