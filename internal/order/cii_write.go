package order

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// CII writes the XML of an issued invoice or credit note and checks it against
// the rules of CheckCII before it is given out.
func (v *Invoice) CII() ([]byte, error) {
	if v.Count == 0 {
		return nil, repertoire.Refuse("Une facture sans numéro n’a pas de fichier Factur-X : émettez-la d’abord.")
	}
	in := ciiInvoice{
		RSM:     "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
		RAM:     "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
		QDT:     "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
		UDT:     "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
		Process: v.process(), Guideline: "urn:cen.eu:en16931:2017",
		Document:    ciiDocument{ID: v.Number(), Type: "380", Date: day(v.Date), Notes: v.notes()},
		Transaction: ciiTrade{Agreement: v.agreement(), Delivery: v.delivered(), Settlement: v.settlement()},
	}
	if v.Kind == KindCredit {
		in.Document.Type = "381"
	}
	for i, l := range v.Lines {
		quantity := ciiQuantity{"C62", strconv.Itoa(l.Quantity)}
		net := v.Totals.Lines[i].Decimal()
		tax := v.tax(l.VAT, l.Rate)
		tax.Reason, tax.Code = "", ""
		in.Transaction.Lines = append(in.Transaction.Lines, ciiLine{ID: strconv.Itoa(i + 1), Name: l.Name(),
			// The price of the whole line: a unit price without VAT would have
			// more decimals than the total it must give back.
			Price: ciiPrice{net, quantity}, Quantity: quantity, Settled: ciiSettled{Tax: tax, Net: net}})
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", "  ")
	if err := enc.Encode(in); err != nil {
		return nil, repertoire.Fault(err, "Le fichier Factur-X n’a pas pu être écrit.")
	}
	out.WriteByte('\n')
	if found := CheckCII(out.Bytes()); len(found) > 0 {
		return nil, repertoire.Refuse(
			"Le fichier Factur-X de %s ne suivrait pas les règles (%s) : il n’a pas été écrit. La facture elle-même n’est pas touchée.",
			v.Number(), strings.Join(found, " ; "))
	}
	return out.Bytes(), nil
}

// tax is how the invoice names the VAT of a treatment and rate. An invoice made
// when regimes had one mention for all keeps the words it was issued with.
func (v *Invoice) tax(t Treatment, r Rate) ciiTax {
	x := v.Regime.of(t, r)
	out := ciiTax{Type: "VAT", Category: x.category, Reason: x.mention, Code: x.code, Rate: r.Decimal()}
	if t == AtHome && v.Mention != "" {
		out.Reason = v.Mention
	}
	if x.category == "O" {
		out.Rate = "" // BR-O-5: what is not subject to VAT has no rate
	}
	return out
}

// outOfScope tells that nothing in the invoice is subject to VAT: it then names
// no VAT number (BR-O-2).
func (v *Invoice) outOfScope() bool {
	return !slices.ContainsFunc(v.Lines, func(l Line) bool { return v.Regime.of(l.VAT, l.Rate).category != "O" })
}

// process is the cadre de facturation of the French reform: goods, services or
// both, paid already or not.
func (v *Invoice) process() string {
	goods := slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Format == Paper })
	services := slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Format == Digital })
	kind := "B"
	if goods && services {
		kind = "M"
	} else if services {
		kind = "S"
	}
	if v.Kind == KindInvoice && v.Prepaid >= v.Totals.Gross {
		return kind + "2"
	}
	return kind + "1"
}

// notes carries the mentions that French law wants, under the codes that the
// French guides give them (UNTDID 4451); credit notes have them too (BR-FR-05).
func (v *Invoice) notes() []ciiNote {
	out := []ciiNote{
		{"Indemnité forfaitaire de 40 € pour frais de recouvrement en cas de retard de paiement.", "PMT"},
		{"Pénalités de retard : " + v.Penalties + ".", "PMD"},
		{"Pas d’escompte pour paiement anticipé.", "AAB"},
	}
	if v.Kind == KindCredit {
		out = append(out, ciiNote{Content: v.Reason})
	}
	return out
}

func (v *Invoice) agreement() ciiAgreement {
	out := ciiAgreement{Reference: v.Buyer.ServiceCode, Seller: v.seller(), Buyer: v.buyer(), Sale: &ciiRef{ID: v.OrderNumber}}
	// Chorus Pro reads the engagement in BT-13; the buyer's own order, when there
	// are both, is a document that the invoice leans on.
	if ref := cmpOr(v.Commitment, v.Reference); ref != "" {
		out.Order = &ciiRef{ID: ref}
	}
	if v.Commitment != "" && v.Reference != "" {
		out.Support = &ciiRef{ID: v.Reference, Type: "916", Name: "BON_COMMANDE"}
	}
	return out
}

func (v *Invoice) seller() ciiParty {
	s := v.Seller
	siren := sirenOf(s.SIREN, s.SIRET)
	out := ciiParty{Global: siret(s.SIRET), Name: s.Name, Legal: legal(siren), Address: s.Address.cii()}
	switch {
	case s.Endpoint != "":
		out.URI = &ciiID{directoryScheme, s.Endpoint}
	case siren != "":
		out.URI = &ciiID{directoryScheme, siren}
	case s.Email != "":
		out.URI = &ciiID{"EM", s.Email}
	}
	switch {
	case v.outOfScope():
	case s.VATNumber != "":
		out.Tax = &ciiTaxpart{ciiID{"VA", bare(s.VATNumber)}}
	default: // an exempt seller is known to the tax office by its SIREN
		out.Tax = &ciiTaxpart{ciiID{"FC", siren}}
	}
	return out
}

func (v *Invoice) buyer() ciiParty {
	b := v.Buyer
	siren := sirenOf(b.SIREN, b.SIRET)
	out := ciiParty{Global: siret(b.SIRET), Name: b.Name, Legal: legal(siren), Address: b.Billing.cii(), URI: b.endpoint()}
	if b.Contact != "" {
		out.Contact = &ciiContact{b.Contact}
	}
	if b.VATNumber != "" && !v.outOfScope() {
		out.Tax = &ciiTaxpart{ciiID{"VA", strings.ToUpper(bare(b.VATNumber))}}
	}
	return out
}

// directoryScheme names an address of the French directory of electronic
// invoicing.
const directoryScheme = "0225"

// endpoint is where the buyer takes electronic invoices (BT-49): the address
// given, or that which the directory makes of the identifiers. A public buyer is
// found by its establishment and service, others by their SIREN, those who have
// none by e-mail or by the VAT number of their member state.
func (b Buyer) endpoint() *ciiID {
	siren := sirenOf(b.SIREN, b.SIRET)
	switch {
	case b.Endpoint != "":
		return &ciiID{directoryScheme, b.Endpoint}
	case siren != "" && b.SIRET != "" && b.ServiceCode != "" && validEndpoint(b.ServiceCode):
		return &ciiID{directoryScheme, siren + "_" + b.SIRET + "_" + b.ServiceCode}
	case siren != "" && b.SIRET != "" && b.Authority != "":
		return &ciiID{directoryScheme, siren + "_" + b.SIRET}
	case siren != "":
		return &ciiID{directoryScheme, siren}
	case b.Email != "":
		return &ciiID{"EM", b.Email}
	}
	return b.vatEndpoint()
}

// siret names an establishment (ISO 6523 0009).
func siret(s string) *ciiID {
	if s == "" {
		return nil
	}
	return &ciiID{"0009", s}
}

func sirenOf(siren, siret string) string {
	if siren == "" && len(siret) == 14 {
		return siret[:9]
	}
	return siren
}

// legal names an organisation by its SIREN (ISO 6523 0002).
func legal(siren string) *ciiLegal {
	if siren == "" {
		return nil
	}
	return &ciiLegal{ciiID{"0002", siren}}
}

func (a Address) cii() ciiAddress {
	lines := append(append([]string{}, a.Lines...), "", "", "")
	if n := len(a.Lines); n > 3 {
		lines[2] = strings.Join(a.Lines[2:], ", ")
	}
	return ciiAddress{PostCode: a.PostCode, One: lines[0], Two: lines[1], Three: lines[2], City: a.City, Country: cmpOr(a.Country, "FR")}
}

// delivered says when and where the copies went; goods that leave the country
// without VAT show where they left for (BR-IC-12).
func (v *Invoice) delivered() ciiDelivery {
	out := ciiDelivery{}
	if v.Sold != "" {
		d := day(v.Sold)
		out.On = &d
	}
	if slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Format == Paper }) ||
		slices.ContainsFunc(v.Lines, func(l Line) bool { return l.VAT == IntraCommunity }) {
		out.ShipTo = &ciiShipTo{v.Buyer.Name, v.Buyer.ShipTo().cii()}
	}
	return out
}

func (v *Invoice) settlement() ciiSettlement {
	out := ciiSettlement{Currency: "EUR", Sums: ciiSums{Lines: v.Totals.Net.Decimal(), Basis: v.Totals.Net.Decimal(),
		Tax:   ciiMoney{"EUR", v.Totals.Tax.Decimal()},
		Grand: v.Totals.Gross.Decimal(), Due: v.Totals.Gross.Decimal()}}
	if v.Prepaid > 0 {
		out.Sums.Paid, out.Sums.Due = v.Prepaid.Decimal(), (v.Totals.Gross - v.Prepaid).Decimal()
	}
	if v.Seller.IBAN != "" {
		out.Means = &ciiMeans{"30", strings.ReplaceAll(v.Seller.IBAN, " ", "")}
	}
	for _, x := range v.Totals.Rates {
		tax := v.tax(x.VAT, x.Rate)
		tax.Amount, tax.Basis = x.Tax.Decimal(), x.Net.Decimal()
		out.Taxes = append(out.Taxes, tax)
	}
	due := day(v.Due)
	out.Terms.Due = &due
	if v.Kind == KindCredit {
		out.Terms.Description = "Avoir sur la facture " + v.CreditsNumber
		on := day(v.CreditsDate).Day
		out.Credits = &ciiReferred{v.CreditsNumber, &on}
	}
	return out
}

// day writes a date in UNTDID 2379's format 102.
func day(d repertoire.Date) ciiDate {
	return ciiDate{ciiDay{"102", strings.ReplaceAll(string(d), "-", "")}}
}
