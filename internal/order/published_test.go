package order_test

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
)

// documents are one invoice of each kind that the house can issue.
func documents(t *testing.T) map[string]*order.Invoice {
	t.Helper()
	book := func(f order.Format, n int, unit order.Cents) order.Line {
		return order.Line{Edition: order.Edition{ID: "e", Title: "Livre & cartes"}, Format: f, Quantity: n, Unit: unit, Rate: 550,
			Why: "tarif"}
	}
	lille := order.Buyer{Name: "Ville de Lille", Authority: "fr-59350", SIREN: "215903501", SIRET: "21590350100017", ServiceCode: "RI",
		Contact: "Mme Diop", Email: "ri@lille.example.fr",
		Billing: order.Address{Lines: []string{"Place Augustin-Laurent"}, PostCode: "59000", City: "Lille"}}
	abroad := func(country, code, city, number string) order.Buyer {
		return order.Buyer{Name: "Stadt " + city, VATNumber: number, Email: "buecher@example.com",
			Billing: order.Address{Lines: []string{"Hauptstr. 1"}, PostCode: code, City: city, Country: country}}
	}
	bill := func(regime order.Regime, buyer order.Buyer, change func(*order.Order), lines ...order.Line) *order.Invoice {
		t.Helper()
		s := sellingFromParis()
		s.Regime, s.Seller.SIRET, s.Seller.IBAN = regime, "73282932000074", "FR76 3000 6000 0112 3456 7890 189"
		o := order.Order{ID: "o", Year: 2026, Count: 1, Date: "2026-03-02", Delivered: "2026-03-02", Basis: order.With, Regime: regime,
			Buyer: buyer, Lines: lines}
		for i := range lines {
			if regime != order.RegimeBooks {
				lines[i].Rate = 0
			}
		}
		if change != nil {
			change(&o)
		}
		if err := o.Tax(s, 0); err != nil {
			t.Fatal(err)
		}
		if err := o.Advance(order.Shipped, at, "x", ""); err != nil {
			t.Fatal(err)
		}
		v, err := o.Bill(s, "2026-03-03", at, "x")
		if err != nil {
			t.Fatal(err)
		}
		v.Count = 1
		return v
	}
	post := order.Line{Postage: true, Quantity: 1, Unit: 890, Rate: 550}
	twenty := post
	twenty.Rate = 2000
	out := map[string]*order.Invoice{
		"ordinary": bill(order.RegimeBooks, lille, func(o *order.Order) { o.Commitment, o.Reference = "ENG-12", "BC 34/2026" },
			book(order.Paper, 2, 2500), post),
		"digital":   bill(order.RegimeBooks, lille, nil, book(order.Digital, 1, 1200)),
		"both":      bill(order.RegimeBooks, lille, nil, book(order.Digital, 1, 1200), book(order.Paper, 3, 1999)),
		"exempt":    bill(order.RegimeNonProfit, lille, nil, book(order.Paper, 2, 2500), post),
		"franchise": bill(order.RegimeSmall, lille, nil, book(order.Paper, 2, 2500)),
		"union":     bill(order.RegimeBooks, abroad("DE", "10115", "Berlin", "DE136695976"), nil, book(order.Paper, 2, 2500), post),
		"reverse":   bill(order.RegimeBooks, abroad("GR", "10431", "Athina", "EL094259216"), nil, book(order.Digital, 2, 2500)),
		"union both": bill(order.RegimeBooks, abroad("DE", "10115", "Berlin", "DE136695976"), nil, book(order.Paper, 2, 2500),
			book(order.Digital, 1, 1000)),
		"distance":        bill(order.RegimeBooks, abroad("BE", "1000", "Bruxelles", ""), nil, book(order.Paper, 2, 2500)),
		"foreign":         bill(order.RegimeBooks, abroad("CH", "1201", "Genève", ""), nil, book(order.Paper, 1, 1999), post),
		"foreign digital": bill(order.RegimeBooks, abroad("MG", "110", "Antsirabe", ""), nil, book(order.Digital, 1, 1999)),
		"overseas": bill(order.RegimeBooks, abroad("", "97110", "Pointe-à-Pitre", ""), nil, book(order.Paper, 1, 1999),
			book(order.Digital, 1, 1500), post), "guyane": bill(order.RegimeBooks, abroad("GF", "97300", "Cayenne", ""), nil,
			book(order.Digital, 1, 1500)),
	}
	mixed := bill(order.RegimeBooks, lille, nil, book(order.Paper, 3, 1999), post)
	mixed.Lines[1].Rate = 2000
	mixed.Totals = order.Total(mixed.Basis, mixed.Lines)
	out["mixed rates"] = mixed
	for name, amount := range map[string]order.Cents{"paid before": 0, "paid in part": 1000} {
		out[name] = bill(order.RegimeBooks, lille, func(o *order.Order) {
			if err := o.Receive(sellingFromParis(), order.Payment{Date: "2026-03-02", Amount: amount}, at, "x"); err != nil {
				t.Fatal(err)
			}
		}, book(order.Paper, 2, 2500))
	}
	part, err := out["both"].CreditPart(sellingFromParis(), nil, []int{0, 1}, "2026-03-09", "un exemplaire abîmé")
	if err != nil {
		t.Fatal(err)
	}
	part.Count = 2
	rest, err := out["both"].CreditPart(sellingFromParis(), []order.Invoice{*part}, nil, "2026-03-09", "le reste")
	if err != nil {
		t.Fatal(err)
	}
	rest.Count = 3
	out["credit partial"], out["credit of the rest"] = part, rest
	for of, v := range map[string]*order.Invoice{"credit": out["ordinary"], "credit union": out["union"], "credit exempt": out["exempt"],
		"credit foreign digital": out["foreign digital"]} {
		c, err := v.Credit(sellingFromParis(), "2026-03-09", "colis refusé")
		if err != nil {
			t.Fatal(err)
		}
		c.Count = 1
		out[of] = c
	}
	return out
}

// The rules that are published for the French reform and for EN 16931 find
// nothing in any document. They are not in this repository: give the folder that
// holds FNFE_RFE_INVOICE (github.com/Tiime-PDP/fnfempe-france-rfe) and cii/xslt
// (github.com/ConnectingEurope/eInvoicing-EN16931) in REPERTOIRE_INVOICE_RULES,
// and the jar of Saxon-HE in SAXON (Debian: libsaxonhe-java).
func TestThePublishedRules(t *testing.T) {
	docs := documents(t)
	rules, jar := os.Getenv("REPERTOIRE_INVOICE_RULES"), os.Getenv("SAXON")
	dir := t.TempDir()
	for name, v := range docs {
		raw, err := v.CII()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".xml"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if rules == "" {
		return
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.xml"))
	facturx := filepath.Join(rules, "FNFE_RFE_INVOICE", "Factur-X", "EN16931")
	for _, schema := range []string{filepath.Join(facturx, "1xsd", "Factur-X_EN16931.xsd"),
		filepath.Join(rules, "FNFE_RFE_INVOICE", "CII", "1xsd-CII_D22B_uncoupled", "CrossIndustryInvoice_100pD22B.xsd")} {
		if out, err := exec.Command("xmllint", append([]string{"--noout", "--schema", schema}, files...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", filepath.Base(schema), err, out)
		}
	}
	for _, sheet := range []string{filepath.Join(facturx, "2xslt", "BR-FR-Flux2-Schematron-CII.xslt"),
		filepath.Join(facturx, "2xslt", "FACTUR-X_EN16931.xslt"), filepath.Join(rules, "cii", "xslt", "EN16931-CII-validation.xslt")} {
		answers := t.TempDir()
		if out, err := exec.Command("java", "-jar", jar, "-s:"+dir, "-xsl:"+sheet, "-o:"+answers).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", filepath.Base(sheet), err, out)
		}
		asked, failed := 0, 0
		for _, f := range files {
			raw, err := os.ReadFile(filepath.Join(answers, filepath.Base(f)))
			if err != nil {
				t.Fatal(err)
			}
			var svrl struct {
				Fired  []struct{} `xml:"fired-rule"`
				Failed []struct {
					ID   string `xml:"id,attr"`
					Text string `xml:"text"`
				} `xml:"failed-assert"`
			}
			if err := xml.Unmarshal(raw, &svrl); err != nil {
				t.Fatal(err)
			}
			asked += len(svrl.Fired)
			for _, x := range svrl.Failed {
				failed++
				t.Errorf("%s, %s: %s %s", filepath.Base(sheet), filepath.Base(f), x.ID, strings.Join(strings.Fields(x.Text), " "))
			}
		}
		if asked == 0 {
			t.Errorf("%s looked at nothing", filepath.Base(sheet))
		}
		t.Logf("%s: %d documents, %d rules fired, %d failed", filepath.Base(sheet), len(files), asked, failed)
	}
}
