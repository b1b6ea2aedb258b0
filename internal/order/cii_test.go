package order_test

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/order"
)

// issuedInvoice makes an invoice of lines under a regime.
func issuedInvoice(basis order.Basis, regime order.Regime, lines []order.Line) (*order.Invoice, error) {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison & fils <d’essai>", SIREN: "732829320", VATNumber: "FR44732829320",
		IBAN:    "FR76 3000 6000 0112 3456 7890 189",
		Address: order.Address{Lines: []string{"Bâtiment A", "1, rue des Essais", "Étage 2", "BP 3"}, PostCode: "75001", City: "Paris"}}
	o := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Delivered: "2026-03-02", Basis: basis, Regime: regime, Lines: lines,
		Commitment: "ENG 1",
		Buyer: order.Buyer{Name: "Ville de Lille", SIRET: "21590350100017", ServiceCode: "RI",
			Billing: order.Address{PostCode: "59000", City: "Lille"}}}
	if regime != order.RegimeBooks {
		for i := range o.Lines {
			o.Lines[i].Rate = 0
		}
	}
	if err := o.Advance(order.Shipped, at, "x", ""); err != nil {
		return nil, err
	}
	v, err := o.Bill(s, "2026-03-03", at, "x")
	if err != nil {
		return nil, err
	}
	v.Count = 1
	return v, nil
}

// Whatever can be invoiced, its XML keeps to the rules that are looked at.
func TestEveryInvoiceHasItsXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(genLine(), 1, 12).Draw(t, "lines")
		lines[0].Unit, lines[0].Discount = lines[0].Unit+1, 0
		if lines[0].Unit > order.MaxUnit {
			lines[0].Unit = order.MaxUnit
		}
		v, err := issuedInvoice(rapid.SampledFrom([]order.Basis{order.With, order.Without}).Draw(t, "basis"),
			rapid.SampledFrom([]order.Regime{order.RegimeBooks, order.RegimeNonProfit, order.RegimeSmall}).Draw(t, "regime"), lines)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.CII(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheXMLSaysWhatTheInvoiceSays(t *testing.T) {
	v, err := issuedInvoice(order.With, order.RegimeBooks,
		[]order.Line{{Edition: order.Edition{ID: "e", Title: "Livre & cartes"}, Format: order.Paper, Quantity: 3, Unit: 2500, Rate: 550},
			{Postage: true, Quantity: 1, Unit: 890, Rate: 2000}})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := v.CII()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<ram:ID>F2026-0001</ram:ID>", "<ram:TypeCode>380</ram:TypeCode>", ">20260303<",
		"<ram:GrandTotalAmount>83.90</ram:GrandTotalAmount>", "<ram:BuyerReference>RI</ram:BuyerReference>",
		"<ram:IssuerAssignedID>ENG 1</ram:IssuerAssignedID>", `<ram:ID schemeID="0002">732829320</ram:ID>`,
		"Maison &amp; fils &lt;d’essai&gt;", "<ram:LineThree>Étage 2, BP 3</ram:LineThree>", "FR7630006000011234567890189",
		`<ram:GlobalID schemeID="0009">21590350100017</ram:GlobalID>`, `<ram:URIID schemeID="0225">215903501_21590350100017_RI</ram:URIID>`,
		`<ram:URIID schemeID="0225">732829320</ram:URIID>`, "<ram:ID>B1</ram:ID>"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the XML lacks %s", want)
		}
	}
	if tool, err := exec.LookPath("xmllint"); err == nil {
		cmd := exec.Command(tool, "--noout", "-")
		cmd.Stdin = bytes.NewReader(raw)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("xmllint: %s", out)
		}
	}
	credit, err := v.Credit(order.DefaultSettings(), "2026-03-04", "erreur")
	if err != nil {
		t.Fatal(err)
	}
	credit.Count = 1
	raw2, err := credit.CII()
	for _, want := range []string{"<ram:TypeCode>381</ram:TypeCode>", "<ram:IssuerAssignedID>F2026-0001</ram:IssuerAssignedID>",
		`<qdt:DateTimeString format="102">20260303<`, ">PMT<", ">PMD<", ">AAB<"} {
		if err != nil || !strings.Contains(string(raw2), want) {
			t.Errorf("the credit note lacks %s: %v", want, err)
		}
	}
	// Each fault is found under its rule.
	for _, c := range []struct{ rule, old, new string }{
		{"BR-2", "<ram:ID>F2026-0001</ram:ID>", "<ram:ID></ram:ID>"},
		{"BR-CO-15", "<ram:GrandTotalAmount>83.90", "<ram:GrandTotalAmount>83.91"},
		{"BR-CO-16", "<ram:DuePayableAmount>83.90", "<ram:DuePayableAmount>83.80"},
		{"BR-CO-10", "<ram:LineTotalAmount>71.09", "<ram:LineTotalAmount>71.10"},
		{"BR-S-8", "<ram:BasisAmount>71.09", "<ram:BasisAmount>71.19"},
		{"BR-CO-17 (5.50 %)", "<ram:CalculatedAmount>3.91", "<ram:CalculatedAmount>3.95"},
		{"BR-7", "<ram:Name>Ville de Lille</ram:Name>", ""},
		{"BR-47", "<ram:CategoryCode>S", "<ram:CategoryCode>Q"},
		{"BR-FR-08", "<ram:ID>B1</ram:ID>", "<ram:ID>A1</ram:ID>"},
		{"BR-FR-09 (acheteur)", `schemeID="0009">21590350100017`, `schemeID="0009">21590350200017`},
		{"BR-FR-12", "<ram:URIID schemeID=\"0225\">215903501_21590350100017_RI</ram:URIID>", ""},
		{"BR-FR-13", "<ram:URIID schemeID=\"0225\">732829320</ram:URIID>", ""},
		{"BR-FR-05 (PMD)", "PMD", "AAI"},
		{"BR-16", "IncludedSupplyChainTradeLineItem", "X"},
	} {
		broken := strings.ReplaceAll(string(raw), c.old, c.new)
		if broken == string(raw) {
			t.Fatalf("%s: %q is not there", c.rule, c.old)
		}
		if found := order.CheckCII([]byte(broken)); !slices.Contains(found, c.rule) {
			t.Errorf("%s is not found: %v", c.rule, found)
		}
	}
	for _, junk := range []string{"", "<a>", "<Invoice/>", "<rsm:CrossIndustryInvoice/>"} {
		if order.CheckCII([]byte(junk)) == nil {
			t.Errorf("%q passes", junk)
		}
	}
}
