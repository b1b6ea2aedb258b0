package order

import "encoding/xml"

// The XML of Factur-X, profile EN 16931: a Cross Industry Invoice (UN/CEFACT
// D16B). Names are those of its schema, and the order of fields is that of its
// sequences; BT numbers are the terms of EN 16931-1.
type (
	ciiInvoice struct {
		XMLName     xml.Name    `xml:"rsm:CrossIndustryInvoice"`
		RSM         string      `xml:"xmlns:rsm,attr"`
		QDT         string      `xml:"xmlns:qdt,attr"`
		RAM         string      `xml:"xmlns:ram,attr"`
		UDT         string      `xml:"xmlns:udt,attr"`
		Process     string      `xml:"rsm:ExchangedDocumentContext>ram:BusinessProcessSpecifiedDocumentContextParameter>ram:ID"` // BT-23
		Guideline   string      `xml:"rsm:ExchangedDocumentContext>ram:GuidelineSpecifiedDocumentContextParameter>ram:ID"`       // BT-24
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
		Delivery   ciiDelivery   `xml:"ram:ApplicableHeaderTradeDelivery"`
		Settlement ciiSettlement `xml:"ram:ApplicableHeaderTradeSettlement"`
	}
	ciiDelivery struct {
		ShipTo *ciiShipTo `xml:"ram:ShipToTradeParty"`                                      // BG-13
		On     *ciiDate   `xml:"ram:ActualDeliverySupplyChainEvent>ram:OccurrenceDateTime"` // BT-72
	}
	ciiShipTo struct {
		Name    string     `xml:"ram:Name"` // BT-70
		Address ciiAddress `xml:"ram:PostalTradeAddress"`
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
		Reason   string `xml:"ram:ExemptionReason,omitempty"`       // BT-120
		Basis    string `xml:"ram:BasisAmount,omitempty"`           // BT-116
		Category string `xml:"ram:CategoryCode"`                    // BT-118, BT-151
		Code     string `xml:"ram:ExemptionReasonCode,omitempty"`   // BT-121
		Rate     string `xml:"ram:RateApplicablePercent,omitempty"` // BT-119, BT-152
	}
	ciiAgreement struct {
		Reference string   `xml:"ram:BuyerReference,omitempty"` // BT-10
		Seller    ciiParty `xml:"ram:SellerTradeParty"`
		Buyer     ciiParty `xml:"ram:BuyerTradeParty"`
		Sale      *ciiRef  `xml:"ram:SellerOrderReferencedDocument"` // BT-14
		Order     *ciiRef  `xml:"ram:BuyerOrderReferencedDocument"`  // BT-13
		Support   *ciiRef  `xml:"ram:AdditionalReferencedDocument"`  // BG-24
	}
	ciiRef struct {
		ID   string `xml:"ram:IssuerAssignedID"`
		Type string `xml:"ram:TypeCode,omitempty"`
		Name string `xml:"ram:Name,omitempty"`
	}
	ciiParty struct {
		Global  *ciiID      `xml:"ram:GlobalID"`                            // BT-29, BT-46
		Name    string      `xml:"ram:Name"`                                // BT-27, BT-44
		Legal   *ciiLegal   `xml:"ram:SpecifiedLegalOrganization"`          // BT-30, BT-47
		Contact *ciiContact `xml:"ram:DefinedTradeContact"`                 // BT-41, BT-56
		Address ciiAddress  `xml:"ram:PostalTradeAddress"`                  //
		URI     *ciiID      `xml:"ram:URIUniversalCommunication>ram:URIID"` // BT-34, BT-49
		Tax     *ciiTaxpart `xml:"ram:SpecifiedTaxRegistration"`            // BT-31, BT-32, BT-48
	}
	ciiContact struct {
		Person string `xml:"ram:PersonName,omitempty"`
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
		Lines string   `xml:"ram:LineTotalAmount"`              // BT-106
		Basis string   `xml:"ram:TaxBasisTotalAmount"`          // BT-109
		Tax   ciiMoney `xml:"ram:TaxTotalAmount"`               // BT-110
		Grand string   `xml:"ram:GrandTotalAmount"`             // BT-112
		Paid  string   `xml:"ram:TotalPrepaidAmount,omitempty"` // BT-113
		Due   string   `xml:"ram:DuePayableAmount"`             // BT-115
	}
	ciiMoney struct {
		Currency string `xml:"currencyID,attr"`
		Value    string `xml:",chardata"`
	}
	ciiReferred struct {
		ID   string  `xml:"ram:IssuerAssignedID"`
		Date *ciiDay `xml:"ram:FormattedIssueDateTime>qdt:DateTimeString"` // BT-26
	}
)
