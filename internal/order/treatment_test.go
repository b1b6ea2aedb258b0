package order_test

import (
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// going is an order of copies that go to an address.
func going(to order.Address, format order.Format, number string) order.Order {
	return order.Order{ID: "o", Date: "2026-03-02", Basis: order.With, Regime: order.RegimeBooks,
		Buyer: order.Buyer{Name: "Acheteur", VATNumber: number, Billing: to},
		Lines: []order.Line{{Edition: order.Edition{ID: "e", Title: "Livre"}, Format: format, Quantity: 2, Unit: 2110, Rate: 550,
			Why: "tarif"}}}
}

func sellingFromParis() order.Settings {
	s := order.DefaultSettings()
	s.Seller = order.Seller{Name: "Maison", SIREN: "732829320", VATNumber: "FR44732829320",
		Address: order.Address{PostCode: "75001", City: "Paris"}}
	return s
}

func place(country, code string) order.Address {
	return order.Address{Lines: []string{"1, rue X"}, PostCode: code, City: "Ville", Country: country}
}

// Each place, format and number has its treatment, rate, category and mention.
func TestVATFollowsTheDestination(t *testing.T) {
	for _, c := range []struct {
		to      order.Address
		format  order.Format
		number  string
		want    order.Treatment
		rate    order.Rate
		gross   order.Cents
		mention string
	}{
		{place("", "59000"), order.Paper, "", order.AtHome, 550, 4220, ""},
		{place("FR", "20000"), order.Digital, "", order.AtHome, 550, 4220, ""},
		{place("MC", "98000"), order.Paper, "", order.AtHome, 550, 4220, ""},
		{place("", "97110"), order.Paper, "", order.ToOverseas, 0, 4000, "art. 294, 2"},
		{place("RE", "97400"), order.Digital, "", order.OverseasRate, 210, 4084, ""},
		{place("", "97300"), order.Paper, "", order.ToOverseas, 0, 4000, "art. 294, 2"},
		{place("YT", "97600"), order.Digital, "", order.UntaxedThere, 0, 4000, "art. 294, 1"},
		{place("", "97133"), order.Paper, "", order.Export, 0, 4000, "art. 262, I"},
		{place("NC", "98800"), order.Paper, "", order.Export, 0, 4000, "art. 262, I"},
		{place("DE", "10115"), order.Paper, "DE136695976", order.IntraCommunity, 0, 4000, "art. 262 ter, I"},
		{place("GR", "10431"), order.Digital, "EL094259216", order.Reverse, 0, 4000, "Autoliquidation"},
		{place("BE", "1000"), order.Paper, "", order.AtHome, 550, 4220, ""},
		{place("IT", "00184"), order.Digital, "", order.AtHome, 550, 4220, ""},
		{place("ES", "35001"), order.Paper, "", order.Export, 0, 4000, "art. 262, I"},
		{place("CH", "1201"), order.Paper, "", order.Export, 0, 4000, "art. 262, I"},
		{place("MG", "110"), order.Digital, "", order.OutOfScope, 0, 4000, "art. 259"},
		{place("GB", "BT1 5GS"), order.Paper, "XI123456789", order.IntraCommunity, 0, 4000, "art. 262 ter, I"},
		{place("GB", "SW1A 1AA"), order.Paper, "GB123456789", order.Export, 0, 4000, "art. 262, I"},
	} {
		o := going(c.to, c.format, c.number)
		if err := o.Tax(sellingFromParis(), 0); err != nil {
			t.Errorf("%s %s %s: %v", c.to.Country, c.to.PostCode, c.format, err)
			continue
		}
		l, mentions := o.Lines[0], strings.Join(order.Mentions(o.Regime, o.Lines), " ; ")
		if l.VAT != c.want || l.Rate != c.rate || o.Totals().Gross != c.gross || !strings.Contains(mentions, c.mention) ||
			(c.mention == "") != (mentions == "") {
			t.Errorf("%s %s %s: %q at %s, %s, %q", c.to.Country, c.to.PostCode, c.format, l.VAT, l.Rate.French(), o.Totals().Gross.French(),
				mentions)
		}
		// Going home again gives the price of the list back.
		o.Buyer.Billing = place("", "59000")
		if err := o.Tax(sellingFromParis(), 0); err != nil || o.Totals().Gross != 4220 || o.Lines[0].VAT != order.AtHome {
			t.Errorf("%s: back home %+v, %v", c.to.Country, o.Lines[0], err)
		}
	}
}

// What the rules leave to the accountant is refused with what is to decide, and
// taken as the officer chose or the accountant decided.
func TestWhatTheAccountantDecides(t *testing.T) {
	s := sellingFromParis()
	for name, c := range map[string]struct {
		o        order.Order
		distance order.Cents
		says     string
	}{
		"a French number in Germany":  {going(place("DE", "10115"), order.Paper, "FR44732829320"), 0, "numéro de TVA français"},
		"a number of another country": {going(place("DE", "10115"), order.Digital, "BE0123456749"), 0, "d’un autre pays"},
		"past the limit of the year":  {going(place("BE", "1000"), order.Paper, ""), order.DistanceLimit, "10 000 €"},
		"reaching the limit":          {going(place("BE", "1000"), order.Paper, ""), order.DistanceLimit - 4220, "10 000 €"},
		"an exempt seller, a taxable": {func() order.Order {
			o := going(place("DE", "10115"), order.Digital, "DE136695976")
			o.Regime = order.RegimeNonProfit
			return o
		}(), 0, "exonéré"},
	} {
		err := c.o.Tax(s, c.distance)
		if repertoire.KindOf(err) != repertoire.Refused || !strings.Contains(err.Error(), c.says) ||
			!strings.Contains(err.Error(), "comptable") {
			t.Errorf("%s: %v", name, err)
		}
		c.o.VAT = "france"
		if err := c.o.Tax(s, c.distance); err != nil || c.o.Lines[0].VAT != order.AtHome {
			t.Errorf("%s, chosen: %v", name, err)
		}
	}
	o := going(place("CH", "1201"), order.Paper, "")
	s.Decisions = []order.Decision{{Zone: order.Abroad, Format: order.Paper, Treatment: "france"}}
	if err := o.Tax(s, 0); err != nil || o.Lines[0].Rate != 550 {
		t.Errorf("the accountant's decision: %+v, %v", o.Lines, err)
	}
	o.VAT = order.IntraCommunity
	if err := o.Tax(s, 0); err == nil || !strings.Contains(err.Error(), "numéro de TVA") {
		t.Errorf("an intra-community sale without a number: %v", err)
	}
	o.VAT = order.ToOverseas
	if err := o.Tax(s, 0); err == nil || !strings.Contains(err.Error(), "hors de l’Union") {
		t.Errorf("overseas in Geneva: %v", err)
	}
	mixed := going(place("CH", "1201"), order.Paper, "")
	mixed.Lines = append(mixed.Lines, order.Line{Edition: order.Edition{ID: "e"}, Format: order.Digital, Quantity: 1, Unit: 1000,
		Rate: 550})
	if err := mixed.Tax(sellingFromParis(), 0); err == nil || !strings.Contains(err.Error(), "deux commandes") {
		t.Errorf("mixed: %v", err)
	}
	mixed.Lines[1].Unit = 0 // a copy free to members follows the book
	if err := mixed.Tax(sellingFromParis(), 0); err != nil || mixed.Lines[1].VAT != order.Export {
		t.Errorf("a free copy: %+v, %v", mixed.Lines[1], err)
	}
	agreed := going(place("CH", "1201"), order.Paper, "")
	agreed.Lines[0].Why = order.WhyAgreed
	if err := agreed.Tax(sellingFromParis(), 0); err != nil || agreed.Lines[0].Unit != 2110 {
		t.Errorf("an agreed price changed: %+v, %v", agreed.Lines[0], err)
	}
}

func TestCodesOfBuyersAreChecked(t *testing.T) {
	for _, c := range []struct {
		b    order.Buyer
		says string
	}{
		{order.Buyer{SIREN: "000000000"}, "SIREN"}, {order.Buyer{SIRET: "00000000000000"}, "SIRET"},
		{order.Buyer{Billing: place("XX", "1")}, "code de pays"}, {order.Buyer{Delivery: place("UK", "1")}, "code de pays"},
		{order.Buyer{Billing: place("", "1201")}, "code postal français"},
		{order.Buyer{Billing: place("RE", "974")}, "code postal français"},
		{order.Buyer{VATNumber: "DE12345"}, "forme"}, {order.Buyer{VATNumber: "FR45732829320"}, "clé"},
		{order.Buyer{SIREN: "732829320", VATNumber: "FR61954506077"}, "SIREN"},
		{order.Buyer{Endpoint: "0225:x y"}, "adresse de facturation"},
	} {
		c.b.Name = "X"
		if _, err := c.b.Check(); repertoire.KindOf(err) != repertoire.Refused || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c.b, err)
		}
	}
	b, err := order.Buyer{Name: "X", SIREN: "732 829 320", VATNumber: "fr 44 732 829 320", Billing: place("ch", "1201"),
		Delivery: place("", "59 000")}.Check()
	if err != nil || b.VATNumber != "FR44732829320" || b.Billing.Country != "CH" || b.Delivery.PostCode != "59000" {
		t.Errorf("%+v, %v", b, err)
	}
	s := sellingFromParis()
	s.Seller.VATNumber = "FR61954506077"
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "vendeur") {
		t.Errorf("a seller with another's VAT number: %v", err)
	}
	s = sellingFromParis()
	s.Seller.SIRET = "21590350100017"
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "SIREN") {
		t.Errorf("a seller with another's SIRET: %v", err)
	}
}

func TestAddressesFollowTheCustomOfTheirCountry(t *testing.T) {
	for _, c := range []struct {
		a    order.Address
		want string
	}{
		{order.Address{Lines: []string{"1, rue X"}, PostCode: "59000", City: "Lille"}, "1, rue X|59000 Lille"},
		{order.Address{PostCode: "1201", City: "Genève", Country: "CH", CountryName: "Suisse"}, "1201 Genève|SUISSE"},
		{order.Address{PostCode: "SW1A 1AA", City: "London", Country: "GB", CountryName: "Royaume-Uni"}, "London|SW1A 1AA|ROYAUME-UNI"},
		{order.Address{PostCode: "20500", City: "Washington DC", Country: "US", CountryName: "États-Unis"},
			"Washington DC 20500|ÉTATS-UNIS"},
		{order.Address{City: "Antsirabe", PostCode: "110", Country: "MG", CountryName: "Madagascar"}, "110 Antsirabe|MADAGASCAR"},
	} {
		if got := strings.Join(c.a.Written(), "|"); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
