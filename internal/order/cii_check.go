package order

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// node is an element of the XML, by local name.
type node struct {
	name string
	text string
	kids []*node
}

// CheckCII reads a Cross Industry Invoice back and gives the rules of EN
// 16931-1 that it breaks, by their numbers; nil when it breaks none of those
// that are looked at: the mandatory terms (BR-1 to BR-16, BR-21 to BR-26), the
// sums (BR-CO-10, 13, 14, 15, 16, BR-CO-17 and BR-CO-4), the categories of VAT
// (BR-S, BR-Z, BR-E, BR-G, BR-IC, BR-AE, BR-O: rate, amount, reason) and BR-55;
// and those that the French reform adds (BR-FR). It is no official validator, and
// does not say so of any file: the published rules, run on what it passes, found
// nothing (see TestThePublishedRules).
func CheckCII(data []byte) []string {
	root, err := readNodes(data)
	if err != nil {
		return []string{"XML : " + err.Error()}
	}
	c := ciiCheck{root: root}
	c.terms()
	c.lines()
	c.taxes()
	c.sums()
	c.french()
	return c.found
}

func readNodes(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	top := &node{}
	stack := []*node{top}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local}
			last := stack[len(stack)-1]
			last.kids = append(last.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			stack[len(stack)-1].text += string(t)
		}
	}
	if len(top.kids) != 1 || top.kids[0].name != "CrossIndustryInvoice" {
		return nil, errors.New("ce n’est pas une CrossIndustryInvoice")
	}
	return top.kids[0], nil
}

// all finds the elements at a path of local names.
func (n *node) all(path string) []*node {
	at := []*node{n}
	for name := range strings.SplitSeq(path, "/") {
		var next []*node
		for _, x := range at {
			for _, k := range x.kids {
				if k.name == name {
					next = append(next, k)
				}
			}
		}
		at = next
	}
	return at
}

// get gives the text of the first element at a path, "" when there is none.
func (n *node) get(path string) string {
	for _, x := range n.all(path) {
		return strings.TrimSpace(x.text)
	}
	return ""
}

type ciiCheck struct {
	root  *node
	found []string
}

func (c *ciiCheck) need(rule string, ok bool) {
	if !ok {
		c.found = append(c.found, rule)
	}
}

// cents reads an amount of at most two decimals (BR-DEC).
func (c *ciiCheck) cents(rule, s string) int64 {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	c.need(rule, err == nil && len(frac) <= 2)
	return n
}

const (
	ciiHeader       = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
	ciiDeliveryPath = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery"
	ciiParties      = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
)

func (c *ciiCheck) terms() {
	r := c.root
	for rule, path := range map[string]string{
		"BR-1": "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID", "BR-2": "ExchangedDocument/ID",
		"BR-3": "ExchangedDocument/IssueDateTime/DateTimeString",
		"BR-4": "ExchangedDocument/TypeCode", "BR-5": ciiHeader + "/InvoiceCurrencyCode", "BR-6": ciiParties + "/SellerTradeParty/Name",
		"BR-7":  ciiParties + "/BuyerTradeParty/Name",
		"BR-9":  ciiParties + "/SellerTradeParty/PostalTradeAddress/CountryID",
		"BR-11": ciiParties + "/BuyerTradeParty/PostalTradeAddress/CountryID",
	} {
		c.need(rule, r.get(path) != "")
	}
	c.need("BR-3 (date)", len(r.get("ExchangedDocument/IssueDateTime/DateTimeString")) == 8)
	kind := r.get("ExchangedDocument/TypeCode")
	c.need("BR-4 (nature)", kind == "380" || kind == "381")
	c.need("BR-55", kind != "381" || r.get(ciiHeader+"/InvoiceReferencedDocument/IssuerAssignedID") != "")
	c.need("BR-CO-25", r.get(ciiHeader+"/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString") != "" ||
		r.get(ciiHeader+"/SpecifiedTradePaymentTerms/Description") != "")
	c.need("BR-CO-26", r.get(ciiParties+"/SellerTradeParty/SpecifiedLegalOrganization/ID") != "" ||
		r.get(ciiParties+"/SellerTradeParty/SpecifiedTaxRegistration/ID") != "")
	for _, m := range r.all(ciiHeader + "/SpecifiedTradeSettlementPaymentMeans") {
		c.need("BR-49", m.get("TypeCode") != "")
		c.need("BR-50", m.get("PayeePartyCreditorFinancialAccount/IBANID") != "")
	}
}

func (c *ciiCheck) lines() {
	lines := c.root.all("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem")
	c.need("BR-16", len(lines) > 0)
	for _, l := range lines {
		c.need("BR-21", l.get("AssociatedDocumentLineDocument/LineID") != "")
		c.need("BR-22", l.get("SpecifiedLineTradeDelivery/BilledQuantity") != "")
		c.need("BR-24", l.get("SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount") != "")
		c.need("BR-25", l.get("SpecifiedTradeProduct/Name") != "")
		c.need("BR-26", l.get("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount") != "")
		c.need("BR-27", !strings.HasPrefix(l.get("SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"), "-"))
		c.need("BR-CO-4", l.get("SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode") != "")
	}
}

// taxes checks each category and rate: its basis is the sum of its lines, its
// amount the rate of its basis. EN 16931's artefacts allow a unit of difference
// there; ours is a cent, which prices with VAT need (see the package's word).
func (c *ciiCheck) taxes() {
	type key struct{ category, rate string }
	lines := map[key]int64{}
	for _, l := range c.root.all("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement") {
		k := key{l.get("ApplicableTradeTax/CategoryCode"), l.get("ApplicableTradeTax/RateApplicablePercent")}
		lines[k] += c.cents("BR-DEC-23", l.get("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"))
	}
	taxes := c.root.all(ciiHeader + "/ApplicableTradeTax")
	c.need("BR-CO-18", len(taxes) > 0)
	for _, t := range taxes {
		k := key{t.get("CategoryCode"), t.get("RateApplicablePercent")}
		basis, amount := c.cents("BR-DEC-19", t.get("BasisAmount")), c.cents("BR-DEC-20", t.get("CalculatedAmount"))
		rate := c.cents("BR-48", cmpOr(k.rate, "0"))
		exact := basis*rate - amount*10000 // in hundredths of a percent of a cent
		// A cent for prices with VAT, one more for the last of several credit notes,
		// which takes what the others left.
		c.need(fmt.Sprintf("BR-CO-17 (%s %%)", k.rate), exact <= 20000 && exact >= -20000)
		c.need(fmt.Sprintf("BR-%s-8", k.category), lines[k] == basis)
		delete(lines, k)
		switch k.category {
		case "S":
			c.need("BR-S-5", rate > 0)
		case "Z":
			c.need("BR-Z-9", rate == 0 && amount == 0 && t.get("ExemptionReason") == "")
		case "E", "G", "K", "AE", "O":
			rule := "BR-" + map[string]string{"K": "IC"}[k.category]
			if k.category != "K" {
				rule = "BR-" + k.category
			}
			c.need(rule+"-9", rate == 0 && amount == 0)
			c.need(rule+"-10", t.get("ExemptionReason") != "")
			c.destination(k.category, k.rate, len(taxes))
		default:
			c.need("BR-47", false)
		}
		c.need("BR-"+k.category+"-2", (c.root.get(ciiParties+"/SellerTradeParty/SpecifiedTaxRegistration/ID") != "") == (k.category != "O"))
	}
	c.need("BR-CO-18 (lignes)", len(lines) == 0)
}

// destination checks what a category for sales elsewhere asks of the parties.
func (c *ciiCheck) destination(category, rate string, groups int) {
	buyerVAT := c.root.get(ciiParties + "/BuyerTradeParty/SpecifiedTaxRegistration/ID")
	switch category {
	case "K":
		c.need("BR-IC-2", buyerVAT != "")
		c.need("BR-IC-11", c.root.get(ciiDeliveryPath+"/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString") != "")
		c.need("BR-IC-12", c.root.get(ciiDeliveryPath+"/ShipToTradeParty/PostalTradeAddress/CountryID") != "")
	case "AE":
		c.need("BR-AE-2 (acheteur)", buyerVAT != "")
	case "O":
		c.need("BR-O-2", buyerVAT == "")
		c.need("BR-O-5", rate == "")
		c.need("BR-O-11", groups == 1)
	}
}

// frenchRates are those that the French reform lets an invoice bear (BR-FR-16).
const frenchRates = " 0.00 0.90 1.05 1.75 2.10 5.50 7.00 8.50 9.20 9.60 10.00 13.00 19.60 20.00 20.60 "

// french checks the rules that the French reform adds. An electronic address of
// the buyer (BR-FR-12) is asked of those that have a SIREN: the others are not in
// the directory.
func (c *ciiCheck) french() {
	r := c.root
	number := r.get("ExchangedDocument/ID")
	c.need("BR-FR-02", len(number) <= 35 && strings.Trim(number,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_/") == "")
	for _, subject := range []string{"PMT", "PMD", "AAB"} {
		n := 0
		for _, note := range r.all("ExchangedDocument/IncludedNote") {
			if note.get("SubjectCode") == subject {
				n++
			}
		}
		c.need("BR-FR-05 ("+subject+")", n == 1)
	}
	c.need("BR-FR-08", strings.Contains(" B1 S1 M1 B2 S2 M2 ",
		" "+r.get("ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID")+" "))
	seller, buyer := ciiParties+"/SellerTradeParty", ciiParties+"/BuyerTradeParty"
	for rule, party := range map[string]string{"BR-FR-09 (vendeur)": seller, "BR-FR-09 (acheteur)": buyer} {
		siret := r.get(party + "/GlobalID")
		c.need(rule, siret == "" || len(siret) == 14 && siret[:9] == r.get(party+"/SpecifiedLegalOrganization/ID"))
	}
	c.need("BR-FR-10", len(r.get(seller+"/SpecifiedLegalOrganization/ID")) == 9)
	c.need("BR-FR-12", r.get(buyer+"/URIUniversalCommunication/URIID") != "" || r.get(buyer+"/SpecifiedLegalOrganization/ID") == "")
	c.need("BR-FR-13", r.get(seller+"/URIUniversalCommunication/URIID") != "")
	for _, t := range r.all(ciiHeader + "/ApplicableTradeTax") {
		rate := t.get("RateApplicablePercent")
		c.need("BR-FR-16 ("+rate+" %)", rate == "" || strings.Contains(frenchRates, " "+rate+" "))
	}
	if r.get("ExchangedDocument/TypeCode") == "381" {
		c.need("BR-FR-CO-05", r.get(ciiHeader+"/InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString") != "")
	}
}

func (c *ciiCheck) sums() {
	h := c.root.all(ciiHeader + "/SpecifiedTradeSettlementHeaderMonetarySummation")
	if len(h) != 1 {
		c.need("BR-12 à BR-15", false)
		return
	}
	amount := func(rule, name string) int64 { return c.cents(rule, h[0].get(name)) }
	lines, basis, tax := amount("BR-12", "LineTotalAmount"), amount("BR-13", "TaxBasisTotalAmount"), amount("BR-DEC-13", "TaxTotalAmount")
	grand, due := amount("BR-14", "GrandTotalAmount"), amount("BR-15", "DuePayableAmount")
	var ofLines, ofTaxes int64
	for _, l := range c.root.all("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement") {
		ofLines += c.cents("BR-DEC-23", l.get("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"))
	}
	for _, t := range c.root.all(ciiHeader + "/ApplicableTradeTax") {
		ofTaxes += c.cents("BR-DEC-20", t.get("CalculatedAmount"))
	}
	c.need("BR-CO-10", lines == ofLines)
	c.need("BR-CO-13", basis == lines)
	c.need("BR-CO-14", tax == ofTaxes)
	c.need("BR-CO-15", grand == basis+tax)
	paid := c.cents("BR-DEC-16", cmpOr(h[0].get("TotalPrepaidAmount"), "0"))
	c.need("BR-CO-16", due == grand-paid)
}
