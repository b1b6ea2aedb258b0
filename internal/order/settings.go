package order

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// SettingsID is the one record of settings that a workspace has.
var SettingsID = repertoire.DeriveID("order:settings")

// Seller is who sells, as documents name them.
type Seller struct {
	Name      string  `json:"name"`
	Status    string  `json:"status,omitempty"` // "Association régie par la loi du 1er juillet 1901"
	SIREN     string  `json:"siren,omitempty"`
	SIRET     string  `json:"siret,omitempty"`
	VATNumber string  `json:"vat_number,omitempty"`
	Address   Address `json:"address"`
	Email     string  `json:"email,omitempty"`
	Phone     string  `json:"phone,omitempty"`
	// Endpoint is the seller's address in the directory of electronic invoicing
	// (BT-34), "" for the SIREN.
	Endpoint string `json:"endpoint,omitempty"`
	IBAN     string `json:"iban,omitempty"`
	BIC      string `json:"bic,omitempty"`
}

// Membership says whom a price is for.
type Membership string

// A price for everybody gives way to one for members or for others.
const (
	Everybody  Membership = ""
	Members    Membership = "adherents"
	NonMembers Membership = "autres"
)

// Price is one line of the price list. Empty fields fit anything; the line that
// says most wins: an edition over its directory, then the membership.
type Price struct {
	Edition   repertoire.ID `json:"edition,omitempty"`
	Directory string        `json:"directory,omitempty"`
	Format    Format        `json:"format"`
	For       Membership    `json:"for,omitempty"`
	Unit      Cents         `json:"unit"`
}

// PostageStep is what a parcel of up to so many copies costs to send.
type PostageStep struct {
	Copies int   `json:"copies"`
	Cost   Cents `json:"cost"`
}

// Settings is how the house sells.
type Settings struct {
	ID     repertoire.ID `json:"id"`
	Seller Seller        `json:"seller"`
	Regime Regime        `json:"regime"`
	// BookRate and PostageRate count only in the regime of books.
	BookRate    Rate  `json:"book_rate"`
	PostageRate Rate  `json:"postage_rate"`
	Basis       Basis `json:"basis"`
	// Decisions are what the accountant decided of the VAT of copies that go
	// elsewhere; they come before what the rules propose.
	Decisions []Decision    `json:"decisions,omitempty"`
	Prices    []Price       `json:"prices"`
	Postage   []PostageStep `json:"postage"`
	// DueDays after the invoice: 30 for public buyers (Code de la commande
	// publique, art. R2192-10).
	DueDays int `json:"due_days"`
	// Penalties is the rate of late penalties in words.
	Penalties string `json:"penalties"`
	// InvoiceSeries and CreditSeries come before the year in numbers: "F2026-0001".
	InvoiceSeries string `json:"invoice_series"`
	CreditSeries  string `json:"credit_series"`
	// ClosedUntil is the last day of the closed accounting periods, "" for none.
	ClosedUntil repertoire.Date `json:"closed_until,omitempty"`
	// LowStock is how many paper copies of an edition are too few.
	LowStock int `json:"low_stock"`
	// RetainContacts and RetainBuyers are for how many years the data of a person
	// are kept once nothing is heard of them (GDPR, art. 5-1-e); 0 for UsualYears.
	RetainContacts int   `json:"retain_contacts,omitempty"`
	RetainBuyers   int   `json:"retain_buyers,omitempty"`
	Version        int64 `json:"-"`
}

// UsualYears is how long data of a person are kept when the house said nothing:
// what the CNIL recommends of people nothing is heard of.
const UsualYears = 3

// Years gives for how long contacts and buyers are kept.
func (s Settings) Years() (contacts, buyers int) {
	return cmp.Or(s.RetainContacts, UsualYears), cmp.Or(s.RetainBuyers, UsualYears)
}

// Record gives what the store keeps the settings as.
func (s *Settings) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggSales, s.ID, "Réglages des commandes"
}

// DefaultSettings are those of a new workspace: nobody to sell yet, and the one
// price that everybody knows, digital copies free for members.
func DefaultSettings() Settings {
	return Settings{
		ID: SettingsID, Regime: RegimeBooks, BookRate: 550, PostageRate: 550, Basis: With,
		Prices: []Price{{Format: Digital, For: Members}}, Postage: []PostageStep{},
		DueDays:       30,
		Penalties:     "taux de la Banque centrale européenne majoré de huit points (art. R2192-31 du Code de la commande publique) pour les acheteurs publics ; de dix points (art. L441-10 du Code de commerce) pour les autres professionnels",
		InvoiceSeries: "F", CreditSeries: "AV", LowStock: 5,
	}
}

// Check refuses settings that could not serve.
func (s Settings) Check() error {
	switch {
	case !Regimes.Has(s.Regime):
		return refused("regime", "Le régime de TVA « %s » est inconnu : choisissez livres, 261-7-1 ou 293-b. Rien n’a été enregistré.",
			s.Regime)
	case s.Basis != With && s.Basis != Without:
		return refused("basis", "Les prix sont « ttc » ou « ht ». Rien n’a été enregistré.")
	case s.BookRate < 0 || s.BookRate > hundred || s.PostageRate < 0 || s.PostageRate > hundred:
		return refused("book_rate", "Un taux de TVA va de 0 à 100 %% (5,5 %% s’écrit 550). Rien n’a été enregistré.")
	case s.Seller.SIRET != "" && !repertoire.ValidSIRET(s.Seller.SIRET):
		return refused("seller", "Le SIRET du vendeur, « %s », n’est pas valide. Rien n’a été enregistré.", s.Seller.SIRET)
	case s.Seller.SIREN != "" && !repertoire.ValidSIREN(s.Seller.SIREN):
		return refused("seller", "Le SIREN du vendeur, « %s », n’est pas valide. Rien n’a été enregistré.", s.Seller.SIREN)
	case s.Seller.SIRET != "" && s.Seller.SIREN != "" && !strings.HasPrefix(s.Seller.SIRET, s.Seller.SIREN):
		return refused("seller",
			"Le SIRET du vendeur, « %s », n’est pas celui d’un établissement du SIREN « %s ». Rien n’a été enregistré.", s.Seller.SIRET,
			s.Seller.SIREN)
	case !validEndpoint(s.Seller.Endpoint):
		return refused("seller", "« %s » n’est pas une adresse de facturation électronique. Rien n’a été enregistré.", s.Seller.Endpoint)
	case s.DueDays < 0 || s.DueDays > 60:
		return refused("due_days", "L’échéance va de 0 à 60 jours (art. L441-10 du Code de commerce). Rien n’a été enregistré.")
	case s.InvoiceSeries == QuoteSeries || s.CreditSeries == QuoteSeries:
		return refused("invoice_series", "La série « %s » est celle des devis : choisissez-en une autre. Rien n’a été enregistré.",
			QuoteSeries)
	case !series(s.InvoiceSeries) || !series(s.CreditSeries) || s.InvoiceSeries == s.CreditSeries:
		return refused("invoice_series",
			"Les séries des factures et des avoirs sont d’une à six lettres majuscules, différentes l’une de l’autre. Rien n’a été enregistré.")
	case s.ClosedUntil != "" && (len(s.ClosedUntil) != 10 || !s.ClosedUntil.Valid()):
		return refused("closed_until", "La clôture est un jour : écrivez 31/12/2026. Rien n’a été enregistré.")
	case min(s.RetainContacts, s.RetainBuyers) < 0 || max(s.RetainContacts, s.RetainBuyers) > 30:
		return refused("retain_contacts", "Une durée de conservation va de 1 à 30 ans. Rien n’a été enregistré.")
	case s.LowStock < 0:
		return refused("low_stock", "Le seuil de stock n’est pas négatif. Rien n’a été enregistré.")
	}
	for _, d := range s.Decisions {
		if zoneNames[d.Zone] == "" || !Formats.Has(d.Format) || !Treatments.Has(d.Treatment) {
			return refused("decisions", "Une décision du comptable n’est pas lisible (%s, %s, %s). Rien n’a été enregistré.", d.Zone,
				d.Format, d.Treatment)
		}
	}
	if _, err := checkVAT("seller", s.Seller.VATNumber, sirenOf(s.Seller.SIREN, s.Seller.SIRET), "du vendeur"); err != nil {
		return err
	}
	if _, err := s.Seller.Address.check("seller", "vendeur"); err != nil {
		return err
	}
	for _, p := range s.Prices {
		if !Formats.Has(p.Format) || p.Unit < 0 || p.Unit > MaxUnit || p.For != Everybody && p.For != Members && p.For != NonMembers {
			return refused("prices", "Un prix du tarif n’est pas possible (%s, %s, « %s »). Rien n’a été enregistré.", p.Format,
				p.Unit.French(), p.For)
		}
	}
	for _, p := range s.Postage {
		if p.Copies < 1 || p.Cost < 0 || p.Cost > MaxUnit {
			return refused("postage", "Un palier des frais de port n’est pas possible (%d exemplaires, %s). Rien n’a été enregistré.",
				p.Copies, p.Cost.French())
		}
	}
	return nil
}

func series(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Ready refuses to invoice for a seller that invoices could not name (CGI ann.
// II, art. 242 nonies A).
func (s Settings) Ready() error {
	var missing []string
	need := func(ok bool, what string) {
		if !ok {
			missing = append(missing, what)
		}
	}
	need(s.Seller.Name != "", "le nom")
	need(!s.Seller.Address.IsZero(), "l’adresse")
	need(s.Seller.SIREN != "" || s.Seller.SIRET != "", "le SIREN")
	need(s.Regime != RegimeBooks || s.Seller.VATNumber != "", "le numéro de TVA intracommunautaire")
	if len(missing) > 0 {
		return refused("seller",
			"Il manque au vendeur %s, qu’une facture doit porter : aucun numéro n’a été pris. Complétez les réglages des commandes.",
			strings.Join(missing, ", "))
	}
	return nil
}

// Closed tells whether a day is in a closed accounting period.
func (s Settings) Closed(d repertoire.Date) bool {
	return s.ClosedUntil != "" && d <= s.ClosedUntil
}

// RefuseClosed is the sentence for a day that is closed.
func (s Settings) RefuseClosed(d repertoire.Date) error {
	if !s.Closed(d) {
		return nil
	}
	return refused("date",
		"Le %s est dans une période comptable close (jusqu’au %s) : rien n’a été enregistré. Choisissez une date postérieure, ou voyez avec le comptable.", d.Field(), s.ClosedUntil.Field())
}

// PriceOf finds the price of an edition, and says where it is from.
func (s Settings) PriceOf(e Edition, f Format, member bool) (Cents, string, error) {
	fits := slices.DeleteFunc(slices.Clone(s.Prices), func(p Price) bool {
		return p.Format != f || p.Edition != "" && p.Edition != e.ID || p.Directory != "" && p.Directory != e.Directory ||
			p.For == Members && !member || p.For == NonMembers && member
	})
	if len(fits) == 0 {
		who := "non adhérent"
		if member {
			who = "adhérent"
		}
		return 0, "",
			refused("unit",
				"Le tarif n’a pas de prix %s pour « %s » (%s) : rien n’a été enregistré. Ajoutez-le au tarif, ou donnez un prix convenu.",
				Formats.Label(f), e.Name(), who)
	}
	says := func(p Price) int {
		n := 0
		if p.Edition != "" {
			n += 4
		}
		if p.Directory != "" {
			n += 2
		}
		if p.For != Everybody {
			n++
		}
		return n
	}
	best := slices.MaxFunc(fits, func(a, b Price) int { return cmp.Compare(says(a), says(b)) })
	why := "tarif"
	switch best.For {
	case Members:
		why = "tarif adhérent"
	case NonMembers:
		why = "tarif non adhérent"
	}
	return best.Unit, why, nil
}

// PostageOf gives the postage of so many paper copies: the first step that
// holds them, several parcels of the largest step past it; 0 without a scale.
func (s Settings) PostageOf(copies int) Cents {
	steps := slices.SortedFunc(slices.Values(s.Postage), func(a, b PostageStep) int { return cmp.Compare(a.Copies, b.Copies) })
	if copies <= 0 || len(steps) == 0 {
		return 0
	}
	largest := steps[len(steps)-1]
	parcels := (copies - 1) / largest.Copies
	cost := Cents(parcels) * largest.Cost
	rest := copies - parcels*largest.Copies
	for _, p := range steps {
		if rest <= p.Copies {
			return cost + p.Cost
		}
	}
	return cost
}

// Number writes a number of a series: "F2026-0001".
func Number(series string, year, n int) string {
	return fmt.Sprintf("%s%d-%04d", series, year, n)
}
