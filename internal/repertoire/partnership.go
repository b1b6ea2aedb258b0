package repertoire

import "time"

// Type, Formality and Status are three fields on purpose: sources that merge
// them disagree on the very number of partnerships.
type (
	// Type says what the link is: twinning, decentralised cooperation…
	Type string
	// Formality says what was signed or voted.
	Formality string
	// Status says whether it lives.
	Status string
	// Side is the French or the foreign side of a partnership.
	Side string
)

// The stored words are the ones people type after "type:" and "statut:".
const (
	TypeTwinning    Type = "jumelage"
	TypeCooperation Type = "cooperation-decentralisee"
	TypeFriendship  Type = "pacte-amitie"
	TypeProject     Type = "accord-projet"
	TypeContact     Type = "contact"
	TypeTriangular  Type = "triangulaire"

	FormalityConvention   Formality = "convention"
	FormalityDeliberation Formality = "deliberation"
	FormalityNone         Formality = "aucune"

	StatusPlanned   Status = "en-projet"
	StatusActive    Status = "actif"
	StatusDormant   Status = "en-sommeil"
	StatusSuspended Status = "suspendu"
	StatusEnded     Status = "termine"

	SideFrench  Side = "france"
	SideForeign Side = "etranger"
)

// The closed lists of a partnership's form.
var (
	Types = Choices[Type]{{TypeTwinning, "Jumelage"}, {TypeCooperation, "Coopération décentralisée"},
		{TypeFriendship, "Pacte d’amitié"}, {TypeProject, "Accord de projet"}, {TypeContact, "Contact"},
		{TypeTriangular, "Coopération triangulaire"}}
	Formalities = Choices[Formality]{{FormalityConvention, "Convention signée"},
		{FormalityDeliberation, "Délibération seule"}, {FormalityNone, "Aucune"}}
	Statuses = Choices[Status]{{StatusPlanned, "En projet"}, {StatusActive, "Actif"},
		{StatusDormant, "En sommeil"}, {StatusSuspended, "Suspendu"}, {StatusEnded, "Terminé"}}
	Sides = Choices[Side]{{SideFrench, "France"}, {SideForeign, "Étranger"}}
)

// Partnership is the central record: authorities of both sides and all that
// is known of what they do together.
type Partnership struct {
	ID      ID    `json:"id"`
	Version int64 `json:"version"`
	// Directories are the slugs of the répertoires it is published in, the
	// main one first.
	Directories []string `json:"directories"`
	// Title is empty for the usual "Lille – Saint-Louis" made from the parties.
	Title     string    `json:"title,omitempty"`
	Parties   []Party   `json:"parties"`
	Type      Type      `json:"type,omitempty"`
	Formality Formality `json:"formality,omitempty"`
	Status    Status    `json:"status,omitempty"`
	// FirstYear is the year of the first convention, 0 unknown.
	FirstYear   int          `json:"first_year,omitempty"`
	Start       Date         `json:"start,omitempty"`
	End         Date         `json:"end,omitempty"`
	Conventions []Convention `json:"conventions,omitempty"`
	// Context, History, Objectives and Description are Markdown.
	Context      string       `json:"context,omitempty"`
	History      string       `json:"history,omitempty"`
	Objectives   string       `json:"objectives,omitempty"`
	Description  string       `json:"description,omitempty"`
	Themes       []string     `json:"themes,omitempty"` // theme codes, by priority
	Projects     []Project    `json:"projects,omitempty"`
	Exchanges    []Exchange   `json:"exchanges,omitempty"`
	Quotes       []Quote      `json:"quotes,omitempty"`
	Actors       []Actor      `json:"actors,omitempty"`
	Contacts     []Contact    `json:"contacts,omitempty"`
	Links        []Link       `json:"links,omitempty"`
	Pictures     []Picture    `json:"pictures,omitempty"`
	Attachments  []Attachment `json:"attachments,omitempty"`
	CountryGroup bool         `json:"country_group,omitempty"` // member of CUF's groupe-pays
	// Dynamics are the working groups of CUF by theme that it takes part in,
	// as the desk writes them: "Climat, Genre".
	Dynamics string `json:"dynamics,omitempty"`
	// External are the numbers that other houses give to the partnership.
	External []External `json:"external,omitempty"`
	// Source names where the record comes from; printed with the entry.
	Source     string `json:"source,omitempty"`
	Fictitious bool   `json:"fictitious,omitempty"` // invented for trials: every book says so
	Notes      string `json:"notes,omitempty"`      // for the desk, never printed
	// Distinct are records that look the same and that somebody found different.
	Distinct []ID `json:"distinct,omitempty"`
	// Verified is the day the whole entry was last confirmed.
	Verified Date `json:"verified,omitempty"`
	// Confirmations says, field by field (JSON names: "themes", "projects"…),
	// when, by whom and from what the content was last confirmed.
	Confirmations map[string]Confirmation `json:"confirmations,omitempty"`
	Created       time.Time               `json:"created"`
	Updated       time.Time               `json:"updated"`
}

// Party is one authority's part in a partnership.
type Party struct {
	Authority ID   `json:"authority"`
	Side      Side `json:"side"`
	Lead      bool `json:"lead,omitempty"` // chef de file; the others are associates
}

// Convention is a signed text.
type Convention struct {
	Title  string `json:"title"`
	Signed Date   `json:"signed,omitempty"`
	Until  Date   `json:"until,omitempty"`
	Media  string `json:"media,omitempty"` // SHA-256 of the file in media/, "" none
}

// Confirmation is the freshness of one field.
type Confirmation struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Source string    `json:"source"` // "saisie", "import fichier.csv", "questionnaire 2026", "confirmé sans changement"
}

// Exchange is a visit, a youth exchange, an event.
type Exchange struct {
	Date        Date   `json:"date,omitempty"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
}

// Quote is what somebody said of the partnership and agreed to see printed.
type Quote struct {
	Text   string `json:"text"`
	Author string `json:"author,omitempty"`
	Role   string `json:"role,omitempty"` // "adjointe à la coopération"
}

// Actor is a partner association or an operator.
type Actor struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Link is a web address with its label.
type Link struct {
	Label string `json:"label,omitempty"`
	URL   string `json:"url"`
}

// Picture is an image kept in media/ under the SHA-256 of its bytes.
type Picture struct {
	Media   string `json:"media"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Alt     string `json:"alt,omitempty"` // for screen readers
	// FocusX and FocusY say what of the picture must stay in sight when it is
	// cropped, in percent from its left and its top, 1 to 100; 0 is the middle.
	FocusX int `json:"focus_x,omitempty"`
	FocusY int `json:"focus_y,omitempty"`
	// Crop is the shape it is printed in, width to height ("16:9", "3:2", "1:1");
	// "" prints all of it.
	Crop string `json:"crop,omitempty"`
}

// Attachment is any other file kept in media/.
type Attachment struct {
	Media string `json:"media"`
	Name  string `json:"name"`
}

// PartiesOn lists the authorities of one side, leads first, else in order.
func (p *Partnership) PartiesOn(side Side) []ID {
	var lead, rest []ID
	for _, q := range p.Parties {
		switch {
		case q.Side != side:
		case q.Lead:
			lead = append(lead, q.Authority)
		default:
			rest = append(rest, q.Authority)
		}
	}
	return append(lead, rest...)
}

// Theme gives the first theme's code, "" when there is none.
func (p *Partnership) Theme() string {
	if len(p.Themes) == 0 {
		return ""
	}
	return p.Themes[0]
}
