package order

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Treatment is how VAT treats a line for where it goes; "" is the house's own
// regime, as at home.
type Treatment string

// The treatments, as stored and typed.
const (
	AtHome         Treatment = ""
	Export         Treatment = "export"             // goods out of the EU
	ToOverseas     Treatment = "outre-mer"          // goods to the overseas departments
	OverseasRate   Treatment = "outre-mer-taux"     // services there, at their rate
	IntraCommunity Treatment = "intracommunautaire" // goods to a taxable person of the EU
	Reverse        Treatment = "autoliquidation"    // services to one
	OutOfScope     Treatment = "hors-champ"         // services out of the EU
	UntaxedThere   Treatment = "guyane-mayotte"     // services where VAT is not applied
)

// atHomeTyped is how AtHome is typed, where "" would say that nobody chose.
const atHomeTyped = "france"

// treating is what a treatment puts on an invoice.
type treating struct {
	treatment Treatment
	label     string
	rate      Rate
	category  string // UNTDID 5305
	mention   string // of CGI ann. II art. 242 nonies A
	code      string // VATEX list of EN 16931
}

// overseasRate is that of books in Guadeloupe, Martinique and La Réunion (CGI
// art. 296, 1°, a).
const overseasRate Rate = 210

var treatings = []treating{
	{Export, "Exportation hors de l’Union européenne", 0, "G", "Exonération de TVA, art. 262, I du CGI", "VATEX-EU-G"},
	{ToOverseas, "Livraison outre-mer exonérée", 0, "G", "Exonération de TVA, art. 294, 2 du CGI", "VATEX-EU-G"},
	{OverseasRate, "Taux des Antilles et de La Réunion (2,10 %)", overseasRate, "S", "", ""},
	{IntraCommunity, "Livraison intracommunautaire", 0, "K", "Exonération de TVA, art. 262 ter, I du CGI", "VATEX-EU-IC"},
	{Reverse, "Autoliquidation par le preneur", 0, "AE", "Autoliquidation, art. 283, 2 du CGI et art. 196 de la directive 2006/112/CE",
		"VATEX-EU-AE"},
	{OutOfScope, "Hors du champ de la TVA française", 0, "O", "TVA non applicable, art. 259 et 259 D du CGI", "VATEX-EU-O"},
	{UntaxedThere, "Hors du champ de la TVA (Guyane, Mayotte)", 0, "O", "TVA non applicable, art. 294, 1 du CGI", "VATEX-EU-O"},
}

// Treatments lists them with their labels, that of home first.
var Treatments = func() repertoire.Choices[Treatment] {
	out := repertoire.Choices[Treatment]{{Value: atHomeTyped, Label: "TVA française, comme en métropole"}}
	for _, t := range treatings {
		out = append(out, repertoire.Choice[Treatment]{Value: t.treatment, Label: t.label})
	}
	return out
}()

// of gives what a treatment puts on the invoice of a house of regime r.
func (r Regime) of(t Treatment, rate Rate) treating {
	if i := slices.IndexFunc(treatings, func(x treating) bool { return x.treatment == t }); i >= 0 {
		return treatings[i]
	}
	switch r {
	case RegimeNonProfit:
		return treating{category: "E", mention: r.Mention(), code: "VATEX-FR-CGI261-7"}
	case RegimeSmall:
		return treating{category: "E", mention: r.Mention(), code: "VATEX-FR-FRANCHISE"}
	}
	if rate == 0 {
		return treating{category: "Z"}
	}
	return treating{rate: rate, category: "S"}
}

// Decision is what the accountant decided for good of copies of a format that
// go to a zone.
type Decision struct {
	Zone      Zone      `json:"zone"`
	Format    Format    `json:"format"`
	Treatment Treatment `json:"treatment"` // "france" for that of home
}

// DistanceLimit is what distance sales to persons of the EU without a VAT
// number, digital ones included, may come to in a year before the VAT of their
// country is due (CGI art. 258 A and 259 D).
const DistanceLimit Cents = 1_000_000

// Tax gives each line of the order the treatment of where it goes, and its
// rate: that which the officer chose (VAT), that which the accountant decided
// (s.Decisions), or the one that the rules propose. It refuses what the rules
// leave to the accountant, and says so. distance is what has been sold in this
// year or the last to persons of the EU without a number.
func (o *Order) Tax(s Settings, distance Cents) error {
	if !o.Free() && distance < DistanceLimit && distance+o.Totals().Gross >= DistanceLimit {
		distance = DistanceLimit
	}
	goods := slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Format == Paper && l.Amount() > 0 })
	lines := slices.Clone(o.Lines)
	for i := range lines {
		l := &lines[i]
		t, err := o.treatment(s, *l, goods, distance)
		if err != nil {
			return err
		}
		l.treat(s, o.Basis, t)
	}
	if err := oneScope(o.Regime, lines); err != nil {
		return err
	}
	o.Lines = lines
	return nil
}

// treatment finds that of a line; goods tells that the order has paper copies to
// pay, which postage and free copies follow.
func (o *Order) treatment(s Settings, l Line, goods bool, distance Cents) (Treatment, error) {
	format := l.Format
	if l.Postage || l.Amount() == 0 {
		format = Digital
		if goods || l.Postage {
			format = Paper
		}
	}
	place := o.Buyer.Billing
	if format == Paper {
		place = o.Buyer.ShipTo()
	}
	zone := place.Zone()
	switch {
	case o.VAT == atHomeTyped, zone == Mainland:
		return AtHome, nil
	case o.VAT != "":
		return o.VAT, o.allowed(o.VAT, zone)
	case o.Free():
		return AtHome, nil
	}
	for _, d := range s.Decisions {
		if d.Zone == zone && d.Format == format {
			if d.Treatment == atHomeTyped {
				return AtHome, nil
			}
			return d.Treatment, o.allowed(d.Treatment, zone)
		}
	}
	if s.Seller.Address.Zone() != Mainland {
		return "", undecided(zone, format, "le vendeur n’est pas en France métropolitaine")
	}
	return o.proposed(zone, format, place, distance)
}

// proposed is what the rules say of copies of a format that go to a zone.
func (o *Order) proposed(zone Zone, format Format, place Address, distance Cents) (Treatment, error) {
	prefix := o.Buyer.unionVAT()
	inUnion := zone == EU || zone == NorthernIreland && format == Paper
	if o.Regime != RegimeBooks {
		// What is exempt at home stays so; only a service to a taxable person of
		// the EU is taxed where that one is.
		if zone == EU && format == Digital && prefix != "" {
			return "", undecided(zone, format,
				"le vendeur est exonéré et l’acheteur, assujetti dans un autre État membre, y doit peut-être la taxe")
		}
		return AtHome, nil
	}
	switch {
	case inUnion && strings.HasPrefix(strings.ToUpper(bare(o.Buyer.VATNumber)), "FR"):
		return "", undecided(zone, format, "l’acheteur donne un numéro de TVA français pour une adresse qui n’est pas en France")
	case inUnion && prefix != "" && format == Digital && prefix != vatPrefix(cmpOr(place.Country, "FR")):
		return "", undecided(zone, format, "le numéro de TVA de l’acheteur est d’un autre pays que son adresse")
	case inUnion && prefix != "" && format == Paper:
		return IntraCommunity, nil
	case inUnion && prefix != "":
		return Reverse, nil
	case inUnion && distance >= DistanceLimit:
		return "", undecided(zone, format,
			"les ventes à des acheteurs de l’Union européenne sans numéro de TVA dépassent 10 000 € dans l’année : la TVA du pays de l’acheteur est due (art. 258 A et 259 D du CGI, guichet unique)")
	case inUnion:
		return AtHome, nil
	case zone == TaxedOverseas && format == Paper, zone == UntaxedOverseas && format == Paper:
		return ToOverseas, nil
	case zone == TaxedOverseas:
		return OverseasRate, nil
	case zone == UntaxedOverseas:
		return UntaxedThere, nil
	case format == Paper:
		return Export, nil
	}
	return OutOfScope, nil
}

// allowed refuses a treatment that the invoice could not bear.
func (o *Order) allowed(t Treatment, zone Zone) error {
	switch {
	case !Treatments.Has(t):
		return refused("vat", "Le traitement de TVA « %s » est inconnu : choisissez %s. Rien n’a été enregistré.", t,
			strings.Join(treatmentWords(), ", "))
	case (t == IntraCommunity || t == Reverse) && o.Buyer.unionVAT() == "":
		return refused("vat_number",
			"« %s » demande le numéro de TVA de l’acheteur dans un autre État membre : complétez l’acheteur. Rien n’a été enregistré.",
			Treatments.Label(t))
	case t != atHomeTyped && !slices.Contains(zonesOf[t], zone):
		return refused("vat", "« %s » ne va pas avec une adresse en %s : vérifiez l’adresse. Rien n’a été enregistré.", Treatments.Label(t),
			zone.Name())
	}
	return nil
}

// zonesOf are the places each treatment can be true of.
var zonesOf = map[Treatment][]Zone{Export: {Abroad}, ToOverseas: {TaxedOverseas, UntaxedOverseas}, OverseasRate: {TaxedOverseas},
	UntaxedThere:   {UntaxedOverseas},
	IntraCommunity: {EU, NorthernIreland}, Reverse: {EU}, OutOfScope: {Abroad, NorthernIreland}}

func treatmentWords() []string {
	var out []string
	for _, t := range Treatments {
		out = append(out, string(t.Value))
	}
	return out
}

// undecided is the refusal of what the rules leave to the accountant.
func undecided(zone Zone, format Format, why string) error {
	return refused("vat",
		"La TVA d’une copie %s qui va en zone « %s » est à décider avec le comptable : %s. Rien n’a été enregistré. Choisissez le traitement de cette commande, ou notez sa décision une fois pour toutes dans les réglages des commandes.",
		Formats.Label(format), zone.Name(), why)
}

// treat gives a line its treatment and rate. A price of the list that holds VAT
// is sold without it where it is not due; an agreed price stays as it was agreed.
func (l *Line) treat(s Settings, basis Basis, t Treatment) {
	if l.Listed != 0 {
		l.Unit, l.Listed = l.Listed, 0
	}
	books, postage := s.Rates()
	home := books
	if l.Postage {
		home = postage
	}
	if l.VAT == AtHome { // as it was taken: settings changed since do not reach it
		home = l.Rate
	}
	l.VAT, l.Rate = t, home
	if t == AtHome {
		return
	}
	l.Rate = s.Regime.of(t, 0).rate
	if basis == With && !l.Agreed() && home > l.Rate && l.Unit > 0 {
		l.Listed = l.Unit
		net := home.within(l.Unit)
		l.Unit = net + l.Rate.of(net)
	}
}

// Agreed tells that the price was agreed with the buyer, not taken from the list.
func (l Line) Agreed() bool { return l.Why == WhyAgreed }

// WhyAgreed is where an agreed price is from.
const WhyAgreed = "prix convenu"

// oneScope refuses lines in and out of the field of VAT in one order: no
// electronic invoice can hold both (EN 16931, BR-O-11 to 14).
func oneScope(r Regime, lines []Line) error {
	in, out := false, false
	for _, l := range lines {
		if r.of(l.VAT, l.Rate).category == "O" {
			out = true
		} else {
			in = true
		}
	}
	if in && out {
		return refused("vat",
			"Cette commande a des exemplaires sur papier exonérés et des copies numériques hors du champ de la TVA : une facture ne peut pas porter les deux. Prenez deux commandes, l’une sur papier, l’autre numérique. Rien n’a été enregistré.")
	}
	return nil
}

// Mentions lists the sentences that the VAT of the lines asks for, each once.
func Mentions(r Regime, lines []Line) []string {
	var out []string
	for _, l := range lines {
		if m := r.of(l.VAT, l.Rate).mention; m != "" && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}
