package order

import (
	"slices"
	"strings"
	"testing"
)

// What the window tells of the VAT of an order, and what it lets choose.
func TestTheProposalSaysPlaceTreatmentAndMention(t *testing.T) {
	for _, x := range []struct {
		to             Address
		vatNumber      string
		format         Format
		place, treated string
		mention, code  string
		choices        []Treatment
	}{
		{Address{PostCode: "69001", City: "Lyon"}, "", Paper, "", "", "", "", nil},
		{Address{PostCode: "1204", City: "Genève", Country: "CH", CountryName: "Suisse"}, "", Paper,
			"Genève, Suisse (hors de l’Union européenne)", "Exportation", "262, I", "VATEX-EU-G", []Treatment{atHomeTyped, Export, OutOfScope}},
		{Address{PostCode: "97400", City: "Saint-Denis"}, "", Paper, "La Réunion", "outre-mer", "294, 2", "VATEX-EU-G",
			[]Treatment{atHomeTyped, ToOverseas, OverseasRate}},
		{Address{PostCode: "50667", City: "Köln", Country: "DE", CountryName: "Allemagne"}, "", Digital, "Köln, Allemagne (Union européenne)",
			"française", "", "", []Treatment{atHomeTyped}},
		{Address{PostCode: "50667", City: "Köln", Country: "DE", CountryName: "Allemagne"}, "DE136695976", Digital, "Union européenne",
			"Autoliquidation", "283, 2", "VATEX-EU-AE", []Treatment{atHomeTyped, IntraCommunity, Reverse}},
	} {
		o := Order{Buyer: Buyer{Name: "Ville", Billing: x.to, VATNumber: x.vatNumber}, Basis: With, Regime: RegimeBooks,
			Lines: []Line{{Edition: Edition{ID: "e"}, Format: x.format, Quantity: 1, Unit: 2500, Rate: 550}}}
		s := DefaultSettings()
		s.Seller.Address = Address{PostCode: "75001", City: "Paris"}
		if err := o.Tax(s, 0); err != nil {
			t.Fatal(x.to.City, err)
		}
		p := o.Proposal()
		var values []Treatment
		for _, c := range p.Choices {
			values = append(values, c.Value)
		}
		if !strings.Contains(strings.Join(p.Places, ";"), x.place) || (x.place == "") != (p.Places == nil) ||
			!strings.Contains(strings.Join(p.Treated, ";"), x.treated) || !strings.Contains(strings.Join(p.Mentions, ";"), x.mention) ||
			strings.Join(p.Codes, ";") != x.code || !slices.Equal(values, x.choices) {
			t.Errorf("%s: %+v", x.to.City, p)
		}
	}
}
