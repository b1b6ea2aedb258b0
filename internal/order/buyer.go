package order

import (
	"strings"

	"repertoire/internal/repertoire"
)

// Address is a postal address in France or abroad.
type Address struct {
	Lines    []string `json:"lines,omitempty"` // service, building, street: up to four
	PostCode string   `json:"post_code,omitempty"`
	City     string   `json:"city,omitempty"`
	Country  string   `json:"country,omitempty"` // ISO code, "" is FR
	// CountryName is printed under foreign addresses.
	CountryName string `json:"country_name,omitempty"`
}

// IsZero tells whether nothing was entered.
func (a Address) IsZero() bool {
	return len(a.Lines) == 0 && a.PostCode == "" && a.City == ""
}

// Written gives the lines as the post wants them: the last ones the post code
// and town, then the country when it is not France.
func (a Address) Written() []string {
	out := append([]string(nil), a.Lines...)
	if town := strings.TrimSpace(a.PostCode + " " + a.City); town != "" {
		out = append(out, town)
	}
	if a.Country != "" && a.Country != "FR" {
		out = append(out, strings.ToUpper(cmpOr(a.CountryName, a.Country)))
	}
	return out
}

// Buyer is who orders: an authority of the base or of the reference list, or
// anybody else.
type Buyer struct {
	ID        repertoire.ID `json:"id"`
	Authority repertoire.ID `json:"authority,omitempty"`
	Name      string        `json:"name"`
	SIREN     string        `json:"siren,omitempty"`
	SIRET     string        `json:"siret,omitempty"`
	VATNumber string        `json:"vat_number,omitempty"` // intra-community
	Contact   string        `json:"contact,omitempty"`    // to the attention of
	Email     string        `json:"email,omitempty"`
	Phone     string        `json:"phone,omitempty"`
	Billing   Address       `json:"billing"`
	Delivery  Address       `json:"delivery,omitzero"` // zero: the billing address
	// ServiceCode is the buyer's code service of Chorus Pro.
	ServiceCode string          `json:"service_code,omitempty"`
	Member      bool            `json:"member,omitempty"`
	MemberFrom  repertoire.Date `json:"member_from,omitempty"`  // "" since always
	MemberUntil repertoire.Date `json:"member_until,omitempty"` // "" for ever
	Version     int64           `json:"-"`
}

// Record gives what the store keeps a buyer as.
func (b *Buyer) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggBuyer, b.ID, b.Name
}

// Public tells whether the buyer is identified as an organisation.
func (b Buyer) Public() bool { return b.SIREN != "" || b.SIRET != "" }

// ShipTo is where parcels go.
func (b Buyer) ShipTo() Address {
	if b.Delivery.IsZero() {
		return b.Billing
	}
	return b.Delivery
}

// MemberOn tells whether the buyer is a member on a day.
func (b Buyer) MemberOn(d repertoire.Date) bool {
	return b.Member && !d.Before(b.MemberFrom) && !b.MemberUntil.Before(d)
}

// Check completes a buyer (SIREN from SIRET, spaces taken out) or refuses it.
func (b Buyer) Check() (Buyer, error) {
	b.Name = strings.Join(strings.Fields(b.Name), " ")
	b.SIREN, b.SIRET = bare(b.SIREN), bare(b.SIRET)
	switch {
	case b.Name == "":
		return b, refused("name", "Il manque le nom de l’acheteur. Rien n’a été enregistré.")
	case b.SIRET != "" && !repertoire.ValidSIRET(b.SIRET):
		return b, refused("siret", "Le SIRET « %s » n’est pas valide : il a 14 chiffres, dont une clé qui n’est pas la bonne ici. Relisez-le sur le bon de commande ou l’avis de situation. Rien n’a été enregistré.", b.SIRET)
	case b.SIREN != "" && !repertoire.ValidSIREN(b.SIREN):
		return b, refused("siren", "Le SIREN « %s » n’est pas valide : il a 9 chiffres, dont une clé qui n’est pas la bonne ici. Relisez-le. Rien n’a été enregistré.", b.SIREN)
	case b.SIRET != "" && b.SIREN != "" && !strings.HasPrefix(b.SIRET, b.SIREN):
		return b, refused("siret", "Le SIRET « %s » n’est pas celui d’un établissement du SIREN « %s ». Rien n’a été enregistré.", b.SIRET, b.SIREN)
	case b.Email != "" && !repertoire.ValidEmail(b.Email):
		return b, refused("email", "« %s » n’est pas une adresse électronique. Rien n’a été enregistré.", b.Email)
	case !b.MemberFrom.Valid() || !b.MemberUntil.Valid():
		return b, refused("member_from", "Les dates de l’adhésion ne sont pas lisibles : écrivez 01/01/2026. Rien n’a été enregistré.")
	case b.MemberUntil.Before(b.MemberFrom):
		return b, refused("member_until", "L’adhésion finit avant d’avoir commencé. Rien n’a été enregistré.")
	}
	if b.SIREN == "" && b.SIRET != "" {
		b.SIREN = b.SIRET[:9]
	}
	for _, a := range []Address{b.Billing, b.Delivery} {
		if err := a.check(); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (a Address) check() error {
	if len(a.Lines) > 5 {
		return refused("billing", "Une adresse a au plus cinq lignes avant la ville. Rien n’a été enregistré.")
	}
	if (a.Country == "" || a.Country == "FR") && a.PostCode != "" && (len(a.PostCode) != 5 || strings.Trim(a.PostCode, "0123456789") != "") {
		return refused("billing", "« %s » n’est pas un code postal français : il a cinq chiffres. Rien n’a été enregistré.", a.PostCode)
	}
	return nil
}

// bare takes out the blanks with which people group digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '.', '-':
			return -1
		}
		return r
	}, s)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
