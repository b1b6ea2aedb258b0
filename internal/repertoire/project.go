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

// Costs adds up what projects cost, in cents by currency: the budget of each,
// or what its funders gave when it has none.
func Costs(projects []Project) map[string]int64 {
	out := map[string]int64{}
	for _, p := range projects {
		if !p.Budget.IsZero() {
			out[p.Budget.Currency] += p.Budget.Cents
			continue
		}
		for _, f := range p.Funding {
			if !f.Amount.IsZero() {
				out[f.Amount.Currency] += f.Amount.Cents
			}
		}
	}
	return out
}

// FundingTotal adds up the amounts of funders; ok tells that they are known and
// in one currency.
func FundingTotal(list []Funding) (total Money, ok bool) {
	for _, f := range list {
		switch {
		case f.Amount.IsZero():
		case total.Currency == "" || total.Currency == f.Amount.Currency:
			total.Currency, total.Cents = f.Amount.Currency, total.Cents+f.Amount.Cents
		default:
			return Money{}, false
		}
	}
	return total, !total.IsZero()
}

// LargestFunding gives the largest amount of each currency, in cents: what a
// drawing of shares measures the others by.
func LargestFunding(list []Funding) map[string]int64 {
	out := map[string]int64{}
	for _, f := range list {
		out[f.Amount.Currency] = max(out[f.Amount.Currency], f.Amount.Cents)
	}
	return out
}

// FundingKinds are the usual sources of money, in the order of forms.
var FundingKinds = Choices[string]{
	{"meae", "Appel à projets MEAE (DCTCIV)"}, {"ficol", "AFD – FICOL"},
	{"oudin", "1 % eau, déchets, énergie"}, {"agence-eau", "Agence de l’eau"},
	{"region", "Région"}, {"ue", "Union européenne"}, {"propre", "Fonds propres"},
	{"nature", "Apport en nature"}, {"autre", "Autre"},
}
