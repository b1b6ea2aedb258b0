package order

import (
	"slices"
	"strings"
)

// Warnings says what an officer should know before the order is invoiced: it can
// be invoiced all the same.
func (o *Order) Warnings() []string {
	b := o.Buyer
	var out []string
	switch {
	case o.Free() || o.Invoice != "" || o.State() == Cancelled:
		return nil
	case b.endpoint() == nil:
		out = append(out,
			"L’acheteur "+b.Name+
				" n’a ni SIREN, ni numéro de TVA d’un État membre, ni adresse électronique : sa facture n’aura pas d’adresse de facturation électronique (BT-49), et une plateforme refusera son fichier XML (règle BR-FR-12). "+
				"Complétez l’acheteur avant de facturer : son SIRET s’il est en France, son numéro de TVA ou son courriel ailleurs. Un particulier reçoit le PDF.")
	case b.Authority != "" && b.SIRET == "" && slices.Contains(frenchLands, cmpOr(b.Billing.Country, "FR")) && b.SIREN != "":
		out = append(out, "Le SIRET de "+b.Name+
			" n’est pas noté : Chorus Pro adresse les factures à l’établissement. Complétez l’acheteur avant de facturer.")
	}
	return out
}

// vatSchemes are the codes of the European list of electronic addresses (EAS)
// under which VAT numbers of the member states stand.
var vatSchemes = map[string]string{"AT": "9914", "BE": "9925", "BG": "9926", "CY": "9928", "CZ": "9929", "DE": "9930", "EE": "9931",
	"EL": "9933", "ES": "9920", "HR": "9934", "HU": "9910",
	"IE": "9935", "IT": "9906", "LT": "9937", "LU": "9938", "LV": "9939", "MT": "9943", "NL": "9944", "PL": "9945", "PT": "9946",
	"RO": "9947", "SI": "9949", "SK": "9950"}

// vatEndpoint is the electronic address that the VAT number of another member
// state makes, nil without one.
func (b Buyer) vatEndpoint() *ciiID {
	if scheme := vatSchemes[b.unionVAT()]; scheme != "" {
		return &ciiID{scheme, strings.ToUpper(bare(b.VATNumber))}
	}
	return nil
}
