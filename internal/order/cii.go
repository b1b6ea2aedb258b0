package order

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// The XML of Factur-X, profile EN 16931: a Cross Industry Invoice (UN/CEFACT
// D16B). Names are those of its schema, and the order of fields is that of its
// sequences; BT numbers are the terms of EN 16931-1.
type (
	ciiInvoice struct {
		XMLName     xml.Name    `xml:"rsm:CrossIndustryInvoice"`
		RSM         string      `xml:"xmlns:rsm,attr"`
		RAM         string      `xml:"xmlns:ram,attr"`
		UDT         string      `xml:"xmlns:udt,attr"`
		Guideline   string      `xml:"rsm:ExchangedDocumentContext>ram:GuidelineSpecifiedDocumentContextParameter>ram:ID"` // BT-24
		Document    ciiDocument `xml:"rsm:ExchangedDocument"`
		Transaction ciiTrade    `xml:"rsm:SupplyChainTradeTransaction"`
	}
	ciiDocument struct {
		ID    string    `xml:"ram:ID"`       // BT-1
		Type  string    `xml:"ram:TypeCode"` // BT-3
		Date  ciiDate   `xml:"ram:IssueDateTime"`
		Notes []ciiNote `xml:"ram:IncludedNote"`
	}
	ciiNote struct {
		Content string `xml:"ram:Content"`
		Subject string `xml:"ram:SubjectCode,omitempty"`
	}
	ciiDate struct {
		Day ciiDay `xml:"udt:DateTimeString"`
	}
	ciiDay struct {
		Format string `xml:"format,attr"`
		Value  string `xml:",chardata"`
	}
	ciiTrade struct {
		Lines      []ciiLine     `xml:"ram:IncludedSupplyChainTradeLineItem"`
		Agreement  ciiAgreement  `xml:"ram:ApplicableHeaderTradeAgreement"`
		Delivery   *ciiDate      `xml:"ram:ApplicableHeaderTradeDelivery>ram:ActualDeliverySupplyChainEvent>ram:OccurrenceDateTime"` // BT-72
		Settlement ciiSettlement `xml:"ram:ApplicableHeaderTradeSettlement"`
	}
	ciiLine struct {
		ID       string      `xml:"ram:AssociatedDocumentLineDocument>ram:LineID"`                 // BT-126
		Name     string      `xml:"ram:SpecifiedTradeProduct>ram:Name"`                            // BT-153
		Price    ciiPrice    `xml:"ram:SpecifiedLineTradeAgreement>ram:NetPriceProductTradePrice"` // BT-146
		Quantity ciiQuantity `xml:"ram:SpecifiedLineTradeDelivery>ram:BilledQuantity"`             // BT-129
		Settled  ciiSettled  `xml:"ram:SpecifiedLineTradeSettlement"`
	}
	ciiSettled struct {
		Tax ciiTax `xml:"ram:ApplicableTradeTax"`
		Net string `xml:"ram:SpecifiedTradeSettlementLineMonetarySummation>ram:LineTotalAmount"` // BT-131
	}
	ciiPrice struct {
		Amount string      `xml:"ram:ChargeAmount"`
		Basis  ciiQuantity `xml:"ram:BasisQuantity"` // BT-149
	}
	ciiQuantity struct {
		Unit  string `xml:"unitCode,attr"`
		Value string `xml:",chardata"`
	}
	ciiTax struct {
		Amount   string `xml:"ram:CalculatedAmount,omitempty"` // BT-117
		Type     string `xml:"ram:TypeCode"`
		Reason   string `xml:"ram:ExemptionReason,omitempty"` // BT-120
		Basis    string `xml:"ram:BasisAmount,omitempty"`     // BT-116
		Category string `xml:"ram:CategoryCode"`              // BT-118, BT-151
		Rate     string `xml:"ram:RateApplicablePercent"`     // BT-119, BT-152
	}
	ciiAgreement struct {
		Reference string   `xml:"ram:BuyerReference,omitempty"` // BT-10
		Seller    ciiParty `xml:"ram:SellerTradeParty"`
		Buyer     ciiParty `xml:"ram:BuyerTradeParty"`
		Order     *ciiRef  `xml:"ram:BuyerOrderReferencedDocument"` // BT-13
	}
	ciiRef struct {
		ID string `xml:"ram:IssuerAssignedID"`
	}
	ciiParty struct {
		Name    string      `xml:"ram:Name"`                       // BT-27, BT-44
		Legal   *ciiLegal   `xml:"ram:SpecifiedLegalOrganization"` // BT-30, BT-47
		Address ciiAddress  `xml:"ram:PostalTradeAddress"`         //
		Tax     *ciiTaxpart `xml:"ram:SpecifiedTaxRegistration"`   // BT-31, BT-32, BT-48
	}
	ciiLegal struct {
		ID ciiID `xml:"ram:ID"`
	}
	ciiTaxpart struct {
		ID ciiID `xml:"ram:ID"`
	}
	ciiID struct {
		Scheme string `xml:"schemeID,attr"`
		Value  string `xml:",chardata"`
	}
	ciiAddress struct {
		PostCode string `xml:"ram:PostcodeCode,omitempty"`
		One      string `xml:"ram:LineOne,omitempty"`
		Two      string `xml:"ram:LineTwo,omitempty"`
		Three    string `xml:"ram:LineThree,omitempty"`
		City     string `xml:"ram:CityName,omitempty"`
		Country  string `xml:"ram:CountryID"` // BT-40, BT-55
	}
	ciiSettlement struct {
		Currency string       `xml:"ram:InvoiceCurrencyCode"` // BT-5
		Means    *ciiMeans    `xml:"ram:SpecifiedTradeSettlementPaymentMeans"`
		Taxes    []ciiTax     `xml:"ram:ApplicableTradeTax"`
		Terms    ciiTerms     `xml:"ram:SpecifiedTradePaymentTerms"`
		Sums     ciiSums      `xml:"ram:SpecifiedTradeSettlementHeaderMonetarySummation"`
		Credits  *ciiReferred `xml:"ram:InvoiceReferencedDocument"` // BT-25
	}
	ciiMeans struct {
		Type string `xml:"ram:TypeCode"` // BT-81
		IBAN string `xml:"ram:PayeePartyCreditorFinancialAccount>ram:IBANID"`
	}
	ciiTerms struct {
		Description string   `xml:"ram:Description,omitempty"` // BT-20
		Due         *ciiDate `xml:"ram:DueDateDateTime"`       // BT-9
	}
	ciiSums struct {
		Lines string   `xml:"ram:LineTotalAmount"`     // BT-106
		Basis string   `xml:"ram:TaxBasisTotalAmount"` // BT-109
		Tax   ciiMoney `xml:"ram:TaxTotalAmount"`      // BT-110
		Grand string   `xml:"ram:GrandTotalAmount"`    // BT-112
		Due   string   `xml:"ram:DuePayableAmount"`    // BT-115
	}
	ciiMoney struct {
		Currency string `xml:"currencyID,attr"`
		Value    string `xml:",chardata"`
	}
	ciiReferred struct {
		ID string `xml:"ram:IssuerAssignedID"`
	}
)

// CII writes the XML of an issued invoice or credit note and checks it against
// the rules of CheckCII before it is given out.
func (v *Invoice) CII() ([]byte, error) {
	if v.Count == 0 {
		return nil, repertoire.Refuse("Une facture sans numéro n’a pas de fichier Factur-X : émettez-la d’abord.")
	}
	in := ciiInvoice{
		RSM: "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", RAM: "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
		UDT: "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100", Guideline: "urn:cen.eu:en16931:2017",
		Document:    ciiDocument{ID: v.Number(), Type: "380", Date: day(v.Date), Notes: v.notes()},
		Transaction: ciiTrade{Agreement: v.agreement(), Settlement: v.settlement()},
	}
	if v.Kind == KindCredit {
		in.Document.Type = "381"
	}
	if v.Sold != "" {
		d := day(v.Sold)
		in.Transaction.Delivery = &d
	}
	for i, l := range v.Lines {
		quantity := ciiQuantity{"C62", strconv.Itoa(l.Quantity)}
		net := v.Totals.Lines[i].Decimal()
		in.Transaction.Lines = append(in.Transaction.Lines, ciiLine{ID: strconv.Itoa(i + 1), Name: l.Name(),
			// The price of the whole line: a unit price without VAT would have
			// more decimals than the total it must give back.
			Price: ciiPrice{net, quantity}, Quantity: quantity,
			Settled: ciiSettled{Tax: ciiTax{Type: "VAT", Category: v.category(l.Rate), Rate: l.Rate.Decimal()}, Net: net}})
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
		return nil, repertoire.Refuse("Le fichier Factur-X de %s ne suivrait pas les règles (%s) : il n’a pas été écrit. La facture elle-même n’est pas touchée.", v.Number(), strings.Join(found, " ; "))
	}
	return out.Bytes(), nil
}

// category is the VAT category of UNTDID 5305.
func (v *Invoice) category(r Rate) string {
	switch {
	case v.Mention != "":
		return "E"
	case r == 0:
		return "Z"
	}
	return "S"
}

// notes carries the mentions that French law wants, under the codes that the
// French guides give them (UNTDID 4451).
func (v *Invoice) notes() []ciiNote {
	if v.Kind == KindCredit {
		return []ciiNote{{Content: v.Reason}}
	}
	return []ciiNote{
		{"Indemnité forfaitaire de 40 € pour frais de recouvrement en cas de retard de paiement.", "PMT"},
		{"Pénalités de retard : " + v.Penalties + ".", "PMD"},
		{"Pas d’escompte pour paiement anticipé.", "AAB"},
	}
}

func (v *Invoice) agreement() ciiAgreement {
	out := ciiAgreement{Reference: v.Buyer.ServiceCode,
		Seller: ciiParty{Name: v.Seller.Name, Legal: legal(v.Seller.SIREN, v.Seller.SIRET), Address: v.Seller.Address.cii()},
		Buyer:  ciiParty{Name: v.Buyer.Name, Legal: legal(v.Buyer.SIREN, v.Buyer.SIRET), Address: v.Buyer.Billing.cii()}}
	switch {
	case v.Seller.VATNumber != "":
		out.Seller.Tax = &ciiTaxpart{ciiID{"VA", v.Seller.VATNumber}}
	default: // an exempt seller is known to the tax office by its SIREN
		out.Seller.Tax = &ciiTaxpart{ciiID{"FC", cmpOr(v.Seller.SIREN, v.Seller.SIRET)}}
	}
	if v.Buyer.VATNumber != "" {
		out.Buyer.Tax = &ciiTaxpart{ciiID{"VA", v.Buyer.VATNumber}}
	}
	if ref := cmpOr(v.Commitment, v.Reference); ref != "" {
		out.Order = &ciiRef{ref}
	}
	return out
}

// legal names an organisation by its SIREN (ISO 6523 0002).
func legal(siren, siret string) *ciiLegal {
	if siren == "" && len(siret) == 14 {
		siren = siret[:9]
	}
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

func (v *Invoice) settlement() ciiSettlement {
	out := ciiSettlement{Currency: "EUR", Sums: ciiSums{Lines: v.Totals.Net.Decimal(), Basis: v.Totals.Net.Decimal(), Tax: ciiMoney{"EUR", v.Totals.Tax.Decimal()},
		Grand: v.Totals.Gross.Decimal(), Due: v.Totals.Gross.Decimal()}}
	if v.Seller.IBAN != "" {
		out.Means = &ciiMeans{"30", strings.ReplaceAll(v.Seller.IBAN, " ", "")}
	}
	for _, x := range v.Totals.Rates {
		out.Taxes = append(out.Taxes, ciiTax{Amount: x.Tax.Decimal(), Type: "VAT", Reason: v.Mention, Basis: x.Net.Decimal(), Category: v.category(x.Rate), Rate: x.Rate.Decimal()})
	}
	due := day(v.Due)
	out.Terms.Due = &due
	if v.Kind == KindCredit {
		out.Terms.Description = fmt.Sprintf("Avoir sur la facture %s", v.CreditsNumber)
		out.Credits = &ciiReferred{v.CreditsNumber}
	}
	return out
}

// day writes a date in UNTDID 2379's format 102.
func day(d repertoire.Date) ciiDate {
	return ciiDate{ciiDay{"102", strings.ReplaceAll(string(d), "-", "")}}
}
