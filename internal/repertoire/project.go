package repertoire

// Project is one thing done within a partnership.
type Project struct {
	ID            ID         `json:"id"`
	Title         string     `json:"title"`
	Themes        []string   `json:"themes,omitempty"` // theme codes
	Start         Date       `json:"start,omitempty"`
	End           Date       `json:"end,omitempty"`
	Places        string     `json:"places,omitempty"`
	Operator      string     `json:"operator,omitempty"`
	Beneficiaries string     `json:"beneficiaries,omitempty"`
	Description   string     `json:"description,omitempty"` // Markdown
	Results       string     `json:"results,omitempty"`     // Markdown
	Difficulties  string     `json:"difficulties,omitempty"`
	Budget        Money      `json:"budget,omitzero"`
	Funding       []Funding  `json:"funding,omitempty"`
	External      []External `json:"external,omitempty"` // its numbers elsewhere: IATI, the Atlas
	Fictitious    bool       `json:"fictitious,omitempty"`
}

// Funding is one funder's share of a project.
type Funding struct {
	Funder string `json:"funder"`         // "AFD", "Agence de l’eau Artois-Picardie"
	Kind   string `json:"kind,omitempty"` // one of FundingKinds
	Amount Money  `json:"amount,omitzero"`
	InKind bool   `json:"in_kind,omitempty"` // valorised, not paid
}

// FundingKinds are the usual sources of money, in the order of forms.
var FundingKinds = Choices[string]{
	{"meae", "Appel à projets MEAE (DCTCIV)"}, {"ficol", "AFD – FICOL"},
	{"oudin", "1 % eau, déchets, énergie"}, {"agence-eau", "Agence de l’eau"},
	{"region", "Région"}, {"ue", "Union européenne"}, {"propre", "Fonds propres"},
	{"nature", "Apport en nature"}, {"autre", "Autre"},
}
